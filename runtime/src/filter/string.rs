//! Conditions on texts: prefix, suffix, part, regular expressions (`$regex`).
//!
//! What is searched is escaped here: a text from a user is never a pattern. Only a prefix that keeps upper and lower
//! case apart can use an index well; the others read every key.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use mongodb::bson::{Bson, Regex};

use super::Filter;
use crate::{
    codec::Maybe,
    error::EncodeError,
    path::{Field, Name, Path},
};

macro_rules! texts {
    ($($text:ty)*) => {$(
        /// Conditions on the text.
        impl<D, P: Path> Field<D, $text, P> {
            /// The text begins with `prefix`.
            pub fn starts_with(self, prefix: &str) -> Filter<D> {
                regex(self.name(), format!("^{}", escaped(prefix)), "")
            }

            /// The text ends with `suffix`.
            pub fn ends_with(self, suffix: &str) -> Filter<D> {
                regex(self.name(), format!("{}\\z", escaped(suffix)), "")
            }

            /// `part` stands somewhere in the text.
            pub fn contains(self, part: &str) -> Filter<D> {
                regex(self.name(), escaped(part), "")
            }

            /// The text begins with `prefix`, be it upper or lower case.
            pub fn starts_with_ignore_case(self, prefix: &str) -> Filter<D> {
                regex(self.name(), format!("^{}", escaped(prefix)), "i")
            }

            /// The text ends with `suffix`, be it upper or lower case.
            pub fn ends_with_ignore_case(self, suffix: &str) -> Filter<D> {
                regex(self.name(), format!("{}\\z", escaped(suffix)), "i")
            }

            /// `part` stands somewhere in the text, be it upper or lower case.
            pub fn contains_ignore_case(self, part: &str) -> Filter<D> {
                regex(self.name(), escaped(part), "i")
            }

            /// The text equals `text`, be it upper or lower case. An index with a collation serves this better.
            pub fn eq_ignore_case(self, text: &str) -> Filter<D> {
                regex(self.name(), format!("^{}\\z", escaped(text)), "i")
            }

            /// The text matches a regular expression of the server (PCRE2).
            ///
            /// `options` are letters: `i` ignores case, `m` lets `^` and `$` match at lines, `x` ignores white space in
            /// the pattern, `s` lets a dot match a line's end, `u` is accepted and changes nothing.
            pub fn matches(self, pattern: &str, options: &str) -> Filter<D> {
                regex(self.name(), pattern.to_owned(), options)
            }
        }
    )*};
}

texts! {
    String Cow<'static, str> &'static str Box<str> Rc<str> Arc<str>
    Option<String> Option<Cow<'static, str>> Option<&'static str> Option<Box<str>> Option<Arc<str>>
    Maybe<String>
}

// The end of a text is `\z`: `$` also matches before a line feed at the end.
fn regex<D>(path: Name, pattern: String, options: &str) -> Filter<D> {
    // BSON wants the letters in the order of the alphabet.
    let mut options: Vec<char> = options.chars().collect();
    options.sort_unstable();
    options.dedup();
    let regex = pattern.try_into().and_then(|pattern| {
        let options = options.into_iter().collect::<String>().try_into()?;
        Ok(Bson::RegularExpression(Regex { pattern, options }))
    });
    let place = path.clone();
    let regex = regex.map_err(|error: mongodb::bson::error::Error| {
        EncodeError::new(place.into_owned(), "a regular expression cannot contain NUL", Some(error.into()))
    });
    Filter::test(path, "$regex", regex)
}

/// The text as a pattern that matches just it. A backslash before any ASCII sign makes it stand for itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if c.is_ascii_punctuation() && c != '_' {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_are_escaped_and_letters_are_not() {
        assert_eq!(escaped("a.b*(c)_ü \n$"), "a\\.b\\*\\(c\\)_ü \n\\$");
    }
}
