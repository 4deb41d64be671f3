//! Conditions on texts: prefix, suffix, part, regular expressions (`$regex`).
//!
//! What is searched is escaped by [`Pattern`]: a text from a user is never a pattern. Only a prefix that keeps upper and
//! lower case apart can use an index well; the others read every key.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use mongodb::bson::Bson;

use super::{Filter, Pattern, RegexOptions};
use crate::{
    codec::{As, Maybe, Via},
    path::{Field, Readable},
};

/// A field type that is stored as a string.
///
/// Implement it for a type of your own whose codec writes a string, such as `struct Email(String)`: its fields then have
/// the operators of texts.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no text",
    label = "this operator needs a `String`",
    note = "compare other values by `eq`, `is_in` or, where they have an order, `gt` and `lt`",
    note = "for a type of your own that is stored as a string: implement `odmium::filter::Text` for it"
)]
pub trait Text {}

#[diagnostic::do_not_recommend]
impl Text for String {}
#[diagnostic::do_not_recommend]
impl Text for str {}
#[diagnostic::do_not_recommend]
impl Text for &str {}
#[diagnostic::do_not_recommend]
impl Text for Cow<'_, str> {}
#[diagnostic::do_not_recommend]
impl<T: Text + ?Sized> Text for Box<T> {}
#[diagnostic::do_not_recommend]
impl<T: Text + ?Sized> Text for Rc<T> {}
#[diagnostic::do_not_recommend]
impl<T: Text + ?Sized> Text for Arc<T> {}
#[diagnostic::do_not_recommend]
impl<T: Text> Text for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Text> Text for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T> Text for Via<T, As<String>> {}
#[cfg(feature = "url-2")]
#[diagnostic::do_not_recommend]
impl Text for url::Url {}

/// Conditions on the text.
impl<D, T: Text, P: Readable> Field<D, T, P> {
    /// The text begins with `prefix`.
    pub fn starts_with(self, prefix: &str) -> Filter<D> {
        self.like(Pattern::starts_with(prefix))
    }

    /// The text ends with `suffix`.
    pub fn ends_with(self, suffix: &str) -> Filter<D> {
        self.like(Pattern::ends_with(suffix))
    }

    /// `part` stands somewhere in the text.
    pub fn contains(self, part: &str) -> Filter<D> {
        self.like(Pattern::contains(part))
    }

    /// The text begins with `prefix`, be it upper or lower case.
    pub fn starts_with_ignore_case(self, prefix: &str) -> Filter<D> {
        self.like(Pattern::starts_with(prefix).ignore_case())
    }

    /// The text ends with `suffix`, be it upper or lower case.
    pub fn ends_with_ignore_case(self, suffix: &str) -> Filter<D> {
        self.like(Pattern::ends_with(suffix).ignore_case())
    }

    /// `part` stands somewhere in the text, be it upper or lower case.
    pub fn contains_ignore_case(self, part: &str) -> Filter<D> {
        self.like(Pattern::contains(part).ignore_case())
    }

    /// The text equals `text`, be it upper or lower case. An index with a collation serves this better.
    pub fn eq_ignore_case(self, text: &str) -> Filter<D> {
        self.like(Pattern::exact(text).ignore_case())
    }

    /// The text matches a regular expression of the server (PCRE): `matches("^A.n", RegexOptions::IGNORE_CASE)`, or with
    /// the server's letters `matches("^A.n", "i")`.
    ///
    /// Never build the pattern from what a user sends: some patterns take the server very long.
    ///
    /// # Errors
    ///
    /// When the filter is used, [argument](crate::Error::is_argument): for a letter that is no option, and for a NUL in
    /// the pattern. A pattern that is no regular expression is refused by the server.
    pub fn matches(self, pattern: &str, options: impl Into<RegexOptions>) -> Filter<D> {
        self.like(Pattern::new(pattern, options))
    }

    /// The text matches one of the patterns (`$in`); no document matches an empty list.
    ///
    /// # Errors
    ///
    /// As [`matches`](Self::matches).
    pub fn matches_any<R: Into<Pattern>>(self, patterns: impl IntoIterator<Item = R>) -> Filter<D> {
        let patterns = patterns.into_iter().map(|pattern| pattern.into().into_bson());
        Filter::test(self.name(), "$in", patterns.collect::<Result<Vec<_>, _>>().map(Bson::Array))
    }

    fn like(self, pattern: Pattern) -> Filter<D> {
        Filter::test(self.name(), "$regex", pattern.into_bson())
    }
}
