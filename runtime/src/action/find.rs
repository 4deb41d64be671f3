//! Finding documents.

use std::{marker::PhantomData, sync::Arc};

use mongodb::options::{CursorType, DistinctOptions, FindOptions};

use super::{
    Distinct, DistinctValue, action,
    options::setters,
    select::{Selection, selects, shows_storage},
};
use crate::{
    Collection, Cursor, Session,
    client::span,
    cursor::{Batch, Query, ReadRow, Whole},
    error::{Error, Result},
    filter::Filter,
    model::Record,
    path::{Field, Readable},
};

/// Finds documents; see [`Collection::find`].
///
/// Awaiting it gives all of them in a `Vec`. For one, end it with [`first`](Self::first) or [`one`](Self::one); for
/// more than fit in memory, with [`cursor`](Self::cursor).
///
/// `O` is what each document gives: the model, or what [`select`](Self::select) and its kin make of it.
///
/// # Errors
///
/// [Decode](Error::is_decode) when a document does not fit the model: the error names its `_id` and the field.
/// [Argument](Error::is_argument) when it is awaited for a `Vec` with a tailable [`cursor_type`](Self::cursor_type), whose
/// documents have no end.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Find<'a, D, O = D, R = Whole> {
    pub(super) collection: Collection<D>,
    pub(super) filter: Filter<D>,
    pub(super) options: FindOptions,
    pub(super) session: Option<&'a mut Session>,
    pub(super) selection: Selection<R>,
    pub(super) output: PhantomData<fn() -> O>,
}

impl<D: Record> Find<'_, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            options: FindOptions::default(),
            session: None,
            selection: Selection::everything(),
            output: PhantomData,
        }
    }
}

selects!(Find { collection filter options session });
shows_storage!(Find { collection filter options session });

impl<'a, D: Record, O: 'static, R: Clone + Send> Find<'a, D, O, R> {
    setters! {
        session sort skip batch_size hint collation max_time comment allow_disk_use allow_partial_results
        no_cursor_timeout cursor_type max_await_time min max let_vars
        read_concern selection_criteria
    }

    /// How many documents to give at most; 0 is no limit.
    pub fn limit(mut self, documents: u32) -> Self {
        self.options.limit = Some(documents.into());
        self
    }

    /// How many documents to give at most, all in one reply: the server keeps no cursor. What fits into no reply (16 MiB)
    /// is left out. This is the negative limit of the server's manual.
    pub fn single_batch(mut self, documents: u32) -> Self {
        self.options.limit = Some(-i64::from(documents));
        self
    }

    /// A cursor over the documents. A [`timeout`](Self::timeout) limits each fetch of a batch.
    ///
    /// # Errors
    ///
    /// When the server refuses the operation or cannot be reached.
    pub async fn cursor(self) -> Result<Cursor<'a, O, R>> {
        if self.collection.scope().is_plain() {
            return self.open().await;
        }
        let collection = self.collection.clone();
        let cursor = collection.scoped("Find", Box::pin(self.open())).await?;
        Ok(cursor.limited(collection.scope().limits()))
    }

    /// A cursor without limits: for what is under them as a whole.
    pub(super) async fn open(self) -> Result<Cursor<'a, O, R>> {
        let (query, session, read) = self.into_query()?;
        Cursor::open(query, session, read).await
    }

    /// A cursor that is read once and at once.
    async fn rows(self) -> Result<Cursor<'a, O, R>> {
        let (query, session, read) = self.into_query()?;
        Cursor::open_once(query, session, read).await
    }

    fn into_query(self) -> Result<(Query, Option<&'a mut Session>, R)> {
        let (projection, read) = self.selection.into_parts()?;
        let mut options = self.options;
        options.projection = projection;
        let (collection, filter) = (self.collection.inner().clone(), self.filter.into_query()?);
        let lender = Some(Arc::clone(self.collection.scope().state()));
        Ok((Query { collection, filter, options, lender }, self.session, read))
    }

    /// The first document in the order of [`sort`](Self::sort), or `None`.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn first(self) -> Result<Option<O>>
    where
        O: Send,
        R: ReadRow<O>,
    {
        if self.collection.scope().is_plain() {
            return self.first_row().await;
        }
        let collection = self.collection.clone();
        collection.scoped("Find", Box::pin(self.first_row())).await
    }

    /// The same for an action that is under the limits as a whole.
    pub(super) async fn first_row(mut self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        // A negative limit closes the cursor with the first reply.
        self.options.limit = Some(-1);
        let collection = self.collection.clone();
        let (query, session, read) = self.into_query()?;
        match query.only_reply(collection.scope(), session).await? {
            Some(reply) => Batch::new(reply, read)?.owned().next().transpose(),
            None => Ok(None),
        }
    }

    /// The only document that matches.
    ///
    /// # Errors
    ///
    /// As the whole action, and [argument](Error::is_argument) when no document or more than one matches.
    pub async fn one(mut self) -> Result<O>
    where
        R: ReadRow<O>,
    {
        self.options.limit = Some(-2);
        let name = self.collection.name().to_owned();
        let mut found = self.cursor().await?.collect().await?;
        match (found.len(), found.pop()) {
            (1, Some(only)) => Ok(only),
            (0, _) => Err(Error::argument(format!(
                "no document of `{name}` matches, and `one` needs one: use `first`"
            ))),
            _ => Err(Error::argument(format!(
                "several documents of `{name}` match, and `one` needs exactly one"
            ))),
        }
    }

    /// Only documents for which JavaScript code on the server is true: an expression or a function, `this` being the
    /// document. Short for a filter with [`Filter::where_js`], whose limits it has.
    pub fn where_js(mut self, code: impl Into<String>) -> Self {
        self.filter &= Filter::where_js(code);
        self
    }

    /// The different values of a field among the documents that match, as [`Collection::distinct`]. Sort order, `skip` and
    /// `limit` do not matter to it.
    pub fn distinct<T: DistinctValue, P: Readable>(self, field: Field<D, T, P>) -> Distinct<'a, D, T::Value> {
        let FindOptions { hint, collation, max_time, comment, read_concern, selection_criteria, .. } =
            self.options;
        let options = DistinctOptions::builder()
            .hint(hint)
            .collation(collation)
            .max_time(max_time)
            .comment(comment)
            .read_concern(read_concern)
            .selection_criteria(selection_criteria);
        self.collection.distinct(field, self.filter).with(options.build(), self.session)
    }

    async fn run(self) -> Result<Vec<O>>
    where
        R: ReadRow<O>,
    {
        has_an_end(&self.options)?;
        let found = self.rows().await?.collect().await?;
        span::documents(found.len());
        Ok(found)
    }
}

/// All documents of a tailable cursor are never there: awaiting them would not end.
pub(super) fn has_an_end(options: &FindOptions) -> Result<()> {
    match options.cursor_type {
        Some(CursorType::Tailable | CursorType::TailableAwait) => Err(Error::argument(
            "a tailable cursor has no last document: end the find by `cursor()` and read them one by one",
        )),
        _ => Ok(()),
    }
}

action!(Find<D, O, R> where [D: Record, O: Send + 'static, R: ReadRow<O>] => Vec<O>);
