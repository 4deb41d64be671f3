//! How long values are, and what that tells of unfinished bytes.

use std::borrow::Cow;

use mongodb::bson::spec::ElementType;

use crate::error::Malformed;

/// How many bytes a value takes.
// Always inlined: where the kind is known, one arm is left.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn value_len(kind: ElementType, rest: &[u8]) -> Result<usize, Malformed> {
    const SHORT: Malformed = Malformed("a value has no or a negative length");
    Ok(match kind {
        ElementType::Double | ElementType::DateTime | ElementType::Timestamp | ElementType::Int64 => 8,
        ElementType::Int32 => 4,
        ElementType::Boolean => 1,
        ElementType::ObjectId => 12,
        ElementType::Decimal128 => 16,
        ElementType::String | ElementType::JavaScriptCode | ElementType::Symbol => {
            match read_len(rest).ok_or(SHORT)? {
                0 => return Err(Malformed("a string has length zero")),
                len => len + 4,
            }
        }
        ElementType::EmbeddedDocument | ElementType::Array | ElementType::JavaScriptCodeWithScope => {
            match read_len(rest).ok_or(SHORT)? {
                0..5 => return Err(Malformed("a document is shorter than five bytes")),
                len => len,
            }
        }
        ElementType::Binary => read_len(rest).ok_or(SHORT)? + 5,
        ElementType::DbPointer => read_len(rest).ok_or(SHORT)? + 16,
        ElementType::Null | ElementType::Undefined | ElementType::MinKey | ElementType::MaxKey => 0,
        ElementType::RegularExpression => {
            let mut ends = rest.iter().enumerate().filter(|(_, byte)| **byte == 0);
            let end = ends.nth(1).ok_or(Malformed("a regular expression has no end"))?;
            end.0 + 1
        }
    })
}

/// A length in front of `bytes`; `None` when there are too few bytes or it is negative.
#[inline]
pub(super) fn read_len(bytes: &[u8]) -> Option<usize> {
    let len = bytes.first_chunk::<4>()?;
    usize::try_from(i32::from_le_bytes(*len)).ok()
}

/// The dotted path of the value that is being written at the end of `buf`.
///
/// Walks the unfinished documents: their length is still zero, and the open element's type may be.
pub(super) fn open_path(buf: &[u8]) -> String {
    let mut path: Vec<Cow<'_, str>> = Vec::new();
    let mut at = 4;
    while let Some(&tag) = buf.get(at) {
        let Some(end) = buf[at + 1..].iter().position(|byte| *byte == 0) else { break };
        let key = String::from_utf8_lossy(&buf[at + 1..at + 1 + end]);
        let value = at + end + 2;
        let rest = buf.get(value..).unwrap_or_default();
        let open = match ElementType::from(tag) {
            None => {
                path.push(key);
                break;
            }
            Some(ElementType::EmbeddedDocument | ElementType::Array) => {
                matches!(rest, [0, 0, 0, 0, ..] | [] | [_] | [_, _] | [_, _, _])
            }
            Some(_) => false,
        };
        if open {
            path.push(key);
            at = value + 4;
            continue;
        }
        match ElementType::from(tag).map(|kind| value_len(kind, rest)) {
            Some(Ok(len)) if value + len < buf.len() => at = value + len,
            _ => {
                path.push(key);
                break;
            }
        }
    }
    path.join(".")
}
