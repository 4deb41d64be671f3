//! Searching words by a text index.

use mongodb::bson::{Bson, Document, doc};

/// A model that declares a text index. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no text index, which a text search needs",
    label = "a text search in `{Self}`",
    note = "declare one: `#[field(index(text))]` on a field, or `#[document(index(text(..), text(..)))]` for several",
    note = "to look for a text in one field without an index, use `contains` or `matches`"
)]
pub trait TextSearch {}

/// Documents of any shape are searched on trust.
#[diagnostic::do_not_recommend]
impl TextSearch for Document {}

/// Words to look for with [`Filter::text`](super::Filter::text), and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Search(Document);

impl Search {
    /// These words, by the rules of the index's language.
    pub fn new(words: impl Into<String>) -> Self {
        Self(doc! { "$search": words.into() })
    }

    /// Another language than the index's: which words are left out, and how words are reduced to their stem. A name or
    /// a code of the server, such as `"french"` or `"fr"`; `"none"` takes the words as they are.
    #[must_use]
    pub fn language(self, language: impl Into<String>) -> Self {
        self.with("$language", language.into())
    }

    /// Keeps upper and lower case apart. Off by default.
    #[must_use]
    pub fn case_sensitive(self, sensitive: bool) -> Self {
        self.with("$caseSensitive", sensitive)
    }

    /// Keeps `é` and `e` apart. Off by default.
    #[must_use]
    pub fn diacritic_sensitive(self, sensitive: bool) -> Self {
        self.with("$diacriticSensitive", sensitive)
    }

    fn with(mut self, option: &str, value: impl Into<Bson>) -> Self {
        self.0.insert(option, value);
        self
    }
}

impl From<&str> for Search {
    fn from(words: &str) -> Self {
        Self::new(words)
    }
}

impl From<String> for Search {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

impl From<&String> for Search {
    fn from(words: &String) -> Self {
        Self::new(words)
    }
}

impl From<Search> for Bson {
    fn from(search: Search) -> Self {
        Self::Document(search.0)
    }
}
