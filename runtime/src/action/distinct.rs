//! The different values of a field.

use mongodb::{
    bson::{self, Bson},
    options::DistinctOptions,
};

use super::{action, in_any_session, options::setters};
use crate::{
    Collection, Session,
    codec::{Bridge, DecodeOwned, MapKey, Maybe, Via, decode_bson, decode_with},
    error::{DecodeError, Result},
    filter::Filter,
    model::Record,
    path::{Name, lists, usable},
};

/// Gives the different values of a field; see [`Collection::distinct`].
///
/// # Errors
///
/// [Decode](crate::Error::is_decode) when a value does not fit the type of the field. The server refuses more values
/// than fit into 16 MiB.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Distinct<'a, D, V> {
    collection: Collection<D>,
    path: Name,
    filter: Filter<D>,
    options: DistinctOptions,
    session: Option<&'a mut Session>,
    read: Read<V>,
}

type Read<V> = fn(&Bson) -> Result<Option<V>, DecodeError>;

/// A field type, and the type of its different values: of an array its elements, of an `Option` what it holds, else the
/// value itself.
#[diagnostic::on_unimplemented(
    message = "the different values of a field of type `{Self}` cannot be listed",
    label = "`distinct` needs a number, a text, a date, an id, an enum without data, or an array",
    note = "of an embedded document, name the field that is meant: `users.distinct(User.address.city, filter)`"
)]
pub trait DistinctValue {
    /// The type of one value.
    type Value: Send + 'static;

    /// Reads one; `None` is left out.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    fn read(value: &Bson) -> Result<Option<Self::Value>, DecodeError>;
}

impl<'a, D: Record, V> Distinct<'a, D, V> {
    pub(crate) fn new(collection: &Collection<D>, path: Name, filter: Filter<D>, read: Read<V>) -> Self {
        Self {
            collection: collection.clone(),
            path,
            filter,
            options: DistinctOptions::default(),
            session: None,
            read,
        }
    }

    /// With the options and the session of another action.
    pub(super) fn with(mut self, options: DistinctOptions, session: Option<&'a mut Session>) -> Self {
        (self.options, self.session) = (options, session);
        self
    }

    setters!(session hint collation max_time comment read_concern selection_criteria);

    async fn run(self) -> Result<Vec<V>> {
        let filter = self.filter.into_query()?;
        let path = usable(self.path)?;
        // Through the driver's action and not as a bare command: it is repeated after a network error.
        let distinct = self.collection.inner().distinct(&path, filter).with_options(self.options);
        let values = in_any_session!(self.session, self.collection, distinct)?;
        let read = |value| (self.read)(value).map_err(|error| error.at(path.clone()));
        Ok(values.iter().filter_map(|value| read(value).transpose()).collect::<Result<_, _>>()?)
    }
}

action!(Distinct<D, V> where [D: Record, V: Send + 'static] => Vec<V>);

#[diagnostic::do_not_recommend]
impl<T: MapKey + DecodeOwned + Send + 'static> DistinctValue for T {
    type Value = Self;

    fn read(value: &Bson) -> Result<Option<Self>, DecodeError> {
        decode_bson(value).map(Some)
    }
}

macro_rules! values {
    ($($(#[$feature:meta])? $ty:ty;)*) => {$(
        $(#[$feature])?
        #[diagnostic::do_not_recommend]
        impl DistinctValue for $ty {
            type Value = Self;

            fn read(value: &Bson) -> Result<Option<Self>, DecodeError> {
                decode_bson(value).map(Some)
            }
        }
    )*};
}

values! {
    f32;
    f64;
    Bson;
    bson::Binary;
    bson::DateTime;
    bson::Decimal128;
    bson::Timestamp;
    std::time::SystemTime;
    #[cfg(feature = "chrono-0_4")] chrono::DateTime<chrono::Utc>;
    #[cfg(feature = "jiff-0_2")] jiff::Timestamp;
    #[cfg(feature = "time-0_3")] time::OffsetDateTime;
    #[cfg(feature = "rust_decimal-1")] rust_decimal::Decimal;
    #[cfg(feature = "url-2")] url::Url;
}

macro_rules! arrays {
    ($([$($generic:tt)*] $list:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: DecodeOwned + Send + 'static, $($generic)*> DistinctValue for $list {
            type Value = T;

            fn read(value: &Bson) -> Result<Option<T>, DecodeError> {
                decode_bson(value).map(Some)
            }
        }
    )*};
}

lists!(arrays);

macro_rules! nullable {
    ($($wrapper:ident)*) => {$(
        /// Null is no value.
        #[diagnostic::do_not_recommend]
        impl<T: DistinctValue> DistinctValue for $wrapper<T> {
            type Value = T::Value;

            fn read(value: &Bson) -> Result<Option<T::Value>, DecodeError> {
                match value {
                    Bson::Null => Ok(None),
                    value => T::read(value),
                }
            }
        }
    )*};
}

nullable!(Option Maybe);

/// A field with a bridge gives the type of the model.
#[diagnostic::do_not_recommend]
impl<T: Send + 'static, B: Bridge<T>> DistinctValue for Via<T, B> {
    type Value = T;

    fn read(value: &Bson) -> Result<Option<T>, DecodeError> {
        decode_with(value, B::decode).map(Some)
    }
}
