//! Operators that look at each element of an array: `$map`, `$filter`, and whether any or all fulfil a test.

use super::{
    Expr, IntoExpr, List, Nul, Rendered, Required,
    refused::Truth,
    render::{named, nary},
    scope::Scope,
};

/// Operators for each element. Null gives null.
impl<D, T: List> Expr<D, T> {
    /// What `f` makes of each element (`$map`).
    ///
    /// The fields of an element that is a document: `item.get(Item.price)`.
    pub fn map<U>(self, f: impl FnOnce(Expr<D, T::Item>) -> Expr<D, U>) -> Expr<D, Nul<T, Vec<U>>> {
        Expr::new(each("$map", "in", self.value, f, None))
    }

    /// The elements for which `test` holds (`$filter`).
    pub fn filter(
        self,
        test: impl FnOnce(Expr<D, T::Item>) -> Expr<D, bool>,
    ) -> Expr<D, Nul<T, Vec<T::Item>>> {
        Expr::new(each("$filter", "cond", self.value, test, None))
    }

    /// The first elements for which `test` holds, no more than `limit`, which is 1 or more (`$filter` with `limit`;
    /// MongoDB 5.2).
    pub fn filter_limit<K>(
        self,
        limit: impl IntoExpr<D, i32, K>,
        test: impl FnOnce(Expr<D, T::Item>) -> Expr<D, bool>,
    ) -> Expr<D, Nul<T, Vec<T::Item>>> {
        Expr::new(each("$filter", "cond", self.value, test, Some(("limit", limit.into_expr().value))))
    }
}

/// Tests of the elements. The server fails on null.
impl<D, T: List + Required> Expr<D, T> {
    /// Whether `test` holds for an element; never in an empty array (`$anyElementTrue` of a `$map`).
    pub fn any(self, test: impl FnOnce(Expr<D, T::Item>) -> Expr<D, bool>) -> Expr<D, bool> {
        Expr::new(whether("$anyElementTrue", each("$map", "in", self.value, test, None)))
    }

    /// Whether `test` holds for every element; always in an empty array (`$allElementsTrue` of a `$map`).
    pub fn all(self, test: impl FnOnce(Expr<D, T::Item>) -> Expr<D, bool>) -> Expr<D, bool> {
        Expr::new(whether("$allElementsTrue", each("$map", "in", self.value, test, None)))
    }
}

/// Arrays of booleans, or of any values: null and the number zero are false, all others true. The server fails on null in
/// place of the array.
impl<D, T: List<Item: Truth> + Required> Expr<D, T> {
    /// Whether an element is true (`$anyElementTrue`).
    pub fn any_element_true(self) -> Expr<D, bool> {
        Expr::new(whether("$anyElementTrue", self.value))
    }

    /// Whether every element is true (`$allElementsTrue`).
    pub fn all_elements_true(self) -> Expr<D, bool> {
        Expr::new(whether("$allElementsTrue", self.value))
    }
}

fn each<D, T, U>(
    op: &str,
    key: &str,
    input: Rendered,
    f: impl FnOnce(Expr<D, T>) -> Expr<D, U>,
    more: Option<(&str, Rendered)>,
) -> Rendered {
    let scope = Scope::enter(1);
    let body = f(scope.value(0)).value;
    let operands = [("input", input), ("as", Ok(scope.name(0).into())), (key, body)];
    named(op, operands.into_iter().chain(more))
}

/// `{op: [array]}`: these operators take their operand in an array only.
fn whether(op: &str, array: Rendered) -> Rendered {
    nary(op, [array])
}
