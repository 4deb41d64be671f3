//! Dates from their parts.

use mongodb::bson::DateTime;

use crate::expr::{Expr, IntoExpr, Rendered, render::named};

/// A date that the server puts together from its parts (`$dateFromParts`).
///
/// A part that is not given is the smallest one. A part beyond its range is carried over: month 14 is February of the
/// next year. A part that can be null needs an `if_null` first.
///
/// ```
/// # use odmium::{expr::DateParts, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "bills")]
/// # struct Bill { id: Id<Bill>, year: i32, month: i32 }
/// let due = DateParts::year(Bill.year).month(Bill.month + 1).timezone("Europe/Paris").date();
/// # due.to_bson()?;
/// # Ok::<(), odmium::Error>(())
/// ```
#[must_use = "`date` makes an expression of it"]
#[derive(Debug)]
pub struct DateParts<D> {
    parts: Vec<(&'static str, Rendered)>,
    document: std::marker::PhantomData<fn() -> D>,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $method:ident: $ty:ty;)*) => {$(
        $(#[$doc])*
        pub fn $method<K>(mut self, value: impl IntoExpr<D, $ty, K>) -> Self {
            self.parts.push((stringify!($method), value.into_expr().render()));
            self
        }
    )*};
}

impl<D> DateParts<D> {
    /// The year, 1 to 9999.
    pub fn year<K>(year: impl IntoExpr<D, i32, K>) -> Self {
        Self { parts: vec![("year", year.into_expr().render())], document: std::marker::PhantomData }
    }

    /// The year of an ISO 8601 week, 1 to 9999.
    pub fn iso_week<K, L>(year: impl IntoExpr<D, i32, K>, week: impl IntoExpr<D, i32, L>) -> Self {
        let parts = vec![("isoWeekYear", year.into_expr().render()), ("isoWeek", week.into_expr().render())];
        Self { parts, document: std::marker::PhantomData }
    }

    parts! {
        /// The month, 1 to 12.
        month: i32;
        /// The day of the month, 1 to 31.
        day: i32;
        /// The hour, 0 to 23.
        hour: i32;
        /// The minute, 0 to 59.
        minute: i32;
        /// The second, 0 to 59.
        second: i32;
        /// The milliseconds within the second, 0 to 999.
        millisecond: i32;
        /// The time zone of the parts; UTC where none is given.
        timezone: String;
    }

    /// The day of the ISO 8601 week, 1 for Monday to 7, of a date that is made of a [week](Self::iso_week).
    pub fn iso_day_of_week<K>(mut self, day: impl IntoExpr<D, i32, K>) -> Self {
        self.parts.push(("isoDayOfWeek", day.into_expr().render()));
        self
    }

    /// The date.
    pub fn date(self) -> Expr<D, DateTime> {
        Expr::new(named("$dateFromParts", self.parts))
    }
}
