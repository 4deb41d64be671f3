//! The types of the driver's `bson` crate, and `SystemTime`.

use std::time::{Duration, SystemTime};

use mongodb::bson::{
    Binary, Bson, DateTime, DbPointer, Decimal128, Document, JavaScriptCodeWithScope, RawDocument,
    RawDocumentBuf, Regex, Timestamp, Uuid, oid::ObjectId, spec::ElementType,
};

use super::{Decode, DecodeDocument, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot};
use crate::error::{DecodeError, Malformed};

impl Encode for ObjectId {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.object_id(*self);
    }
}

impl<'de> Decode<'de> for ObjectId {
    const LIKELY: Option<ElementType> = Some(ElementType::ObjectId);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::ObjectId => Ok(Self::from_bytes(value.fixed()?)),
            _ => Err(value.mismatch("an ObjectId")),
        }
    }
}

impl Encode for DateTime {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.date_time(self.timestamp_millis());
    }
}

impl<'de> Decode<'de> for DateTime {
    const LIKELY: Option<ElementType> = Some(ElementType::DateTime);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::DateTime => Ok(Self::from_millis(i64::from_le_bytes(value.fixed()?))),
            _ => Err(value.mismatch("a date")),
        }
    }
}

/// Whole milliseconds; what is finer is cut off, as BSON has no place for it.
impl Encode for SystemTime {
    fn encode(&self, slot: Slot<'_>) {
        let millis = match self.duration_since(Self::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()),
            Err(before) => {
                i64::try_from(before.duration().as_nanos().div_ceil(1_000_000)).map(|millis| -millis)
            }
        };
        match millis {
            Ok(millis) => slot.date_time(millis),
            Err(_) => slot.fail("the time is out of the range of a BSON date"),
        }
    }
}

impl<'de> Decode<'de> for SystemTime {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let millis = DateTime::decode(value)?.timestamp_millis();
        let distance = Duration::from_millis(millis.unsigned_abs());
        let time = match millis {
            0.. => Self::UNIX_EPOCH.checked_add(distance),
            _ => Self::UNIX_EPOCH.checked_sub(distance),
        };
        time.ok_or_else(|| value.unfit("a date that this system can represent", millis))
    }
}

impl Encode for Decimal128 {
    fn encode(&self, slot: Slot<'_>) {
        slot.decimal128(self.bytes());
    }
}

impl<'de> Decode<'de> for Decimal128 {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::Decimal128 => Ok(Self::from_bytes(value.fixed()?)),
            _ => Err(value.mismatch("a decimal128")),
        }
    }
}

impl Encode for Timestamp {
    fn encode(&self, slot: Slot<'_>) {
        let value = (u64::from(self.time) << 32) | u64::from(self.increment);
        slot.raw(ElementType::Timestamp, &value.to_le_bytes());
    }
}

impl<'de> Decode<'de> for Timestamp {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::Timestamp => {
                let both = u64::from_le_bytes(value.fixed()?);
                Ok(Self { time: (both >> 32) as u32, increment: both as u32 })
            }
            _ => Err(value.mismatch("a timestamp")),
        }
    }
}

impl Encode for Binary {
    fn encode(&self, slot: Slot<'_>) {
        slot.binary(self.subtype.into(), &self.bytes);
    }
}

impl<'de> Decode<'de> for Binary {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let (subtype, bytes) = value.binary()?;
        Ok(Self { subtype: subtype.into(), bytes: bytes.to_vec() })
    }
}

/// Binary subtype 4, the standard representation.
impl Encode for Uuid {
    fn encode(&self, slot: Slot<'_>) {
        slot.binary(4, &self.bytes());
    }
}

impl<'de> Decode<'de> for Uuid {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        const EXPECTED: &str = "a UUID (binary data of 16 bytes, subtype 4)";
        match value.binary() {
            Ok((4, bytes)) => match bytes.try_into() {
                Ok(bytes) => Ok(Self::from_bytes(bytes)),
                Err(_) => Err(value.unfit(EXPECTED, format_args!("{} bytes", bytes.len()))),
            },
            Ok((3, _)) => Err(value.unfit(
                "a UUID of subtype 4 (bridge old ones with `#[field(with = ..)]`, they do not tell their byte order)",
                "one of the old subtype 3",
            )),
            Ok((subtype, _)) => Err(value.unfit(EXPECTED, format_args!("binary data of subtype {subtype}"))),
            Err(_) => Err(value.mismatch("a UUID")),
        }
    }
}

