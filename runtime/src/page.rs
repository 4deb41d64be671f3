//! Keyset pages: a page is found by the sort key of the document before it, not by counting over all pages before.
//!
//! Inserts and deletes between two pages neither repeat nor lose a document, and page 1000 costs as much as page 1.
//! See [`Find::page`](crate::action::Find::page).

mod condition;
mod position;
mod token;

pub use self::token::{IntoToken, Token};
pub(crate) use self::{
    condition::{beyond, reversed},
    position::Position,
    token::Context,
};

/// One page of documents.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<D> {
    /// The documents, in the order of the sort, also when the page was reached backwards.
    pub items: Vec<D>,
    /// What `after` takes for the next page; `None` on the last one.
    pub next: Option<Token>,
    /// What `before` takes for the previous page; `None` on the first one.
    pub previous: Option<Token>,
    /// How many documents there are on all pages, when [`with_total`](crate::action::FindPage::with_total) asked for it.
    pub total: Option<u64>,
}
