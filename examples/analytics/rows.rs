//! Answers as rows of text, which are printed and compared.

use std::fmt::Display;

/// The lines of a table.
pub(crate) type Rows = Vec<Vec<String>>;

pub(crate) fn number(value: impl Display) -> String {
    value.to_string()
}

pub(crate) fn share(value: f64) -> String {
    format!("{value:.1}")
}

pub(crate) fn text(value: Option<String>) -> String {
    value.unwrap_or_else(|| "none".into())
}
