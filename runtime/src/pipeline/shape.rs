//! What generated code says of the structs that stages put together.

use mongodb::bson::{Bson, Document, doc};

use super::Acc;
use crate::{error::EncodeError, expr::Expr};

/// The fields of a `..Group`: all that a group or a window computes.
#[expect(missing_docs, reason = "named by generated code only")]
pub trait Accumulated {
    type Source;
    type Output: 'static;
    /// Whether and how the key of a group is kept.
    type Key;
    /// The document that the struct adds to, as it has it flattened.
    type Base;

    fn parts(self, parts: &mut Parts);
}

/// The fields of a `..Shape`: a document that is computed from another one.
#[expect(missing_docs, reason = "named by generated code only")]
pub trait Shaped {
    type Source;
    type Output: 'static;
    /// As of [`Accumulated`].
    type Base;

    fn parts(self, parts: &mut Parts);
}

/// A struct that has another one flattened, and fields beside it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have the fields of `{M}`",
    label = "no field of type `{M}` that is flattened",
    note = "add one: `#[field(flatten)] {M}: {M}`, and `#[document(shape)]` or `#[document(group)]` to the struct"
)]
pub trait Extends<M> {}

/// Of a struct without a flattened field.
#[derive(Debug)]
pub enum NoBase {}

/// The computed fields of a document, in order.
#[derive(Debug)]
pub struct Parts(Result<Document, EncodeError>);

impl Parts {
    pub(crate) fn new() -> Self {
        Self(Ok(Document::new()))
    }

    /// Adds a field.
    pub fn add(&mut self, key: &str, part: impl Part) {
        if let Ok(parts) = &mut self.0 {
            match part.render() {
                Ok(value) => _ = parts.insert(key, value),
                Err(error) => self.0 = Err(error),
            }
        }
    }

    /// As a document that an expression computes.
    pub(crate) fn into_expr<D, T>(self) -> Expr<D, T> {
        Expr::new(self.0.map(|fields| match fields.is_empty() {
            true => doc! { "$literal": {} }.into(),
            false => fields.into(),
        }))
    }

    pub(super) fn finish(self) -> Result<Document, EncodeError> {
        self.0
    }
}

/// A member of a computed struct.
pub trait Part {
    /// What is sent for it.
    ///
    /// # Errors
    ///
    /// When a value in it cannot be written.
    fn render(self) -> Result<Bson, EncodeError>;
}

impl<D, T> Part for Expr<D, T> {
    fn render(self) -> Result<Bson, EncodeError> {
        self.computed()
    }
}

impl<D, T> Part for Acc<D, T> {
    fn render(self) -> Result<Bson, EncodeError> {
        self.into_bson()
    }
}

/// A projection to computed fields; without one of its own, `_id` is left out.
pub(super) fn projection(mut fields: Document) -> Document {
    if !fields.contains_key("_id") {
        fields.insert("_id", 0);
    }
    doc! { "$project": fields }
}
