//! The model that operations run on where the data has its shape, and untyped documents for the rest.

use odmium::{
    Collection, Filter, Update,
    bson::{Bson, Document, doc},
    codec::DecodeOwned,
    model::Record,
    prelude::*,
};

use crate::{
    args::Args,
    failure::Failure,
    schema::{Test, TestFile},
};

/// A type of documents that the operations of tests can be run with.
pub trait Shape: Record + DecodeOwned + Clone + Send + Sync {
    fn filter(filter: Document) -> Filter<Self>;
    fn update(update: Bson) -> Result<Update<Self>, Failure>;
    fn new(document: Document) -> Result<Self, Failure>;
    fn bson(self) -> Bson;
    fn id(id: Self::Id) -> Bson;
}

impl Shape for Document {
    fn filter(filter: Document) -> Filter<Self> {
        Filter::raw(filter)
    }

    fn update(update: Bson) -> Result<Update<Self>, Failure> {
        raw(update)
    }

    fn new(document: Document) -> Result<Self, Failure> {
        Ok(document)
    }

    fn bson(self) -> Bson {
        Bson::Document(self)
    }

    fn id(id: Bson) -> Bson {
        id
    }
}

/// An update in the server's form: changes, or a pipeline.
fn raw<D>(update: Bson) -> Result<Update<D>, Failure> {
    match update {
        Bson::Document(update) => Ok(Update::raw(update)),
        Bson::Array(stages) => {
            let stages = stages.into_iter().map(|stage| match stage {
                Bson::Document(stage) => Ok(stage),
                other => Err(Failure::Test(format!("{other} is no stage of a pipeline"))),
            });
            Ok(Update::raw_pipeline(stages.collect::<Result<Vec<_>, _>>()?))
        }
        other => Err(Failure::Test(format!("{other} is no update"))),
    }
}

/// The shape of most of the data.
#[derive(Clone, Debug, Document, PartialEq)]
#[document(collection = "x")]
pub struct X {
    id: i32,
    x: i32,
}

impl Shape for X {
    fn filter(filter: Document) -> Filter<Self> {
        Filter::raw(filter)
    }

    fn update(update: Bson) -> Result<Update<Self>, Failure> {
        raw(update)
    }

    fn new(document: Document) -> Result<Self, Failure> {
        let number = |key| document.get_i32(key).map_err(|error| Failure::Test(error.to_string()));
        Ok(Self { id: number("_id")?, x: number("x")? })
    }

    fn bson(self) -> Bson {
        Bson::Document(doc! { "_id": self.id, "x": self.x })
    }

    fn id(id: i32) -> Bson {
        Bson::Int32(id)
    }
}

/// Whether every document of a test has the shape of the model.
pub fn fits(_file: &TestFile, _test: &Test) -> bool {
    false
}

/// Whether an operation can run on the model.
pub fn takes(_name: &str, _args: &Args) -> bool {
    false
}

/// The same collection as one of the model.
pub fn modelled(collection: &Collection<Document>) -> Collection<X> {
    collection.database().collection_named(collection.name())
}