impl Encode for Regex {
    fn encode(&self, slot: Slot<'_>) {
        let bytes = [self.pattern.as_str(), "\0", self.options.as_str(), "\0"].concat();
        slot.raw(ElementType::RegularExpression, bytes.as_bytes());
    }
}

impl<'de> Decode<'de> for Regex {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        if value.kind != ElementType::RegularExpression {
            return Err(value.mismatch("a regular expression"));
        }
        let mut parts = super::value::utf8(value.bytes)?.split('\0');
        match (parts.next(), parts.next()) {
            (Some(pattern), Some(options)) => Ok(Self {
                pattern: pattern.to_owned().try_into().map_err(DecodeError::caused_by)?,
                options: options.to_owned().try_into().map_err(DecodeError::caused_by)?,
            }),
            _ => Err(Malformed("a regular expression has no end").into()),
        }
    }
}

impl Encode for JavaScriptCodeWithScope {
    fn encode(&self, slot: Slot<'_>) {
        rare(Bson::JavaScriptCodeWithScope(self.clone()), slot);
    }
}

impl<'de> Decode<'de> for JavaScriptCodeWithScope {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        if value.kind != ElementType::JavaScriptCodeWithScope {
            return Err(value.mismatch("JavaScript code with scope"));
        }
        let [_, _, _, _, rest @ ..] = value.bytes else {
            return Err(Malformed("JavaScript code with scope is too short").into());
        };
        let wrong = || Malformed("JavaScript code with scope has wrong lengths");
        let len = rest.first_chunk::<4>().and_then(|len| usize::try_from(i32::from_le_bytes(*len)).ok());
        let end = len.filter(|len| *len > 0).ok_or_else(wrong)? + 4;
        let (code, scope) = rest.split_at_checked(end).ok_or_else(wrong)?;
        let code = RawValue { kind: ElementType::String, bytes: code, ..value }.text()?;
        let scope = RawValue { kind: ElementType::EmbeddedDocument, bytes: scope, ..value };
        Ok(Self { code: code.to_owned(), scope: Document::decode(scope)? })
    }
}

/// The types whose inside the `bson` crate keeps to itself.
fn rare(value: Bson, slot: Slot<'_>) {
    let kind = value.element_type();
    let mut document = Document::new();
    document.insert("", value);
    match RawDocumentBuf::try_from(&document) {
        // Length, type byte, empty key; the final NUL belongs to the document.
        Ok(raw) => slot.raw(kind, &raw.as_bytes()[6..raw.as_bytes().len() - 1]),
        Err(error) => slot.fail_with("the bson crate cannot write it", Some(error.into())),
    }
}

fn db_pointer(value: RawValue<'_>) -> Result<Bson, DecodeError> {
    let mut bytes = (value.bytes.len() as u32 + 7).to_le_bytes().to_vec();
    bytes.extend_from_slice(&[value.kind as u8, 0]);
    bytes.extend_from_slice(value.bytes);
    bytes.push(0);
    let document = RawDocumentBuf::from_bytes(bytes).map_err(DecodeError::caused_by)?;
    let document = Document::try_from(document.as_ref()).map_err(DecodeError::caused_by)?;
    Ok(document.get("").cloned().unwrap_or_default())
}

impl Encode for DbPointer {
    fn encode(&self, slot: Slot<'_>) {
        rare(Bson::DbPointer(self.clone()), slot);
    }
}

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
            ElementType::DbPointer => db_pointer(value)?,
        })
    }
}

impl Encode for Document {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| self.encode_fields(document));
    }
}

impl EncodeDocument for Document {
    fn encode_fields(&self, document: &mut DocumentWriter<'_>) {
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
