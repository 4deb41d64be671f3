//! The names of the collections that stages read and write.
//!
//! A stage knows what the model of a collection declares. What the collection is called is known where the pipeline runs: a
//! tenant's have a prefix, and a struct of collections may have names of its own for them.

use mongodb::bson::{Bson, Document};

/// The name that a model declares, to be replaced by [`settle`]. No stage has a symbol in its place otherwise.
pub(super) fn declared(name: &str) -> Bson {
    Bson::Symbol(name.to_owned())
}

/// Gives the declared names in stages, and in the pipelines within them, the names that the collections have.
pub(crate) fn settle(stages: &mut [Document], name: &impl Fn(&str) -> String) {
    stages.iter_mut().for_each(|stage| settle_one(stage, name));
}

fn settle_one(stage: &mut Document, name: &impl Fn(&str) -> String) {
    for (stage, value) in stage.iter_mut() {
        match (&**stage, value) {
            ("$lookup" | "$graphLookup" | "$unionWith" | "$merge", Bson::Document(options)) => {
                for (option, value) in options.iter_mut() {
                    match &**option {
                        "from" | "coll" | "into" => settle_name(value, name),
                        "pipeline" => settle_nested(value, name),
                        _ => {}
                    }
                }
            }
            ("$out", collection) => settle_name(collection, name),
            ("$facet", Bson::Document(facets)) => {
                facets.iter_mut().for_each(|(_, stages)| settle_nested(stages, name));
            }
            _ => {}
        }
    }
}

fn settle_name(place: &mut Bson, name: &impl Fn(&str) -> String) {
    if let Bson::Symbol(declared) = place {
        *place = Bson::String(name(declared));
    }
}

fn settle_nested(stages: &mut Bson, name: &impl Fn(&str) -> String) {
    if let Bson::Array(stages) = stages {
        for stage in stages {
            if let Bson::Document(stage) = stage {
                settle_one(stage, name);
            }
        }
    }
}
