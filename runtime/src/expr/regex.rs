//! Regular expressions: `$regexMatch`, `$regexFind`, `$regexFindAll`.

use super::{Expr, Rendered, Text, object::below, render::named};
use crate::{
    codec::{Decode, DecodeError, Encode, RawValue, Slot},
    filter::Pattern,
    path::Holds,
};

/// Where a regular expression was found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegexMatch {
    /// The part of the text.
    pub text: String,
    /// Where it begins, in code points.
    pub index: i32,
    /// What each group of the pattern found; `None` for a group that took no part.
    pub captures: Vec<Option<String>>,
}

/// Regular expressions of the server (PCRE): `"^A"`, `("^a", "i")` with options, or a [`Pattern`].
impl<D, T: Text> Expr<D, T> {
    /// Whether the pattern is found (`$regexMatch`); never in null.
    pub fn regex_match(self, pattern: impl Into<Pattern>) -> Expr<D, bool> {
        Expr::new(regex("$regexMatch", self.value, pattern.into()))
    }

    /// The first place where the pattern is found, or null (`$regexFind`).
    pub fn regex_find(self, pattern: impl Into<Pattern>) -> Expr<D, Option<RegexMatch>> {
        Expr::new(regex("$regexFind", self.value, pattern.into()))
    }

    /// Every place where the pattern is found; none in null (`$regexFindAll`).
    pub fn regex_find_all(self, pattern: impl Into<Pattern>) -> Expr<D, Vec<RegexMatch>> {
        Expr::new(regex("$regexFindAll", self.value, pattern.into()))
    }
}

/// Parts of a place, which may be none.
impl<D, T: Holds<RegexMatch>> Expr<D, T> {
    /// The part of the text that was found.
    pub fn matched_text(self) -> Expr<D, T::Of<String>> {
        Expr::new(self.value.map(|place| below(place, "match")))
    }

    /// Where it begins, in code points.
    pub fn matched_at(self) -> Expr<D, T::Of<i32>> {
        Expr::new(self.value.map(|place| below(place, "idx")))
    }

    /// What each group of the pattern found; `None` for a group that took no part.
    pub fn captures(self) -> Expr<D, T::Of<Vec<Option<String>>>> {
        Expr::new(self.value.map(|place| below(place, "captures")))
    }
}

fn regex(op: &str, input: Rendered, pattern: Pattern) -> Rendered {
    named(op, [("input", input), ("regex", pattern.into_bson())])
}

impl<'de> Decode<'de> for RegexMatch {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let (mut text, mut index, mut captures) = (None, None, None);
        let mut document = value.document()?;
        while let Some((key, _)) = document.next_entry()? {
            match key {
                "match" => text = Some(document.value()?),
                "idx" => index = Some(document.value()?),
                "captures" => captures = Some(document.value()?),
                _ => {}
            }
        }
        match (text, index, captures) {
            (Some(text), Some(index), Some(captures)) => Ok(Self { text, index, captures }),
            _ => Err(DecodeError::custom("the place of a regular expression has no match, idx or captures")),
        }
    }
}

impl Encode for RegexMatch {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| {
            document.field("match", &self.text);
            document.field("idx", &self.index);
            document.field("captures", &self.captures);
        });
    }
}
