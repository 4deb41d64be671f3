//! The document that is sent as a projection.

use std::any::TypeId;

use mongodb::bson::{Bson, Document};

use crate::{
    error::{Error, Result},
    path::{is_within, usable},
    relation::{Node, Plan},
};

/// A projection that is being put together.
///
/// A path that is selected together with its parent is part of the parent. `_id` is left out unless it is selected.
#[derive(Debug, Default)]
pub struct Projection {
    fields: Document,
    /// The document whose fields are added, with a dot behind it.
    prefix: String,
    /// The views that are being added, the outer ones first.
    views: Vec<TypeId>,
    /// How many computed values have a key of ours.
    computed: usize,
    /// What is loaded into the fields of views.
    relations: Vec<Plan>,
    /// Nothing is left out.
    everything: bool,
    error: Option<Error>,
}

impl Projection {
    /// Adds a path.
    pub fn include(&mut self, path: &str) {
        let path = self.full(path);
        self.add(path, Bson::Int32(1));
    }

    /// Adds a path in a form such as `{$slice: 5}`.
    pub fn include_as(&mut self, path: &str, form: impl Into<Bson>) {
        let path = self.full(path);
        self.add(path, form.into());
    }

    /// Adds a value that is computed by the server, under a key that no model has.
    pub fn compute(&mut self, key: &str, value: impl Into<Bson>) {
        let key = self.full(key);
        self.add(key, value.into());
    }

    /// Keeps the first error, to report it when the projection is used.
    pub fn fail(&mut self, error: impl Into<Error>) {
        self.error.get_or_insert_with(|| error.into());
    }

    /// A key for a computed value that no other has.
    pub(crate) fn fresh_key(&mut self) -> String {
        self.computed += 1;
        format!("__{}", self.computed)
    }

    /// Refuses what the server can only compute for the whole document.
    pub(crate) fn top_only(&mut self, what: &str) {
        if !self.prefix.is_empty() {
            let place = self.prefix.trim_end_matches('.');
            self.fail(Error::argument(format!(
                "`{what}` is computed for the whole document and cannot stand in the view of `{place}`: move it to the \
                 outer view"
            )));
        }
    }

    /// Adds what `fields` adds, below a path.
    pub(crate) fn below(&mut self, path: &str, fields: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.prefix);
        self.prefix = format!("{outer}{path}.");
        fields(self);
        self.prefix = outer;
    }

    /// Adds the document that the fields are added to now.
    pub(crate) fn include_here(&mut self) {
        let path = self.prefix.trim_end_matches('.').to_owned();
        self.add(path, Bson::Int32(1));
    }

    /// Adds the fields of a view; where it is within itself, the whole document, as its depth is not known.
    #[doc(hidden)]
    pub fn view<V: 'static>(&mut self, fields: impl FnOnce(&mut Self)) {
        let view = TypeId::of::<V>();
        if self.views.contains(&view) {
            return self.include_here();
        }
        self.views.push(view);
        fields(self);
        self.views.pop();
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// When a value in it cannot be written, or when two forms of one path are selected.
    pub fn into_document(self) -> Result<Document> {
        let Self { mut fields, error, .. } = self;
        if let Some(error) = error {
            return Err(error);
        }
        let has_id = fields.keys().any(|key| key == "_id" || key.starts_with("_id."));
        // Forms alone would leave all other fields in: it takes a 1 to leave them out.
        let has_field = fields.values().any(|form| *form == Bson::Int32(1));
        if !has_id {
            fields.insert("_id", i32::from(!has_field));
        }
        Ok(fields)
    }

    /// Leaves nothing out.
    pub(crate) fn everything(&mut self) {
        self.everything = true;
    }

    /// Adds a relation of a view.
    pub(crate) fn relate(&mut self, plan: Plan) {
        self.relations.push(plan);
    }

    /// An empty one for the targets of a relation: it knows the views around it.
    pub(crate) fn within(&self) -> Self {
        Self { views: self.views.clone(), ..Self::default() }
    }

    /// Whether it is in the fields of a view.
    pub(crate) fn is_within<V: 'static>(&self) -> bool {
        self.views.contains(&TypeId::of::<V>())
    }

    /// The same with the relations.
    pub(crate) fn into_node(mut self) -> Result<Node> {
        let (within, everything) = (std::mem::take(&mut self.relations), self.everything);
        let projection = self.into_document()?;
        Ok(Node { projection: (!everything).then_some(projection), within, beside: Vec::new() })
    }

    fn full(&self, path: &str) -> String {
        [&self.prefix, path].concat()
    }

    fn add(&mut self, path: String, form: Bson) {
        let path = match usable(path.into()) {
            Ok(path) => path.into_owned(),
            Err(error) => return self.fail(error),
        };
        for (key, other) in &self.fields {
            let (above, below) = (is_within(&path, key), is_within(key, &path));
            let fits = match () {
                () if *key == path => *other == form,
                () if above => form == Bson::Int32(1),
                () => *other == Bson::Int32(1),
            };
            if (above || below) && !fits {
                self.error.get_or_insert_with(|| conflict(&path, key));
                return;
            }
            if above {
                return;
            }
        }
        let below: Vec<String> = self.fields.keys().filter(|key| is_within(key, &path)).cloned().collect();
        for key in below {
            self.fields.remove(key);
        }
        self.fields.insert(path, form);
    }
}

fn conflict(path: &str, other: &str) -> Error {
    Error::argument(if path == other {
        format!("`{path}` is selected in two forms: keep one of them")
    } else {
        format!(
            "a part of an array cannot be selected together with `{path}` and `{other}`: keep one of them"
        )
    })
}
