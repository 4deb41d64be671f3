//! Flattened fields, and what variants hold: values whose keys stand among those of another document.

use super::{DecodeDocument, DocumentReader, DocumentWriter, EncodeDocument, maps::Rest};
use crate::{error::DecodeError, path::Keys};

/// A value whose keys stand among those of the outer document: a flattened field, or what a variant holds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no keys that could stand among those of another document",
    label = "neither an embedded document nor a map",
    note = "a struct of your own: add `#[derive(Embedded)]` to it",
    note = "an `Option` cannot be flattened: make the fields of the struct inside optional",
    note = "a variant that holds a single value: give it a name, as in `Card {{ number: String }}`"
)]
pub trait Flatten<'de>: Sized {
    /// The keys that are known before the document is.
    const KEYS: &'static [&'static str];
    /// Whether it is a map, which takes the keys that no other field knows.
    const IS_REST: bool;
    /// Whether it has such a map within.
    const HAS_REST: bool;

    /// Writes the keys.
    fn write(&self, document: &mut DocumentWriter);

    /// Reads the keys; `known` tells those that belong to other fields.
    fn read(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError>;

    /// Whether a key belongs to this field.
    fn knows(key: &str) -> bool;
}

#[diagnostic::do_not_recommend]
impl<'de, T: EncodeDocument + DecodeDocument<'de> + Keys> Flatten<'de> for T {
    const KEYS: &'static [&'static str] = <T as Keys>::KEYS;
    const IS_REST: bool = false;
    const HAS_REST: bool = <T as Keys>::HAS_REST;

    fn write(&self, document: &mut DocumentWriter) {
        self.encode_fields(document);
    }

    fn read(document: &DocumentReader<'de>, _: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError> {
        T::decode_fields(&mut document.restart())
    }

    fn knows(key: &str) -> bool {
        <T as Keys>::knows(key)
    }
}

macro_rules! rest {
    ($(($($generics:tt)*) $map:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'de, $($generics)*> Flatten<'de> for $map
        where
            Self: EncodeDocument + Rest<'de>,
        {
            const KEYS: &'static [&'static str] = &[];
            const IS_REST: bool = true;
            const HAS_REST: bool = false;

            fn write(&self, document: &mut DocumentWriter) {
                self.encode_fields(document);
            }

            fn read(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError> {
                Self::collect(document, known)
            }

            fn knows(_: &str) -> bool {
                false
            }
        }
    )*};
}

rest! {
    (K, V, S) std::collections::HashMap<K, V, S>;
    (K, V) std::collections::BTreeMap<K, V>;
    () mongodb::bson::Document;
}

/// The keys of a type, or none: the trait's constant stands in where the type's own does not apply.
#[derive(Debug)]
pub struct KeysOf<T>(std::marker::PhantomData<T>);

impl<T: Flatten<'static>> KeysOf<T> {
    /// Those of the type.
    pub const KEYS: &'static [&'static str] = T::KEYS;
    /// As [`Flatten::IS_REST`].
    pub const IS_REST: bool = T::IS_REST;
    /// As [`Flatten::HAS_REST`].
    pub const HAS_REST: bool = T::HAS_REST;
}

/// See [`KeysOf`].
pub trait NoKeys {
    /// None.
    const KEYS: &'static [&'static str] = &[];
    /// No.
    const IS_REST: bool = false;
    /// No.
    const HAS_REST: bool = false;
}

impl<T> NoKeys for KeysOf<T> {}
