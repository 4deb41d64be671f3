//! Functions of dates, in UTC or in a time zone.

mod parse;
mod parts;
mod unit;

use mongodb::bson::{Bson, Document};

pub use self::{
    parse::DateText,
    parts::DateParts,
    unit::{CalendarUnit, TimeUnit, Weekday},
};
use super::{
    Expr, IntoExpr, Known, Nul, Nul2, Number, Operand, Rendered, Required, Text,
    render::{named, unary},
};
use crate::codec::Maybe;

/// A type that is a date.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no date",
    label = "this operator needs a date",
    note = "`to_date()` makes a date of milliseconds since 1970, of an ISO 8601 text or of an ObjectId"
)]
pub trait Date: Known {}

#[diagnostic::do_not_recommend]
impl<T: Date> Date for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Date> Date for Maybe<T> {}

/// A date that is looked at in a time zone, see [`Expr::timezone`].
#[must_use = "a zone has a meaning for an operator only"]
#[derive(Debug)]
pub struct Zoned<D, T> {
    date: Expr<D, T>,
    zone: Rendered,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $method:ident: $op:literal -> $output:ty;)*) => {
        /// Parts of dates. Null gives null.
        impl<D, T: Date> Expr<D, T> {
            $(
                $(#[$doc])*
                pub fn $method(self) -> Expr<D, Nul<T, $output>> {
                    Expr::new(unary($op, self.value))
                }
            )*
        }

        /// Parts of dates. Null gives null.
        impl<D, T: Date> Zoned<D, T> {
            $(
                $(#[$doc])*
                pub fn $method(self) -> Expr<D, Nul<T, $output>> {
                    self.looked_at($op, [])
                }
            )*
        }
    };
}

parts! {
    /// The year (`$year`).
    year: "$year" -> i32;
    /// The month, 1 to 12 (`$month`).
    month: "$month" -> i32;
    /// The day of the month, 1 to 31 (`$dayOfMonth`).
    day_of_month: "$dayOfMonth" -> i32;
    /// The day of the year, 1 to 366 (`$dayOfYear`).
    day_of_year: "$dayOfYear" -> i32;
    /// The day of the week, 1 for Sunday to 7 (`$dayOfWeek`).
    day_of_week: "$dayOfWeek" -> i32;
    /// The week of the year, 0 to 53; weeks begin on Sundays (`$week`).
    week: "$week" -> i32;
    /// The year of the ISO 8601 week (`$isoWeekYear`).
    iso_week_year: "$isoWeekYear" -> i64;
    /// The ISO 8601 week, 1 to 53 (`$isoWeek`).
    iso_week: "$isoWeek" -> i32;
    /// The ISO 8601 day of the week, 1 for Monday to 7 (`$isoDayOfWeek`).
    iso_day_of_week: "$isoDayOfWeek" -> i32;
    /// The hour, 0 to 23 (`$hour`).
    hour: "$hour" -> i32;
    /// The minute, 0 to 59 (`$minute`).
    minute: "$minute" -> i32;
    /// The second, 0 to 60 (`$second`).
    second: "$second" -> i32;
    /// The milliseconds within the second, 0 to 999 (`$millisecond`).
    millisecond: "$millisecond" -> i32;
}

macro_rules! functions {
    ($(#[$doc:meta])* $owner:ident) => {
        $(#[$doc])*
        impl<D, T: Date> $owner<D, T> {
            /// The beginning of the unit that it is in (`$dateTrunc`); weeks begin on Sundays, or as
            /// [`week_from`](TimeUnit::week_from) says.
            pub fn date_trunc(self, unit: impl Into<CalendarUnit>) -> Expr<D, T> {
                self.looked_at("$dateTrunc", unit.into().operands())
            }

            /// The beginning of the span of so many units that it is in (`$dateTrunc` with `binSize`).
            pub fn date_trunc_by<K>(
                self,
                unit: impl Into<CalendarUnit>,
                size: impl IntoExpr<D, i64, K>,
            ) -> Expr<D, T> {
                let size = [("binSize", size.into_expr().value)];
                self.looked_at("$dateTrunc", unit.into().operands().chain(size))
            }

            /// So many units later (`$dateAdd`). The server fails where `amount` is no whole number.
            pub fn date_add<R>(self, unit: TimeUnit, amount: R) -> Expr<D, T>
            where
                R: Operand<D, Type: Number + Required>,
            {
                let amount = amount.into_operand().value;
                self.shifted("$dateAdd", [("unit", unit.render()), ("amount", amount)])
            }

            /// So many units earlier (`$dateSubtract`). The server fails where `amount` is no whole number.
            pub fn date_subtract<R>(self, unit: TimeUnit, amount: R) -> Expr<D, T>
            where
                R: Operand<D, Type: Number + Required>,
            {
                let amount = amount.into_operand().value;
                self.shifted("$dateSubtract", [("unit", unit.render()), ("amount", amount)])
            }

            /// How many borders of the unit lie between it and `end` (`$dateDiff`): one month from 31 January to
            /// 1 February. Negative where `end` is earlier; weeks begin on Sundays, or as
            /// [`week_from`](TimeUnit::week_from) says.
            pub fn date_diff<R: Operand<D, Type: Date>>(
                self,
                end: R,
                unit: impl Into<CalendarUnit>,
            ) -> Expr<D, Nul2<T, R::Type, i64>> {
                let end = [("endDate", end.into_operand().value)];
                self.shifted("$dateDiff", end.into_iter().chain(unit.into().operands()))
            }

            /// As a text (`$dateToString`), such as `%Y-%m-%d %H:%M:%S.%L %z`.
            pub fn date_to_string(self, format: &str) -> Expr<D, Nul<T, String>> {
                self.looked_at("$dateToString", [("format", Ok(format.into()))])
            }

            /// A document with `year`, `month`, `day`, `hour`, `minute`, `second` and `millisecond` (`$dateToParts`).
            pub fn date_to_parts(self) -> Expr<D, Nul<T, Document>> {
                self.looked_at("$dateToParts", [])
            }

            /// A document with `isoWeekYear`, `isoWeek`, `isoDayOfWeek` and the time (`$dateToParts`).
            pub fn date_to_iso_parts(self) -> Expr<D, Nul<T, Document>> {
                self.looked_at("$dateToParts", [("iso8601", Ok(true.into()))])
            }
        }
    };
}

functions!(
    /// Functions of dates, in UTC. Null gives null.
    Expr
);
functions!(
    /// Functions of dates, in the time zone. Null gives null.
    Zoned
);

impl<D, T: Date> Expr<D, T> {
    /// The same date for operators that depend on the time zone: an Olson name (`Europe/Paris`) or an offset (`+02:00`).
    ///
    /// ```
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, seen: DateTime }
    /// let hour = User.seen.expr().timezone("Europe/Paris").hour();
    /// # hour.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn timezone<K>(self, zone: impl IntoExpr<D, String, K>) -> Zoned<D, T> {
        Zoned { date: self, zone: zone.into_expr().value }
    }

    fn looked_at<U>(
        self,
        op: &str,
        operands: impl IntoIterator<Item = (&'static str, Rendered)>,
    ) -> Expr<D, U> {
        Expr::new(named(op, std::iter::once(("date", self.value)).chain(operands)))
    }

    fn shifted<U>(
        self,
        op: &str,
        operands: impl IntoIterator<Item = (&'static str, Rendered)>,
    ) -> Expr<D, U> {
        Expr::new(named(op, std::iter::once(("startDate", self.value)).chain(operands)))
    }
}

impl<D, T> Zoned<D, T> {
    fn looked_at<U>(
        self,
        op: &str,
        operands: impl IntoIterator<Item = (&'static str, Rendered)>,
    ) -> Expr<D, U> {
        Expr::new(named(
            op,
            [("date", self.date.value)].into_iter().chain(operands).chain([("timezone", self.zone)]),
        ))
    }

    fn shifted<U>(
        self,
        op: &str,
        operands: impl IntoIterator<Item = (&'static str, Rendered)>,
    ) -> Expr<D, U> {
        let start = [("startDate", self.date.value)];
        Expr::new(named(op, start.into_iter().chain(operands).chain([("timezone", self.zone)])))
    }
}

/// Dates from texts.
impl<D, T: Text> Expr<D, T> {
    /// The date of a text in this format, such as `%d.%m.%Y`, in UTC (`$dateFromString`). The server fails where the text
    /// has another form. Without a format, or with a time zone: [`DateText`].
    pub fn date_from_string(self, format: &str) -> Expr<D, Nul<T, mongodb::bson::DateTime>> {
        Expr::new(named("$dateFromString", [("dateString", self.value), ("format", Ok(format.into()))]))
    }

    /// The same, or null where the text has another form.
    pub fn try_date_from_string(self, format: &str) -> Expr<D, Option<mongodb::bson::DateTime>> {
        let operands =
            [("dateString", self.value), ("format", Ok(format.into())), ("onError", Ok(Bson::Null))];
        Expr::new(named("$dateFromString", operands))
    }
}
