//! The work within the transaction: what goes, what stays, what is changed.

use std::collections::{HashMap, HashSet};

use mongodb::{
    Collection as DriverCollection,
    bson::{Bson, Document as Bag, RawDocumentBuf, doc},
    options::{DeleteOptions, FindOptions, UpdateOptions},
};

use super::DeletedWithRules;
use crate::{
    Collection, Cursor, Session,
    action::in_session,
    cursor::{Query, Whole},
    error::{Error, Restricted, Result},
    model::Document,
    relation::{DeleteRule, Key, OnDelete, chunks, keys_at},
};

/// What the work is done with.
pub(super) struct Work<'w> {
    session: &'w mut Session,
    /// The collection of the documents to delete.
    start: &'w DriverCollection<RawDocumentBuf>,
    /// The name that its model declares.
    declared: &'static str,
    /// What stands before the names that the other models declare.
    prefix: &'w str,
    rules: &'w [DeleteRule],
}

/// Documents to delete, by the name of their collection as models declare it.
#[derive(Default)]
struct Doomed {
    ids: HashMap<&'static str, Vec<Bson>>,
    keys: HashMap<&'static str, HashSet<Key>>,
}

impl<'w> Work<'w> {
    pub(super) fn new<D: Document>(
        session: &'w mut Session,
        start: &'w Collection<D>,
        rules: &'w [DeleteRule],
    ) -> Self {
        let (start, prefix) = (start.inner(), start.scope().prefix());
        Self { session, start, declared: D::COLLECTION, prefix, rules }
    }

    pub(super) async fn run(
        mut self,
        filter: &Bag,
        (many, options): (bool, DeleteOptions),
    ) -> Result<DeletedWithRules> {
        let limit = (!many).then_some(1);
        let find = FindOptions::builder().limit(limit).hint(options.hint).collation(options.collation);
        let find = find.let_vars(options.let_vars).comment(options.comment.clone()).build();
        let first = self.ids(self.declared, filter.clone(), find).await?;
        let mut done = DeletedWithRules { deleted: first.len() as u64, ..Default::default() };
        let doomed = self.doomed(first).await?;
        self.restrict(&doomed).await?;
        for (collection, ids) in &doomed.ids {
            let options = DeleteOptions::builder().comment(options.comment.clone()).build();
            let mut count = 0;
            for ids in chunks(ids) {
                let filter = doc! { "_id": { "$in": ids } };
                let collection = self.collection(collection);
                let delete = collection.delete_many(filter).with_options(options.clone());
                count += in_session!(Some(&mut *self.session), delete)?.deleted_count;
            }
            let own = if *collection == self.declared { done.deleted } else { 0 };
            if count > own {
                done.cascaded.insert((*collection).to_owned(), count - own);
            }
        }
        self.unset(&doomed, options.comment, &mut done).await?;
        Ok(done)
    }

    fn collection(&self, declared: &str) -> DriverCollection<RawDocumentBuf> {
        match declared == self.declared {
            true => self.start.clone(),
            false => {
                let database = self.start.client().database(&self.start.namespace().db);
                database.collection(&format!("{}{declared}", self.prefix))
            }
        }
    }

    /// The ids of the documents that match.
    async fn ids(
        &mut self,
        collection: &str,
        filter: Bag,
        mut options: FindOptions,
    ) -> Result<Vec<(Key, Bson)>> {
        options.projection = Some(doc! { "_id": 1 });
        let query = Query { collection: self.collection(collection), filter, options };
        let mut cursor = Cursor::<Bag>::open_once(query, Some(&mut *self.session), Whole).await?;
        let mut ids = Vec::new();
        while let Some(batch) = cursor.next_batch().await? {
            for document in batch.raw() {
                if let Some(id) = keys_at(document?.as_bytes(), "_id")?.first() {
                    ids.push((Key::of(*id), id.to_bson()?));
                }
            }
        }
        Ok(ids)
    }

    /// The documents and all that go with them.
    async fn doomed(&mut self, first: Vec<(Key, Bson)>) -> Result<Doomed> {
        let mut doomed = Doomed::default();
        let mut open = vec![(self.declared, doomed.add(self.declared, first))];
        while let Some((target, ids)) = open.pop() {
            for rule in self.rules {
                if rule.action != OnDelete::Cascade || rule.target != target {
                    continue;
                }
                for ids in chunks(&ids) {
                    let found =
                        self.ids(rule.collection, rule.referring(ids), FindOptions::default()).await?;
                    open.push((rule.collection, doomed.add(rule.collection, found)));
                }
            }
        }
        Ok(doomed)
    }

    /// Fails where a document that stays refers to one that goes and must not.
    async fn restrict(&mut self, doomed: &Doomed) -> Result<()> {
        for rule in self.rules {
            let Some(ids) = doomed.ids.get(rule.target).filter(|_| rule.action == OnDelete::Restrict) else {
                continue;
            };
            let mut staying = HashSet::new();
            for ids in chunks(ids) {
                let found = self.ids(rule.collection, rule.referring(ids), FindOptions::default()).await?;
                staying.extend(found.into_iter().map(|(key, _)| key).filter(|key| !doomed.has(rule, key)));
            }
            if !staying.is_empty() {
                return Err(Error::restricted(Restricted {
                    target: self.collection(rule.target).name().to_owned(),
                    model: rule.model,
                    collection: self.collection(rule.collection).name().to_owned(),
                    path: rule.path.to_owned(),
                    count: staying.len() as u64,
                }));
            }
        }
        Ok(())
    }

    /// Removes references to what was deleted.
    async fn unset(
        &mut self,
        doomed: &Doomed,
        comment: Option<Bson>,
        done: &mut DeletedWithRules,
    ) -> Result<()> {
        let options = UpdateOptions::builder().comment(comment).build();
        for rule in self.rules {
            let Some(ids) = doomed.ids.get(rule.target).filter(|_| rule.action == OnDelete::Unset) else {
                continue;
            };
            for ids in chunks(ids) {
                let change = match rule.is_list {
                    true => doc! { "$pull": { rule.path: { "$in": ids } } },
                    false => doc! { "$unset": { rule.path: "" } },
                };
                let collection = self.collection(rule.collection);
                let update =
                    collection.update_many(rule.referring(ids), change).with_options(options.clone());
                let changed = in_session!(Some(&mut *self.session), update)?.modified_count;
                if changed > 0 {
                    *done.unset.entry(rule.collection.to_owned()).or_default() += changed;
                }
            }
        }
        Ok(())
    }
}

impl Doomed {
    /// Adds documents, and gives the ids of those that are new: a cycle comes to its end.
    fn add(&mut self, collection: &'static str, found: Vec<(Key, Bson)>) -> Vec<Bson> {
        let keys = self.keys.entry(collection).or_default();
        let new = found.into_iter().filter_map(|(key, id)| keys.insert(key).then_some(id));
        let new: Vec<Bson> = new.collect();
        if !new.is_empty() {
            self.ids.entry(collection).or_default().extend(new.iter().cloned());
        }
        new
    }

    fn has(&self, rule: &DeleteRule, key: &Key) -> bool {
        self.keys.get(rule.collection).is_some_and(|keys| keys.contains(key))
    }
}
