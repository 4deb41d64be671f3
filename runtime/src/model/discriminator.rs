//! Models that share a collection: what tells them apart, and where it goes.
//!
//! This is its one home: filters, changes, documents and pipelines pass through it on their way to the server. A model
//! with a collection of its own has none, which the compiler knows, so that nothing is left of it there.

mod guard;

use std::borrow::Cow;

use mongodb::{
    bson::{Bson, Document, RawDocumentBuf, doc},
    options::UpdateModifications,
};

pub(crate) use self::guard::guarded;
use super::Record;
use crate::{
    codec::{DocumentWriter, EncodeDocument, EncodeError, encode_to_raw},
    error::{Error, Result},
    filter::Filter,
    path::is_within,
    update::Update,
};

/// What tells the documents of a model apart in a collection of several models: a key, and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discriminator {
    /// The key, such as `kind`.
    pub key: &'static str,
    /// What is stored there, such as `click`.
    pub text: &'static str,
}

/// A document as it is stored: with what tells it apart.
pub(crate) struct Whole<'a, D>(pub(crate) &'a D);

impl<D: Record> EncodeDocument for Whole<'_, D> {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        // First comes `_id`, which the server wants there.
        self.0.encode_fields(document);
        if let Some(own) = D::DISCRIMINATOR {
            document.field(own.key, own.text);
        }
    }
}

/// A document that takes the place of another one.
pub(crate) fn encode_whole<D: Record>(document: &D) -> Result<RawDocumentBuf, EncodeError> {
    encode_to_raw(&Whole(document))
}

impl<D: Record> Filter<D> {
    /// What an operation sends: the filter, about documents of this model only.
    #[inline]
    pub(crate) fn into_query(self) -> Result<Document> {
        match D::DISCRIMINATOR {
            None => self.into_document(),
            Some(own) => (own.filter() & self).into_document(),
        }
    }
}

impl<D: Record> Update<D> {
    /// What an operation sends: the changes, which leave the document one of this model.
    #[inline]
    pub(crate) fn into_changes(
        self,
        array_filters: &mut Option<Vec<Document>>,
    ) -> Result<UpdateModifications> {
        let changes = self.into_modifications(array_filters)?;
        match D::DISCRIMINATOR {
            None => Ok(changes),
            Some(own) => own.keep(changes),
        }
    }
}

impl Discriminator {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(key: &'static str, text: &'static str) -> Self {
        Self { key, text }
    }

    /// The documents of the model.
    fn filter<D>(self) -> Filter<D> {
        Filter::test(self.key.into(), "$eq", Ok(self.text.into()))
    }

    /// The condition in the server's form.
    #[must_use]
    pub fn to_document(self) -> Document {
        let mut document = Document::new();
        document.insert(self.key, self.text);
        document
    }

    /// The stage that writes what tells the model apart.
    pub(crate) fn set(self) -> Document {
        doc! { "$set": { self.key: self.literal() } }
    }

    /// The text in an expression, where one with a `$` would be a path.
    fn literal(self) -> Bson {
        match self.text.starts_with('$') {
            false => self.text.into(),
            true => doc! { "$literal": self.text }.into(),
        }
    }

    /// Both conditions.
    pub(crate) fn and(self, other: Document) -> Result<Document, EncodeError> {
        (self.filter::<()>() & Filter::raw(other)).render()
    }

    /// Whether an index is of this model's documents only, as the server lists it.
    pub(crate) fn owns(self, index: &Document) -> bool {
        let partial = index.get_document("partialFilterExpression");
        partial.is_ok_and(|filter| self.is_in(filter))
    }

    fn is_in(self, filter: &Document) -> bool {
        let all = filter.get_array("$and").into_iter().flatten();
        filter.get_str(self.key).is_ok_and(|text| text == self.text)
            || all.filter_map(Bson::as_document).any(|filter| self.is_in(filter))
    }

    /// The events of a change stream without those that show a document of another model. An event that carries no document
    /// does not tell, and stays.
    pub(crate) fn events(self) -> Document {
        let is_own = |image: &str| {
            let own = doc! { format!("{image}.{}", self.key): self.text };
            doc! { "$or": [own, { image: Bson::Null }] }
        };
        doc! { "$match": { "$and": [is_own("fullDocument"), is_own("fullDocumentBeforeChange")] } }
    }

