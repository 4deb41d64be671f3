//! Tracked documents: change the value, then write only what has changed.

mod difference;

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use mongodb::bson::{Bson, Document, RawDocument};

pub(crate) use self::difference::Difference;
use crate::{
    Collection,
    action::Save,
    codec::{DecodeOwned, decode, decode_raw, encode_to_vec},
    error::{Error, Result},
    model::Record,
};

/// A document, and how it was when it was read: [`save`](Self::save) writes the difference.
///
/// Comes from [`Collection::track`], or from [`Collection::tracked`] for a document that was read before. It
/// dereferences to the document. The difference is one between stored forms: a nested document is changed field by
/// field, an array is written whole, a field that is `None` now is removed. Fields of the stored document that the
/// model does not know stay as they are.
///
/// A model with a field `#[field(version)]` is saved only when nobody has changed the version since it was read; each
/// save counts it up. Other operations neither look at the version nor change it: an
/// [`update_one`](Collection::update_one) that tracked documents shall notice adds `User.version.inc(1)` itself, and
/// [`replace_one`](Collection::replace_one) writes the version that its document has.
///
/// ```no_run
/// # use odmium::prelude::*;
/// #[derive(Document)]
/// #[document(collection = "users")]
/// struct User {
///     id: Id<User>,
///     name: String,
///     nick: Option<String>,
///     #[field(version)]
///     version: i32,
/// }
///
/// # async fn f(users: odmium::Collection<User>, id: Id<User>) -> odmium::Result<()> {
/// let Some(mut user) = users.track(id).await? else { return Ok(()) };
/// user.name = "Ann".into();
/// user.nick = None;
/// match user.save().await {
///     Err(error) if error.is_conflict() => println!("somebody was faster: read it again"),
///     result => drop(result?),
/// }
/// # Ok(()) }
/// ```
pub struct Tracked<D> {
    pub(crate) collection: Collection<D>,
    document: D,
    /// The document as the model writes it, when it was read or saved last.
    before: Vec<u8>,
    /// What is stored; may have more fields than the model knows, or lack some that have a default.
    stored: Document,
}

impl<D: Record> Tracked<D> {
    /// A document that is stored as the model writes it.
    pub(crate) fn new(collection: &Collection<D>, document: D) -> Result<Self> {
        let before = encode_to_vec(&document)?;
        let stored = decode(&before)?;
        Ok(Self { collection: collection.clone(), document, before, stored })
    }

    /// A document as it was read.
    pub(crate) fn read(collection: &Collection<D>, raw: &RawDocument) -> Result<Self>
    where
        D: DecodeOwned,
    {
        let document: D = decode_raw(raw)?;
        let before = encode_to_vec(&document)?;
        Ok(Self { collection: collection.clone(), document, before, stored: decode_raw(raw)? })
    }

    /// Writes what has changed since the document was read or saved last.
    ///
    /// Gives whether there was anything to write; when not, nothing is sent.
    pub fn save(&mut self) -> Save<'_, D> {
        Save::new(self)
    }

    /// The change that [`save`](Self::save) would send, or `None` when nothing has changed; without the version.
    ///
    /// # Errors
    ///
    /// As [`Save`], when the change cannot be written.
    pub fn changes(&self) -> Result<Option<Document>> {
        Ok(self.difference(&encode_to_vec(&self.document)?)?.into_update())
    }

    /// The document, no longer tracked.
    #[must_use]
    pub fn into_inner(self) -> D {
        self.document
    }

    pub(crate) fn difference(&self, now: &[u8]) -> Result<Difference> {
        let mut difference = Difference::new(&self.before, now, &self.stored)?;
        if let Some(version) = D::VERSION {
            difference.forget(version);
        }
        match difference.writes("_id") {
            true => Err(Error::argument(
                "the `_id` of a tracked document has changed, which the server does not allow: insert a new document",
            )),
            false => Ok(difference),
        }
    }

    pub(crate) fn id(&self) -> Result<Bson> {
        self.stored.get("_id").cloned().ok_or_else(|| {
            Error::argument("this document has no `_id`, so that it cannot be found again: insert it first")
        })
    }

    /// The version that is stored: none for a document that was stored before the model had one.
    pub(crate) fn version(&self) -> Option<i64> {
        match self.stored.get(D::VERSION?) {
            Some(Bson::Int32(version)) => Some((*version).into()),
            Some(Bson::Int64(version)) => Some(*version),
            Some(Bson::Double(version)) => Some(*version as i64),
            _ => None,
        }
    }

    pub(crate) fn next_version(&mut self) -> Result<i64> {
        let (current, next) = (self.version(), self.version().unwrap_or_default().checked_add(1));
        let limit = self.document.version_mut().map_or(i64::MAX, |version| version.max());
        next.filter(|next| *next <= limit).ok_or_else(|| {
            Error::argument(format!(
                "the version {} is the largest that its type holds: make the field an `i64`",
                current.unwrap_or_default()
            ))
        })
    }

    /// Takes the document as saved.
    pub(crate) fn saved(&mut self, difference: Difference, version: Option<i64>) -> Result<()> {
        difference.apply(&mut self.stored);
        self.set_version(version);
        self.before = encode_to_vec(&self.document)?;
        Ok(())
    }

    pub(crate) fn set_version(&mut self, version: Option<i64>) {
        if let (Some(key), Some(version)) = (D::VERSION, version) {
            self.stored.insert(key, version);
            if let Some(field) = self.document.version_mut() {
                field.set(version);
            }
        }
    }
}

impl<D> Deref for Tracked<D> {
    type Target = D;

    fn deref(&self) -> &D {
        &self.document
    }
}

impl<D> DerefMut for Tracked<D> {
    fn deref_mut(&mut self) -> &mut D {
        &mut self.document
    }
}

impl<D: fmt::Debug> fmt::Debug for Tracked<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tracked").field(&self.document).finish()
    }
}
