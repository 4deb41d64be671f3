//! Conditions that the server computes: `$expr`.

use super::{Filter, Node};
use crate::expr::Expr;

/// A condition that the server computes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a filter is no expression, and decides no value",
    label = "this needs an expression",
    note = "compare in an expression: `User.age.expr().gt(18).cond(..)` in place of `User.age.gt(18).cond(..)`"
)]
pub trait Computed {}

/// For the compiler's message.
impl<D> Filter<D> {
    #[doc(hidden)]
    #[must_use]
    pub fn cond<A, B, R>(self, _: A, _: B) -> R
    where
        Self: Computed,
    {
        unreachable!("a filter is no expression")
    }
}

impl<D> Filter<D> {
    /// The expression holds (`$expr`).
    ///
    /// The way to compare two fields. An index serves it only where a field is compared with a value; what a filter can
    /// say without it, such as `User.age.gte(18)`, it says faster.
    ///
    /// ```
    /// # use odmium::{bson::doc, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, paid: i32, total: i32 }
    /// let owing = Filter::expr(Order.paid.expr().lt(Order.total)) & Order.total.gt(100);
    /// assert_eq!(
    ///     owing.to_document()?,
    ///     doc! { "$expr": { "$lt": ["$paid", "$total"] }, "total": { "$gt": 100 } },
    /// );
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn expr(test: Expr<D, bool>) -> Self {
        match test.render() {
            Ok(test) => Self::new(Node::Expr(test)),
            Err(error) => Self::invalid(error),
        }
    }
}
