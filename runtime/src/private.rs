//! What generated code names. Not for users: it changes without notice.

use std::sync::OnceLock;

use mongodb::bson::spec::ElementType;

pub use std::{
    assert,
    borrow::Cow,
    boxed::Box,
    clone::Clone,
    cmp::{Eq, PartialEq},
    default::Default,
    fmt::Debug,
    marker::Copy,
    option::Option::{self, None, Some},
    primitive::{bool, i64, i128, str, usize},
    result::Result::{self, Err, Ok},
    string::String,
    time::Duration,
    vec::Vec,
};

pub use mongodb::bson::Bson;
pub use serde;

pub use crate::{
    codec::{
        As, Decode, DecodeDocument, DecodeError, DecodeOwned, DocumentReader, DocumentWriter, Encode,
        EncodeDocument, EncodeError, MapKey, RawValue, Serde, Slot, Stored, Via,
        bridge::{FieldBridge, With},
        flatten::{Flatten, KeysOf, NoKeys},
        generated::{
            StoredBy, decode_document, encode_document, encode_to_bson, find_tag, read_tag, skip_tag,
            unknown_key, write_text,
        },
        units::{Numbers, Texts},
    },
    cursor::Lend,
    expr::{Expr, document},
    filter::{Filter, GeoSearch, TextSearch, Value},
    index::{IdIndex, Index, Keys as IndexKeys, PathStep, Plain},
    model::{
        Discriminator, Document, Embedded, Id, Identified, IndexName, ReadWrite, Record, Unique, VariantOf,
        Version,
        variant::generated::{
            all_indexes, has_key, is_discriminator, is_variant, same_id, shared_indexes, takes_any,
            unknown_key_of, variant_indexes,
        },
    },
    path::{
        Beside, D0, D1, D2, D3, D4, D5, D6, D7, D8, D9, Field, FieldSet, Flat, Keys, N, NoFields, Path, Root,
        StaticPath, Sub, Unknown, distinct,
    },
    pipeline,
    projection::{self, Projection},
    relation,
    schema::{self, CollectionSpec},
    update::{IntoUpdate, Patch, Update, patch},
    view::{self, Shows, View, Viewed},
};

/// Models of many fields.
pub mod wide {
    pub use crate::codec::wide::{incomplete, read, require, take, write};
}

/// Enums without data.
pub mod units {
    pub use crate::codec::units::{
        decode_number, decode_text, encode_number, encode_text, is_int32, is_int64, number_key,
        number_of_key, text_key, text_of_key,
    };

    use super::{ElementType, Likely};

    /// The type of a name.
    pub const TEXT: Likely = Some(ElementType::String);

    /// The type of a number, mostly.
    pub const NUMBER: Likely = Some(ElementType::Int32);
}

/// The type that a value nearly always has.
pub type Likely = Option<ElementType>;

/// That of a derived document.
pub const DOCUMENT: Likely = Some(ElementType::EmbeddedDocument);

/// The names of a model's indexes on the server, in the order of its index enum.
#[derive(Debug)]
pub struct IndexNames(OnceLock<Vec<String>>);

impl IndexNames {
    /// None yet: they are made of keys that other models own, at the first use.
    #[expect(clippy::new_without_default, reason = "for statics")]
    #[must_use]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The name of the index at a position.
    pub fn get<D: Document>(&'static self, index: usize) -> &'static str {
        let names = self.0.get_or_init(|| {
            let declared = D::indexes().into_iter().map(|index| index.name().to_owned());
            std::iter::once("_id_".to_owned()).chain(declared).collect()
        });
        names.get(index).map_or("", String::as_str)
    }
}

/// The indexes of a model.
#[must_use]
pub fn indexes<D, const N: usize>(indexes: [Index<D>; N]) -> Vec<Index<D>> {
    indexes.into()
}

/// A list.
#[must_use]
pub fn list<T, const N: usize>(values: [T; N]) -> Vec<T> {
    values.into()
}

/// The value of a field that could not be understood: the build has failed.
#[must_use]
pub fn broken<T>() -> T {
    unreachable!("a model with errors does not compile")
}
