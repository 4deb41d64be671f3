//! Missing, null, or there: `$exists`, `$type`.
//!
//! | | missing | null | value |
//! |---|---|---|---|
//! | [`is_none`](Field::is_none) | yes | yes | |
//! | [`is_some`](Field::is_some) | | | yes |
//! | [`is_missing`](Field::is_missing) | yes | | |
//! | [`is_null`](Field::is_null) | | yes | |
//! | [`exists`](Field::exists) | | yes | yes |

use mongodb::bson::Bson;

use super::{Filter, IntoValue};
use crate::{
    codec::{Maybe, Via},
    path::{Field, Readable},
};

impl<D, T, P: Readable> Field<D, T, P> {
    /// The field is there, be it null (`$exists`).
    pub fn exists(self) -> Filter<D> {
        Filter::test(self.name(), "$exists", Ok(true.into()))
    }

    /// The field is not there (`$exists: false`).
    pub fn is_missing(self) -> Filter<D> {
        Filter::test(self.name(), "$exists", Ok(false.into()))
    }

    /// The field is there and null (`$type`).
    pub fn is_null(self) -> Filter<D> {
        Filter::test(self.name(), "$type", Ok("null".into()))
    }
}

macro_rules! optional {
    ($([$($generic:ident),*] $option:ty;)*) => {$(
        /// Conditions on what may have no value.
        impl<D, T, P: Readable, $($generic),*> Field<D, $option, P> {
            /// The field reads as no value: it is missing or null.
            pub fn is_none(self) -> Filter<D> {
                Filter::test(self.name(), "$eq", Ok(Bson::Null))
            }

            /// The field has a value: it is neither missing nor null.
            pub fn is_some(self) -> Filter<D> {
                Filter::test(self.name(), "$ne", Ok(Bson::Null))
            }

            /// The field reads as this: equal to the value of `Some`, and for `None` missing or null.
            pub fn eq_or_none<V: IntoValue<$option>>(self, value: Option<V>) -> Filter<D> {
                Filter::test(self.name(), "$eq", value.map_or(Ok(Bson::Null), V::into_bson))
            }
        }
    )*};
}

optional! {
    [] Option<T>;
    [] Maybe<T>;
    [B] Via<Option<T>, B>;
}
