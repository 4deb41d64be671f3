//! Functions of arrays.

use mongodb::bson::Bson;

use super::{
    Expr, IntoExpr, Known, Nul, Nul2, Number, Operand, Required, WireOf,
    compare::Comparand,
    render::{chain, named, nary, unaries},
};
use crate::{
    filter::{self, Ordered},
    sort::{self, IntoSort},
};

/// A type that is an array.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no array",
    label = "this operator needs a `Vec` or a set"
)]
pub trait List: Known + filter::List {}

#[diagnostic::do_not_recommend]
impl<T: Known + filter::List> List for T {}

/// An array that is null where one of two is.
pub(super) type Both<A, B> = Nul2<A, B, Vec<<A as filter::List>::Item>>;

/// An array of expressions of one type.
///
/// ```
/// # use odmium::{expr, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "points")]
/// # struct Point { id: Id<Point>, x: f64, y: f64 }
/// let farthest = expr::array([Point.x.expr(), Point.y.expr()]).max();
/// # farthest.to_bson()?;
/// # Ok::<(), odmium::Error>(())
/// ```
pub fn array<D, T>(elements: impl IntoIterator<Item = Expr<D, T>>) -> Expr<D, Vec<T>> {
    let elements: Result<Vec<_>, _> = elements.into_iter().map(Expr::render).collect();
    Expr::new(elements.map(Bson::Array))
}

/// The numbers from `start` up to, but not including, `end`, `step` apart (`$range`). The server fails for a step of zero.
pub fn range<D, K, L, M>(
    start: impl IntoExpr<D, i32, K>,
    end: impl IntoExpr<D, i32, L>,
    step: impl IntoExpr<D, i32, M>,
) -> Expr<D, Vec<i32>> {
    Expr::new(nary("$range", [start.into_expr().value, end.into_expr().value, step.into_expr().value]))
}

/// The first elements of all arrays, the second ones and so on, as many as the shortest has (`$zip`); null where an array
/// is null. It turns the rows of a matrix into its columns. Two arrays of different types: [`Expr::zip`].
///
/// ```
/// # use odmium::{Expr, expr, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "tables")]
/// # struct Table { id: Id<Table>, low: Vec<i32>, high: Vec<i32> }
/// let pairs: Expr<Table, Vec<Vec<i32>>> = expr::zip([Table.low.expr(), Table.high.expr()]);
/// # pairs.to_bson()?;
/// # Ok::<(), odmium::Error>(())
/// ```
#[expect(clippy::type_complexity, reason = "rows, null where an array is")]
pub fn zip<D, T: List>(arrays: impl IntoIterator<Item = Expr<D, T>>) -> Expr<D, Nul<T, Vec<Vec<T::Item>>>> {
    Expr::new(named("$zip", [("inputs", array(arrays).value)]))
}

/// Functions of arrays. Null gives null.
impl<D, T: List> Expr<D, T> {
    unaries! {
        /// The first element; none of an empty array (`$first`).
        first: "$first" -> Option<T::Item>;
        /// The last element; none of an empty array (`$last`).
        last: "$last" -> Option<T::Item>;
        /// In the opposite order (`$reverseArray`).
        reverse_array: "$reverseArray" -> Nul<T, Vec<T::Item>>;
    }

    /// The element at a position; from the end for negative ones; none beyond (`$arrayElemAt`).
    pub fn array_elem_at<K>(self, position: impl IntoExpr<D, i32, K>) -> Expr<D, Option<T::Item>> {
        Expr::new(nary("$arrayElemAt", [self.value, position.into_expr().value]))
    }

    /// The first `n` elements; the last ones for a negative `n` (`$slice`).
    pub fn slice<K>(self, n: impl IntoExpr<D, i32, K>) -> Expr<D, Nul<T, Vec<T::Item>>> {
        Expr::new(nary("$slice", [self.value, n.into_expr().value]))
    }

    /// `n` elements, at least one, from a position on (`$slice`).
    pub fn slice_at<K, L>(
        self,
        position: impl IntoExpr<D, i32, K>,
        n: impl IntoExpr<D, i32, L>,
    ) -> Expr<D, Nul<T, Vec<T::Item>>> {
        Expr::new(nary("$slice", [self.value, position.into_expr().value, n.into_expr().value]))
    }

    /// Where an element equals `value`, or -1 (`$indexOfArray`).
    pub fn index_of_array<K>(self, value: impl Comparand<D, T::Item, K>) -> Expr<D, Nul<T, i32>> {
        Expr::new(nary("$indexOfArray", [self.value, value.into_comparand().value]))
    }

    /// Followed by the elements of another array (`$concatArrays`).
    pub fn concat_arrays<R>(self, other: R) -> Expr<D, Both<T, R::Type>>
    where
        R: Operand<D, Type: List<Item = T::Item>>,
    {
        Expr::new(chain("$concatArrays", self.value, other.into_operand().value))
    }

