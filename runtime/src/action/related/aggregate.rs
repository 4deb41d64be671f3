//! What a pipeline gives, with relations.

use std::{fmt, future::IntoFuture, marker::PhantomData};

use futures_util::future::BoxFuture;
use mongodb::bson::Document;

use super::run::of_batches;
use crate::{
    Cursor,
    action::Run,
    cursor::{ReadRow, Whole},
    error::Result,
    pipeline::Pipeline,
    relation::{Beside, Context, IntoRelation, IntoReverse, Node, Push, Reads, Related},
};

/// Runs a pipeline and loads relations of the documents that it gives; see [`Pipeline::with`].
///
/// # Errors
///
/// As [`Aggregate`](super::super::Aggregate) and [`FindWith`](super::FindWith).
#[must_use = "nothing is sent before the action is awaited"]
pub struct AggregateWith<'a, S, O, L> {
    pipeline: Pipeline<S, O, Run<'a>>,
    node: Result<Node>,
    relations: PhantomData<fn() -> L>,
}

impl<'a, S, O: 'static> Pipeline<S, O, Run<'a>> {
    /// Loads what a reference leads to beside each document of the output, by one command for each relation as
    /// [`Find::with`](super::super::Find::with). Further stages and options come before it.
    ///
    /// For a join within the pipeline, see [`lookup`](Pipeline::lookup).
    pub fn with<N: IntoRelation<O>>(self, relation: N) -> AggregateWith<'a, S, O, (N::Relation,)> {
        let node = Ok(Node::default());
        AggregateWith { pipeline: self, node, relations: PhantomData::<fn()> }.and(relation.into_relation())
    }

    /// Loads the documents of another model that refer to each document of the output.
    pub fn with_many<N: IntoReverse<O>>(self, reference: N) -> AggregateWith<'a, S, O, (N::Relation,)> {
        let node = Ok(Node::default());
        AggregateWith { pipeline: self, node, relations: PhantomData::<fn()> }.and(reference.into_reverse())
    }
}

impl<'a, S, O: 'static, L> AggregateWith<'a, S, O, L> {
    fn and<N: Related<O>>(self, relation: N) -> AggregateWith<'a, S, O, <L as Push<N>>::Out>
    where
        L: Push<N>,
    {
        let node = Node::with(self.node, relation);
        AggregateWith { pipeline: self.pipeline, node, relations: PhantomData }
    }

    /// Loads one more relation.
    pub fn with<N: IntoRelation<O>>(
        self,
        relation: N,
    ) -> AggregateWith<'a, S, O, <L as Push<N::Relation>>::Out>
    where
        L: Push<N::Relation>,
    {
        self.and(relation.into_relation())
    }

    /// Loads the documents that refer to each document as well.
    pub fn with_many<N: IntoReverse<O>>(
        self,
        reference: N,
    ) -> AggregateWith<'a, S, O, <L as Push<N::Relation>>::Out>
    where
        L: Push<N::Relation>,
    {
        self.and(reference.into_reverse())
    }
}

impl<'a, S, O, L> IntoFuture for AggregateWith<'a, S, O, L>
where
    S: 'static,
    O: Send + 'static,
    L: Beside<O, O>,
    Whole: ReadRow<O>,
{
    type Output = Result<Vec<L::Output>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { pipeline, node, .. } = self;
        Box::pin(async move {
            let (stages, Run { target, options, mut session, .. }) = pipeline.into_run();
            let reads = Reads::from(&options);
            let work = {
                let target = target.clone();
                async move {
                    let (node, stages) = (node?.around(target.scope()), stages?);
                    let mut batches = Vec::new();
                    let source = target.clone().open(stages, options, session.as_deref_mut()).await?;
                    let mut cursor = Cursor::<Document>::new(source, Whole);
                    while let Some(batch) = cursor.next_batch().await? {
                        batches.push(batch);
                    }
                    drop(cursor);
                    let mut context = Context { collection: target.base(), session, reads };
                    let rows = of_batches(&batches, &node, false, &mut context).await?;
                    rows.iter().map(|row| Ok(L::read_row(&Whole, row)?)).collect()
                }
            };
            target.scoped("Aggregate", Box::pin(work)).await
        })
    }
}

impl<S, O, L> fmt::Debug for AggregateWith<'_, S, O, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AggregateWith").finish_non_exhaustive()
    }
}
