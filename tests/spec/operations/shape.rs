//! The two types of documents that operations run with: untyped ones, and the model of [`typed`](super::typed).

use odmium::{
    Filter, Update,
    bson::{Bson, Document},
    codec::DecodeOwned,
    model::ReadWrite,
    sort::IntoSort,
};

use crate::{
    args::{FromArgument, RawSort},
    failure::Failure,
};

/// A type of documents that the operations of tests can be run with.
pub trait Shape: ReadWrite + DecodeOwned + Clone + Send + Sync {
    type Order: IntoSort<Self> + FromArgument + Send;

    fn filter(filter: Document) -> Filter<Self>;
    fn update(update: Bson) -> Result<Update<Self>, Failure>;
    fn new(document: Document) -> Result<Self, Failure>;
    fn bson(self) -> Bson;
    fn id(id: Self::Id) -> Bson;
}

impl Shape for Document {
    type Order = RawSort;

    fn filter(filter: Document) -> Filter<Self> {
        Filter::raw(filter)
    }

    fn update(update: Bson) -> Result<Update<Self>, Failure> {
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
