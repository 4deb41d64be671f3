//! `$cond`, `$switch`, `$ifNull`.

use std::marker::PhantomData;

use mongodb::bson::{Bson, doc};

use super::{Expr, IntoExpr, Operand, Rendered, render};
use crate::error::EncodeError;

/// Conditions.
impl<D> Expr<D, bool> {
    /// `yes` where it holds, else `no` (`$cond`). The first one decides the type: say `.optional()` of it where the
    /// second can be null.
    pub fn cond<Y: Operand<D>, K>(self, yes: Y, no: impl IntoExpr<D, Y::Type, K>) -> Expr<D, Y::Type> {
        Expr::new(render::nary("$cond", [self.value, yes.into_operand().value, no.into_expr().value]))
    }
}

/// What null stands for.
impl<D, T> Expr<D, Option<T>> {
    /// The value, or `other` where it is null or missing (`$ifNull`).
    pub fn if_null<K>(self, other: impl IntoExpr<D, T, K>) -> Expr<D, T> {
        Expr::new(render::chain("$ifNull", self.value, other.into_expr().value))
    }

    /// The value, or `other`, which can be null itself, where it is null or missing (`$ifNull`).
    pub fn or<K>(self, other: impl IntoExpr<D, Option<T>, K>) -> Self {
        Self::new(render::chain("$ifNull", self.value, other.into_expr().value))
    }
}

/// The value of the first case that holds (`$switch`); the first one decides the type.
///
/// ```
/// # use odmium::{expr::switch, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "users")]
/// # struct User { id: Id<User>, age: i32 }
/// let group = switch(User.age.expr().lt(18), "child").case(User.age.expr().lt(65), "adult").default("senior");
/// # group.to_bson()?;
/// # Ok::<(), odmium::Error>(())
/// ```
pub fn switch<D, V: Operand<D>>(test: Expr<D, bool>, value: V) -> Switch<D, V::Type> {
    Switch { branches: Ok(Vec::new()), types: PhantomData }.with(test, value.into_operand())
}

/// The cases of a [`switch`], until [`default`](Self::default) ends them.
#[must_use = "a switch has a value once it has a default"]
#[derive(Debug)]
pub struct Switch<D, T> {
    branches: Result<Vec<Bson>, EncodeError>,
    types: PhantomData<fn() -> (D, T)>,
}

impl<D, T> Switch<D, T> {
    /// Another case, looked at when those before do not hold.
    pub fn case<K>(self, test: Expr<D, bool>, value: impl IntoExpr<D, T, K>) -> Self {
        self.with(test, value.into_expr())
    }

    /// The value where no case holds.
    pub fn default<K>(self, value: impl IntoExpr<D, T, K>) -> Expr<D, T> {
        let branches: Rendered = self.branches.map(Bson::Array);
        Expr::new(render::named("$switch", [("branches", branches), ("default", value.into_expr().value)]))
    }

    fn with(mut self, test: Expr<D, bool>, value: Expr<D, T>) -> Self {
        self.branches = self.branches.and_then(|mut branches| {
            branches.push(doc! { "case": test.value?, "then": value.value? }.into());
            Ok(branches)
        });
        self
    }
}
