//! Finding documents with their relations.

use std::marker::PhantomData;

use mongodb::options::FindOptions;

use super::{RelatedCursor, begins_with, goes_on_with, run::Loading};
use crate::{
    Collection, Session,
    action::{Find, FindOne, Get, action, find::has_an_end, options::setters, select::Selection},
    client::span,
    codec::DecodeOwned,
    cursor::{ReadRow, Whole},
    error::Result,
    filter::Filter,
    model::Record,
    projection::Projection,
    relation::{Beside, Loads, Node},
};

/// An action without relations yet.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "what is found and read is said before the first `with`",
    label = "too late for this",
    note = "`posts.find(filter).select_as::<Card>().with(Post.author)`",
    note = "of the documents that are loaded: `with(Post.author.relation().filter(..).select_as::<Card>())`"
)]
pub trait Early {}

macro_rules! late {
    ($($method:ident($argument:ident))*) => {$(
        #[doc(hidden)]
        pub fn $method<$argument>(self, _: $argument) -> Self
        where
            Self: Early,
        {
            unreachable!("relations are there")
        }
    )*};
}

macro_rules! actions {
    ($($(#[$text:meta])* $name:ident)*) => {$(
        $(#[$text])*
        ///
        /// # Errors
        ///
        /// As [`Find`]; [decode](crate::Error::is_decode) errors of related documents name their own `_id`. [Missing
        /// reference](crate::Error::is_missing_reference) when a required document is not there.
        #[must_use = "nothing is sent before the action is awaited"]
        pub struct $name<'a, D, O, R, L> {
            collection: Collection<D>,
            filter: Filter<D>,
            options: FindOptions,
            session: Option<&'a mut Session>,
            selection: Selection<R>,
            output: PhantomData<fn() -> O>,
            node: Result<Node>,
            by_lookup: bool,
            relations: PhantomData<fn() -> L>,
        }

        goes_on_with!($name { collection filter options session selection output by_lookup });

        /// For the compiler's message.
        impl<D, O, R, L> $name<'_, D, O, R, L> {
            late!(filter(A) select(A));

            #[doc(hidden)]
            pub fn select_as<V>(self) -> Self
            where
                Self: Early,
            {
                unreachable!("relations are there")
            }
        }

        impl<'a, D: Record, O, R, L> $name<'a, D, O, R, L> {
            /// Reads everything by one command: a pipeline with a `$lookup` for each relation, in place of one command for
            /// each. It gives the same.
            ///
            /// One command sees one state of the data, and saves round trips; batches read a document that many refer to
            /// once, and spare the server the joins. With a collation, the keys of `$lookup` are compared by it too.
            /// A relation with a filter, an order, a limit or a selection needs MongoDB 5.0, and so does one to a model that shares
            /// its collection with others.
            pub fn by_lookup(mut self) -> Self {
                self.by_lookup = true;
                self
            }

            fn loading(self) -> Result<(Loading<'a>, R)> {
                let Self { collection, filter, options, session, selection, node, by_lookup, .. } = self;
                let (projection, read) = selection.into_parts()?;
                let filter = match by_lookup {
                    true => filter.without_near("a pipeline")?,
                    false => filter.into_query()?,
                };
                let node = Node { projection, ..node?.around(collection.scope()) };
                let collection = collection.inner().clone();
                Ok((Loading { collection, filter, options, session, node, by_lookup }, read))
            }

            async fn all(self) -> Result<Vec<L::Output>>
            where
                O: Send + 'static,
                R: ReadRow<O>,
                L: Beside<D, O>,
            {
                has_an_end(&self.options)?;
                let (loading, read) = self.loading()?;
                let rows = loading.rows().await?;
                span::documents(rows.len());
                rows.iter().map(|row| Ok(L::read_row(&read, row)?)).collect()
            }
        }
    )*};
}

actions! {
    /// Finds documents and loads their relations; see [`Find::with`]. Awaiting it gives a `Vec` of tuples.
    FindWith
    /// Finds one document and loads its relations; see [`FindOne::with`] and [`Get::with`].
    FindOneWith
}

