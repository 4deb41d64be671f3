//! The documents that are measured: for each, the model, the same with borrowed fields, and an encoder by hand.
//!
//! A model derives odmium's codec and serde's: both sides handle the same values.

mod by_hand;
mod flat;
mod large;
mod nested;
mod user;

use odmium::codec::{Decode, DecodeOwned, EncodeDocument};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use self::{
    flat::{Flat, FlatRow},
    large::Large,
    nested::{Integers, Nested, NestedRow, Texts, TextsRow},
    user::{Address, AddressRow, User, UserRow},
};

/// One shape of documents.
pub trait Shape: EncodeDocument + DecodeOwned + Serialize + DeserializeOwned + 'static {
    const NAME: &'static str;

    /// The model that borrows its texts.
    type Row<'a>: Decode<'a> + Deserialize<'a>;

    /// A document of made-up values; equal seeds give equal documents, except for the `_id`.
    fn sample(seed: u32) -> Self;

    /// The bytes, as straightforward code for just this type writes them.
    fn by_hand(&self) -> Vec<u8>;
}

/// Made-up values: the same at each run.
pub(crate) struct Maker(u64);

impl Maker {
    pub(crate) fn new(seed: u32) -> Self {
        Self(u64::from(seed) << 1 | 1)
    }

    fn number(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    pub(crate) fn int(&mut self) -> i32 {
        (self.number() >> 2) as i32
    }

    pub(crate) fn text(&mut self, len: usize) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -";
        (0..len).map(|_| char::from(LETTERS[self.number() as usize % 64])).collect()
    }
}
