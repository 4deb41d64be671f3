//! Comparison and membership: `$eq`, `$ne`, `$gt`, `$gte`, `$lt`, `$lte`, `$in`, `$nin`.
//!
//! See the server manual, "Comparison Query Operators". Values are compared within their BSON type: a number is never
//! greater than a string.

use std::{borrow::Cow, rc::Rc, sync::Arc, time::SystemTime};

use mongodb::bson::{self, Bson, oid::ObjectId};

use super::{Filter, IntoValue};
use crate::{
    codec::{As, EncodeError, Maybe, Via},
    model::Id,
    path::{Field, Readable},
};

/// A type whose values have an order on the server that means something to people: numbers, strings, dates, ids.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` have no order to compare by",
    label = "this operator needs a number, a string, a date or an id",
    note = "compare by `eq` or `is_in`, or compare one of its fields"
)]
pub trait Ordered {}

macro_rules! ordered {
    ($($ty:ty)*) => { $(#[diagnostic::do_not_recommend] impl Ordered for $ty {})* };
}

ordered! {
    i8 i16 i32 i64 u8 u16 u32 f32 f64 char String &str str
    ObjectId bson::DateTime bson::Timestamp bson::Decimal128 bson::Uuid Bson SystemTime
}
#[cfg(feature = "chrono-0_4")]
ordered!(chrono::DateTime<chrono::Utc>);
#[cfg(feature = "jiff-0_2")]
ordered!(jiff::Timestamp);
#[cfg(feature = "rust_decimal-1")]
ordered!(rust_decimal::Decimal);
#[cfg(feature = "time-0_3")]
ordered!(time::OffsetDateTime);
#[cfg(feature = "url-2")]
ordered!(url::Url);
#[cfg(feature = "uuid-1")]
ordered!(uuid::Uuid);

#[diagnostic::do_not_recommend]
impl<T> Ordered for Id<T> {}
#[diagnostic::do_not_recommend]
impl<T: Ordered> Ordered for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Ordered> Ordered for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T: Ordered + ?Sized> Ordered for Box<T> {}
#[diagnostic::do_not_recommend]
impl<T: Ordered + ?Sized> Ordered for Rc<T> {}
#[diagnostic::do_not_recommend]
impl<T: Ordered + ?Sized> Ordered for Arc<T> {}
#[diagnostic::do_not_recommend]
impl Ordered for Cow<'_, str> {}
#[diagnostic::do_not_recommend]
impl<T, S: Ordered> Ordered for Via<T, As<S>> {}

impl<D, T, P: Readable> Field<D, T, P> {
    /// The field equals `value` (`$eq`). On an array field, the whole array does.
    pub fn eq<V: IntoValue<T>>(self, value: V) -> Filter<D> {
        Filter::test(self.name(), "$eq", value.into_bson())
    }

    /// The field does not equal `value` (`$ne`); also true where it is missing.
    pub fn ne<V: IntoValue<T>>(self, value: V) -> Filter<D> {
        Filter::test(self.name(), "$ne", value.into_bson())
    }

    /// The field equals one of `values` (`$in`); no document matches an empty list.
    pub fn is_in<V: IntoValue<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<D> {
        Filter::test(self.name(), "$in", list(values))
    }

    /// The field equals none of `values` (`$nin`); also true where it is missing.
    pub fn not_in<V: IntoValue<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<D> {
        Filter::test(self.name(), "$nin", list(values))
    }
}

/// Comparison by order.
impl<D, T: Ordered, P: Readable> Field<D, T, P> {
    /// The field is greater than `value` (`$gt`).
    pub fn gt<V: IntoValue<T>>(self, value: V) -> Filter<D> {
        Filter::test(self.name(), "$gt", value.into_bson())
    }

    /// The field is `value` or greater (`$gte`).
    pub fn gte<V: IntoValue<T>>(self, value: V) -> Filter<D> {
        Filter::test(self.name(), "$gte", value.into_bson())
    }

    /// The field is less than `value` (`$lt`).
    pub fn lt<V: IntoValue<T>>(self, value: V) -> Filter<D> {
        Filter::test(self.name(), "$lt", value.into_bson())
    }

    /// The field is `value` or less (`$lte`).
    pub fn lte<V: IntoValue<T>>(self, value: V) -> Filter<D> {
        Filter::test(self.name(), "$lte", value.into_bson())
    }

    /// The field is at least `low` and at most `high` (`$gte`, `$lte`).
    pub fn between<V: IntoValue<T>>(self, low: V, high: V) -> Filter<D> {
        let name = self.name();
        Filter::test(name.clone(), "$gte", low.into_bson()) & Filter::test(name, "$lte", high.into_bson())
    }
}

pub(crate) fn list<T, V: IntoValue<T>>(values: impl IntoIterator<Item = V>) -> Result<Bson, EncodeError> {
    values.into_iter().map(V::into_bson).collect::<Result<Vec<_>, _>>().map(Bson::Array)
}
