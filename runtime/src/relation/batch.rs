//! Loading by one command for each relation: the targets of all documents at once, by `$in`.

use std::collections::{HashMap, HashSet};

use futures_util::future::BoxFuture;
use mongodb::{
    Collection,
    bson::{Bson, Document, RawDocumentBuf, doc},
    options::{AggregateOptions, CollectionOptions, FindOptions, ReadConcern, SelectionCriteria},
};

use super::{
    found::{Found, Row, Value},
    key::{Key, keys_at},
    plan::{Node, Plan},
};
use crate::{
    Cursor, Session,
    codec::RawValue,
    cursor::{Batch, Query, Whole, source_of},
    error::{Error, Result},
};

/// How many keys go into one command.
const MAX_KEYS: usize = 100_000;
/// How many bytes of keys go into one command, of the 16 MiB that it may have.
const MAX_BYTES: usize = 8 << 20;

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
                let query = Query { collection, filter, options: options.build() };
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
            stages.push(doc! { "$project": projection });
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
    let wanted = rows.iter().map(|row| keys_at(row, &plan.local)).collect::<Result<Vec<_>, _>>()?;
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

/// The keys of some of the documents, as commands that are small enough.
struct Part {
    /// Up to which document they are.
    end: usize,
    commands: Vec<Vec<Bson>>,
}

/// Splits the different keys into commands. Where the server sorts the targets, all of one document are in one command.
fn parts(plan: &Plan, wanted: &[Vec<RawValue<'_>>]) -> Result<Vec<Part>> {
    let together = plan.order().is_some() && wanted.iter().any(|keys| keys.len() > 1);
    let mut parts = Vec::new();
    let mut part = Part { end: 0, commands: Vec::new() };
    let (mut keys, mut bytes, mut seen) = (Vec::new(), 0, HashSet::new());
    for row in wanted {
        if together && !fits(keys.len() + row.len(), bytes + row.iter().map(size).sum::<usize>()) {
            part.commands.push(std::mem::take(&mut keys));
            let next = Part { end: part.end, commands: Vec::new() };
            parts.push(std::mem::replace(&mut part, next));
            bytes = 0;
            seen.clear();
        }
        for key in row {
            if !seen.insert(Key::of(*key)) {
                continue;
            }
            if !fits(keys.len() + 1, bytes + size(key)) {
                if together {
                    return Err(Error::argument(format!(
                        "`{}` of one document has more keys than one command can take, which a sorted relation needs: \
                         drop its sort order",
                        plan.local
                    )));
                }
                part.commands.push(std::mem::take(&mut keys));
                bytes = 0;
            }
            keys.push(key.to_bson()?);
            bytes += size(key);
        }
        part.end += 1;
    }
    part.commands.push(keys);
    parts.push(part);
    for part in &mut parts {
        part.commands.retain(|keys| !keys.is_empty());
    }
    Ok(parts)
}

fn fits(keys: usize, bytes: usize) -> bool {
    keys <= MAX_KEYS && bytes <= MAX_BYTES
}

/// What a key takes in a command: its type, the number of the element, its end, the value.
fn size(key: &RawValue<'_>) -> usize {
    key.bytes().len() + 9
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{RawDocumentBuf, doc};

    use super::{MAX_KEYS, parts};
    use crate::relation::{key::keys_at, plan::Plan};

    fn commands(rows: &[RawDocumentBuf], plan: &Plan) -> Vec<(usize, Vec<usize>)> {
        let wanted: Vec<_> = rows.iter().map(|row| keys_at(row.as_bytes(), "a").unwrap()).collect();
        let parts = parts(plan, &wanted).unwrap();
        parts.iter().map(|part| (part.end, part.commands.iter().map(Vec::len).collect())).collect()
    }

    fn row(keys: impl IntoIterator<Item = i32>) -> RawDocumentBuf {
        RawDocumentBuf::try_from(&doc! { "a": keys.into_iter().collect::<Vec<_>>() }).unwrap()
    }

    #[test]
    fn keys_are_sent_once_and_in_parts() {
        let plan = Plan::new("a".into(), "b", "_id".into());
        assert_eq!(commands(&[row([1, 2]), row([2, 1]), row([])], &plan), [(3, vec![2])]);
        assert_eq!(commands(&[row([])], &plan), [(1, vec![])]);
        let half = MAX_KEYS as i32 / 2;
        let rows = [row(0..half), row(half..2 * half), row([1, 2 * half])];
        assert_eq!(commands(&rows, &plan), [(3, vec![MAX_KEYS, 1])]);
        // Sorted, each document finds all of its targets in one command.
        let sorted = Plan { sort: Some(doc! { "x": 1 }), ..plan };
        assert_eq!(commands(&rows, &sorted), [(2, vec![MAX_KEYS]), (3, vec![2])]);
    }
}
