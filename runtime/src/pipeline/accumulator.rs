//! What a group computes of its documents.

use std::{fmt, marker::PhantomData};

use mongodb::bson::{Bson, Document, doc};

use super::Input;
use crate::{
    error::EncodeError,
    expr::{Expr, Number, Wire},
    filter::Ordered,
    sort::{self, IntoSort},
};

/// A sum of numbers of type `T`: integers give an `i64`.
pub(super) type SumOf<T> = <<T as Number>::Wire as Wire>::WithLong;

/// A mean of numbers of type `T`: a double or a decimal.
pub(super) type RealOf<T> = <<T as Number>::Wire as Wire>::Real;

/// A value of type `T` that is computed of many documents of type `D`.
///
/// Comes from [`Group`] or [`Window`](super::Window), and stands in the literal of a generated `..Group` or in a tuple.
#[must_use = "an accumulator does nothing until a group takes it"]
pub struct Acc<D, T> {
    value: Result<Bson, EncodeError>,
    types: PhantomData<fn(D) -> T>,
}

impl<D, T> Acc<D, T> {
    pub(super) fn new(value: Result<Bson, EncodeError>) -> Self {
        Self { value, types: PhantomData }
    }

    /// An accumulator in the server's own form; its type is taken on trust.
    pub fn raw(accumulator: Document) -> Self {
        Self::new(Ok(accumulator.into()))
    }

    /// The same accumulator, its type taken on trust.
    pub fn raw_as<U>(self) -> Acc<D, U> {
        Acc::new(self.value)
    }

    /// The same accumulator for a field that may be `None`.
    pub fn optional(self) -> Acc<D, Option<T>> {
        Acc::new(self.value)
    }

    pub(super) fn into_bson(self) -> Result<Bson, EncodeError> {
        self.value
    }

    /// `{op: value}`.
    pub(super) fn unary<U>(op: &str, value: Expr<D, U>) -> Self {
        Self::new(value.render().map(|value| doc! { op: value }.into()))
    }
}

impl<D, T> Acc<D, Option<Option<T>>> {
    /// The same accumulator: the server knows one null only. For `shift`, `first` and the like of a field that is optional.
    pub fn flatten(self) -> Acc<D, Option<T>> {
        Acc::new(self.value)
    }
}

/// As [`Acc::flatten`].
impl<D, T> From<Acc<D, Option<Option<T>>>> for Acc<D, Option<T>> {
    fn from(accumulator: Acc<D, Option<Option<T>>>) -> Self {
        accumulator.flatten()
    }
}

/// The same twice: of a window's `first` and its kin for a path that may be absent and is optional.
impl<D, T> From<Acc<D, Option<Option<Option<T>>>>> for Acc<D, Option<T>> {
    fn from(accumulator: Acc<D, Option<Option<Option<T>>>>) -> Self {
        accumulator.flatten().flatten()
    }
}

/// As [`Acc::optional`].
impl<D, T> From<Acc<D, T>> for Acc<D, Option<T>> {
    fn from(accumulator: Acc<D, T>) -> Self {
        accumulator.optional()
    }
}

impl<D, T> fmt::Debug for Acc<D, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Ok(value) => write!(f, "Acc({value})"),
            Err(error) => write!(f, "Acc({error})"),
        }
    }
}

/// The accumulators of a group of documents of type `D`; see [`group_by`](super::Pipeline::group_by).
///
/// A group has at least one document, so that `first`, `min` and the like of a field that is always there are no
/// `Option`.
#[derive(Clone, Copy)]
pub struct Group<D>(PhantomData<fn() -> D>);

