//! Conditions that the server computes: `$expr`.

use super::{Filter, Node};
use crate::expr::Expr;

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
