//! A chunk as a document.

use mongodb::bson::{Bson, oid::ObjectId, spec::ElementType};

use crate::{
    codec::{
        Decode, DecodeDocument, DecodeError, DocumentReader, DocumentWriter, EncodeDocument, RawValue, Slot,
    },
    error::DecodeErrorKind,
    model::Record,
};

/// A document of `fs.chunks`; its bytes are borrowed.
#[derive(Debug)]
pub(super) struct Chunk<'a> {
    pub(super) id: ObjectId,
    pub(super) files_id: Bson,
    pub(super) n: i64,
    pub(super) data: &'a [u8],
}

impl EncodeDocument for Chunk<'_> {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("_id", &self.id);
        document.field("files_id", &self.files_id);
        // Other drivers read an int32.
        match i32::try_from(self.n) {
            Ok(n) => document.field("n", &n),
            Err(_) => document
                .slot("n")
                .fail("a file has at most 2,147,483,648 chunks: choose a greater chunk size"),
        }
        // Last, so that more bytes can follow.
        document.field("data", &Data(self.data));
    }
}

struct Data<'a>(&'a [u8]);

impl crate::codec::Encode for Data<'_> {
    fn encode(&self, slot: Slot<'_>) {
        slot.binary(0, self.0);
    }
}

/// What of a chunk is read: its number and its bytes. The id of another tool may be of any type.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) n: i64,
    pub(super) data: &'a [u8],
}

impl<'de> DecodeDocument<'de> for Piece<'de> {
    fn decode_fields(document: &mut DocumentReader<'de>) -> Result<Self, DecodeError> {
        let (mut n, mut data) = (None, None);
        while let Some((key, value)) = document.next_entry()? {
            match key {
                "n" => n = Some(document.value::<i64>()?),
                "data" => data = Some(value.binary().map_err(|error| document.here(error))?.1),
                _ => {}
            }
        }
        let missing = |key: &'static str| DecodeError::new(DecodeErrorKind::Missing).at(key);
        Ok(Self { n: n.ok_or_else(|| missing("n"))?, data: data.ok_or_else(|| missing("data"))? })
    }
}

impl<'de> Decode<'de> for Piece<'de> {
    const LIKELY: Option<ElementType> = Some(ElementType::EmbeddedDocument);

    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        Self::decode_fields(&mut value.document()?)
    }
}

impl crate::model::ReadWrite for Chunk<'static> {}

impl Record for Chunk<'static> {
    type Id = ObjectId;
    type Borrowed<'de> = Piece<'de>;
}