impl<'a, D: Record, O: Send + 'static, R: ReadRow<O>, L: Beside<D, O>> FindWith<'a, D, O, R, L> {
    setters! {
        session sort skip batch_size hint collation max_time comment allow_disk_use allow_partial_results
        no_cursor_timeout min max let_vars read_concern selection_criteria
    }

    /// How many documents to give at most; 0 is no limit.
    pub fn limit(mut self, documents: u32) -> Self {
        self.options.limit = Some(documents.into());
        self
    }

    /// The first document in the order of [`sort`](Self::sort), or `None`.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn first(mut self) -> Result<Option<L::Output>> {
        self.options.limit = Some(-1);
        Ok(self.await?.pop())
    }

    /// A cursor: relations are loaded for one batch of documents at a time, in the same session.
    ///
    /// A [`timeout`](Self::timeout) limits each batch with its relations.
    ///
    /// # Errors
    ///
    /// When the server refuses the operation or cannot be reached.
    pub async fn cursor(self) -> Result<RelatedCursor<'a, L::Output>> {
        let (collection, by_lookup) = (self.collection.clone(), self.by_lookup);
        let (loading, read) = self.loading()?;
        let opened = collection.scoped("Find", Box::pin(loading.cursor())).await?;
        Ok(RelatedCursor::new::<D, O, R, L>(collection, opened, read, by_lookup))
    }

    async fn run(self) -> Result<Vec<L::Output>> {
        self.all().await
    }
}

impl<'a, D: Record, O: Send + 'static, R: ReadRow<O>, L: Beside<D, O>> FindOneWith<'a, D, O, R, L> {
    setters! {
        session sort skip hint collation max_time comment allow_disk_use allow_partial_results min max let_vars
        read_concern selection_criteria
    }

    async fn run(mut self) -> Result<Option<L::Output>> {
        self.options.limit = Some(-1);
        Ok(self.all().await?.pop())
    }
}

action!(FindWith<D, O, R, L> where [D: Record, O: Send + 'static, R: ReadRow<O>, L: Beside<D, O>] => Vec<L::Output>);
action!(FindOneWith<D, O, R, L> where [D: Record, O: Send + 'static, R: ReadRow<O>, L: Beside<D, O>] => Option<L::Output>);

begins_with!(Find => FindWith);
begins_with!(FindOne => FindOneWith);
begins_with!(Get => FindOneWith);

macro_rules! related {
    ($action:ident => $with:ident) => {
        impl<'a, D: Record, O, R> $action<'a, D, O, R> {
            fn related(self) -> $with<'a, D, O, R, ()> {
                let Self { collection, filter, options, session, selection, output } = self;
                let (node, relations) = (Ok(Node::default()), PhantomData);
                $with { collection, filter, options, session, selection, output, node, by_lookup: false, relations }
            }
        }

        loads!($action => $with);
    };
}

macro_rules! loads {
    ($action:ident => $with:ident) => {
        impl<'a, D: Record> $action<'a, D> {
            /// Reads a [view](crate::View) with relations: `#[field(with = Post.author)]` on a field of it. The documents that
            /// they lead to are loaded as by [`with`](Self::with).
            pub fn load_as<V: Loads<D> + DecodeOwned + Send + 'static>(self) -> $with<'a, D, V, Whole, ()> {
                let mut projection = Projection::default();
                V::load(&mut projection);
                let (projection, node) = match projection.into_node() {
                    Ok(mut node) => (Ok(node.projection.take()), Ok(node)),
                    Err(error) => (Ok(None), Err(error)),
                };
                let $with { collection, filter, options, session, by_lookup, .. } = self.related();
                let selection = Selection::with_projection(projection);
                $with {
                    collection,
                    filter,
                    options,
                    session,
                    selection,
                    by_lookup,
                    node,
                    output: PhantomData,
                    relations: PhantomData,
                }
            }
        }
    };
}

related!(Find => FindWith);
related!(FindOne => FindOneWith);
loads!(Get => FindOneWith);

impl<'a, D: Record, O, R> Get<'a, D, O, R> {
    fn related(self) -> FindOneWith<'a, D, O, R, ()> {
        let Find { collection, filter, options, session, selection, output } = self.find;
        FindOne { collection, filter, options, session, selection, output }.related()
    }
}