    /// Refuses a change to the model of another document; a pipeline may compute anything, and ends by writing the key.
    fn keep(self, changes: UpdateModifications) -> Result<UpdateModifications> {
        match changes {
            UpdateModifications::Document(changes) => {
                let is_key = |path: &str| is_within(path, self.key);
                let mut written = changes.iter().filter_map(|(op, paths)| Some((op, paths.as_document()?)));
                let writes_key = written.any(|(op, paths)| {
                    let renames = |to: &Bson| op == "$rename" && to.as_str().is_some_and(is_key);
                    paths.iter().any(|(path, value)| is_key(path) || renames(value))
                });
                match writes_key {
                    true => Err(Error::argument(format!(
                        "`{}` tells the models of this collection apart, and a `{}` stays one: change it through the \
                         collection of the enum",
                        self.key, self.text
                    ))),
                    false => Ok(changes.into()),
                }
            }
            UpdateModifications::Pipeline(mut stages) => {
                stages.push(self.set());
                Ok(stages.into())
            }
            _ => Err(Error::argument(
                "an update of this form cannot be sent to a collection of several models",
            )),
        }
    }

    /// A pipeline over documents of this model only. Stages that have to be first stay so.
    pub(crate) fn begin(self, mut stages: Vec<Document>) -> Result<Vec<Document>, EncodeError> {
        let only = || doc! { "$match": self.to_document() };
        let first = stages.first().and_then(|stage| stage.keys().next()).cloned();
        match first.as_deref() {
            // A text search has to be in the first one.
            Some("$match") => self.join(&mut stages, "$match", |stage| Some(stage))?,
            Some("$geoNear") => self.join(&mut stages, "$geoNear", |stage| {
                if !stage.contains_key("query") {
                    stage.insert("query", Document::new());
                }
                stage.get_document_mut("query").ok()
            })?,
            Some("$search" | "$vectorSearch") => stages.insert(1, only()),
            Some("$searchMeta") => {
                return Err(EncodeError::argument(
                    "`$searchMeta` counts the documents of every model in the collection: add a clause on the key that \
                     tells them apart, and run it on the collection of the enum",
                ));
            }
            // About the collection, not its documents.
            Some("$collStats" | "$indexStats" | "$planCacheStats") => {}
            _ => stages.insert(0, only()),
        }
        Ok(stages)
    }

    /// Joins the condition to one in the first stage.
    fn join(
        self,
        stages: &mut [Document],
        name: &str,
        find: impl FnOnce(&mut Document) -> Option<&mut Document>,
    ) -> Result<(), EncodeError> {
        let condition = stages.first_mut().and_then(|stage| stage.get_document_mut(name).ok()).and_then(find);
        // A raw stage that is none is for the server to refuse.
        if let Some(condition) = condition {
            *condition = self.and(std::mem::take(condition))?;
        }
        Ok(())
    }
}

/// A pipeline over the documents of a model, for stages that run one on another collection.
pub(crate) fn begin<D: Record>(stages: Vec<Document>) -> Result<Vec<Document>, EncodeError> {
    match D::DISCRIMINATOR {
        None => Ok(stages),
        Some(own) => own.begin(stages),
    }
}

/// The condition on the documents of a model, in the server's form; empty where it has a collection of its own.
pub(crate) fn only<D: Record>() -> Document {
    D::DISCRIMINATOR.map(Discriminator::to_document).unwrap_or_default()
}

/// Refuses an operation on a collection as a whole by one of its models.
pub(crate) fn refuse<D: Record>(operation: &str, instead: impl Into<Cow<'static, str>>) -> Result<()> {
    match D::DISCRIMINATOR {
        None => Ok(()),
        Some(own) => Err(Error::argument(format!(
            "{operation} is about every model of the collection, and this one holds those of `{}` \"{}\" only: {}",
            own.key,
            own.text,
            instead.into()
        ))),
    }
}
