//! `$setWindowFields`: values computed of the documents around each one.

mod bound;
mod stage;

use std::{fmt, marker::PhantomData};

use mongodb::bson::{Bson, Document, doc};

pub use self::{
    bound::{Bound, IntoBound},
    stage::WindowShape,
};
use super::{
    Acc, Input,
    accumulator::{RealOf, SumOf, accumulators, of_many, ordered, several},
};
use crate::{
    expr::{Number, TimeUnit, Wire},
    filter::{IntoValue, Ordered},
    sort::IntoSort,
};

/// The functions over all documents of a partition of documents of type `D`;
/// see [`set_window_fields`](super::Pipeline::set_window_fields).
///
/// What a window without documents has no value for is an `Option`.
pub struct Window<D>(PhantomData<fn() -> D>);

/// The functions over a part of the partition, relative to each document.
pub struct Bounded<D> {
    window: Document,
    document: PhantomData<fn() -> D>,
}

macro_rules! functions {
    ($($builder:ident)*) => {$(
        impl<D> $builder<D> {
            /// How many documents (`$sum: 1`).
            pub fn count(&self) -> Acc<D, i64> {
                self.made(Acc::raw(doc! { "$sum": 1 }))
            }

            accumulators! {
                /// The sum; nulls are left out (`$sum`). Integers give an `i64`.
                sum[Number]: "$sum" -> SumOf<I::Type>;
                /// The mean (`$avg`).
                avg[Number]: "$avg" -> Option<RealOf<I::Type>>;
                /// The smallest value; nulls are left out (`$min`).
                min[Ordered]: "$min" -> Option<I::Type>;
                /// The greatest value; nulls are left out (`$max`).
                max[Ordered]: "$max" -> Option<I::Type>;
                /// The value of the first document (`$first`).
                first: "$first" -> Option<I::Type>;
                /// The value of the last document (`$last`).
                last: "$last" -> Option<I::Type>;
                /// All values, in order (`$push`).
                push: "$push" -> Vec<I::Type>;
                /// The different values, in no order (`$addToSet`).
                add_to_set: "$addToSet" -> Vec<I::Type>;
                /// The standard deviation of a whole population (`$stdDevPop`).
                std_dev_pop[Number]: "$stdDevPop" -> Option<f64>;
                /// The standard deviation of a sample (`$stdDevSamp`).
                std_dev_samp[Number]: "$stdDevSamp" -> Option<f64>;
            }

            /// The value of the first document in an order (`$top`; MongoDB 5.2).
            pub fn top<I: Input<D>>(&self, order: impl IntoSort<D>, value: I) -> Acc<D, Option<I::Type>> {
                self.made(ordered("$top", None, order, value.into_input()))
            }

            /// The value of the last document in an order (`$bottom`; MongoDB 5.2).
            pub fn bottom<I: Input<D>>(&self, order: impl IntoSort<D>, value: I) -> Acc<D, Option<I::Type>> {
                self.made(ordered("$bottom", None, order, value.into_input()))
            }

            /// The covariance of a whole population (`$covariancePop`).
            pub fn covariance_pop<X, Y>(&self, x: X, y: Y) -> Acc<D, Option<Both<X::Type, Y::Type>>>
            where
                X: Input<D, Type: Number>,
                Y: Input<D, Type: Number>,
            {
                self.made(pair("$covariancePop", x, y))
            }

            /// The covariance of a sample of at least two (`$covarianceSamp`).
            pub fn covariance_samp<X, Y>(&self, x: X, y: Y) -> Acc<D, Option<Both<X::Type, Y::Type>>>
            where
                X: Input<D, Type: Number>,
                Y: Input<D, Type: Number>,
            {
                self.made(pair("$covarianceSamp", x, y))
            }

            /// The area under the values over the sort key, which is a number (`$integral`).
            pub fn integral<I: Input<D, Type: Number>>(&self, value: I) -> Acc<D, Option<RealOf<I::Type>>> {
                self.made(slope("$integral", value, None))
            }

            /// The same over a date, in this unit of time, up to a week.
            pub fn integral_by<I: Input<D, Type: Number>>(
                &self,
                value: I,
                unit: TimeUnit,
            ) -> Acc<D, Option<RealOf<I::Type>>> {
                self.made(slope("$integral", value, Some(unit)))
            }
        }

        impl<D> fmt::Debug for $builder<D> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($builder))
            }
        }
    )*};
}

functions!(Window Bounded);
of_many!(Window Bounded);

/// What is calculated of two numbers: a double or a decimal.
type Both<X, Y> = <<<X as Number>::Wire as Wire>::With<<Y as Number>::Wire> as Wire>::Real;

impl<D> Window<D> {
    #[expect(clippy::unused_self, reason = "as of those with bounds")]
    fn made<T>(&self, function: Acc<D, T>) -> Acc<D, T> {
        function
    }

    /// Of the documents from one to another (`window: { documents: [..] }`): `w.documents(-2, Bound::Current)`.
    pub fn documents(&self, from: impl IntoBound, to: impl IntoBound) -> Bounded<D> {
        Bounded { window: doc! { "documents": bounds(from, to) }, document: PhantomData }
    }

