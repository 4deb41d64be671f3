//! Running a query and loading its relations.

use mongodb::{
    Collection,
    bson::{Document, RawDocumentBuf, doc},
    options::{AggregateOptions, FindOptions},
};

use crate::{
    Cursor, Session,
    cursor::{Batch, Query, Whole, source_of},
    error::{Error, Result},
    relation::{self, Context, Node, Reads},
};

/// A query with the relations of its documents.
pub(super) struct Loading<'a> {
    pub(super) collection: Collection<RawDocumentBuf>,
    pub(super) filter: Document,
    pub(super) options: FindOptions,
    pub(super) session: Option<&'a mut Session>,
    pub(super) node: Node,
    pub(super) by_lookup: bool,
}

impl<'a> Loading<'a> {
    /// All documents, each as the bytes that [`Beside::read_row`](relation::Beside::read_row) reads.
    pub(super) async fn rows(self) -> Result<Vec<Vec<u8>>> {
        let Self { collection, filter, options, mut session, node, by_lookup } = self;
        let reads = Reads::from(&options);
        let mut batches = Vec::new();
        let query = Query { collection: collection.clone(), filter, options, lender: None };
        let mut cursor = open(query, session.as_deref_mut(), &node, by_lookup).await?;
        while let Some(batch) = cursor.next_batch().await? {
            batches.push(batch);
        }
        drop(cursor);
        of_batches(&batches, &node, by_lookup, &mut Context { collection, session, reads }).await
    }

    /// The cursor over the documents alone, and what loads the rest.
    pub(super) async fn cursor(
        self,
    ) -> Result<(Cursor<'a, Document>, Node, Collection<RawDocumentBuf>, Reads)> {
        let Self { collection, filter, options, session, node, by_lookup } = self;
        let reads = Reads::from(&options);
        let query = Query { collection: collection.clone(), filter, options, lender: None };
        Ok((open(query, session, &node, by_lookup).await?, node, collection, reads))
    }
}

/// The documents of some replies with what their relations lead to.
pub(super) async fn of_batches(
    batches: &[Batch<Document>],
    node: &Node,
    by_lookup: bool,
    context: &mut Context<'_>,
) -> Result<Vec<Vec<u8>>> {
    let rows = batches.iter().flat_map(Batch::raw).map(|row| Ok(row?.as_bytes()));
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let name = context.collection.name().to_owned();
    match by_lookup {
        true => rows.iter().map(|row| relation::arrange(node, row, &name)).collect(),
        false => relation::load(node, rows, &name, context).await,
    }
}

async fn open<'s>(
    mut query: Query,
    session: Option<&'s mut Session>,
    node: &Node,
    by_lookup: bool,
) -> Result<Cursor<'s, Document>> {
    if !by_lookup {
        query.options.projection = node.projection_with(&[])?;
        return Cursor::open_once(query, session, Whole).await;
    }
    let Query { collection, filter, options, .. } = query;
    let stages = stages(filter, &options, node)?;
    let options = AggregateOptions::builder()
        .allow_disk_use(options.allow_disk_use)
        .batch_size(options.batch_size)
        .collation(options.collation)
        .comment(options.comment)
        .hint(options.hint)
        .let_vars(options.let_vars)
        .max_time(options.max_time)
        .read_concern(options.read_concern)
        .selection_criteria(options.selection_criteria)
        .build();
    let source = source_of!(session, collection.aggregate(stages).with_options(options));
    Ok(Cursor::new(source, Whole))
}

/// A query as a pipeline.
fn stages(filter: Document, options: &FindOptions, node: &Node) -> Result<Vec<Document>> {
    let others = [
        options.min.is_some().then_some("min"),
        options.max.is_some().then_some("max"),
        options.cursor_type.is_some().then_some("cursor_type"),
        options.no_cursor_timeout.is_some().then_some("no_cursor_timeout"),
        options.allow_partial_results.is_some().then_some("allow_partial_results"),
    ];
    if let Some(option) = others.into_iter().flatten().next() {
        return Err(Error::argument(format!("a pipeline has no `{option}`: drop it, or `by_lookup`")));
    }
    let mut stages = vec![doc! { "$match": filter }];
    if let Some(sort) = &options.sort {
        stages.push(doc! { "$sort": sort.clone() });
    }
    if let Some(skip) = options.skip {
        stages.push(doc! { "$skip": i64::try_from(skip).unwrap_or(i64::MAX) });
    }
    if let Some(limit) = options.limit.filter(|limit| *limit != 0) {
        stages.push(doc! { "$limit": limit.abs() });
    }
    stages.append(&mut relation::stages(node)?);
    Ok(stages)
}
