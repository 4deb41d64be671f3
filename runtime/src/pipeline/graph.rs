//! `$graphLookup`.

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document, doc};

use super::{Append, Input, JoinKey, Pipeline, place::declared, row::Slots};
use crate::{
    error::EncodeError,
    filter::Filter,
    model,
    path::{Field, Readable, usable},
};

impl<S, O, A> Pipeline<S, O, A> {
    /// Follows a key from document to document of a collection (`$graphLookup`): all that were reached, in no order.
    pub fn graph_lookup<F, T, K, I, R>(self, start: I, graph: GraphLookup<F, K>) -> Pipeline<S, R, A>
    where
        F: model::Document,
        I: Input<O, Type = T>,
        T: JoinKey<K>,
        O: Append<Vec<F>, Output = R>,
    {
        self.add(|| {
            let mut slots = Slots::of::<O, Vec<F>>();
            let mut stage =
                doc! { "from": declared(F::COLLECTION), "startWith": start.into_input().render()? };
            stage.extend(graph.options?);
            if let Some(own) = F::DISCRIMINATOR {
                let filter = match stage.remove("restrictSearchWithMatch") {
                    Some(Bson::Document(filter)) => filter,
                    _ => Document::new(),
                };
                stage.insert("restrictSearchWithMatch", own.and(filter)?);
            }
            stage.insert("as", slots.next());
            Ok([vec![doc! { "$graphLookup": stage }], slots.finish()].concat())
        })
    }
}

/// How [`graph_lookup`](Pipeline::graph_lookup) goes from document to document of type `F`.
#[derive(Debug)]
#[must_use = "it does nothing until `graph_lookup` takes it"]
pub struct GraphLookup<F, K> {
    options: Result<Document, EncodeError>,
    types: PhantomData<fn() -> (F, K)>,
}

impl<F, K> GraphLookup<F, K> {
    /// From the field `from` to the documents whose field `to` equals it.
    pub fn new<T: JoinKey<K>, P: Readable, Q: Readable>(from: Field<F, T, P>, to: Field<F, K, Q>) -> Self {
        let options = || {
            let (from, to) = (usable(from.name())?, usable(to.name())?);
            Ok(doc! { "connectFromField": &*from, "connectToField": &*to })
        };
        Self { options: options(), types: PhantomData }
    }

    /// How many steps at most; 0 is those that are found from the start.
    pub fn max_depth(self, steps: u32) -> Self {
        self.with(|options| _ = options.insert("maxDepth", i64::from(steps)))
    }

    /// Writes the number of steps into a field of each document that was found.
    pub fn depth_field<P: Readable>(self, field: Field<F, Option<i64>, P>) -> Self {
        match usable(field.name()) {
            Ok(name) => self.with(|options| _ = options.insert("depthField", &*name)),
            Err(error) => Self { options: Err(error), ..self },
        }
    }

    /// Goes only over documents that match.
    pub fn filter(self, filter: Filter<F>) -> Self {
        match filter.render() {
            Ok(filter) => self.with(|options| _ = options.insert("restrictSearchWithMatch", filter)),
            Err(error) => Self { options: Err(error), ..self },
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Document)) -> Self {
        if let Ok(options) = &mut self.options {
            change(options);
        }
        self
    }
}
