//! `$bucket` and `$bucketAuto`.

use mongodb::bson::{Bson, doc};

use super::{
    Group, GroupShape, Input, Pipeline, Varies, accumulator::RealOf, basic::only, group::grouped,
    input::grouped_by,
};
use crate::{
    error::EncodeError,
    expr::{Known, Number, Wire},
    filter::IntoValue,
};

impl<S, O, A> Pipeline<S, O, A> {
    /// Groups by ranges of a value (`$bucket`); the key is the lower boundary of a range, which excludes its upper one.
    ///
    /// Boundaries ascend, and are at least two. The server fails on a value outside of them: see
    /// [`bucket_or`](Self::bucket_or).
    pub fn bucket<I, V, G>(
        self,
        value: I,
        boundaries: impl IntoIterator<Item = V>,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A>
    where
        I: Input<O> + Varies,
        V: IntoValue<I::Type>,
        G: GroupShape<O, I::Type>,
    {
        self.buckets(value, boundaries, None, group)
    }

    /// The same, with a key for what is outside of the boundaries, null or missing: below the lowest boundary, or not below
    /// the highest.
    pub fn bucket_or<I, V, G>(
        self,
        value: I,
        boundaries: impl IntoIterator<Item = V>,
        default: V,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A>
    where
        I: Input<O> + Varies,
        V: IntoValue<I::Type>,
        G: GroupShape<O, I::Type>,
    {
        self.buckets(value, boundaries, Some(default.into_bson()), group)
    }

    /// The same, with one more group for what is outside of the boundaries, null or missing: its key is `None`.
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, age: Option<i32> }
    /// let ages: Pipeline<User, (Option<i32>, i64)> =
    ///     Pipeline::new().bucket_or_none(User.age, [0, 18, 65], |g| (g.count(),));
    /// # ages.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn bucket_or_none<I, V, G>(
        self,
        value: I,
        boundaries: impl IntoIterator<Item = V>,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A>
    where
        I: Input<O, Type: Known> + Varies,
        V: IntoValue<<I::Type as Known>::Some>,
        G: GroupShape<O, Option<<I::Type as Known>::Some>>,
    {
        self.buckets(value, boundaries, Some(Ok(Bson::Null)), group)
    }

    fn buckets<K, T, V: IntoValue<T>, G: GroupShape<O, K>>(
        self,
        value: impl Input<O>,
        boundaries: impl IntoIterator<Item = V>,
        default: Option<Result<Bson, EncodeError>>,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A> {
        self.add(|| {
            let boundaries: Result<Vec<Bson>, _> = boundaries.into_iter().map(V::into_bson).collect();
            let mut fields =
                doc! { "groupBy": grouped_by(value.into_input().render()?), "boundaries": boundaries? };
            if let Some(default) = default {
                fields.insert("default", default?);
            }
            let (parts, rename) = grouped(group)?;
            fields.insert("output", parts);
            Ok([only("$bucket", fields), rename].concat())
        })
    }

    /// So many groups of about the same size (`$bucketAuto`); the key is the pair of the least value and of the bound above
    /// the greatest one.
    pub fn bucket_auto<I, T, G>(
        self,
        value: I,
        buckets: u32,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A>
    where
        I: Input<O, Type = T> + Varies,
        G: GroupShape<O, (T, T)>,
    {
        self.auto(value, buckets, None, group)
    }

    /// The same with bounds from a [series of round numbers](Granularity). The bounds are doubles, of decimals decimals, and
    /// the server fails on a value that is missing, negative or no number.
    pub fn bucket_auto_round<I, G>(
        self,
        value: I,
        buckets: u32,
        granularity: Granularity,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A>
    where
        I: Input<O, Type: Number> + Varies,
        G: GroupShape<O, (RealOf<I::Type>, RealOf<I::Type>)>,
    {
        let round = (granularity, <I::Type as Number>::Wire::TO_REAL);
        self.auto(value, buckets, Some(round), group)
    }

    fn auto<K, G: GroupShape<O, K>>(
        self,
        value: impl Input<O>,
        buckets: u32,
        round: Option<(Granularity, Option<&str>)>,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A> {
        self.add(|| {
            let mut fields =
                doc! { "groupBy": grouped_by(value.into_input().render()?), "buckets": i64::from(buckets) };
            if let Some((granularity, _)) = round {
                fields.insert("granularity", granularity.name());
            }
            let (parts, rename) = grouped(group)?;
            fields.insert("output", parts);
            let bound = |name: &str| match round {
                Some((_, Some(convert))) => doc! { convert: format!("$_id.{name}") }.into(),
                _ => Bson::from(format!("$_id.{name}")),
            };
            let key = doc! { "$set": { "_id": { "_0": bound("min"), "_1": bound("max") } } };
            Ok([only("$bucketAuto", fields), vec![key], rename].concat())
        })
    }
}

/// The series that the bounds of [`bucket_auto_round`](Pipeline::bucket_auto_round) are taken from, times powers of 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Granularity {
    /// A Renard series of 5 numbers: 1, 1.6, 2.5, 4, 6.3.
    R5,
    /// A Renard series of 10 numbers.
    R10,
    /// A Renard series of 20 numbers.
    R20,
    /// A Renard series of 40 numbers.
    R40,
    /// A Renard series of 80 numbers.
    R80,
    /// 1, 2 and 5.
    OneTwoFive,
    /// An E series of 6 numbers.
    E6,
    /// An E series of 12 numbers.
    E12,
    /// An E series of 24 numbers.
    E24,
    /// An E series of 48 numbers.
    E48,
    /// An E series of 96 numbers.
    E96,
    /// An E series of 192 numbers.
    E192,
    /// Powers of 2.
    PowersOfTwo,
}

impl Granularity {
    fn name(self) -> &'static str {
        match self {
            Self::R5 => "R5",
            Self::R10 => "R10",
            Self::R20 => "R20",
            Self::R40 => "R40",
            Self::R80 => "R80",
            Self::OneTwoFive => "1-2-5",
            Self::E6 => "E6",
            Self::E12 => "E12",
            Self::E24 => "E24",
            Self::E48 => "E48",
            Self::E96 => "E96",
            Self::E192 => "E192",
            Self::PowersOfTwo => "POWERSOF2",
        }
    }
}
