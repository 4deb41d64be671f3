//! What generated code names. Not for users: it changes without notice.

pub use std::{
    clone::Clone,
    cmp::{Eq, PartialEq},
    convert::From,
    default::Default,
    fmt::Debug,
    marker::Copy,
    option::Option::{self, None, Some},
    primitive::{i32, i64, str, usize},
    result::Result::{self, Err, Ok},
    string::String,
    sync::OnceLock,
    time::Duration,
    vec::Vec,
};

pub use mongodb::bson::{Bson, spec::ElementType};

pub use crate::{
    codec::{
        As, Decode, DecodeDocument, DecodeError, DecodeOwned, DocumentReader, DocumentWriter, Encode,
        EncodeDocument, EncodeError, RawValue, Serde, Slot, Via,
        bridge::Bridge,
        generated::{
            Flatten, Stored, bridged, decode_document, encode_document, encode_to_bson, read_tag, skip_tag,
            unknown_key, unknown_number, unknown_variant, write_number, write_text,
        },
    },
    filter::{Filter, Value},
    index::{Index, Keys as IndexKeys, Last, NotAnArray, below},
    model::{Document, Embedded, IndexName, Record},
    path::{Field, FieldSet, Flat, Keys, NoFields, Path, Root, StaticPath, Sub},
};

/// What a derived struct is stored as.
pub const DOCUMENT: Option<ElementType> = Some(ElementType::EmbeddedDocument);

/// The names of a model's indexes, in the order of its index enum.
pub fn index_names<D: Document>(cache: &'static OnceLock<Vec<String>>, index: usize) -> &'static str {
    let names = cache.get_or_init(|| {
        let declared = D::indexes().into_iter().map(|index| index.name().to_owned());
        std::iter::once("_id_".to_owned()).chain(declared).collect()
    });
    names.get(index).map_or("", String::as_str)
}

/// The value of a field that could not be understood: the build has failed.
#[must_use]
pub fn broken<T>() -> T {
    unreachable!("a model with errors does not compile")
}
