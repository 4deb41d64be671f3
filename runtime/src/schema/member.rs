//! What a field of a schema can be.

use mongodb::bson;

use super::{
    Entry, Kind, Place, Schema, Settings,
    target::{Target, database_of},
};
use crate::{
    Collection, Database,
    error::Result,
    gridfs::{Bucket, Metadata},
    index::Index,
    model::{Document, Record},
    relation::DeleteRule,
};

/// What a field of a struct with `#[derive(Database)]` can be.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a database",
    label = "not a collection",
    note = "a field is a `Collection` of a model, a GridFS `Bucket`, the `Database` itself, or another struct with \
            `#[derive(Database)]`"
)]
pub trait Member: Part + Sized {
    const KIND: Kind;
    const NAME: Option<&'static str> = None;
    const MEMBERS: &'static [Entry] = &[];
    const SHARED: bool = false;

    fn open(place: &Place, settings: Settings) -> Self;

    fn part(&self) -> &dyn Part;
}

/// The same, opened.
#[doc(hidden)]
pub trait Part {
    fn database(&self) -> Database;

    /// Whether it is the database itself.
    fn is_database(&self) -> bool {
        false
    }

    /// Refuses names that the server would refuse.
    fn check(&self) -> Result<()>;

    /// What a sync is about.
    fn targets(&self) -> Vec<Target>;

    /// The collections of models, with their rules for deleting.
    fn ruled(&self) -> Vec<Ruled> {
        Vec::new()
    }
}

/// A collection, and the rules of its model.
#[doc(hidden)]
#[derive(Debug)]
pub struct Ruled {
    pub(crate) collection: mongodb::Collection<bson::RawDocumentBuf>,
    pub(crate) declared: &'static str,
    /// The database and the prefix: collections of one place are beside each other.
    pub(crate) place: (String, String),
    pub(crate) rules: Vec<DeleteRule>,
}

#[diagnostic::do_not_recommend]
impl<D: Document> Member for Collection<D> {
    const KIND: Kind = Kind::Collection;
    const NAME: Option<&'static str> = Some(D::COLLECTION);
    const SHARED: bool = D::SHARED;

    fn open(place: &Place, settings: Settings) -> Self {
        configured(place.collection(settings.name.unwrap_or(D::COLLECTION)), settings)
    }

    fn part(&self) -> &dyn Part {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<D: Document> Part for Collection<D> {
    fn database(&self) -> Database {
        database_of(self)
    }

    fn check(&self) -> Result<()> {
        check(self)
    }

    fn targets(&self) -> Vec<Target> {
        vec![Target::of(self)]
    }

    fn ruled(&self) -> Vec<Ruled> {
        vec![Ruled {
            collection: self.inner().clone(),
            declared: D::COLLECTION,
            place: (self.inner().namespace().db, self.scope().prefix().to_owned()),
            rules: D::delete_rules(),
        }]
    }
}

#[diagnostic::do_not_recommend]
impl Member for Collection<bson::Document> {
    const KIND: Kind = Kind::Collection;

    fn open(place: &Place, settings: Settings) -> Self {
        configured(place.collection(settings.name.unwrap_or_default()), settings)
    }

    fn part(&self) -> &dyn Part {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Part for Collection<bson::Document> {
    fn database(&self) -> Database {
        database_of(self)
    }

    fn check(&self) -> Result<()> {
        check(self)
    }

    /// Nothing is declared for it.
    fn targets(&self) -> Vec<Target> {
        Vec::new()
    }
}

#[diagnostic::do_not_recommend]
impl<M: Metadata> Member for Bucket<M> {
    const KIND: Kind = Kind::Bucket;
    const NAME: Option<&'static str> = Some("fs");

    fn open(place: &Place, settings: Settings) -> Self {
        let Settings { name, read_concern, write_concern, selection_criteria, .. } = settings;
        let mut bucket = place.database().bucket().named(place.name(name.unwrap_or("fs")));
        if let Some(concern) = read_concern {
            bucket = bucket.read_concern(concern);
        }
        if let Some(concern) = write_concern {
            bucket = bucket.write_concern(concern);
        }
        if let Some(criteria) = selection_criteria {
            bucket = bucket.selection_criteria(criteria);
        }
        bucket
    }

    fn part(&self) -> &dyn Part {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<M: Metadata> Part for Bucket<M> {
    fn database(&self) -> Database {
        database_of(self.files())
    }

    fn check(&self) -> Result<()> {
        check(self.files())
    }

    fn targets(&self) -> Vec<Target> {
        let index = Index::raw(bson::doc! { "files_id": 1, "n": 1 }).unique();
        vec![Target::of(self.files()), Target::new(self.untyped_chunks(), vec![index])]
    }
}

#[diagnostic::do_not_recommend]
impl Member for Database {
    const KIND: Kind = Kind::Database;

    fn open(place: &Place, _: Settings) -> Self {
        place.database().clone()
    }

    fn part(&self) -> &dyn Part {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Part for Database {
    fn database(&self) -> Database {
        self.clone()
    }

    fn is_database(&self) -> bool {
        true
    }

    fn check(&self) -> Result<()> {
        self.scope().check(self.name(), None)
    }

    fn targets(&self) -> Vec<Target> {
        Vec::new()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Schema> Member for S {
    const KIND: Kind = Kind::Nested;
    const MEMBERS: &'static [Entry] = S::MEMBERS;

    fn open(place: &Place, settings: Settings) -> Self {
        S::build(&place.nested(&settings, S::MEMBERS))
    }

    fn part(&self) -> &dyn Part {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<S: Schema> Part for S {
    fn database(&self) -> Database {
        Schema::database(self)
    }

    fn check(&self) -> Result<()> {
        self.parts().into_iter().try_for_each(Part::check)
    }

    fn targets(&self) -> Vec<Target> {
        self.parts().into_iter().flat_map(Part::targets).collect()
    }

    fn ruled(&self) -> Vec<Ruled> {
        self.parts().into_iter().flat_map(Part::ruled).collect()
    }
}

/// For generated code, which has no list of its own.
#[doc(hidden)]
pub fn list<const N: usize>(parts: [&dyn Part; N]) -> Vec<&dyn Part> {
    parts.into()
}

fn configured<D: Record>(mut collection: Collection<D>, settings: Settings) -> Collection<D> {
    let Settings { read_concern, write_concern, selection_criteria, timeout, .. } = settings;
    if let Some(concern) = read_concern {
        collection = collection.with_read_concern(concern);
    }
    if let Some(concern) = write_concern {
        collection = collection.with_write_concern(concern);
    }
    if let Some(criteria) = selection_criteria {
        collection = collection.with_selection_criteria(criteria);
    }
    match timeout {
        Some(limit) => collection.with_timeout(limit),
        None => collection,
    }
}

fn check<D: Record>(collection: &Collection<D>) -> Result<()> {
    collection.scope().check(&collection.inner().namespace().db, Some(collection.name()))
}
