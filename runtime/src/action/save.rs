//! Reading a document to change it, and saving the difference.

use mongodb::{
    bson::{Bson, doc},
    options::{CountOptions, ReadConcern, ReadPreference, SelectionCriteria, UpdateOptions},
};

use super::{Find, action, in_session, options::setters};
use crate::{
    Collection, Session,
    codec::{DecodeOwned, EncodeError, encode_to_vec},
    error::{Error, Result},
    filter::Filter,
    model::{self, Record},
    tracked::Tracked,
};

/// Reads a document to change it; see [`Collection::track`].
///
/// # Errors
///
/// As [`Find`].
#[must_use = "nothing is sent before the action is awaited"]
pub struct Track<'a, D> {
    find: Find<'a, D>,
}

impl<'a, D: Record> Track<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, id: Result<Bson, EncodeError>) -> Self {
        Self { find: Find::new(collection, Filter::test("_id".into(), "$eq", id)) }
    }

    /// Runs the operation in a session, and in its transaction where one is open.
    pub fn session(self, session: &'a mut Session) -> Self {
        Self { find: self.find.session(session) }
    }

    /// How settled the data must be that is read.
    pub fn read_concern(self, concern: ReadConcern) -> Self {
        Self { find: self.find.read_concern(concern) }
    }

    /// Which server to read from: a read preference, or a rule of your own.
    pub fn selection_criteria(self, criteria: impl Into<SelectionCriteria>) -> Self {
        Self { find: self.find.selection_criteria(criteria) }
    }

    async fn run(mut self) -> Result<Option<Tracked<D>>>
    where
        D: DecodeOwned,
    {
        // A negative limit closes the cursor with the first reply.
        self.find.options.limit = Some(-1);
        let collection = self.find.collection.clone();
        let Some(batch) = self.find.open().await?.next_batch().await? else { return Ok(None) };
        let mut rows = batch.raw();
        rows.next().map(|row| Tracked::read(&collection, row?)).transpose()
    }
}

action!(Track<D> in [find.collection] where [D: Record + DecodeOwned + Send] => Option<Tracked<D>>);

/// Writes what has changed in a tracked document; see [`Tracked::save`].
///
/// In a transaction that is given up later, the document counts as saved all the same: read it again then.
///
/// # Errors
///
/// [Conflict](Error::is_conflict) when the version is another one than was read, [gone](Error::is_gone) when the
/// document was deleted: nothing is written then. [Argument](Error::is_argument) when the `_id` or a key has changed
/// that no update can name. Otherwise as [`UpdateOne`](super::UpdateOne).
#[must_use = "nothing is sent before the action is awaited"]
pub struct Save<'a, D> {
    collection: Collection<D>,
    tracked: &'a mut Tracked<D>,
    options: UpdateOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> Save<'a, D> {
    pub(crate) fn new(tracked: &'a mut Tracked<D>) -> Self {
        Self {
            collection: tracked.collection.clone(),
            tracked,
            options: UpdateOptions::default(),
            session: None,
        }
    }

    setters!(session bypass_document_validation comment write_concern);

    async fn run(self) -> Result<bool>
    where
        D: Send + Sync,
    {
        let Self { collection, tracked, options, mut session } = self;
        let difference = tracked.difference(&encode_to_vec(&**tracked)?)?;
        if difference.is_empty() {
            // What was written into the version field counts for nothing.
            tracked.set_version(tracked.version());
            return Ok(false);
        }
        let id = tracked.id()?;
        let (mut filter, mut update) = (doc! { "_id": { "$eq": id.clone() } }, difference.update());
        let only = model::only::<D>();
        filter.extend(only.clone());
        let mut version = None;
        if let Some(key) = D::VERSION {
            // Null also finds a document that was stored before the model had a version.
            filter.insert(key, tracked.version().map_or(Bson::Null, Bson::Int64));
            update.insert("$inc", doc! { key: 1 });
            version = Some(tracked.next_version()?);
        }
        let write = collection.inner().update_one(filter, update).with_options(options);
        let result = in_session!(session.as_deref_mut(), write)?;
        if result.matched_count == 1 {
            tracked.saved(difference, version)?;
            return Ok(true);
        }
        let options = CountOptions::builder()
            .limit(1)
            .selection_criteria(SelectionCriteria::ReadPreference(ReadPreference::Primary))
            .build();
        let mut stored = doc! { "_id": { "$eq": id.clone() } };
        stored.extend(only);
        let count = collection.inner().count_documents(stored).with_options(options);
        match in_session!(session, count)? {
            0 => Err(Error::gone(collection.name(), &id)),
            _ => Err(Error::conflict(collection.name(), &id)),
        }
    }
}

action!(Save<D> where [D: Record + Send + Sync] => bool);
