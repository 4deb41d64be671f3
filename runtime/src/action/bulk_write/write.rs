//! One write of a bulk write.

use std::marker::PhantomData;

use mongodb::{
    bson::{Document, RawDocumentBuf},
    options::Hint,
};

use super::statement::{Change, Kind, Statement, UpdateStatement, encode_delete, encode_update};
use crate::{
    action::{insert::encode_new, options::setters},
    error::{Error, Result},
    filter::Filter,
    model::{ReadWrite, Record, encode_whole},
    update::{IntoUpdate, Update},
};

/// One write of a bulk write: made by a function named as the operation of a collection, with its own options.
///
/// An option that the kind of write does not have is an [argument error](Error::is_argument) of the whole bulk write.
///
/// # Examples
///
/// ```no_run
/// # use odmium::{action::Write, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "users")]
/// # struct User { id: Id<User>, name: String, age: i32 }
/// # async fn f(users: odmium::Collection<User>, ann: User) -> odmium::Result<()> {
/// let mut writes = vec![
///     Write::insert(&ann),
///     Write::update_one(User.name.eq("Bob"), User.age.inc(1)).upsert(true),
/// ];
/// writes.push(Write::delete_many(User.age.lt(18)));
/// let result = users.bulk_write(writes).ordered(false).await?;
/// println!("{} changed, {} deleted", result.modified, result.deleted);
/// # Ok(()) }
/// ```
#[must_use = "a write does nothing until a bulk write takes it"]
pub struct Write<D> {
    parts: Result<Parts<D>>,
    options: WriteOptions,
    document: PhantomData<fn() -> D>,
}

enum Parts<D> {
    Insert(RawDocumentBuf),
    Update { filter: Filter<D>, update: Update<D>, many: bool },
    Replace { filter: Filter<D>, replacement: RawDocumentBuf },
    Delete { filter: Filter<D>, many: bool },
}

#[derive(Clone, Debug, Default)]
pub(super) struct WriteOptions {
    pub(super) upsert: Option<bool>,
    pub(super) array_filters: Option<Vec<Document>>,
    pub(super) hint: Option<Hint>,
    pub(super) collation: Option<mongodb::options::Collation>,
    pub(super) sort: Option<Document>,
}

impl<D: ReadWrite> Write<D> {
    /// Inserts a document. It is encoded here, so it need not live longer.
    pub fn insert(document: &D) -> Self {
        Self::new(encode_new(document, 256).map(|(document, _)| Parts::Insert(document)))
    }

    /// Changes the first document that matches.
    pub fn update_one<U: IntoUpdate<D>>(filter: Filter<D>, update: U) -> Self {
        const { U::DISJOINT }
        Self::new(Ok(Parts::Update { filter, update: update.into_update(), many: false }))
    }

    /// Changes every document that matches.
    pub fn update_many<U: IntoUpdate<D>>(filter: Filter<D>, update: U) -> Self {
        const { U::DISJOINT }
        Self::new(Ok(Parts::Update { filter, update: update.into_update(), many: true }))
    }

    /// Replaces the first document that matches, except for its `_id`.
    pub fn replace_one(filter: Filter<D>, replacement: &D) -> Self {
        Self::new(match encode_whole(replacement) {
            Ok(replacement) => Ok(Parts::Replace { filter, replacement }),
            Err(error) => Err(error.into()),
        })
    }

    /// Deletes the first document that matches.
    pub fn delete_one(filter: Filter<D>) -> Self {
        Self::new(Ok(Parts::Delete { filter, many: false }))
    }

    /// Deletes every document that matches.
    pub fn delete_many(filter: Filter<D>) -> Self {
        Self::new(Ok(Parts::Delete { filter, many: true }))
    }
}

impl<D: Record> Write<D> {
    fn new(parts: Result<Parts<D>>) -> Self {
        Self { parts, options: WriteOptions::default(), document: PhantomData }
    }

    setters!(upsert array_filters hint collation sort);

    /// The write as the server takes it. `target` is the collection that it is for.
    pub(super) fn into_statement(self, target: usize) -> Result<Statement> {
        let Self { parts, mut options, .. } = self;
        let parts = parts?;
        options.check(match &parts {
            Parts::Insert(_) => &[],
            Parts::Update { many: true, .. } => &["upsert", "array_filters", "hint", "collation"],
            Parts::Update { .. } => &["upsert", "array_filters", "hint", "collation", "sort"],
            Parts::Replace { .. } => &["upsert", "hint", "collation", "sort"],
            Parts::Delete { .. } => &["hint", "collation"],
        })?;
        let (kind, many, bytes) = match parts {
            Parts::Insert(document) => (Kind::Insert, false, document),
            Parts::Update { filter, update, many } => {
                let filter = filter.into_query()?;
                let update = update.into_changes(&mut options.array_filters)?;
                let statement = UpdateStatement { filter, change: Change::Update(update), many, options };
                (Kind::Update, many, encode_update(&statement)?)
            }
            Parts::Replace { filter, replacement } => {
                refuse_operators(&replacement)?;
                let (filter, change) = (filter.into_query()?, Change::Replace(replacement));
                let statement = UpdateStatement { filter, change, many: false, options };
                (Kind::Update, false, encode_update(&statement)?)
            }
            Parts::Delete { filter, many } => {
                (Kind::Delete, many, encode_delete(&filter.into_query()?, many, &options)?)
            }
        };
        Ok(Statement { kind, many, target, bytes })
    }
}

impl WriteOptions {
    fn check(&self, allowed: &[&str]) -> Result<()> {
        let set = [
            ("upsert", self.upsert.is_some()),
            ("array_filters", self.array_filters.is_some()),
            ("hint", self.hint.is_some()),
            ("collation", self.collation.is_some()),
            ("sort", self.sort.is_some()),
        ];
        match set.into_iter().find(|(name, set)| *set && !allowed.contains(name)) {
            None => Ok(()),
            Some((name, _)) => Err(Error::argument(format!(
                "this kind of write has no option `{name}`: leave it out, or use another kind"
            ))),
        }
    }
}

/// A dynamic document may begin with an operator; the server would take it for an update.
fn refuse_operators(replacement: &RawDocumentBuf) -> Result<()> {
    match replacement.iter_elements().next() {
        Some(Ok(first)) if first.key().as_str().starts_with('$') => Err(Error::argument(format!(
            "a replacement is a whole document, and this one has the operator `{}`: use an update",
            first.key()
        ))),
        _ => Ok(()),
    }
}

impl<D> std::fmt::Debug for Write<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match &self.parts {
            Ok(Parts::Insert(_)) => "insert",
            Ok(Parts::Update { many: false, .. }) => "update_one",
            Ok(Parts::Update { many: true, .. }) => "update_many",
            Ok(Parts::Replace { .. }) => "replace_one",
            Ok(Parts::Delete { many: false, .. }) => "delete_one",
            Ok(Parts::Delete { many: true, .. }) => "delete_many",
            Err(_) => "invalid",
        };
        f.debug_tuple("Write").field(&kind).finish()
    }
}
