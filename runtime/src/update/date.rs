//! `$currentDate`.

use mongodb::bson::{Bson, DateTime, Timestamp, doc};

use super::{Change, Update};
use crate::{
    codec::Maybe,
    path::{Field, Writable},
};

/// A field type that the server can set to its own time.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no date",
    label = "`current_date` needs a date or a timestamp",
    note = "use `odmium::bson::DateTime`, or the date type of chrono, time or jiff by its feature"
)]
pub trait Clock {
    /// `date` or `timestamp`.
    #[doc(hidden)]
    const KIND: &'static str = "date";
}

impl Clock for DateTime {}
impl Clock for std::time::SystemTime {}
impl Clock for Timestamp {
    const KIND: &'static str = "timestamp";
}
#[cfg(feature = "chrono-0_4")]
impl Clock for chrono::DateTime<chrono::Utc> {}
#[cfg(feature = "jiff-0_2")]
impl Clock for jiff::Timestamp {}
#[cfg(feature = "time-0_3")]
impl Clock for time::OffsetDateTime {}
impl<T: Clock> Clock for Option<T> {
    const KIND: &'static str = T::KIND;
}
impl<T: Clock> Clock for Maybe<T> {
    const KIND: &'static str = T::KIND;
}

/// Changes of dates.
impl<D, T: Clock, P: Writable> Field<D, T, P> {
    /// Sets the field to the server's time (`$currentDate`).
    pub fn current_date(self) -> Change<D, P> {
        let kind = Ok(Bson::Document(doc! { "$type": T::KIND }));
        Change::new(Update::write("$currentDate", self.name(), kind))
    }
}