/// Accumulators that differ between groups and windows in nothing but what an empty one gives.
macro_rules! accumulators {
    ($($(#[$doc:meta])* $method:ident $([$bound:path])?: $op:literal -> $output:ty;)*) => {$(
        $(#[$doc])*
        pub fn $method<I: Input<D>>(&self, value: I) -> Acc<D, $output>
        where
            $(I::Type: $bound,)?
        {
            self.made(Acc::unary($op, value.into_input()))
        }
    )*};
}

pub(super) use accumulators;

impl<D> Group<D> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }

    #[expect(clippy::unused_self, reason = "as of windows, which have bounds")]
    fn made<T>(&self, accumulator: Acc<D, T>) -> Acc<D, T> {
        accumulator
    }

    /// How many documents (`$sum: 1`).
    pub fn count(&self) -> Acc<D, i64> {
        Acc::raw(doc! { "$sum": 1 })
    }

    accumulators! {
        /// The sum; nulls are left out (`$sum`). Integers give an `i64`.
        sum[Number]: "$sum" -> SumOf<I::Type>;
        /// The mean; none where no document has a number (`$avg`).
        avg[Number]: "$avg" -> Option<RealOf<I::Type>>;
        /// The smallest value; nulls are left out (`$min`).
        min[Ordered]: "$min" -> I::Type;
        /// The greatest value; nulls are left out (`$max`).
        max[Ordered]: "$max" -> I::Type;
        /// The value of the first document: sort before (`$first`).
        first: "$first" -> I::Type;
        /// The value of the last document: sort before (`$last`).
        last: "$last" -> I::Type;
        /// All values, in the order of the documents; missing ones are left out (`$push`).
        push: "$push" -> Vec<I::Type>;
        /// The different values, in no order (`$addToSet`).
        add_to_set: "$addToSet" -> Vec<I::Type>;
        /// The standard deviation of a whole population (`$stdDevPop`).
        std_dev_pop[Number]: "$stdDevPop" -> Option<f64>;
        /// The standard deviation of a sample of at least two (`$stdDevSamp`).
        std_dev_samp[Number]: "$stdDevSamp" -> Option<f64>;
        /// The documents merged into one; later ones win (`$mergeObjects`).
        merge_objects: "$mergeObjects" -> Document;
    }

    /// The value of the first document in an order (`$top`; MongoDB 5.2).
    pub fn top<I: Input<D>>(&self, order: impl IntoSort<D>, value: I) -> Acc<D, I::Type> {
        ordered("$top", None, order, value.into_input())
    }

    /// The value of the last document in an order (`$bottom`; MongoDB 5.2).
    pub fn bottom<I: Input<D>>(&self, order: impl IntoSort<D>, value: I) -> Acc<D, I::Type> {
        ordered("$bottom", None, order, value.into_input())
    }
}

/// The accumulators of many values, each at most `n`, at least 1 (MongoDB 5.2).
macro_rules! of_many {
    ($($builder:ident)*) => {$(
        impl<D> $builder<D> {
            /// The values of the first `n` documents in an order (`$topN`).
            pub fn top_n<I: Input<D>>(&self, n: u32, order: impl IntoSort<D>, value: I) -> Acc<D, Vec<I::Type>> {
                self.made(ordered("$topN", Some(n), order, value.into_input()))
            }

            /// The values of the last `n` documents in an order (`$bottomN`).
            pub fn bottom_n<I: Input<D>>(&self, n: u32, order: impl IntoSort<D>, value: I) -> Acc<D, Vec<I::Type>> {
                self.made(ordered("$bottomN", Some(n), order, value.into_input()))
            }

            /// The values of the first `n` documents (`$firstN`).
            pub fn first_n<I: Input<D>>(&self, n: u32, value: I) -> Acc<D, Vec<I::Type>> {
                self.made(several("$firstN", n, value.into_input()))
            }

            /// The values of the last `n` documents (`$lastN`).
            pub fn last_n<I: Input<D>>(&self, n: u32, value: I) -> Acc<D, Vec<I::Type>> {
                self.made(several("$lastN", n, value.into_input()))
            }

            /// The `n` greatest values, the greatest first (`$maxN`).
            pub fn max_n<I: Input<D, Type: Ordered>>(&self, n: u32, value: I) -> Acc<D, Vec<I::Type>> {
                self.made(several("$maxN", n, value.into_input()))
            }

            /// The `n` smallest values, the smallest first (`$minN`).
            pub fn min_n<I: Input<D, Type: Ordered>>(&self, n: u32, value: I) -> Acc<D, Vec<I::Type>> {
                self.made(several("$minN", n, value.into_input()))
            }
        }
    )*};
}

pub(super) use of_many;

of_many!(Group);

pub(super) fn ordered<D, T, U>(
    op: &str,
    n: Option<u32>,
    order: impl IntoSort<D>,
    value: Expr<D, T>,
) -> Acc<D, U> {
    Acc::new(value.render().map(|output| {
        let mut operands = doc! { "sortBy": sort::to_document(order), "output": output };
        if let Some(n) = n {
            operands.insert("n", i64::from(n));
        }
        doc! { op: operands }.into()
    }))
}

pub(super) fn several<D, T, U>(op: &str, n: u32, value: Expr<D, T>) -> Acc<D, U> {
    Acc::new(value.render().map(|input| doc! { op: { "n": i64::from(n), "input": input } }.into()))
}

impl<D> fmt::Debug for Group<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Group")
    }
}
