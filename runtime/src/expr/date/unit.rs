//! Units of time.

use crate::expr::Rendered;

/// A unit of time. Weeks begin on Sundays, see [`week_from`](Self::week_from).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    Year,
    /// Three months.
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

impl TimeUnit {
    /// The server's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Millisecond => "millisecond",
        }
    }

    /// Weeks that begin on another day (`startOfWeek`), for `date_trunc` and `date_diff`.
    ///
    /// ```
    /// # use odmium::{expr::{TimeUnit, Weekday}, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, seen: DateTime }
    /// let week = User.seen.expr().date_trunc(TimeUnit::week_from(Weekday::Monday));
    /// # week.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    #[must_use]
    pub const fn week_from(day: Weekday) -> CalendarUnit {
        CalendarUnit { unit: Self::Week, start_of_week: Some(day) }
    }

    pub(super) fn render(self) -> Rendered {
        Ok(self.name().into())
    }
}

/// A day on which weeks begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The server's name.
    fn name(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

/// A unit of the calendar: a [`TimeUnit`], or weeks from a day on ([`TimeUnit::week_from`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CalendarUnit {
    unit: TimeUnit,
    start_of_week: Option<Weekday>,
}

impl From<TimeUnit> for CalendarUnit {
    fn from(unit: TimeUnit) -> Self {
        Self { unit, start_of_week: None }
    }
}

impl CalendarUnit {
    /// The operands that say it.
    pub(super) fn operands(self) -> impl Iterator<Item = (&'static str, Rendered)> {
        let start = self.start_of_week.map(|day| ("startOfWeek", Ok(day.name().into())));
        [("unit", self.unit.render())].into_iter().chain(start)
    }
}
