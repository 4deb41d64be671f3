//! The members of a schema as data.

use super::Member;

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
    /// The [`Database`](crate::Database) itself.
    Database,
    /// Another struct with `#[derive(Database)]`.
    Nested,
}

impl Entry {
    #[doc(hidden)]
    #[must_use]
    pub const fn new<M: Member>(field: &'static str, ty: &'static str, name: Option<&'static str>) -> Self {
        let name = match name {
            Some(name) => Some(name),
            None => M::NAME,
        };
        let (database, prefix) = (None, None);
        Self { field, ty, kind: M::KIND, name, database, prefix, members: M::MEMBERS, shared: M::SHARED }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn at(self, database: Option<&'static str>, prefix: Option<&'static str>) -> Self {
        Self { database, prefix, ..self }
    }
}

/// Refuses an attribute that the kind of the member does not have. For constants: the panic is the compiler's message.
#[doc(hidden)]
pub const fn check_key(kind: Kind, key: &str) {
    match (kind, key.as_bytes()) {
        (Kind::Collection, b"collection" | b"timeout")
        | (Kind::Collection | Kind::Bucket, b"read_concern" | b"write_concern" | b"selection_criteria")
        | (Kind::Bucket, b"bucket")
        | (Kind::Nested, b"database" | b"prefix") => {}
        (_, b"collection") => {
            panic!("`collection` names the collection of a `Collection<..>`; this field is none")
        }
        (_, b"bucket") => panic!("`bucket` names the GridFS bucket of a `Bucket<..>`; this field is none"),
        (_, b"database" | b"prefix") => {
            panic!(
                "`database` and `prefix` are for a nested struct with `#[derive(Database)]`; this field is none"
            )
        }
        (_, b"timeout") => panic!("`timeout` is for a `Collection<..>`; this field is none"),
        _ => panic!(
            "read and write settings are for a `Collection<..>` or a `Bucket<..>`; this field is neither"
        ),
    }
}

/// Refuses a collection without a name.
#[doc(hidden)]
pub const fn check_name(entry: &Entry) {
    assert!(
        entry.name.is_some() || !matches!(entry.kind, Kind::Collection),
        "this collection has no model that names it: write `#[database(collection = \"..\")]`"
    );
}

/// Whether no earlier member of another model has the name of the one at `index`.
#[doc(hidden)]
pub const fn check_names(entries: &[Entry], index: usize) {
    let new = &entries[index];
    let mut i = 0;
    while i < index {
        let old = &entries[i];
        if let (Some(one), Some(other)) = (old.name, new.name)
            && is_same(one, other)
            && !is_same(old.ty, new.ty)
            && !(old.shared && new.shared)
        {
            match (old.kind, new.kind) {
                (Kind::Collection, Kind::Collection) => panic!(
                    "two models have a collection of this name: name one by `#[database(collection = \"..\")]`, or declare \
                     them as variants of one enum with `#[document(variant_of = ..)]`"
                ),
                (Kind::Bucket, Kind::Bucket) => {
                    panic!("two buckets have this name: name one by `#[database(bucket = \"..\")]`")
                }
                _ => {}
            }
        }
        i += 1;
    }
}

const fn is_same(some: &str, other: &str) -> bool {
    !crate::path::distinct(&[some], &[other])
}
