//! The direct codec: between Rust values and BSON bytes, with nothing in between.
//!
//! [`Encode`] writes a value into a [`Slot`] of a buffer, [`Decode`] reads it from a [`RawValue`] that borrows the
//! bytes. The derives generate both; this module has them for the types of std, of the driver and, by feature, of
//! other crates.
//!
//! | Rust | BSON |
//! |---|---|
//! | `bool` | boolean |
//! | `i8` `i16` `i32` `u8` `u16` | int32 |
//! | `i64` `u32` | int64 |
//! | `f32` `f64` | double |
//! | `Vec<u8>` `[u8; N]` `&[u8]` `Cow<[u8]>` | binary, subtype 0 |
//! | `char` `String` `&str` `Box<str>` `Arc<str>` `Cow<str>` | string |
//! | `Vec` `VecDeque` slices, arrays, tuples up to six, sets | array |
//! | `HashMap` `BTreeMap` with keys that are texts, numbers, ids ([`MapKey`]), [`bson::Document`](mongodb::bson::Document) | document |
//! | `Option` | the value, or no field (in an array: null) |
//! | [`Maybe`] | the value, null, or no field |
//! | [`Id`](crate::Id), `ObjectId` | ObjectId |
//! | `bson::DateTime`, `SystemTime` | date (milliseconds, UTC) |
//! | `bson::Uuid` | binary, subtype 4 |
//! | [`CSharpLegacyUuid`] [`JavaLegacyUuid`] [`PythonLegacyUuid`] | binary, subtype 3, in that driver's order of bytes |
//! | `bson::binary::Vector` | binary, subtype 9 |
//! | `bson::Binary` | binary of every subtype |
//! | `bson::Decimal128`, `Regex`, `Timestamp`, `JavaScriptCodeWithScope`, `DbPointer` | the type of that name |
//! | [`JavaScript`] [`Symbol`] [`MinKey`] [`MaxKey`] [`Undefined`] | the type of that name |
//! | `bson::Bson` | every type |
//! | by feature: `chrono::DateTime<Utc>`, `time::OffsetDateTime`, `jiff::Timestamp` | date |
//! | `uuid::Uuid` | binary, subtype 4 |
//! | `rust_decimal::Decimal` | decimal128 |
//! | `bytes::Bytes` | binary, subtype 0 |
//! | `url::Url` | string |
//! | `geojson::Geometry` `GeometryValue` | document (GeoJSON) |
//!
//! `u64`, `usize`, `u128`, `i128` and `std::time::Duration` have no BSON type that holds all their values or their
//! unit: `#[field(as = ..)]` decides. Reading a number accepts every stored number that fits without loss: an int64
//! of 7, a double of 7.0 or a decimal128 of 7.00 reads as `i32`. `&str`, `&[u8]` and `Cow` borrow from the bytes, so a
//! model with one of them is read by [`Batch::iter`](crate::cursor::Batch::iter).
//!
//! Bytes are never trusted: wrong lengths, bad UTF-8, unknown types and nesting beyond [`MAX_DEPTH`] are errors, and
//! no length found in the bytes decides how much memory is taken.

pub(crate) mod bridge;
mod bson;
mod containers;
mod decimal;
mod decode;
mod dynamic;
mod encode;
#[cfg(feature = "extended-json")]
mod extended_json;
mod external;
pub(crate) mod flatten;
pub(crate) mod generated;
mod length;
mod maps;
mod maybe;
mod primitive;
mod rare;
mod reader;
mod store_as;
mod text;
mod tuples;
pub(crate) mod units;
mod uuid_legacy;
mod value;
mod vector;
pub(crate) mod wide;
mod writer;

#[cfg(feature = "extended-json")]
pub use self::extended_json::{ExtendedJson, from_extended_json, to_extended_json};
use self::length::open_path;
pub use self::{
    bridge::{Bridge, Serde, Via},
    decode::{Decode, DecodeDocument, DecodeOwned, decode, decode_bson, decode_raw},
    encode::{Encode, EncodeDocument, encode_to_bson, encode_to_raw, encode_to_vec, encode_with},
    generated::Stored,
    maps::MapKey,
    maybe::Maybe,
    rare::{JavaScript, MaxKey, MinKey, Symbol, Undefined},
    reader::DocumentReader,
    store_as::{As, StoreAs},
    uuid_legacy::{CSharpLegacyUuid, JavaLegacyUuid, PythonLegacyUuid},
    value::RawValue,
    writer::{ArrayWriter, DocumentWriter, Slot, Writer},
};
pub(crate) use self::{decode::decode_with, encode::into_raw, maps::map_key, tuples::numbered};
pub use crate::error::{DecodeError, DecodeErrorKind, EncodeError};

/// How many documents and arrays may be nested, the outermost one counted: MongoDB's documented limit.
pub const MAX_DEPTH: usize = 100;
