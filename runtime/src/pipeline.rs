//! Typed aggregation: after each stage the type of the documents is known, and the next stage is checked against it.
//!
//! ```no_run
//! use odmium::prelude::*;
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, age: i32, address: Address }
//!
//! #[derive(Embedded)]
//! struct Address { city: String }
//!
//! #[derive(Embedded)]
//! #[document(group)]
//! struct CityStats {
//!     #[field(id)]
//!     city: String,
//!     users: i64,
//!     avg_age: Option<f64>,
//! }
//!
//! # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
//! let top: Vec<CityStats> = users
//!     .aggregate()
//!     .group_by(User.address.city, |g| CityStatsGroup { users: g.count(), avg_age: g.avg(User.age) })
//!     .filter(CityStats.users.gte(100))
//!     .sort(CityStats.users.desc())
//!     .limit(10)
//!     .await?;
//! # drop(top);
//! # Ok(()) }
//! ```
//!
//! A [`Pipeline<Source, Out>`](Pipeline) is a value: it is built without a server, cloned, put into
//! [`facet`](Pipeline::facet), [`lookup_pipeline`](Pipeline::lookup_pipeline) and [`union_with`](Pipeline::union_with).
//! The guide has a page on it, `aggregation`, with a table of every stage and accumulator.

mod accumulator;
mod basic;
mod bucket;
mod facet;
mod generate;
mod graph;
mod group;
mod input;
mod join;
mod lookup;
mod merge;
mod output;
mod place;
mod project;
mod row;
mod shape;
mod unwind;
mod window;

use std::{fmt, marker::PhantomData};

use mongodb::bson::{Bson, Document};

use crate::error::{EncodeError, Result};

pub(crate) use self::place::settle;
pub use self::{
    accumulator::{Acc, Group},
    basic::Visibility,
    bucket::Granularity,
    facet::Facets,
    generate::{Densify, Fill, GeoNear},
    graph::GraphLookup,
    group::GroupShape,
    input::{Input, Varies},
    join::JoinKey,
    lookup::Outer,
    merge::{Merge, WhenMatched, WhenNotMatched},
    output::{Writing, Written},
    project::{AddedFields, ProjectShape},
    row::{Append, Row},
    window::{Bound, Bounded, IntoBound, Window, WindowShape},
};
#[doc(hidden)]
pub use self::{
    group::{Accepts, KeyOf, NoKey, Summary},
    shape::{Accumulated, Extends, NoBase, Part, Parts, Shaped},
};

/// The source of a pipeline that reads no collection: `$documents`, `$currentOp`.
#[derive(Clone, Copy, Debug)]
pub enum NoCollection {}

/// Stages that make documents of type `O` of those of type `S`.
///
/// `A` is `()` for a value, and [`Run`](crate::action::Run) for one that is awaited
/// (see [`Collection::aggregate`](crate::Collection::aggregate)); the stages are the same.
#[must_use = "a pipeline does nothing until it runs: one of a collection is awaited, another is given to what takes it"]
pub struct Pipeline<S, O = S, A = ()> {
    stages: Result<Vec<Document>, EncodeError>,
    pub(crate) attached: A,
    types: PhantomData<fn(S) -> O>,
}

impl<S> Pipeline<S> {
    /// No stage yet: the documents of type `S` as they are.
    pub fn new() -> Self {
        Self::attached(())
    }
}

impl<S> Default for Pipeline<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, A> Pipeline<S, S, A> {
    pub(crate) fn attached(attached: A) -> Self {
        Self { stages: Ok(Vec::new()), attached, types: PhantomData }
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Adds the stages of another pipeline, which goes on with these documents.
    pub fn then<U>(self, next: Pipeline<O, U>) -> Pipeline<S, U, A> {
        self.add(|| next.stages)
    }

    /// Gives the paths of the documents as they are now to a function: for tuples, which have no paths of their own.
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, city: String, age: i32 }
    /// let cities = Pipeline::<User>::new()
    ///     .group_by(User.city, |g| (g.count(), g.avg(User.age)))
    ///     .with_fields(|cities, (city, users, _)| cities.filter(users.gte(2)).sort((users.desc(), city.asc())));
    /// # cities.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn with_fields<R>(self, stages: impl FnOnce(Self, O::Fields) -> R) -> R
    where
        O: Row,
    {
        stages(self, O::fields())
    }

    /// Keeps the names of collections that the models declare, in the stages so far: for what is outside of the
    /// [`Place`](crate::schema::Place) in which the pipeline runs, such as a collection that all tenants share. Stages without
    /// it read and write the collections beside the one that the pipeline runs on.
    pub fn with_declared_names(mut self) -> Self {
        if let Ok(stages) = &mut self.stages {
            settle(stages, &str::to_owned);
        }
        self
    }

    /// A stage in the server's own form, for what has no typed one. The type of its output is taken on trust.
    ///
    /// It is sent as it is. Never build it from what a user sends: that would let them write operators.
    pub fn raw_stage<U>(self, stage: Document) -> Pipeline<S, U, A> {
        self.raw_stages([stage])
    }

    /// Several such stages.
    pub fn raw_stages<U>(self, stages: impl IntoIterator<Item = Document>) -> Pipeline<S, U, A> {
        self.add(|| Ok(stages.into_iter().collect()))
    }

    /// The stages that are sent, with the names of collections as their models declare them: a pipeline that runs on a
    /// collection of a [`Place`](crate::schema::Place) or of a [`Schema`](crate::schema::Schema) has those of its
    /// neighbours.
    ///
    /// # Errors
    ///
    /// When a value cannot be written as BSON, or an argument makes no sense to the server.
    pub fn to_stages(&self) -> Result<Vec<Document>> {
        let mut stages = self.stages.clone()?;
        settle(&mut stages, &str::to_owned);
        Ok(stages)
    }

    /// Adds stages; a mistake made before is kept.
    fn add<U>(self, stages: impl FnOnce() -> Result<Vec<Document>, EncodeError>) -> Pipeline<S, U, A> {
        let stages = self.stages.and_then(|mut all| {
            all.append(&mut stages()?);
            Ok(all)
        });
        Pipeline { stages, attached: self.attached, types: PhantomData }
    }

    /// Adds `{name: value}`.
    fn stage<U>(self, name: &str, value: Result<impl Into<Bson>, EncodeError>) -> Pipeline<S, U, A> {
        self.add(|| {
            let mut stage = Document::new();
            stage.insert(name, value?);
            Ok(vec![stage])
        })
    }

    /// The stages, whose names of collections are to be [settled](settle), and what is attached.
    pub(crate) fn into_parts(self) -> (Result<Vec<Document>>, A) {
        (self.stages.map_err(Into::into), self.attached)
    }

    /// The stages, whose names of collections are to be [settled](settle).
    pub(crate) fn render(self) -> Result<Vec<Document>, EncodeError> {
        self.stages
    }
}

impl<S, O, A: Clone> Clone for Pipeline<S, O, A> {
    fn clone(&self) -> Self {
        Self { stages: self.stages.clone(), attached: self.attached.clone(), types: PhantomData }
    }
}

impl<S, O, A> fmt::Debug for Pipeline<S, O, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to_stages() {
            Ok(stages) => f.debug_tuple("Pipeline").field(stages).finish(),
            Err(error) => write!(f, "Pipeline({error})"),
        }
    }
}
