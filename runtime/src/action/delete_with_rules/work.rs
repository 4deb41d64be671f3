//! The work within the transaction: what goes, what stays, what is changed.

use std::collections::{BTreeMap, HashSet};

use mongodb::{
    bson::{Bson, Document as Bag, doc},
    options::{DeleteOptions, FindOptions, UpdateOptions},
};

use super::{DeletedWithRules, rules::Rules};
use crate::{
    Cursor, Session,
    action::in_session,
    cursor::{Query, Whole},
    error::{Error, Restricted, Result},
    relation::{Key, OnDelete, chunks, keys_at},
};

/// What the work is done with.
pub(super) struct Work<'w> {
    session: &'w mut Session,
    rules: &'w Rules,
}

/// Documents to delete, by the number of their collection.
#[derive(Default)]
struct Doomed(BTreeMap<usize, (Vec<Bson>, HashSet<Key>)>);

impl<'w> Work<'w> {
    pub(super) fn new(session: &'w mut Session, rules: &'w Rules) -> Self {
        Self { session, rules }
    }

    pub(super) async fn run(
        mut self,
        filter: &Bag,
        (many, options): (bool, DeleteOptions),
    ) -> Result<DeletedWithRules> {
        let limit = (!many).then_some(1);
        let find = FindOptions::builder().limit(limit).hint(options.hint).collation(options.collation);
        let find = find.let_vars(options.let_vars).comment(options.comment.clone()).build();
        let first = self.ids(Rules::START, filter.clone(), find).await?;
        let mut done = DeletedWithRules { deleted: first.len() as u64, ..Default::default() };
        let doomed = self.doomed(first).await?;
        self.restrict(&doomed).await?;
        for (number, ids) in doomed.all() {
            let options = DeleteOptions::builder().comment(options.comment.clone()).build();
            let mut count = 0;
            for ids in chunks(ids) {
                let filter = doc! { "_id": { "$in": ids } };
                let delete = self.rules.collection(number).delete_many(filter).with_options(options.clone());
                count += in_session!(Some(&mut *self.session), delete)?.deleted_count;
            }
            let own = if number == Rules::START { done.deleted } else { 0 };
            if count > own {
                *done.cascaded.entry(self.rules.declared(number).to_owned()).or_default() += count - own;
            }
        }
        self.unset(&doomed, options.comment, &mut done).await?;
        Ok(done)
    }

    /// The ids of the documents that match.
    async fn ids(
        &mut self,
        number: usize,
        filter: Bag,
        mut options: FindOptions,
    ) -> Result<Vec<(Key, Bson)>> {
        options.projection = Some(doc! { "_id": 1 });
        let query =
            Query { collection: self.rules.collection(number).clone(), filter, options, lender: None };
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
        let mut open = vec![(Rules::START, doomed.add(Rules::START, first))];
        while let Some((target, ids)) = open.pop() {
            for bound in self.rules.of(OnDelete::Cascade).filter(|bound| bound.target == target) {
                for ids in chunks(&ids) {
                    let found =
                        self.ids(bound.from, bound.rule.referring(ids), FindOptions::default()).await?;
                    open.push((bound.from, doomed.add(bound.from, found)));
                }
            }
        }
        Ok(doomed)
    }

    /// Fails where a document that stays refers to one that goes and must not.
    async fn restrict(&mut self, doomed: &Doomed) -> Result<()> {
        for bound in self.rules.of(OnDelete::Restrict) {
            let (mut known, mut staying) = (HashSet::new(), Vec::new());
            for ids in chunks(doomed.ids(bound.target)) {
                let found = self.ids(bound.from, bound.rule.referring(ids), FindOptions::default()).await?;
                let found = found.into_iter().filter(|(key, _)| !doomed.has(bound.from, key));
                // One with references in two parts is one.
                staying.extend(found.filter(|(key, _)| known.insert(key.clone())).map(|(_, id)| id));
            }
            if let Some(first) = staying.first() {
                return Err(Error::restricted(Restricted {
                    target: self.rules.collection(bound.target).name().to_owned(),
                    model: bound.rule.model,
                    collection: self.rules.collection(bound.from).name().to_owned(),
                    document: first.clone(),
                    path: bound.rule.path.to_owned(),
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
        for bound in self.rules.of(OnDelete::Unset) {
            let rule = &bound.rule;
            for ids in chunks(doomed.ids(bound.target)) {
                let change = match rule.is_list {
                    true => doc! { "$pull": { rule.path: { "$in": ids } } },
                    false => doc! { "$unset": { rule.path: "" } },
                };
                let collection = self.rules.collection(bound.from);
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
    fn add(&mut self, number: usize, found: Vec<(Key, Bson)>) -> Vec<Bson> {
        let (ids, keys) = self.0.entry(number).or_default();
        let new = found.into_iter().filter(|(key, _)| keys.insert(key.clone()));
        let new: Vec<_> = new.map(|(_, id)| id).collect();
        ids.extend(new.iter().cloned());
        new
    }

    fn all(&self) -> impl Iterator<Item = (usize, &[Bson])> {
        self.0.iter().map(|(number, (ids, _))| (*number, &**ids))
    }

    fn ids(&self, number: usize) -> &[Bson] {
        self.0.get(&number).map_or(&[], |(ids, _)| ids)
    }

    fn has(&self, number: usize, key: &Key) -> bool {
        self.0.get(&number).is_some_and(|(_, keys)| keys.contains(key))
    }
}
