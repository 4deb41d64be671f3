//! The headers that describe a file.

use std::{fmt::Write, time::SystemTime};

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ETAG, LAST_MODIFIED},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::{Coding, coding::is_token, conditions};
use crate::gridfs::File;

/// The media type of what is not known better.
const UNKNOWN: &str = "application/octet-stream";

/// Whether a browser shows a file or saves it, as `Content-Disposition` (RFC 6266), with the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Disposition {
    /// Shows it where it can.
    Inline,
    /// Saves it: the right choice for files of users that are not trusted, as a page among them would run in your origin.
    Attachment,
}

/// What stands for itself in an extended parameter (RFC 8187).
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

impl Disposition {
    /// The value of `Content-Disposition` for a file of any name. Only what is behind the last slash is sent, and what is
    /// no plain ASCII in the form of RFC 8187.
    #[must_use]
    pub fn header(self, filename: &str) -> HeaderValue {
        let kind = match self {
            Self::Inline => "inline",
            Self::Attachment => "attachment",
        };
        let name = filename.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '%');
        let fallback: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
        let mut value = kind.to_owned();
        if !name.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(value, "; filename=\"{fallback}\"");
            if fallback != name {
                let _ = write!(value, "; filename*=UTF-8''{}", utf8_percent_encode(name, EXTENDED));
            }
        }
        HeaderValue::from_str(&value).unwrap_or_else(|_| HeaderValue::from_static(kind))
    }
}

/// The stored media type where it is one, else what the name tells.
pub(super) fn media_type<M>(file: &File<M>, coding: Option<&Coding>) -> HeaderValue {
    let stored = file.content_type.as_deref().filter(|stored| is_media_type(stored));
    if let Some(stored) = stored.and_then(|stored| HeaderValue::from_str(stored).ok()) {
        return stored;
    }
    let name = file.filename.as_deref().unwrap_or_default();
    // Of `app.js.gz` in the coding gzip, what is inside.
    let inside = coding.and_then(|coding| name.strip_suffix(coding.extension())?.strip_suffix('.'));
    let guess = mime_guess::from_path(inside.unwrap_or(name)).first_raw();
    HeaderValue::from_static(guess.unwrap_or(UNKNOWN))
}

/// `type/subtype`, and parameters of visible ASCII.
fn is_media_type(text: &str) -> bool {
    let (kind, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(is_token);
    kind.trim_end().split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && parameters.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// `ETag` and `Last-Modified`.
///
/// The tag is a strong one: of the content's SHA-256 where it is stored, else of the id, the date and the length, as a file
/// in GridFS is written once; and of what else tells one representation from another.
pub(super) fn write_validators<M>(
    headers: &mut HeaderMap,
    file: &File<M>,
    media_type: &HeaderValue,
    coding: Option<&Coding>,
    now: SystemTime,
) {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(media_type.as_bytes());
    part(coding.map_or("", Coding::name).as_bytes());
    match &file.sha256 {
        Some(sha256) => part(sha256.as_bytes()),
        None => {
            part(file.id.to_string().as_bytes());
            part(&file.upload_date.timestamp_millis().to_le_bytes());
            part(&file.length.to_le_bytes());
        }
    }
    let mut tag = String::with_capacity(34);
    tag.push('"');
    for byte in &hasher.finalize()[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    set(headers, ETAG, &tag);
    if let Some(date) = conditions::since_epoch(file.upload_date.timestamp_millis(), now) {
        set(headers, LAST_MODIFIED, &httpdate::fmt_http_date(date));
    }
}

/// Sets a header to a value of visible ASCII; any other is not sent.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::{Disposition, is_media_type};

    #[test]
    fn names_of_any_kind_are_quoted() {
        for (name, expected) in [
            ("cat.jpg", r#"attachment; filename="cat.jpg""#),
            ("", "attachment"),
            ("a/../b c.txt", r#"attachment; filename="b c.txt""#),
            (r"c:\x", r#"attachment; filename="x""#),
            (
                "\u{20ac} rates.txt",
                r#"attachment; filename="_ rates.txt"; filename*=UTF-8''%E2%82%AC%20rates.txt"#,
            ),
            (
                "a\"; filename=\"b.exe",
                r#"attachment; filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe"#,
            ),
            (
                "x\r\nSet-Cookie: a",
                r#"attachment; filename="x__Set-Cookie: a"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a"#,
            ),
            ("100%\0", r#"attachment; filename="100__"; filename*=UTF-8''100%25%00"#),
        ] {
            assert_eq!(Disposition::Attachment.header(name), expected, "{name:?}");
        }
        assert_eq!(Disposition::Inline.header("a"), r#"inline; filename="a""#);
    }

    #[test]
    fn only_media_types_are_sent() {
        for text in ["text/plain", "text/html; charset=utf-8", "application/vnd.x+json ;a=\"b\""] {
            assert!(is_media_type(text), "{text}");
        }
        for text in
            ["", "/", "text", "text/", "my type", "text/plain\r\nX: y", "text/plain; a=\n", "té/x", "a/b/c"]
        {
            assert!(!is_media_type(text), "{text:?}");
        }
    }
}
