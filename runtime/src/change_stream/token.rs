//! Where a change stream stands.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use mongodb::bson::{Bson, Document, RawDocument, RawDocumentBuf};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    codec::{Decode, DecodeError, DocumentReader, Encode, EncodeError, RawValue, Slot, encode_to_bson},
    error::{Error, Result},
    filter::Value,
};

/// What the text of a token begins with that is not of the usual form.
const WHOLE: &str = "bson-";

/// A place in the history of a deployment: a stream that is opened after it gives everything that happened since.
///
/// Opaque. It stands as a text in files and URLs (`Display`, `FromStr`, serde), and as a document in models and in other
/// drivers. The text of a usual token is the hexadecimal `_data` that the server shows.
///
/// A token is good for as long as the server's oplog reaches back to it. It fits streams on the same collection, database
/// or cluster; the pipeline may be another one.
#[derive(Clone, PartialEq)]
pub struct ResumeToken(RawDocumentBuf);

impl ResumeToken {
    pub(crate) fn of_raw(token: &RawDocument) -> Self {
        Self(token.to_owned())
    }

    /// From a token of another driver, such as the `_id` of an event.
    ///
    /// # Errors
    ///
    /// [Encode](Error::is_encode) when it cannot be written as BSON.
    pub fn from_document(token: &Document) -> Result<Self> {
        Ok(Self(crate::codec::encode_to_raw(token)?))
    }

    /// As the server takes it: the value of `resumeAfter` in a command, or of the driver's options.
    #[must_use]
    pub fn as_raw(&self) -> &RawDocument {
        &self.0
    }

    /// The hexadecimal text of a token that is nothing else.
    fn data(&self) -> Option<&str> {
        let mut fields = self.0.iter();
        let (key, value) = fields.next()?.ok()?;
        let data = value.as_str().filter(|data| key == "_data" && is_hex(data));
        data.filter(|_| fields.next().is_none())
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte))
}

/// Where the `_id` of an event is, which is its token. None when a stage has removed it.
#[inline]
pub(crate) fn token_of(event: &[u8]) -> Option<&RawDocument> {
    // Behind the length of the event: as a rule the first field, a document.
    let first = event.get(4..)?.strip_prefix(b"\x03_id\0").and_then(|rest| {
        let len = u32::from_le_bytes(*rest.first_chunk()?);
        RawDocument::from_bytes(rest.get(..len as usize)?).ok()
    });
    first.or_else(|| search(event))
}

#[cold]
fn search(event: &[u8]) -> Option<&RawDocument> {
    let mut reader = DocumentReader::new(event).ok()?;
    while let Some((key, value)) = reader.next_entry().ok()? {
        if key == "_id" {
            value.document().ok()?;
            return RawDocument::from_bytes(value.bytes()).ok();
        }
    }
    None
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.data() {
            Some(data) => f.write_str(data),
            None => write!(f, "{WHOLE}{}", URL_SAFE_NO_PAD.encode(self.0.as_bytes())),
        }
    }
}

impl fmt::Debug for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResumeToken").field(&self.to_string()).finish()
    }
}

impl FromStr for ResumeToken {
    type Err = Error;

    /// # Errors
    ///
    /// [Argument](Error::is_argument) when the text is no token.
    fn from_str(text: &str) -> Result<Self> {
        let refused = || Error::argument("this text is no resume token: it was changed or cut off");
        if is_hex(text) && text.len().is_multiple_of(2) {
            return Ok(Self(mongodb::bson::rawdoc! { "_data": text }));
        }
        let bytes = text.strip_prefix(WHOLE).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let bytes = bytes.ok_or_else(refused)?;
        // The server looks into it: what is sent must be a document through and through.
        let whole: Document = crate::codec::decode(&bytes).map_err(|_| refused())?;
        Self::from_document(&whole).map_err(|_| refused())
    }
}

impl Serialize for ResumeToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ResumeToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Value<Self> for ResumeToken {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        encode_to_bson(&self)
    }
}

impl Encode for ResumeToken {
    fn encode(&self, slot: Slot<'_>) {
        self.0.encode(slot);
    }
}

impl<'de> Decode<'de> for ResumeToken {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        RawDocumentBuf::decode(value).map(Self)
    }
}
