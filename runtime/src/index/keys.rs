//! Indexes in code, for those that no model declares.

use mongodb::{
    bson::{Bson, Document},
    options::{IndexVersion, Sphere2DIndexVersion, TextIndexVersion},
};

use super::{Index, TextIndexed, default_name};
use crate::path::{Field, Path};

/// Keys, in their order: `Index::new().asc(User.city).desc(User.age).unique()`.
impl<D> Index<D> {
    /// An index without keys yet.
    #[expect(clippy::new_without_default, reason = "an index without keys is no sensible value")]
    pub fn new() -> Self {
        Self::raw(Document::new())
    }

    /// Ascending.
    pub fn asc<T, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&field.name(), 1)
    }

    /// Descending.
    pub fn desc<T, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&field.name(), -1)
    }

    /// The words of a text; one index of this kind in a collection, which may have several such keys.
    pub fn text<T: TextIndexed, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&field.name(), "text")
    }

    /// The words of every text in a document.
    pub fn text_of_all(self) -> Self {
        self.key("$**", "text")
    }

    /// Places on the globe (`2dsphere`).
    pub fn sphere<T, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&field.name(), "2dsphere")
    }

    /// Points on a plane (`2d`): pairs of numbers.
    pub fn flat<T, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&field.name(), "2d")
    }

    /// A hash of the value, for equality and for shards. An array cannot be hashed.
    pub fn hashed<T, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&field.name(), "hashed")
    }

    /// Every field below this one, whatever their names.
    pub fn wildcard<T, P: Path>(self, field: Field<D, T, P>) -> Self {
        self.key(&format!("{}.$**", field.name()), 1)
    }

    /// Every field of the document; [`wildcard_projection`](Self::wildcard_projection) picks some.
    pub fn wildcard_of_all(self) -> Self {
        self.key("$**", 1)
    }

    fn key(mut self, path: &str, kind: impl Into<Bson>) -> Self {
        let has_default_name = self.name == default_name(&self.keys);
        self.keys.insert(path, kind);
        if has_default_name {
            self.name = default_name(&self.keys);
        }
        self
    }
}

/// Options of one kind of index each.
impl<D> Index<D> {
    /// Which fields an index of all fields holds: `doc! { "attributes": 1 }`, or all but some with zeros.
    pub fn wildcard_projection(mut self, fields: Document) -> Self {
        self.options.wildcard_projection = Some(fields);
        self
    }

    /// The field in which a document names its language, instead of `language`; for text.
    pub fn language_override(mut self, field: impl Into<String>) -> Self {
        self.options.language_override = Some(field.into());
        self
    }

    /// The version of a text index.
    pub fn text_version(mut self, version: TextIndexVersion) -> Self {
        self.options.text_index_version = Some(version);
        self
    }

    /// The version of an index of places on the globe.
    pub fn sphere_version(mut self, version: Sphere2DIndexVersion) -> Self {
        self.options.sphere_2d_index_version = Some(version);
        self
    }

    /// How many bits each coordinate of a point on a plane has in the index, 1 to 32; 26 unless set.
    pub fn bits(mut self, bits: u32) -> Self {
        self.options.bits = Some(bits);
        self
    }

    /// The least and the greatest coordinate of points on a plane; -180 and 180 unless set.
    pub fn bounds(mut self, min: f64, max: f64) -> Self {
        self.options.min = Some(min);
        self.options.max = Some(max);
        self
    }

    /// Settings of the storage engine, by its name.
    pub fn storage_engine(mut self, settings: Document) -> Self {
        self.options.storage_engine = Some(settings);
        self
    }

    /// The version of the index's format.
    pub fn version(mut self, version: IndexVersion) -> Self {
        self.options.version = Some(version);
        self
    }
}
