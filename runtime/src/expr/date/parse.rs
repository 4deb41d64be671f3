//! Dates from texts.

use mongodb::bson::{Bson, DateTime};

use crate::expr::{Expr, IntoExpr, Nul, Operand, Rendered, Text, render::named};

/// A date that the server reads from a text (`$dateFromString`).
///
/// Without a format, the text is a date of ISO 8601 or of one of the other forms that the server knows, such as
/// `2017-02-08` and `2017-02-08T12:10:40.787`.
///
/// ```
/// # use odmium::{expr::DateText, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "logs")]
/// # struct Log { id: Id<Log>, day: String, zone: String }
/// let at = DateText::of(Log.day).format("%d.%m.%Y").timezone(Log.zone).date();
/// # at.to_bson()?;
/// # Ok::<(), odmium::Error>(())
/// ```
#[must_use = "`date` makes an expression of it"]
#[derive(Debug)]
pub struct DateText<D, T> {
    operands: Vec<(&'static str, Rendered)>,
    types: std::marker::PhantomData<fn() -> (D, T)>,
}

impl<D, T: Text> DateText<D, T> {
    /// The date in a text.
    pub fn of(text: impl Operand<D, Type = T>) -> Self {
        let text = text.into_operand().render();
        Self { operands: vec![("dateString", text)], types: std::marker::PhantomData }
    }

    /// The form of the text, such as `%d.%m.%Y`; null gives null.
    pub fn format<K>(self, format: impl IntoExpr<D, String, K>) -> Self {
        self.with("format", format.into_expr().render())
    }

    /// The time zone where the text has none: an Olson name (`Europe/Paris`) or an offset (`+02:00`). The server fails
    /// where both have one.
    pub fn timezone<K>(self, zone: impl IntoExpr<D, String, K>) -> Self {
        self.with("timezone", zone.into_expr().render())
    }

    /// The date; null of null. The server fails where the text has another form.
    pub fn date(self) -> Expr<D, Nul<T, DateTime>> {
        Expr::new(named("$dateFromString", self.operands))
    }

    /// The date, or null where the text is null or has another form.
    pub fn try_date(self) -> Expr<D, Option<DateTime>> {
        let this = self.with("onError", Ok(Bson::Null));
        Expr::new(named("$dateFromString", this.operands))
    }

    fn with(mut self, name: &'static str, operand: Rendered) -> Self {
        self.operands.push((name, operand));
        self
    }
}
