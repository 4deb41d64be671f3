//! Values of any shape: `Bson`, `Document`, and documents that stay bytes.

use mongodb::bson::{Bson, Document, RawDocument, RawDocumentBuf, spec::ElementType};

use super::{Decode, DecodeDocument, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot};
use crate::error::DecodeError;

impl Encode for Bson {
    fn encode(&self, slot: Slot<'_>) {
        match self {
            Self::Double(value) => value.encode(slot),
            Self::String(value) => value.encode(slot),
            Self::Array(values) => slot.array(|array| values.iter().for_each(|value| array.push(value))),
            Self::Document(value) => value.encode(slot),
            Self::Boolean(value) => value.encode(slot),
            Self::Null => slot.null(),
            Self::RegularExpression(value) => value.encode(slot),
            Self::JavaScriptCode(code) => slot.text(ElementType::JavaScriptCode, code),
            Self::JavaScriptCodeWithScope(value) => value.encode(slot),
            Self::Int32(value) => value.encode(slot),
            Self::Int64(value) => value.encode(slot),
            Self::Timestamp(value) => value.encode(slot),
            Self::Binary(value) => value.encode(slot),
            Self::ObjectId(value) => value.encode(slot),
            Self::DateTime(value) => value.encode(slot),
            Self::Symbol(text) => slot.text(ElementType::Symbol, text),
            Self::Decimal128(value) => value.encode(slot),
            Self::Undefined => slot.raw(ElementType::Undefined, &[]),
            Self::MaxKey => slot.raw(ElementType::MaxKey, &[]),
            Self::MinKey => slot.raw(ElementType::MinKey, &[]),
            Self::DbPointer(value) => value.encode(slot),
        }
    }
}

impl<'de> Decode<'de> for Bson {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        Ok(match value.kind {
            ElementType::Double => Self::Double(Decode::decode(value)?),
            ElementType::String => Self::String(Decode::decode(value)?),
            ElementType::Array => Self::Array(Decode::decode(value)?),
            ElementType::EmbeddedDocument => Self::Document(Decode::decode(value)?),
            ElementType::Boolean => Self::Boolean(Decode::decode(value)?),
            ElementType::Null => Self::Null,
            ElementType::RegularExpression => Self::RegularExpression(Decode::decode(value)?),
            ElementType::JavaScriptCode => Self::JavaScriptCode(value.text()?.to_owned()),
            ElementType::JavaScriptCodeWithScope => Self::JavaScriptCodeWithScope(Decode::decode(value)?),
            ElementType::Int32 => Self::Int32(Decode::decode(value)?),
            ElementType::Int64 => Self::Int64(Decode::decode(value)?),
            ElementType::Timestamp => Self::Timestamp(Decode::decode(value)?),
            ElementType::Binary => Self::Binary(Decode::decode(value)?),
            ElementType::ObjectId => Self::ObjectId(Decode::decode(value)?),
            ElementType::DateTime => Self::DateTime(Decode::decode(value)?),
            ElementType::Symbol => Self::Symbol(value.text()?.to_owned()),
            ElementType::Decimal128 => Self::Decimal128(Decode::decode(value)?),
            ElementType::Undefined => Self::Undefined,
            ElementType::MaxKey => Self::MaxKey,
            ElementType::MinKey => Self::MinKey,
            ElementType::DbPointer => Self::DbPointer(Decode::decode(value)?),
        })
    }
}

impl Encode for Document {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| self.encode_fields(document));
    }
}

impl EncodeDocument for Document {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        for (key, value) in self {
            document.field(key, value);
        }
    }
}

impl<'de> Decode<'de> for Document {
    const LIKELY: Option<ElementType> = Some(ElementType::EmbeddedDocument);

    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        Self::decode_fields(&mut value.document()?)
    }
}

impl<'de> DecodeDocument<'de> for Document {
    fn decode_fields(entries: &mut DocumentReader<'de>) -> Result<Self, DecodeError> {
        let mut document = Self::new();
        while let Some((key, _)) = entries.next_entry()? {
            document.insert(key, entries.value::<Bson>()?);
        }
        Ok(document)
    }
}

impl<'de> super::maps::Rest<'de> for Document {
    fn collect(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError> {
        let mut entries = document.restart();
        let mut rest = Self::new();
        while let Some((key, _)) = entries.next_entry()? {
            if !known(key) {
                rest.insert(key, entries.value::<Bson>()?);
            }
        }
        Ok(rest)
    }
}

impl Encode for RawDocument {
    fn encode(&self, slot: Slot<'_>) {
        slot.raw(ElementType::EmbeddedDocument, self.as_bytes());
    }
}

impl Encode for RawDocumentBuf {
    fn encode(&self, slot: Slot<'_>) {
        slot.raw(ElementType::EmbeddedDocument, self.as_bytes());
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a RawDocument {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        RawDocument::from_bytes(value.document()?.bytes()).map_err(DecodeError::caused_by)
    }
}

impl<'de> Decode<'de> for RawDocumentBuf {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        <&RawDocument>::decode(value).map(RawDocument::to_owned)
    }
}
