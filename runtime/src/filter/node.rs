//! What a filter is made of.

use std::borrow::Cow;

use mongodb::bson::{Bson, Document};

use crate::{error::EncodeError, path::Name};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// `{path: {op: value}}`.
    Test {
        path: Name,
        op: &'static str,
        value: Bson,
    },
    /// `{path: {$not: {op: value}}}`.
    Not {
        path: Name,
        op: &'static str,
        value: Bson,
    },
    /// `{path: tests}`, which also sorts: the server takes it at the top only.
    Near {
        path: Name,
        tests: Document,
    },
    /// `{op: value}`, about the document.
    Whole {
        op: &'static str,
        value: Bson,
    },
    All(Vec<Self>),
    Any(Vec<Self>),
    Nor(Vec<Self>),
    /// `{$expr: test}`.
    Expr(Bson),
    Raw(Document),
    /// What cannot be sent; reported when the filter is used.
    Invalid(Invalid),
}

impl Node {
    pub(super) fn invalid(error: EncodeError) -> Self {
        Self::Invalid(Invalid(error))
    }
}

#[derive(Clone, Debug)]
pub(super) struct Invalid(pub(super) EncodeError);

impl PartialEq for Invalid {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

/// Where in a filter a condition stands: the server does not take every one everywhere.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) in_or: bool,
    pub(super) in_nor: bool,
    pub(super) in_element: bool,
}

impl Place {
    pub(super) fn check_near(self) -> Result<(), EncodeError> {
        match self {
            Self { in_or: false, in_nor: false, in_element: false } => Ok(()),
            _ => refused(
                "`near` also sorts, so it cannot be negated or stand in `|`: use `within_circle` there",
            ),
        }
    }

    pub(super) fn check_whole(self, op: &str) -> Result<(), EncodeError> {
        match op {
            "$text" if self.in_nor => {
                refused("a text search cannot be negated: exclude a word by a minus, as in \"coffee -shop\"")
            }
            "$text" | "$where" | "$sampleRate" | "$expr" if self.in_element => {
                refused(format!("`{op}` is about whole documents: it cannot be a condition on an element"))
            }
            _ => Ok(()),
        }
    }
}

fn refused<T>(message: impl Into<Cow<'static, str>>) -> Result<T, EncodeError> {
    Err(EncodeError::argument(message))
}
