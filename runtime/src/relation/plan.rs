//! What to load beside documents, without types: the pure part that both ways of loading share.

use mongodb::bson::{Bson, Document, doc, spec::ElementType};

use super::keys_at;

use crate::{
    client::Scope,
    codec::RawValue,
    error::{DecodeError, Error, Result},
    projection,
};

/// One relation.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The key that the loaded documents get.
    pub(crate) key: String,
    /// The path in the documents at hand.
    pub(crate) local: String,
    /// The collection of the targets, and the path there.
    pub(crate) collection: String,
    /// The name is not the one that the model declares.
    pub(crate) is_named: bool,
    pub(crate) foreign: String,
    pub(crate) filter: Document,
    pub(crate) sort: Option<Document>,
    /// How many targets for each document at most.
    pub(crate) limit: Option<u32>,
    /// No two targets have one key: without a sort order, they come in the order of the keys.
    pub(crate) unique: bool,
    /// One document, and no array.
    pub(crate) single: bool,
    /// Each document stands under the key of its reference.
    pub(crate) keyed: bool,
    /// The path leads to a map whose values are the keys.
    pub(crate) is_map: bool,
    pub(crate) required: bool,
    pub(crate) target: Node,
}

/// How documents are read, and what is loaded with them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) projection: Option<Document>,
    /// Relations that become fields of the document, for views.
    pub(crate) within: Vec<Plan>,
    /// Relations that stand beside the document, as the further members of a tuple.
    pub(crate) beside: Vec<Plan>,
}

impl Plan {
    pub(crate) fn new(local: String, collection: &str, foreign: String) -> Self {
        Self {
            key: String::new(),
            local,
            collection: collection.to_owned(),
            is_named: false,
            foreign,
            filter: Document::new(),
            sort: None,
            limit: None,
            unique: false,
            single: false,
            keyed: false,
            is_map: false,
            required: false,
            target: Node::default(),
        }
    }

    /// The keys of a document, in their order.
    pub(super) fn keys<'d>(&self, document: &'d [u8]) -> Result<Vec<RawValue<'d>>, DecodeError> {
        match self.is_map {
            false => keys_at(document, &self.local),
            true => Ok(self.entries(document)?.into_iter().map(|(_, key)| key).collect()),
        }
    }

    /// The entries of a document's map.
    pub(super) fn entries<'d>(
        &self,
        document: &'d [u8],
    ) -> Result<Vec<(&'d str, RawValue<'d>)>, DecodeError> {
        let mut all = Vec::new();
        for map in keys_at(document, &self.local)? {
            let mut entries = map.document()?;
            while let Some((name, key)) = entries.next_entry()? {
                if key.element_type() != ElementType::Null {
                    all.push((name, key));
                }
            }
        }
        Ok(all)
    }

    pub(super) fn refuse_if_keyed(&self, option: &str) -> Result<()> {
        match self.keyed {
            false => Ok(()),
            true => Err(Error::argument(format!(
                "the documents of `{}` stand under the keys of a map, which have no {option}",
                self.local
            ))),
        }
    }

    /// The order of the targets of each document, where the server decides it.
    pub(crate) fn order(&self) -> Option<Document> {
        self.sort.clone().or_else(|| self.is_cut().then(|| doc! { "_id": 1 }))
    }

    /// Whether the server has to cut the targets of each document.
    pub(crate) fn is_cut(&self) -> bool {
        self.limit.is_some() && !self.unique
    }

    /// The projection of the targets with what the loading itself needs.
    pub(crate) fn projection(&self) -> Result<Option<Document>> {
        self.target.projection_with(&["_id", &self.foreign])
    }
}

impl Node {
    pub(crate) fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.within.iter().chain(&self.beside)
    }

    /// Reads the targets from the collections around that of the documents, by the names that these have there.
    pub(crate) fn around(mut self, scope: &Scope) -> Self {
        if scope.has_declared_names() {
            return self;
        }
        for plan in self.within.iter_mut().chain(&mut self.beside) {
            if !plan.is_named {
                plan.collection = scope.neighbour(&plan.collection);
            }
            plan.target = std::mem::take(&mut plan.target).around(scope);
        }
        self
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.within.is_empty() && self.beside.is_empty()
    }

    /// Adds a relation whose documents stand beside.
    pub(crate) fn add(&mut self, mut plan: Plan) {
        plan.key = format!("__with{}", self.beside.len());
        self.beside.push(plan);
    }

    /// The projection with the keys that the relations go by.
    pub(crate) fn projection_with(&self, more: &[&str]) -> Result<Option<Document>> {
        let Some(mut projection) = self.projection.clone() else { return Ok(None) };
        let locals = self.plans().map(|plan| plan.local.as_str());
        for path in locals.chain(more.iter().copied()) {
            if !projection::keep(&mut projection, without_numbers(path)) {
                return Err(Error::argument(format!(
                    "a relation goes by `{path}`, which the selection leaves out, computes or reads in part: select it as \
                     it is"
                )));
            }
        }
        Ok(Some(projection))
    }

    /// Keeps what lookups add.
    pub(crate) fn keep_loaded(&self, projection: &mut Document) {
        let names_fields = projection.iter().any(|(key, form)| key != "_id" && *form != Bson::Int32(0));
        let only_id = projection.len() == 1 && projection.get("_id") == Some(&Bson::Int32(1));
        if names_fields || only_id {
            for plan in self.plans() {
                projection.insert(&plan.key, 1);
            }
        }
    }
}

/// A projection for a pipeline, which has other forms for parts of arrays.
pub(super) fn for_pipeline(projection: Document) -> Result<Document> {
    let is_part = |form: &Bson| {
        let form = form.as_document();
        form.is_some_and(|form| {
            form.contains_key("$elemMatch") || form.get("$slice").is_some_and(|it| !is_expr(it))
        })
    };
    match projection.iter().find(|(_, form)| is_part(form)) {
        None => Ok(projection),
        Some((key, _)) => Err(Error::argument(format!(
            "`{key}` is selected in part, by `slice` or `elem_match`, which a `$lookup` and a limit for each document \
             cannot do: select all of it, or drop `by_lookup` or the limit"
        ))),
    }
}

/// Whether it is the `$slice` of a pipeline, which names its array.
fn is_expr(slice: &Bson) -> bool {
    slice.as_array().is_some_and(|parts| parts.first().is_some_and(|first| first.as_i32().is_none()))
}

/// A projection knows no element by its number.
fn without_numbers(path: &str) -> &str {
    let mut end = 0;
    for segment in path.split('.') {
        if segment.parse::<u32>().is_ok() && end > 0 {
            return &path[..end - 1];
        }
        end += segment.len() + 1;
    }
    path
}
