//! Regular expressions, written by hand or made of texts that stand for themselves.

use std::ops::BitOr;

use mongodb::bson::{Bson, Regex};

use crate::error::EncodeError;

/// A regular expression of the server (PCRE) with its options.
///
/// ```
/// # use odmium::{bson::{Bson, Regex, doc}, filter::{Pattern, RegexOptions}, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "users")]
/// # struct User { id: Id<User>, name: String }
/// let patterns = [Pattern::new("^A.n", RegexOptions::IGNORE_CASE), Pattern::ends_with(" (retired)")];
/// let filter = User.name.matches_any(patterns);
/// # let regex = |pattern: &str, options: &str| Bson::RegularExpression(Regex {
/// #     pattern: pattern.to_owned().try_into().unwrap(), options: options.to_owned().try_into().unwrap() });
/// # let expected = doc! { "name": { "$in": [regex("^A.n", "i"), regex(r" \(retired\)\z", "")] } };
/// # assert_eq!(filter.to_document()?, expected);
/// # Ok::<(), odmium::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pattern: String,
    options: RegexOptions,
}

impl Pattern {
    /// A regular expression. Never build it from what a user sends: a pattern can take the server very long.
    pub fn new(pattern: impl Into<String>, options: impl Into<RegexOptions>) -> Self {
        Self { pattern: pattern.into(), options: options.into() }
    }

    /// Texts that begin with `prefix`.
    #[must_use]
    pub fn starts_with(prefix: &str) -> Self {
        Self::new(format!("^{}", escaped(prefix)), RegexOptions::NONE)
    }

    // The end of a text is `\z`: `$` also matches before a line feed at the end.
    /// Texts that end with `suffix`.
    #[must_use]
    pub fn ends_with(suffix: &str) -> Self {
        Self::new(format!("{}\\z", escaped(suffix)), RegexOptions::NONE)
    }

    /// Texts in which `part` stands somewhere.
    #[must_use]
    pub fn contains(part: &str) -> Self {
        Self::new(escaped(part), RegexOptions::NONE)
    }

    /// The text itself; useful with [`ignore_case`](Self::ignore_case).
    #[must_use]
    pub fn exact(text: &str) -> Self {
        Self::new(format!("^{}\\z", escaped(text)), RegexOptions::NONE)
    }

    /// The same, be it upper or lower case.
    #[must_use]
    pub fn ignore_case(mut self) -> Self {
        self.options = self.options | RegexOptions::IGNORE_CASE;
        self
    }

    pub(crate) fn into_bson(self) -> Result<Bson, EncodeError> {
        let options = self.options.letters()?;
        match (self.pattern.try_into(), options.try_into()) {
            (Ok(pattern), Ok(options)) => Ok(Bson::RegularExpression(Regex { pattern, options })),
            _ => Err(EncodeError::argument("BSON ends a regular expression at NUL: write it as `\\x00`")),
        }
    }
}

/// A regular expression without options.
impl From<&str> for Pattern {
    fn from(pattern: &str) -> Self {
        Self::new(pattern, RegexOptions::NONE)
    }
}

/// A regular expression without options.
impl From<String> for Pattern {
    fn from(pattern: String) -> Self {
        Self::new(pattern, RegexOptions::NONE)
    }
}

/// A regular expression and the letters of its options.
impl From<(&str, &str)> for Pattern {
    fn from((pattern, options): (&str, &str)) -> Self {
        Self::new(pattern, options)
    }
}

/// How a regular expression is matched: constants joined by `|`, or the server's letters in a text.
///
/// A letter that the server does not know is an error when the filter is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RegexOptions {
    flags: u8,
    unknown: Option<char>,
}

/// The letters, in the order in which BSON wants them.
const LETTERS: [char; 4] = ['i', 'm', 's', 'x'];

impl RegexOptions {
    /// None of them.
    pub const NONE: Self = Self { flags: 0, unknown: None };
    /// Upper and lower case are the same (`i`).
    pub const IGNORE_CASE: Self = Self { flags: 1, unknown: None };
    /// `^` and `$` also match at the start and the end of each line (`m`).
    pub const MULTI_LINE: Self = Self { flags: 2, unknown: None };
    /// A dot also matches a line feed (`s`).
    pub const DOT_ALL: Self = Self { flags: 4, unknown: None };
    /// White space in the pattern counts for nothing, and `#` begins a comment (`x`).
    pub const EXTENDED: Self = Self { flags: 8, unknown: None };

    fn letters(self) -> Result<String, EncodeError> {
        match self.unknown {
            Some(letter) => Err(EncodeError::argument(format!(
                "{letter:?} is no option of a regular expression: the options are i, m, s, x"
            ))),
            None => {
                Ok((0..).zip(LETTERS).filter(|(bit, _)| self.flags & 1 << bit != 0).map(|it| it.1).collect())
            }
        }
    }
}

impl BitOr for RegexOptions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self { flags: self.flags | other.flags, unknown: self.unknown.or(other.unknown) }
    }
}

/// The letters `i`, `m`, `s`, `x`, in any order; `u` is accepted and changes nothing, as on the server.
impl From<&str> for RegexOptions {
    fn from(letters: &str) -> Self {
        letters.chars().filter(|letter| *letter != 'u').fold(Self::NONE, |options, letter| {
            options
                | match LETTERS.iter().position(|known| *known == letter) {
                    Some(bit) => Self { flags: 1 << bit, unknown: None },
                    None => Self { flags: 0, unknown: Some(letter) },
                }
        })
    }
}

/// The text as a pattern that matches just it. A backslash before any ASCII sign makes it stand for itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        match c {
            '\0' => pattern.push_str("\\x00"),
            '_' => pattern.push(c),
            c if c.is_ascii_punctuation() => pattern.extend(['\\', c]),
            c => pattern.push(c),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_are_escaped_and_letters_are_not() {
        assert_eq!(escaped("a.b*(c)_ü \n$\0"), "a\\.b\\*\\(c\\)_ü \n\\$\\x00");
    }
}
