//! Values that stand for themselves.

use mongodb::bson::{Bson, Document, doc};

use super::{Expr, Rendered};
use crate::filter::IntoValue;

/// A value that stands for itself, where a plain one has no type yet: `literal(Role::Guest)`.
///
/// It is never taken for an operator or a path, whatever it holds. Where the type is known already, write the plain
/// value: `User.role.expr().eq(Role::Guest)`.
pub fn literal<D, T: IntoValue<T>>(value: T) -> Expr<D, T> {
    Expr::new(quoted(value.into_bson()))
}

/// A value as an operand.
pub(super) fn quoted(value: Rendered) -> Rendered {
    let value = value?;
    Ok(if is_ambiguous(&value) { doc! { "$literal": value }.into() } else { value })
}

/// Whether the server could take the value for a path, an operator or an object that is to be computed.
fn is_ambiguous(value: &Bson) -> bool {
    match value {
        Bson::String(text) => text.starts_with('$'),
        Bson::Document(_) => true,
        Bson::Array(values) => values.iter().any(is_ambiguous),
        _ => false,
    }
}

/// The value of a field that a stage computes: there, a number or a boolean would include or exclude the field.
pub(super) fn computed(value: Bson) -> Bson {
    match value {
        Bson::Boolean(_) | Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_) => {
            doc! { "$literal": value }.into()
        }
        value => assigned(value),
    }
}

/// The value of a field that `$set` writes: there, an object would be merged into the one that is stored.
pub(crate) fn assigned(value: Bson) -> Bson {
    match value {
        Bson::Document(object) if is_object(&object) => doc! { "$mergeObjects": [object] }.into(),
        value => value,
    }
}

fn is_object(document: &Document) -> bool {
    document.keys().next().is_none_or(|key| !key.starts_with('$'))
}