    /// Of the documents whose sort key, a number, is within a range of the current one (`window: { range: [..] }`).
    pub fn range(&self, from: impl IntoBound, to: impl IntoBound) -> Bounded<D> {
        Bounded { window: doc! { "range": bounds(from, to) }, document: PhantomData }
    }

    /// The same for a sort key that is a date.
    pub fn range_by(&self, unit: TimeUnit, from: impl IntoBound, to: impl IntoBound) -> Bounded<D> {
        Bounded { window: doc! { "range": bounds(from, to), "unit": unit.name() }, document: PhantomData }
    }

    /// The place in the order; equal ones share it, with a gap behind them (`$rank`).
    pub fn rank(&self) -> Acc<D, i64> {
        Acc::raw(doc! { "$rank": {} })
    }

    /// The place in the order; equal ones share it, without a gap (`$denseRank`).
    pub fn dense_rank(&self) -> Acc<D, i64> {
        Acc::raw(doc! { "$denseRank": {} })
    }

    /// The number in the order, from 1 (`$documentNumber`).
    pub fn document_number(&self) -> Acc<D, i64> {
        Acc::raw(doc! { "$documentNumber": {} })
    }

    /// The value of the document so many places on, before for a negative number; none beyond the partition (`$shift`).
    pub fn shift<I: Input<D>>(&self, value: I, by: i32) -> Acc<D, Option<I::Type>> {
        let value = value.into_input().render();
        Acc::new(value.map(|value| doc! { "$shift": { "output": value, "by": by } }.into()))
    }

    /// The same with a value to use beyond the partition.
    pub fn shift_or<I: Input<D>>(
        &self,
        value: I,
        by: i32,
        default: impl IntoValue<I::Type>,
    ) -> Acc<D, I::Type> {
        let shift = || {
            let (output, default) = (value.into_input().render()?, default.into_bson()?);
            Ok(doc! { "$shift": { "output": output, "by": by, "default": { "$literal": default } } }.into())
        };
        Acc::new(shift())
    }

    /// The moving mean in which the latest `n` values have most of the weight (`$expMovingAvg`).
    pub fn exp_moving_avg<I: Input<D, Type: Number>>(
        &self,
        value: I,
        n: u32,
    ) -> Acc<D, Option<RealOf<I::Type>>> {
        let input = value.into_input().render();
        Acc::new(input.map(|input| doc! { "$expMovingAvg": { "input": input, "N": i64::from(n) } }.into()))
    }

    /// The same with the weight of the latest value, between 0 and 1.
    pub fn exp_moving_avg_alpha<I: Input<D, Type: Number>>(
        &self,
        value: I,
        alpha: f64,
    ) -> Acc<D, Option<RealOf<I::Type>>> {
        let input = value.into_input().render();
        Acc::new(input.map(|input| doc! { "$expMovingAvg": { "input": input, "alpha": alpha } }.into()))
    }

    /// The value, or the last one before that is not null (`$locf`; MongoDB 5.2).
    pub fn locf<I: Input<D>>(&self, value: I) -> Acc<D, Option<I::Type>> {
        Acc::unary("$locf", value.into_input())
    }

    /// The value, or what lies on the line between its neighbours (`$linearFill`; MongoDB 5.3).
    pub fn linear_fill<I: Input<D, Type: Number>>(&self, value: I) -> Acc<D, Option<RealOf<I::Type>>> {
        Acc::unary("$linearFill", value.into_input())
    }
}

impl<D> Bounded<D> {
    fn made<T>(&self, function: Acc<D, T>) -> Acc<D, T> {
        Acc::new(function.into_bson().map(|function| match function {
            Bson::Document(mut function) => {
                function.insert("window", self.window.clone());
                function.into()
            }
            other => other,
        }))
    }

    /// The slope from the first to the last document of the window over the sort key, which is a number (`$derivative`).
    pub fn derivative<I: Input<D, Type: Number>>(&self, value: I) -> Acc<D, Option<RealOf<I::Type>>> {
        self.made(slope("$derivative", value, None))
    }

    /// The same over a date, in this unit of time, up to a week.
    pub fn derivative_by<I: Input<D, Type: Number>>(
        &self,
        value: I,
        unit: TimeUnit,
    ) -> Acc<D, Option<RealOf<I::Type>>> {
        self.made(slope("$derivative", value, Some(unit)))
    }
}

fn bounds(from: impl IntoBound, to: impl IntoBound) -> [Bson; 2] {
    [from.into_bound().into(), to.into_bound().into()]
}

fn slope<D, I: Input<D>, T>(op: &str, value: I, unit: Option<TimeUnit>) -> Acc<D, T> {
    Acc::new(value.into_input().render().map(|input| {
        let mut operands = doc! { "input": input };
        if let Some(unit) = unit {
            operands.insert("unit", unit.name());
        }
        doc! { op: operands }.into()
    }))
}

fn pair<D, X: Input<D>, Y: Input<D>, T>(op: &str, x: X, y: Y) -> Acc<D, T> {
    let pair = || Ok(doc! { op: [x.into_input().render()?, y.into_input().render()?] }.into());
    Acc::new(pair())
}