    /// Pairs of elements, as many as the shorter array has (`$zip`). The two of a pair: [`members`](Expr::members).
    #[expect(clippy::type_complexity, reason = "pairs, null where one is")]
    pub fn zip<R>(
        self,
        other: R,
    ) -> Expr<D, Nul2<T, R::Type, Vec<(T::Item, <R::Type as filter::List>::Item)>>>
    where
        R: Operand<D, Type: List>,
    {
        let inputs = array([self.raw_as::<()>(), other.into_operand().raw_as()]).value;
        Expr::new(named("$zip", [("inputs", inputs)]))
    }

    /// Pairs of elements, as many as the longer array has, with none for what the shorter one lacks (`$zip` with
    /// `useLongestLength`).
    #[expect(clippy::type_complexity, reason = "pairs, null where one is")]
    pub fn zip_longest<R>(
        self,
        other: R,
    ) -> Expr<D, Nul2<T, R::Type, Vec<(Option<T::Item>, Option<<R::Type as filter::List>::Item>)>>>
    where
        R: Operand<D, Type: List>,
    {
        let inputs = array([self.raw_as::<()>(), other.into_operand().raw_as()]).value;
        Expr::new(named("$zip", [("inputs", inputs), ("useLongestLength", Ok(true.into()))]))
    }

    /// Sorted by fields of the elements (`$sortArray`; MongoDB 5.2).
    pub fn sort_by(self, order: impl IntoSort<T::Item>) -> Expr<D, Nul<T, Vec<T::Item>>> {
        let order = Ok(sort::to_document(order).into());
        Expr::new(named("$sortArray", [("input", self.value), ("sortBy", order)]))
    }
}

/// Functions of arrays on which the server fails for null.
impl<D, T: List + Required> Expr<D, T> {
    unaries! {
        /// How many elements it has (`$size`).
        size: "$size" -> i32;
    }

    /// Whether an element equals `value` (`$in`).
    pub fn contains<K>(self, value: impl Comparand<D, T::Item, K>) -> Expr<D, bool> {
        Expr::new(nary("$in", [value.into_comparand().value, self.value]))
    }

    /// The first `n` elements (`$firstN`; MongoDB 5.2).
    pub fn first_n<K>(self, n: impl IntoExpr<D, i32, K>) -> Expr<D, Vec<T::Item>> {
        Expr::new(named("$firstN", [("n", n.into_expr().value), ("input", self.value)]))
    }

    /// The last `n` elements (`$lastN`; MongoDB 5.2).
    pub fn last_n<K>(self, n: impl IntoExpr<D, i32, K>) -> Expr<D, Vec<T::Item>> {
        Expr::new(named("$lastN", [("n", n.into_expr().value), ("input", self.value)]))
    }
}

/// Arrays of what has an order.
impl<D, T: List<Item: Ordered>> Expr<D, T> {
    unaries! {
        /// The smallest element; none of an empty array; nulls are left out (`$min`).
        min: "$min" -> Option<T::Item>;
        /// The greatest element; none of an empty array; nulls are left out (`$max`).
        max: "$max" -> Option<T::Item>;
    }

    /// Smallest first (`$sortArray`; MongoDB 5.2).
    pub fn sort(self) -> Expr<D, Nul<T, Vec<T::Item>>> {
        Expr::new(named("$sortArray", [("input", self.value), ("sortBy", Ok(1.into()))]))
    }

    /// Largest first (`$sortArray`; MongoDB 5.2).
    pub fn sort_desc(self) -> Expr<D, Nul<T, Vec<T::Item>>> {
        Expr::new(named("$sortArray", [("input", self.value), ("sortBy", Ok((-1).into()))]))
    }

    /// The `n` smallest elements, smallest first (`$minN`; MongoDB 5.2). The server fails on null.
    pub fn min_n<K>(self, n: impl IntoExpr<D, i32, K>) -> Expr<D, Vec<T::Item>>
    where
        T: Required,
    {
        Expr::new(named("$minN", [("n", n.into_expr().value), ("input", self.value)]))
    }

    /// The `n` greatest elements, greatest first (`$maxN`; MongoDB 5.2). The server fails on null.
    pub fn max_n<K>(self, n: impl IntoExpr<D, i32, K>) -> Expr<D, Vec<T::Item>>
    where
        T: Required,
    {
        Expr::new(named("$maxN", [("n", n.into_expr().value), ("input", self.value)]))
    }
}

/// Arrays of numbers. Elements that are null are left out.
impl<D, T: List<Item: Number>> Expr<D, T> {
    unaries! {
        /// The sum; 0 of an empty array and of null (`$sum`).
        sum: "$sum" -> WireOf<T::Item>;
        /// The mean; none of an empty array (`$avg`).
        avg: "$avg" -> Option<<WireOf<T::Item> as super::Wire>::Real>;
        /// The standard deviation of a whole population (`$stdDevPop`).
        std_dev_pop: "$stdDevPop" -> Option<f64>;
        /// The standard deviation of a sample of at least two (`$stdDevSamp`).
        std_dev_samp: "$stdDevSamp" -> Option<f64>;
    }
}
