//! Which events a stream gives.

use std::{
    marker::PhantomData,
    ops::{BitAnd, BitOr, Not},
};

use mongodb::bson::{Bson, Document, doc};

use super::OperationType;
use crate::{
    error::{EncodeError, Result},
    filter::{Filter, IntoValue},
    model::Record,
    path::{Field, Located, Name, Readable, usable},
};

/// A condition on the events of a stream, joined with `&`, `|` and `!`. The server checks it (`$match`), so that other
/// events are not sent.
///
/// ```
/// use odmium::{bson::doc, change_stream::Change, prelude::*};
///
/// #[derive(Document)]
/// #[document(collection = "users")]
/// struct User { id: Id<User>, email: String, age: i32 }
///
/// let adults = Change::inserted() & Change::document(User.age.gte(18));
/// let change = adults | Change::updated(User.email) | Change::deleted();
/// # change.to_document()?;
/// # Ok::<(), odmium::Error>(())
/// ```
///
/// The event that ends a stream passes a stream's filter only when the filter lets it through; the stream ends in any case.
#[must_use = "a condition does nothing until a stream takes it"]
#[derive(Clone, Debug)]
pub struct Change<D> {
    condition: Result<Document, EncodeError>,
    document: PhantomData<fn() -> D>,
}

impl<D> Change<D> {
    fn new(condition: Result<Document, EncodeError>) -> Self {
        Self { condition, document: PhantomData }
    }

    /// Documents that are inserted.
    pub fn inserted() -> Self {
        Self::kinds([OperationType::Insert])
    }

    /// Documents that are replaced as a whole.
    pub fn replaced() -> Self {
        Self::kinds([OperationType::Replace])
    }

    /// Documents that are deleted.
    pub fn deleted() -> Self {
        Self::kinds([OperationType::Delete])
    }

    /// Updates of any fields; replacements are no updates.
    pub fn any_update() -> Self {
        Self::kinds([OperationType::Update])
    }

    /// Events of these kinds.
    pub fn kinds(kinds: impl IntoIterator<Item = OperationType>) -> Self {
        let names: Vec<_> = kinds.into_iter().map(OperationType::as_str).collect();
        Self::new(Ok(match names.as_slice() {
            [name] => doc! { "operationType": *name },
            _ => doc! { "operationType": { "$in": names } },
        }))
    }

    /// Updates that set a field, a part of it or a document around it, or that cut it as an array.
    pub fn updated<T, P: Located + Readable>(field: Field<D, T, P>) -> Self {
        let path = usable(field.name());
        Self::new(path.map(|path| {
            let set = named(
                &path,
                doc! { "$objectToArray": "$updateDescription.updatedFields" }.into(),
                "$$change.k",
            );
            let cut = named(&path, "$updateDescription.truncatedArrays".into(), "$$change.field");
            doc! { "operationType": "update", "$expr": { "$or": [set, cut] } }
        }))
    }

    /// Updates that remove a field, or a document around it.
    pub fn removed<T, P: Located + Readable>(field: Field<D, T, P>) -> Self {
        let path = usable(field.name());
        Self::new(path.map(|path| {
            let names: Vec<_> = around(&path).collect();
            doc! { "operationType": "update", "updateDescription.removedFields": { "$in": names } }
        }))
    }

    /// Events of one document.
    pub fn of<V: IntoValue<D::Id>>(id: V) -> Self
    where
        D: Record,
    {
        Self::new(id.into_bson().map(|id| doc! { "documentKey._id": { "$eq": id } }))
    }

    /// Events whose document is there and matches: that of an insert or a replacement, and that of an update when the stream
    /// [asks for it](crate::action::Watch::full_document).
    pub fn document(filter: Filter<D>) -> Self {
        Self::image("fullDocument", filter)
    }

    /// Events whose document [before the change](crate::action::Watch::before_change) is there and matches.
    pub fn before(filter: Filter<D>) -> Self {
        Self::image("fullDocumentBeforeChange", filter)
    }

