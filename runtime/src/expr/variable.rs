//! Variables, and values that come from the server.

use mongodb::bson::{Bson, DateTime, doc};

use super::{Expr, scope::Scope};

/// The whole document (`$$ROOT`).
pub fn root<D>() -> Expr<D, D> {
    Expr::raw("$$ROOT")
}

/// The server's time, the same in the whole operation (`$$NOW`).
pub fn now<D>() -> Expr<D, DateTime> {
    Expr::raw("$$NOW")
}

/// No value: a computed field that is this is left out, or removed (`$$REMOVE`).
pub fn remove<D, T>() -> Expr<D, Option<T>> {
    Expr::raw("$$REMOVE")
}

/// A random number from 0 to 1, 1 excluded (`$rand`).
pub fn rand<D>() -> Expr<D, f64> {
    Expr::raw(doc! { "$rand": {} })
}

/// A variable that the operation sets by its option `let`; its type is taken on trust.
pub fn variable<D, T>(name: &str) -> Expr<D, T> {
    Expr::raw(format!("$${name}"))
}

impl<D, T> Expr<D, T> {
    /// Computes the value once, for an expression that uses it more than once (`$let`).
    ///
    /// ```
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, price: f64, qty: i32 }
    /// let rounded = (Order.price * Order.qty).bind(|sum| sum.clone().gt(100.0).cond(sum.clone().round(0), sum));
    /// # rounded.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn bind<U>(self, body: impl FnOnce(Self) -> Expr<D, U>) -> Expr<D, U> {
        let scope = Scope::enter(1);
        let body = body(scope.value(0)).value;
        Expr::new(self.value.and_then(|value| {
            let vars = doc! { scope.name(0): value };
            Ok(Bson::Document(doc! { "$let": { "vars": vars, "in": body? } }))
        }))
    }
}
