//! Finding the document of a unique key, or inserting it.

use mongodb::{
    bson::{Bson, RawDocument},
    options::{Collation, InsertOneOptions, ReadPreference, SelectionCriteria, WriteConcern},
};

use super::{Find, action, in_session, insert::encode_new};
use crate::{
    Collection, Session,
    codec::{DecodeOwned, DocumentReader, EncodeError, RawValue, decode_raw},
    error::{Error, Result},
    filter::Filter,
    model::Record,
    path::{AtArray, Name, value_at},
};

/// What [`Collection::find_or_insert_by`] gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundOrInserted<D> {
    /// The document.
    pub document: D,
    /// Whether it was inserted by this call.
    pub inserted: bool,
}

/// Finds or inserts the document of a unique key; see [`Collection::find_or_insert_by`].
///
/// In a transaction that another writer overtakes, it fails with the label `TransientTransactionError`: run the
/// transaction again.
///
/// # Errors
///
/// As [`Find`] and [`Insert`](super::Insert); [argument](Error::is_argument) when the new document has another value in the key;
/// [duplicate key](Error::is_duplicate_key) when another unique index refuses it.
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindOrInsert<'a, D, F> {
    collection: Collection<D>,
    key: Vec<(Name, Result<Bson, EncodeError>)>,
    make: F,
    collation: Option<Collation>,
    write_concern: Option<WriteConcern>,
    comment: Option<Bson>,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record, F> FindOrInsert<'a, D, F> {
    pub(crate) fn new(
        collection: &Collection<D>,
        key: Vec<(Name, Result<Bson, EncodeError>)>,
        make: F,
    ) -> Self {
        let collection = collection.clone();
        Self { collection, key, make, collation: None, write_concern: None, comment: None, session: None }
    }

    /// Runs the operation in a session, and in its transaction where one is open.
    pub fn session(mut self, session: &'a mut Session) -> Self {
        self.session = Some(session);
        self
    }

    /// How strings are compared when it is looked for: that of the unique index, when it has one.
    pub fn collation(mut self, collation: Collation) -> Self {
        self.collation = Some(collation);
        self
    }

    /// How many servers must have the write before it counts as done.
    pub fn write_concern(mut self, concern: WriteConcern) -> Self {
        self.write_concern = Some(concern);
        self
    }

    /// A value that stands beside the operations in the server's logs, profile and `currentOp`.
    pub fn comment(mut self, comment: impl Into<Bson>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    fn find<'s>(&self, session: Option<&'s mut Session>) -> Find<'s, D> {
        let mut find = Find::new(&self.collection, Filter::of_key(&self.key));
        if let Some(session) = session {
            find = find.session(session);
        }
        if let Some(collation) = &self.collation {
            find = find.collation(collation.clone());
        }
        if let Some(comment) = &self.comment {
            find = find.comment(comment.clone());
        }
        find
    }

    async fn run(mut self) -> Result<FoundOrInserted<D>>
    where
        D: DecodeOwned,
        F: FnOnce() -> D,
    {
        let mut session = self.session.take();
        if let Some(document) = self.find(session.as_deref_mut()).first_row().await? {
            return Ok(FoundOrInserted { document, inserted: false });
        }
        // From the primary, which has what the other writer wrote.
        let primary = SelectionCriteria::ReadPreference(ReadPreference::Primary);
        let find_again = self.find(None).selection_criteria(primary);
        let (new, _) = encode_new(&(self.make)(), 256)?;
        for (name, value) in self.key {
            // Under a collation, other texts are the same key.
            if self.collation.is_none() && stored_at(&new, &name)? != Some(value?) {
                return Err(Error::argument(format!(
                    "the new document must have the value in `{name}` that was looked for: give it the same"
                )));
            }
        }
        // Read back from what is written, so that an `_id` that was added is there.
        let document: D = decode_raw(&new)?;
        let mut options = InsertOneOptions::default();
        (options.write_concern, options.comment) = (self.write_concern, self.comment);
        let insert = self.collection.inner().insert_one(new).with_options(options);
        let error = match in_session!(session.as_deref_mut(), insert) {
            Ok(_) => return Ok(FoundOrInserted { document, inserted: true }),
            Err(error) => Error::from(error),
        };
        if !error.is_duplicate_key() {
            return Err(error);
        }
        // Another writer was faster, or another unique index refused it.
        let find_again = match session {
            Some(session) => find_again.session(session),
            None => find_again,
        };
        let found = find_again.first_row().await?;
        found.map(|document| FoundOrInserted { document, inserted: false }).ok_or(error)
    }
}

action!(FindOrInsert<D, F> where [D: Record + DecodeOwned + Send, F: FnOnce() -> D + Send + 'a] => FoundOrInserted<D>);

fn stored_at(document: &RawDocument, path: &str) -> Result<Option<Bson>> {
    let document = DocumentReader::new(document.as_bytes())?;
    Ok(value_at(document, path, AtArray::End)?.map(RawValue::to_bson).transpose()?)
}