    fn image(image: &str, filter: Filter<D>) -> Self {
        Self::new(filter.render().and_then(|filter| {
            let there = doc! { image: { "$type": "object" } };
            let matches = beneath(image, filter)?;
            Ok(if matches.is_empty() {
                there
            } else {
                doc! { "$and": [there, matches] }
            })
        }))
    }

    /// A condition in MongoDB's own words, on the event as the server writes it.
    pub fn raw(condition: Document) -> Self {
        Self::new(Ok(condition))
    }

    /// The condition as the server takes it.
    ///
    /// # Errors
    ///
    /// [Encode](crate::Error::is_encode) when a value or a path in it cannot be sent.
    pub fn to_document(&self) -> Result<Document> {
        Ok(self.condition.clone()?)
    }

    pub(crate) fn into_stage(self) -> Result<Document, EncodeError> {
        Ok(doc! { "$match": self.condition? })
    }

    fn join(self, op: &str, other: Self) -> Self {
        Self::new(self.condition.and_then(|first| {
            let second = other.condition?;
            // One list of all that are joined the same way.
            let mut list = match first.get_array(op) {
                Ok(list) if first.len() == 1 => list.clone(),
                _ => vec![Bson::Document(first)],
            };
            list.push(second.into());
            Ok(doc! { op: list })
        }))
    }
}

/// Whether one of the changes in a list is of this place: itself, one within it, or one around it.
fn named(path: &Name, list: Bson, name: &str) -> Document {
    let names: Vec<_> = around(path).collect();
    let within = doc! { "$eq": [{ "$indexOfBytes": [name, format!("{path}.")] }, 0] };
    let is_it = doc! { "$or": [{ "$in": [name, names] }, within] };
    let list = doc! { "$ifNull": [list, []] };
    doc! { "$anyElementTrue": [{ "$map": { "input": list, "as": "change", "in": is_it } }] }
}

/// The name of a place and those of the places around it.
fn around(path: &str) -> impl Iterator<Item = &str> {
    let dots = path.match_indices('.').map(|(at, _)| &path[..at]);
    dots.chain([path])
}

/// A condition on a document as one on the field that holds it.
fn beneath(field: &str, filter: Document) -> Result<Document, EncodeError> {
    let mut moved = Document::new();
    for (key, value) in filter {
        match (key.as_str(), value) {
            ("$and" | "$or" | "$nor", Bson::Array(list)) => {
                let list = list.into_iter().map(|part| match part {
                    Bson::Document(part) => beneath(field, part).map(Bson::Document),
                    part => Ok(part),
                });
                moved.insert(key, list.collect::<Result<Vec<_>, _>>()?);
            }
            // `$name` is short for `$$CURRENT.name`.
            ("$expr", test) => {
                let image = doc! { "CURRENT": format!("${field}") };
                moved.insert(key, doc! { "$let": { "vars": image, "in": test } });
            }
            ("$comment", value) => {
                moved.insert(key, value);
            }
            (op, _) if op.starts_with('$') => {
                return Err(EncodeError::argument(format!(
                    "`{op}` is about whole documents of a collection: it cannot be a condition on the document of an event"
                )));
            }
            (_, Bson::Document(tests)) if tests.keys().any(|op| op == "$near" || op == "$nearSphere") => {
                return Err(EncodeError::argument(
                    "`near` also sorts by distance, which a change stream cannot: use `within_circle`",
                ));
            }
            (_, value) => {
                moved.insert(format!("{field}.{key}"), value);
            }
        }
    }
    Ok(moved)
}

impl<D> BitAnd for Change<D> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.join("$and", other)
    }
}

impl<D> BitOr for Change<D> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.join("$or", other)
    }
}

impl<D> Not for Change<D> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(self.condition.map(|condition| doc! { "$nor": [condition] }))
    }
}
