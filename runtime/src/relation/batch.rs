//! Loading by one command for each relation: the targets of all documents at once, by `$in`.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use mongodb::{
    Collection,
    bson::{Bson, Document, RawDocumentBuf, doc},
    options::{AggregateOptions, CollectionOptions, FindOptions, ReadConcern, SelectionCriteria},
};

use super::{
    found::{Found, Row, Value},
    key::{Key, keys_at},
    plan::{Node, Plan, for_pipeline},
    split::parts,
};
use crate::{
    Cursor, Session,
    cursor::{Batch, Query, Whole, source_of},
    error::Result,
};

/// Where and how the targets are read: as the documents were.
pub(crate) struct Context<'s> {
    /// The collection of the documents.
    pub(crate) collection: Collection<RawDocumentBuf>,
    pub(crate) session: Option<&'s mut Session>,
    pub(crate) reads: Reads,
}

/// The options that the loading takes over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    pub(crate) max_time: Option<std::time::Duration>,
    pub(crate) comment: Option<Bson>,
    pub(crate) read_concern: Option<ReadConcern>,
    pub(crate) selection_criteria: Option<SelectionCriteria>,
}

macro_rules! reads {
    ($($options:ident)*) => {$(
        impl From<&$options> for Reads {
            fn from(options: &$options) -> Self {
                Self {
                    max_time: options.max_time,
                    comment: options.comment.clone(),
                    read_concern: options.read_concern.clone(),
                    selection_criteria: options.selection_criteria.clone(),
                }
            }
        }
    )*};
}

reads!(FindOptions AggregateOptions);

impl Context<'_> {
    fn targets(&self, collection: &str) -> Collection<RawDocumentBuf> {
        let options = CollectionOptions::builder()
            .read_concern(self.collection.read_concern().cloned())
            .selection_criteria(self.collection.selection_criteria().cloned());
        let database = self.collection.client().database(&self.collection.namespace().db);
        database.collection_with_options(collection, options.build())
    }

    /// The targets with these keys; with a limit, each under its key: `{k: key, d: target}`.
    async fn read(&mut self, plan: &Plan, keys: Vec<Bson>) -> Result<Vec<Batch<Document>>> {
        let collection = self.targets(&plan.collection);
        let reads = self.reads.clone();
        let session = self.session.as_deref_mut();
        let mut cursor = match plan.is_cut() {
            false => {
                let options = FindOptions::builder()
                    .sort(plan.order())
                    .projection(plan.projection()?)
                    .max_time(reads.max_time)
                    .comment(reads.comment)
                    .read_concern(reads.read_concern)
                    .selection_criteria(reads.selection_criteria);
                let filter = and(doc! { &*plan.foreign: { "$in": keys } }, &plan.filter);
                let query = Query { collection, filter, options: options.build(), lender: None };
                Cursor::<Document>::open_once(query, session, Whole).await?
            }
            true => {
                let options = AggregateOptions::builder()
                    .max_time(reads.max_time)
                    .comment(reads.comment)
                    .read_concern(reads.read_concern)
                    .selection_criteria(reads.selection_criteria)
                    .build();
                let stages = cut(plan, keys)?;
                let source = source_of!(session, collection.aggregate(stages).with_options(options));
                Cursor::new(source, Whole)
            }
        };
        let mut batches = Vec::new();
        while let Some(batch) = cursor.next_batch().await? {
            batches.push(batch);
        }
        Ok(batches)
    }
}

pub(super) fn and(condition: Document, filter: &Document) -> Document {
    match filter.is_empty() {
        true => condition,
        false => doc! { "$and": [condition, filter.clone()] },
    }
}

