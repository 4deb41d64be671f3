//! The members of a schema as data.

use super::{Member, Part, Place, Settings};

/// A member of a [`Schema`](super::Schema), as it is declared.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The name of the field.
    pub field: &'static str,
    /// The type of the field as it is written: `"Collection<User>"`.
    pub ty: &'static str,
    /// What it is.
    pub kind: Kind,
    /// The name of the collection or bucket, without the prefix of a [`Place`](super::Place).
    pub name: Option<&'static str>,
    /// Where a nested struct is in another database: its name.
    pub database: Option<&'static str>,
    /// What the names of a nested struct's collections begin with, after the prefix of the place.
    pub prefix: Option<&'static str>,
    /// The members of a nested struct.
    pub members: &'static [Self],
    /// The name that the model of a collection declares.
    pub(crate) declared: Option<&'static str>,
    /// Whether other models may be in the collection as well.
    pub(crate) shared: bool,
}

/// What a member of a [`Schema`](super::Schema) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A [`Collection`](crate::Collection).
    Collection,
    /// A [`Bucket`](crate::gridfs::Bucket).
    Bucket,
    /// The [`Database`](struct@crate::Database) itself.
    Database,
    /// Another struct with `#[derive(Database)]`.
    Nested,
}

impl Entry {
    const fn new<M: Member>(field: &'static str, ty: &'static str, name: Option<&'static str>) -> Self {
        let name = match name {
            Some(name) => Some(name),
            None => M::NAME,
        };
        Self {
            field,
            ty,
            kind: M::KIND,
            name,
            database: None,
            prefix: None,
            members: M::MEMBERS,
            declared: M::NAME,
            shared: M::SHARED,
        }
    }
}

/// What generated code knows of a field: one value, so that a type that is no member gives one error.
#[doc(hidden)]
#[derive(Debug)]
pub struct Handle<M> {
    pub entry: Entry,
    pub open: fn(&Place, Settings) -> M,
    pub part: fn(&M) -> &dyn Part,
}

impl<M> Handle<M> {
    // The bound is the function's, for its own words in the error.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(field: &'static str, ty: &'static str, name: Option<&'static str>) -> Self
    where
        M: Member,
    {
        Self { entry: Entry::new::<M>(field, ty, name), open: M::open, part: M::part }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn at(self, database: Option<&'static str>, prefix: Option<&'static str>) -> Self {
        Self { entry: Entry { database, prefix, ..self.entry }, ..self }
    }

    /// Whether the field has an attribute.
    #[doc(hidden)]
    #[must_use]
    pub const fn takes(&self, key: &str) -> bool {
        matches!(
            (self.entry.kind, key.as_bytes()),
            (Kind::Collection, b"collection" | b"timeout")
                | (
                    Kind::Collection | Kind::Bucket,
                    b"read_concern" | b"write_concern" | b"selection_criteria"
                )
                | (Kind::Bucket, b"bucket")
                | (Kind::Nested, b"database" | b"prefix")
        )
    }

    /// Whether a collection has a name.
    #[doc(hidden)]
    #[must_use]
    pub const fn is_named(&self) -> bool {
        self.entry.name.is_some() || !matches!(self.entry.kind, Kind::Collection)
    }
}

/// Whether no earlier member of another model has the name of the one at `index`.
#[doc(hidden)]
#[must_use]
pub const fn has_own_name(entries: &[Entry], index: usize) -> bool {
    let new = &entries[index];
    let mut i = 0;
    while i < index {
        let old = &entries[i];
        if let (Some(one), Some(other)) = (old.name, new.name)
            && is_same(one, other)
            && !is_same(old.ty, new.ty)
            && !(old.shared && new.shared)
            && matches!(
                (old.kind, new.kind),
                (Kind::Collection, Kind::Collection) | (Kind::Bucket, Kind::Bucket)
            )
        {
            return false;
        }
        i += 1;
    }
    true
}

/// The name of the collection among these whose model declares that one. Where several have it, or none, it is the name that
/// is declared.
pub(crate) fn name_of<'n>(members: &'static [Entry], declared: &'n str) -> &'n str {
    let of_model = |entry: &&Entry| entry.kind == Kind::Collection && entry.declared == Some(declared);
    let mut names = members.iter().filter(of_model).filter_map(|entry| entry.name);
    match names.next() {
        Some(name) if names.all(|other| other == name) => name,
        _ => declared,
    }
}

const fn is_same(some: &str, other: &str) -> bool {
    !crate::path::distinct(&[some], &[other])
}
