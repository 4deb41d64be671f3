//! Conditions on whole documents: `$jsonSchema`, `$where`, `$sampleRate`, and `$comment`.

use mongodb::bson::{Bson, Document};

use super::{Filter, Search, TextSearch};

impl<D> Filter<D> {
    /// Documents that hold these words (`$text`), by the text index that the model declares.
    ///
    /// `search` is a text or a [`Search`] with its options. A word of it is enough; `"two words"` in quotes must stand
    /// together, and `-word` must not be there.
    ///
    /// ```
    /// # use odmium::{bson::doc, filter::Search, prelude::*};
    /// #[derive(Document)]
    /// #[document(collection = "shops", index(text(name), text(about)))]
    /// struct Shop { id: Id<Shop>, name: String, about: String, open: bool }
    ///
    /// let filter = Filter::text("coffee -tea") & Shop.open.eq(true);
    /// assert_eq!(filter.to_document()?, doc! { "$text": { "$search": "coffee -tea" }, "open": true });
    /// let filter = Filter::<Shop>::text(Search::new("café").language("fr"));
    /// assert_eq!(filter.to_document()?, doc! { "$text": { "$search": "café", "$language": "fr" } });
    /// # Ok::<(), odmium::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the filter is used, [argument](crate::Error::is_argument): a text search cannot be negated, or be a condition
    /// on an element. From the server: when the index is not there (`sync_indexes`), when a filter has two text searches,
    /// and when it stands in `|` beside a condition that no index serves.
    pub fn text(search: impl Into<Search>) -> Self
    where
        D: TextSearch,
    {
        Self::whole("$text", search.into())
    }

    /// Documents that satisfy a JSON schema in the server's dialect (`$jsonSchema`), such as
    /// `doc! { "required": ["name"] }`; negated, those that do not.
    pub fn json_schema(schema: Document) -> Self {
        Self::whole("$jsonSchema", schema)
    }

    /// Documents for which JavaScript code on the server is true (`$where`): an expression or a function, `this` being
    /// the document.
    ///
    /// The last resort: it runs for every document, uses no index, and can be turned off on the server. Never put what a
    /// user sends into the code. The server does not take it in `count` and aggregations, nor on an element.
    pub fn where_js(code: impl Into<String>) -> Self {
        Self::whole("$where", Bson::JavaScriptCode(code.into()))
    }

    /// About this share of the documents, picked at random at each run (`$sampleRate`), from 0 to 1.
    ///
    /// # Errors
    ///
    /// When the filter is used, [argument](crate::Error::is_argument) for another number.
    pub fn sample_rate(rate: f64) -> Self {
        match rate {
            0.0..=1.0 => Self::whole("$sampleRate", rate),
            _ => Self::refused(format!("a sample rate goes from 0 to 1, so it cannot be {rate}")),
        }
    }

    /// Adds a remark for the server's logs and profile (`$comment`); it changes nothing about which documents match.
    pub fn comment(self, text: impl Into<String>) -> Self {
        self & Self::whole("$comment", text.into())
    }
}
