//! Finding documents.

use std::marker::PhantomData;

use mongodb::options::FindOptions;

use super::{
    action,
    options::setters,
    select::{Selection, selects},
};
use crate::{
    Collection, Cursor, Session,
    client::span,
    cursor::{ReadRow, Source, Whole},
    error::{Error, Result},
    filter::Filter,
    model::Record,
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

impl<'a, D: Record, O: 'static, R: Clone + Send> Find<'a, D, O, R> {
    setters! {
        session sort skip batch_size hint collation max_time comment allow_disk_use allow_partial_results
        no_cursor_timeout cursor_type max_await_time min max let_vars read_concern selection_criteria
    }

    /// How many documents to give at most; 0 is no limit.
    pub fn limit(mut self, documents: u32) -> Self {
        self.options.limit = Some(documents.into());
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
        let cursor = collection.watch("Find", Box::pin(self.open())).await?;
        Ok(cursor.limited(collection.scope().limits()))
    }

    /// A cursor without limits: for what is under them as a whole.
    pub(super) async fn open(self) -> Result<Cursor<'a, O, R>> {
        let (projection, read) = self.selection.into_parts()?;
        let mut options = self.options;
        options.projection = projection;
        let find = self.collection.inner().find(self.filter.into_document()?).with_options(options);
        let source = match self.session {
            None => Source::Plain(Box::new(find.batch().await?)),
            Some(session) => {
                let session = session.inner_mut();
                let cursor = find.session(&mut *session).batch().await?;
                Source::Session(Some((Box::new(cursor), session)))
            }
        };
        Ok(Cursor::new(source, read))
    }

    /// The first document in the order of [`sort`](Self::sort), or `None`.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn first(mut self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        // A negative limit closes the cursor with the first reply.
        self.options.limit = Some(-1);
        match self.cursor().await?.next_batch().await? {
            Some(batch) => batch.owned().next().transpose(),
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

    async fn run(self) -> Result<Vec<O>>
    where
        R: ReadRow<O>,
    {
        let found = self.open().await?.collect().await?;
        span::documents(found.len());
        Ok(found)
    }
}

action!(Find<D, O, R> where [D: Record, O: Send + 'static, R: ReadRow<O>] => Vec<O>);