/// The first targets of each key, by a window for each key.
fn cut(plan: &Plan, keys: Vec<Bson>) -> Result<Vec<Document>> {
    let order = plan.order().unwrap_or_default();
    let among = doc! { "$in": keys };
    let mut stages = vec![
        doc! { "$match": and(doc! { &*plan.foreign: among.clone() }, &plan.filter) },
        doc! { "$set": { "__key": format!("${}", plan.foreign) } },
        doc! { "$unwind": "$__key" },
        doc! { "$match": { "__key": among } },
        doc! { "$setWindowFields": {
            "partitionBy": "$__key",
            "sortBy": order.clone(),
            // `$documentNumber` takes one key only.
            "output": { "__number": { "$sum": 1, "window": { "documents": ["unbounded", "current"] } } },
        } },
        doc! { "$match": { "__number": { "$lte": i64::from(plan.limit.unwrap_or_default()) } } },
        doc! { "$sort": order },
    ];
    match plan.projection()? {
        None => {
            stages.push(doc! { "$replaceWith": { "k": "$__key", "d": "$$ROOT" } });
            stages.push(doc! { "$unset": ["d.__key", "d.__number"] });
        }
        Some(mut projection) => {
            projection.insert("__key", 1);
            stages.push(doc! { "$project": for_pipeline(projection)? });
            stages.push(doc! { "$replaceWith": { "k": "$__key", "d": "$$ROOT" } });
            stages.push(doc! { "$unset": "d.__key" });
        }
    }
    Ok(stages)
}

/// Each document with what its relations lead to, as [`Node::build`] puts it.
pub(crate) fn load<'a>(
    node: &'a Node,
    rows: Vec<&'a [u8]>,
    collection: &'a str,
    context: &'a mut Context<'_>,
) -> BoxFuture<'a, Result<Vec<Vec<u8>>>> {
    Box::pin(async move {
        let mut values: Vec<Vec<Value>> = rows.iter().map(|_| Vec::new()).collect();
        for plan in node.plans() {
            let loaded = related(plan, &rows, collection, context).await?;
            for (values, value) in values.iter_mut().zip(loaded) {
                values.push(value);
            }
        }
        let built = rows.iter().zip(values).map(|(row, values)| Ok(node.build(row, values)?));
        built.collect()
    })
}

/// What one relation gives for each document.
async fn related(
    plan: &Plan,
    rows: &[&[u8]],
    collection: &str,
    context: &mut Context<'_>,
) -> Result<Vec<Value>> {
    let wanted = rows.iter().map(|row| plan.keys(row)).collect::<Result<Vec<_>, _>>()?;
    let mut values = Vec::with_capacity(rows.len());
    for part in parts(plan, &wanted)? {
        let mut batches = Vec::new();
        for keys in part.commands {
            batches.append(&mut context.read(plan, keys).await?);
        }
        let mut found = Found::default();
        let mut targets: Vec<&[u8]> = Vec::new();
        // A target of several keys may come several times.
        let mut seen: HashMap<Key, usize> = HashMap::new();
        for document in batches.iter().flat_map(Batch::raw) {
            let document = document?.as_bytes();
            let (target, keys) = match plan.is_cut() {
                false => (document, keys_at(document, &plan.foreign)?),
                true => match keys_at(document, "d")?.first() {
                    Some(target) => (target.document()?.bytes(), keys_at(document, "k")?),
                    None => continue,
                },
            };
            let id = keys_at(target, "_id")?.first().copied().map(Key::of);
            let known = id.as_ref().and_then(|id| seen.get(id)).copied();
            let index = known.unwrap_or(targets.len());
            if known.is_none() {
                targets.push(target);
                seen.extend(id.map(|id| (id, index)));
            }
            if known.is_none() || plan.is_cut() {
                found.note(index, keys);
            }
        }
        found.documents = match plan.target.is_plain() {
            true => targets.iter().map(|target| target.to_vec()).collect(),
            false => load(&plan.target, targets, &plan.collection, context).await?,
        };
        for (row, keys) in rows.iter().zip(&wanted).take(part.end).skip(values.len()) {
            values.push(found.value(plan, &Row { bytes: row, collection }, keys)?);
        }
    }
    Ok(values)
}
