//! Pipelines in the server's own form.

use mongodb::bson::Document;

use super::Row;
use crate::{
    Collection, Database,
    action::Aggregate,
    model::Record,
    pipeline::{NoCollection, Pipeline},
};

impl Database {
    /// Runs a pipeline that begins with a source of its own: `$currentOp`, `$documents`, `$listLocalSessions`. The rows are
    /// read as any type.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use odmium::bson::{Document, doc};
    /// # async fn f(client: odmium::Client) -> odmium::Result<()> {
    /// let pipeline = [doc! { "$listLocalSessions": {} }, doc! { "$limit": 10 }];
    /// let sessions: Vec<Document> = client.database("admin").aggregate_raw(pipeline).await?;
    /// # Ok(()) }
    /// ```
    pub fn aggregate_raw<'a, T: Row>(
        &self,
        pipeline: impl IntoIterator<Item = Document>,
    ) -> Aggregate<'a, NoCollection, T> {
        self.aggregate(Pipeline::new().raw_stages(pipeline))
    }
}

impl<D: Record> Collection<D> {
    /// Runs a pipeline in the server's own form, and reads its rows as any type.
    pub fn aggregate_raw<'a, T: Row>(
        &self,
        pipeline: impl IntoIterator<Item = Document>,
    ) -> Aggregate<'a, D, T> {
        self.aggregate().raw_stages(pipeline)
    }
}
