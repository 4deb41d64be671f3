//! The types of the driver's `bson` crate, and `SystemTime`.

use std::time::{Duration, SystemTime};

use mongodb::bson::{
    Binary, Bson, DateTime, DbPointer, Decimal128, Document, JavaScriptCodeWithScope, RawDocumentBuf, Regex,
    Timestamp, Uuid, oid::ObjectId, spec::ElementType,
};

use super::{Decode, Encode, EncodeDocument, RawValue, Slot, decimal};
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
            Ok(after) => after.as_millis() as i128,
            // Towards the past, as every type of a date here.
            Err(before) => -(before.duration().as_nanos().div_ceil(1_000_000) as i128),
        };
        match i64::try_from(millis) {
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

/// As all numbers, also from the others where nothing is lost.
impl<'de> Decode<'de> for Decimal128 {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::Decimal128 => Ok(Self::from_bytes(value.fixed()?)),
            ElementType::Int32 | ElementType::Int64 => {
                i64::decode(value)?.to_string().parse().map_err(DecodeError::caused_by)
            }
            ElementType::Double => {
                let double = f64::decode(value)?;
                decimal::from_double(double)
                    .ok_or_else(|| value.unfit("a number that a decimal128 holds without loss", double))
            }
            _ => Err(value.mismatch("a number")),
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
                "a UUID of subtype 4 (old ones do not tell their order of bytes: `#[field(as = JavaLegacyUuid)]` or another driver's)",
                "one of the old subtype 3",
            )),
            Ok((subtype, _)) => Err(value.unfit(EXPECTED, format_args!("binary data of subtype {subtype}"))),
            Err(_) => Err(value.mismatch("a UUID")),
        }
    }
}

/// The options are written in the order of the alphabet, as BSON wants them.
impl Encode for Regex {
    fn encode(&self, slot: Slot<'_>) {
        let mut options: Vec<char> = self.options.as_str().chars().collect();
        options.sort_unstable();
        let bytes = [self.pattern.as_str(), "\0", &String::from_iter(options), "\0"].concat();
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
        slot.code_with_scope(&self.code, |scope| self.scope.encode_fields(scope));
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

/// Through the `bson` crate, which keeps the inside of a pointer to itself.
impl Encode for DbPointer {
    fn encode(&self, slot: Slot<'_>) {
        let mut document = Document::new();
        document.insert("", Bson::DbPointer(self.clone()));
        match RawDocumentBuf::try_from(&document) {
            // Length, type byte, empty key; the final NUL belongs to the document.
            Ok(raw) => slot.raw(ElementType::DbPointer, &raw.as_bytes()[6..raw.as_bytes().len() - 1]),
            Err(error) => slot.fail_with("the bson crate cannot write it", Some(error.into())),
        }
    }
}

impl<'de> Decode<'de> for DbPointer {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        if value.kind != ElementType::DbPointer {
            return Err(value.mismatch("a DBPointer"));
        }
        let mut bytes = (value.bytes.len() as u32 + 7).to_le_bytes().to_vec();
        bytes.extend_from_slice(&[value.kind as u8, 0]);
        bytes.extend_from_slice(value.bytes);
        bytes.push(0);
        let document = RawDocumentBuf::from_bytes(bytes).map_err(DecodeError::caused_by)?;
        match Document::try_from(document.as_ref()).map_err(DecodeError::caused_by)?.remove("") {
            Some(Bson::DbPointer(pointer)) => Ok(pointer),
            _ => Err(Malformed("a DBPointer is damaged").into()),
        }
    }
}
