//! Content codings, and which one a client takes (RFC 9110, section 12.5.3).

use std::borrow::Cow;

use http::{HeaderMap, header::ACCEPT_ENCODING};
use mongodb::bson::Bson;

use crate::{
    codec::encode_to_bson,
    gridfs::{File, Metadata},
};

/// Where the coding of a file is stored: among the fields of its document, or within its metadata.
const KEY: &str = "contentEncoding";

/// How the bytes of a file are coded: a name of the
/// [registry of content codings](https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding(Cow<'static, str>);

impl Coding {
    /// `gzip`; the sibling's name ends with `.gz`.
    pub const GZIP: Self = Self(Cow::Borrowed("gzip"));
    /// `br`, Brotli; the sibling's name ends with `.br`.
    pub const BROTLI: Self = Self(Cow::Borrowed("br"));
    /// `zstd`; the sibling's name ends with `.zst`.
    pub const ZSTD: Self = Self(Cow::Borrowed("zstd"));

    /// A coding by its name, in any case; `None` for `identity`, and for what is not one token.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let is_token = !name.is_empty() && name.bytes().all(is_token);
        match name.as_str() {
            "identity" | "*" => None,
            "x-gzip" => Some(Self::GZIP),
            _ => is_token.then_some(Self(Cow::Owned(name))),
        }
    }

    /// The name, in lower case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// What the name of a file ends with that is coded so.
    pub(super) fn extension(&self) -> &str {
        match self.name() {
            "gzip" => "gz",
            "zstd" => "zst",
            name => name,
        }
    }

    /// The coding that is stored with a file.
    pub(super) fn of<M: Metadata>(file: &File<M>) -> Option<Self> {
        let named = |document: &mongodb::bson::Document| Self::new(document.get_str(KEY).ok()?);
        named(&file.others).or_else(|| match encode_to_bson(file.metadata.as_ref()?).ok()? {
            Bson::Document(metadata) => named(&metadata),
            _ => None,
        })
    }
}

/// A byte of a token (RFC 9110, section 5.6.2).
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The codings that a request accepts.
#[derive(Debug)]
pub(super) struct Accepted {
    /// Each name, in lower case, with its weight; none when the request does not say anything.
    listed: Option<Vec<(String, u16)>>,
}

/// The weight of what is not listed but not excluded either, below every other.
const LEAST: u16 = 1;

impl Accepted {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(ACCEPT_ENCODING).iter().peekable();
        let listed = values.peek().is_some().then(|| {
            let lists = values.filter_map(|value| value.to_str().ok());
            lists.flat_map(|list| list.split(',').filter_map(element)).collect()
        });
        Self { listed }
    }

    /// How much a coding is wanted, or content without one; 0 when it is refused.
    pub(super) fn weight(&self, coding: Option<&Coding>) -> u16 {
        let Some(listed) = &self.listed else {
            // All are acceptable, but who says nothing may know none.
            return if coding.is_none() { LEAST + 1 } else { LEAST };
        };
        let find = |name: &str| listed.iter().find(|(listed, _)| listed == name).map(|(_, weight)| *weight);
        let weight = find(coding.map_or("identity", Coding::name)).or_else(|| find("*"));
        weight.unwrap_or(if coding.is_none() { LEAST } else { 0 })
    }
}

/// One element of the list, with twice its thousandths as weight; what is not well-formed does not count.
fn element(text: &str) -> Option<(String, u16)> {
    let (name, parameter) = match text.split_once(';') {
        Some((name, parameter)) => (name, Some(parameter)),
        None => (text, None),
    };
    let name = name.trim().to_ascii_lowercase();
    let weight = match parameter {
        None => 1000,
        Some(parameter) => thousandths(parameter.trim().strip_prefix(['q', 'Q'])?.strip_prefix('=')?)?,
    };
    let name = if name == "x-gzip" { "gzip".to_owned() } else { name };
    (!name.is_empty()).then_some((name, 2 * weight))
}

/// `0.5`, with at most three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", _) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING};

    use super::{Accepted, Coding};

    #[test]
    fn weights_are_read_as_rfc_9110_says() {
        // The header; the weights of gzip, Brotli and no coding.
        for (value, expected) in [
            (None, [1, 1, 2]),
            (Some(""), [0, 0, 1]),
            (Some("gzip"), [2000, 0, 1]),
            (Some("GZIP ; Q=0.5 , br;q=1.000"), [1000, 2000, 1]),
            (Some("x-gzip;q=0.001"), [2, 0, 1]),
            (Some("*"), [2000, 2000, 2000]),
            (Some("*;q=0"), [0, 0, 0]),
            (Some("*;q=0, identity;q=0.1"), [0, 0, 200]),
            (Some("gzip, identity;q=0"), [2000, 0, 0]),
            (Some("gzip;q=0, *;q=0.2"), [0, 400, 400]),
            (Some("gzip;q=2, br;q=0.1234, identity;q=x"), [0, 0, 1]),
            (Some("gzip;q=1.5, br;level=3, ,;q=1"), [0, 0, 1]),
        ] {
            let mut headers = HeaderMap::new();
            headers.extend(value.map(|value| (ACCEPT_ENCODING, HeaderValue::from_static(value))));
            let accepted = Accepted::of(&headers);
            let weights = [Some(&Coding::GZIP), Some(&Coding::BROTLI), None].map(|it| accepted.weight(it));
            assert_eq!(weights, expected, "{value:?}");
        }
    }

    #[test]
    fn only_tokens_are_codings() {
        assert_eq!(Coding::new(" X-Gzip"), Some(Coding::GZIP));
        assert_eq!(Coding::new("BR").unwrap().name(), "br");
        for name in ["", "identity", "*", "gzip, br", "gzip\r\nx: y", "a b", "ü"] {
            assert_eq!(Coding::new(name), None, "{name:?}");
        }
    }
}
