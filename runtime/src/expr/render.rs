//! From operands to the document that is sent. Nothing here has a type parameter for the value of an expression.

use mongodb::bson::{Bson, Document, doc};

use super::Rendered;

/// The value of a field; of the whole document where the name is empty.
pub(super) fn path(name: &str) -> Bson {
    Bson::String(match name {
        "" => "$$ROOT".to_owned(),
        name => format!("${name}"),
    })
}

/// `{op: operand}`.
pub(super) fn unary(op: &str, operand: Rendered) -> Rendered {
    // An array would be taken for the list of operands.
    Ok(match operand? {
        operand @ Bson::Array(_) => doc! { op: [operand] },
        operand => doc! { op: operand },
    }
    .into())
}

/// `{op: [operands]}`.
pub(super) fn nary(op: &str, operands: impl IntoIterator<Item = Rendered>) -> Rendered {
    let operands = operands.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(doc! { op: operands }.into())
}

/// `{op: [first, second]}` of an operator that takes any number of operands from left to right.
pub(super) fn chain(op: &str, first: Rendered, second: Rendered) -> Rendered {
    let (mut first, second) = (first?, second?);
    match operands(op, &mut first) {
        // A single operand may be an array, whose elements the operator then takes.
        Some(operands) if operands.len() >= 2 => {
            operands.push(second);
            Ok(first)
        }
        _ => Ok(doc! { op: [first, second] }.into()),
    }
}

/// The list of operands of `{op: [..]}`.
fn operands<'a>(op: &str, expression: &'a mut Bson) -> Option<&'a mut Vec<Bson>> {
    match expression {
        Bson::Document(document) if document.len() == 1 => document.get_array_mut(op).ok(),
        _ => None,
    }
}

/// `{op: {name: operand, ..}}`.
pub(super) fn named<'a>(op: &str, operands: impl IntoIterator<Item = (&'a str, Rendered)>) -> Rendered {
    let mut document = Document::new();
    for (name, operand) in operands {
        document.insert(name, operand?);
    }
    Ok(doc! { op: document }.into())
}

/// Operators of one operand, as methods.
macro_rules! unaries {
    ($($(#[$doc:meta])* $method:ident: $op:literal -> $output:ty;)*) => {$(
        $(#[$doc])*
        pub fn $method(self) -> $crate::expr::Expr<D, $output> {
            $crate::expr::Expr::new($crate::expr::render::unary($op, self.value))
        }
    )*};
}

pub(super) use unaries;
