//! Counting documents.

use futures_util::future::BoxFuture;
use mongodb::options::{CountOptions, EstimatedDocumentCountOptions};

use super::{action, in_any_session, options::setters};
use crate::{Collection, Session, error::Result, filter::Filter, model::Record};

/// Counts the documents that match; see [`Collection::count`].
///
/// # Errors
///
/// When the server refuses the operation or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Count<'a, D> {
    pub(super) collection: Collection<D>,
    pub(super) filter: Filter<D>,
    pub(super) options: CountOptions,
    pub(super) session: Option<&'a mut Session>,
}

impl<'a, D: Record> Count<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>) -> Self {
        Self { collection: collection.clone(), filter, options: CountOptions::default(), session: None }
    }

    setters!(session skip hint collation max_time comment read_concern selection_criteria);

    /// Stops counting at this number.
    pub fn limit(mut self, documents: u64) -> Self {
        self.options.limit = Some(documents);
        self
    }

    async fn run(self) -> Result<u64> {
        let filter = self.filter.without_near("a count")?;
        let collection = self.collection.inner();
        let count = collection.count_documents(filter).with_options(self.options);
        Ok(in_any_session!(self.session, self.collection, count)?)
    }
}

action!(Count<D> where [D: Record] => u64);

/// How many documents the collection has by its metadata; see [`Collection::estimated_count`].
///
/// Of a model that shares its collection, the documents are counted: the metadata does not tell models apart.
///
/// # Errors
///
/// When the server refuses the operation or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct EstimatedCount<D> {
    collection: Collection<D>,
    options: EstimatedDocumentCountOptions,
}

impl<D: Record> EstimatedCount<D> {
    pub(crate) fn new(collection: &Collection<D>) -> Self {
        Self { collection: collection.clone(), options: EstimatedDocumentCountOptions::default() }
    }

    setters!(max_time comment read_concern selection_criteria);

    async fn run(self) -> Result<u64> {
        let collection = self.collection.inner();
        if let Some(own) = D::DISCRIMINATOR {
            let EstimatedDocumentCountOptions { max_time, comment, read_concern, selection_criteria, .. } =
                self.options;
            let options = CountOptions::builder()
                .max_time(max_time)
                .comment(comment)
                .read_concern(read_concern)
                .selection_criteria(selection_criteria)
                .build();
            return Ok(collection.count_documents(own.to_document()).with_options(options).await?);
        }
        Ok(collection.estimated_document_count().with_options(self.options).await?)
    }
}

impl<D: Record> IntoFuture for EstimatedCount<D> {
    type Output = Result<u64>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let collection = self.collection.clone();
        Box::pin(collection.scoped("EstimatedCount", Box::pin(self.run())))
    }
}

impl<D> std::fmt::Debug for EstimatedCount<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EstimatedCount").finish_non_exhaustive()
    }
}
