//! The model that tests run on where their data has its shape: filters, changes and orders become typed paths, and the
//! expected commands tell whether these are sent as the untyped form is.

use odmium::{
    Collection, Filter, Record, Update,
    bson::{Bson, Document},
    prelude::*,
    sort::SortKey,
};

use super::shape::Shape;
use crate::{args::FromArgument, failure::Failure};

/// The shape of most of the data.
#[derive(Clone, Debug, Document, PartialEq)]
#[document(collection = "x")]
pub struct X {
    id: i32,
    x: Option<i32>,
}

impl Shape for X {
    type Order = Vec<SortKey<Self>>;

    fn filter(filter: Document) -> Filter<Self> {
        self::filter(&filter).unwrap_or_else(|| Filter::raw(filter))
    }

    fn update(update: Bson) -> Result<Update<Self>, Failure> {
        let typed = update.as_document().and_then(self::update);
        typed.ok_or_else(|| Failure::Test(format!("{update} has no typed form")))
    }

    fn new(document: Document) -> Result<Self, Failure> {
        self::document(&document).ok_or_else(|| Failure::Test(format!("{document} is none of the model")))
    }

    fn bson(self) -> Bson {
        let mut document = Document::new();
        document.insert("_id", self.id);
        document.extend(self.x.map(|x| ("x".to_owned(), Bson::Int32(x))));
        Bson::Document(document)
    }

    fn id(id: i32) -> Bson {
        Bson::Int32(id)
    }
}

impl FromArgument for Vec<SortKey<X>> {
    fn read(value: Bson) -> Result<Self, String> {
        let keys = value.as_document().and_then(order);
        keys.ok_or_else(|| format!("{value} has no typed form"))
    }
}

/// The same collection as one of another model.
pub fn collection<S: Record, D: Record>(untyped: &Collection<S>) -> Collection<D> {
    let mut typed = untyped.database().collection_named(untyped.name());
    if let Some(concern) = untyped.read_concern() {
        typed = typed.with_read_concern(concern.clone());
    }
    if let Some(concern) = untyped.write_concern() {
        typed = typed.with_write_concern(concern.clone());
    }
    if let Some(criteria) = untyped.selection_criteria() {
        typed = typed.with_selection_criteria(criteria.clone());
    }
    if let Some(limit) = untyped.timeout() {
        typed = typed.with_timeout(limit);
    }
    typed
}

/// A document of the model.
pub fn document(document: &Document) -> Option<X> {
    let number = |key| document.get_i32(key).ok();
    let x = number("x");
    let keys = usize::from(x.is_some()) + 1;
    // The order of the fields is the model's.
    let first = document.keys().next().is_some_and(|key| key == "_id");
    (document.len() == keys && first).then_some(X { id: number("_id")?, x })
}

/// The typed form of a filter, when every part of it has one.
pub fn filter(filter: &Document) -> Option<Filter<X>> {
    filter.iter().try_fold(Filter::everything(), |all, (key, test)| {
        let one = match (key.as_str(), test) {
            ("_id", Bson::Int32(value)) => X.id.eq(*value),
            ("x", Bson::Int32(value)) => X.x.eq(*value),
            ("_id" | "x", Bson::Document(tests)) => comparisons(key == "_id", tests)?,
            _ => return None,
        };
        Some(all & one)
    })
}

fn comparisons(id: bool, tests: &Document) -> Option<Filter<X>> {
    if tests.is_empty() {
        return None;
    }
    macro_rules! compare {
        ($method:ident, $value:expr) => {
            if id { X.id.$method($value) } else { X.x.$method($value) }
        };
    }
    tests.iter().try_fold(Filter::everything(), |all, (operator, operand)| {
        let one = match (operator.as_str(), operand) {
            ("$gt", Bson::Int32(value)) => compare!(gt, *value),
            ("$gte", Bson::Int32(value)) => compare!(gte, *value),
            ("$lt", Bson::Int32(value)) => compare!(lt, *value),
            ("$lte", Bson::Int32(value)) => compare!(lte, *value),
            ("$ne", Bson::Int32(value)) => compare!(ne, *value),
            ("$in", Bson::Array(values)) => {
                compare!(is_in, values.iter().map(Bson::as_i32).collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        };
        Some(all & one)
    })
}

/// The typed form of changes, when every one has it.
pub fn update(update: &Document) -> Option<Update<X>> {
    let mut all = Update::new();
    for (operator, fields) in update {
        let fields = fields.as_document()?;
        // Of the fields, only this one changes.
        let value = fields.get_i32("x").ok().filter(|_| fields.len() == 1)?;
        all = match operator.as_str() {
            "$inc" => all.and(X.x.inc(value)),
            "$set" => all.and(X.x.set(value)),
            "$mul" => all.and(X.x.mul(value)),
            "$min" => all.and(X.x.min(value)),
            "$max" => all.and(X.x.max(value)),
            _ => return None,
        };
    }
    (!all.is_empty()).then_some(all)
}

fn order(order: &Document) -> Option<Vec<SortKey<X>>> {
    let key = |(key, direction): (&String, &Bson)| {
        let descending = match direction {
            Bson::Int32(1) | Bson::Int64(1) => false,
            Bson::Int32(-1) | Bson::Int64(-1) => true,
            _ => return None,
        };
        match (key.as_str(), descending) {
            ("_id", false) => Some(X.id.asc()),
            ("_id", true) => Some(X.id.desc()),
            ("x", false) => Some(X.x.asc()),
            ("x", true) => Some(X.x.desc()),
            _ => None,
        }
    };
    order.iter().map(key).collect()
}

/// Whether an order has a typed form.
pub fn sorts(value: &Bson) -> bool {
    value.as_document().and_then(order).is_some()
}
