//! A document that a required relation leads to is not there.

use std::fmt;

use mongodb::bson::Bson;

use super::{Error, ErrorKind, Kind};

/// Which required relation leads nowhere, and in which document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MissingReference {
    /// The collection of the document that the relation starts from.
    pub collection: String,
    /// The `_id` of that document.
    pub document: Bson,
    /// The path in it, such as `author`.
    pub path: String,
    /// The collection that the relation leads to.
    pub target: String,
    /// The path there, mostly `_id`.
    pub target_path: String,
    /// The value that was looked for; `None` when the document has none at the path.
    pub key: Option<Bson>,
}

impl fmt::Display for MissingReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { collection, document, path, target, target_path, key } = self;
        write!(f, "`{path}` of the document of `{collection}` with _id {document} ")?;
        match key {
            Some(key) => {
                write!(f, "leads to {target_path} {key} in `{target}`, where no such document is found")?
            }
            None => write!(f, "leads to no document of `{target}`, as it is empty")?,
        }
        f.write_str(": mend the reference, or drop `required` to get `None`")
    }
}

impl Error {
    pub(crate) fn missing_reference(missing: MissingReference) -> Self {
        Self::new(Kind::MissingReference(Box::new(missing)))
    }

    /// Whether a document that a required relation leads to is not there.
    #[must_use]
    pub fn is_missing_reference(&self) -> bool {
        self.is_kind(ErrorKind::MissingReference)
    }

    /// Which required relation leads nowhere.
    #[must_use]
    pub fn missing_reference_details(&self) -> Option<&MissingReference> {
        match &self.0.kind {
            Kind::MissingReference(missing) => Some(missing),
            _ => None,
        }
    }
}
