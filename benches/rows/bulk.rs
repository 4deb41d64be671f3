//! P8: 30,000 writes of four kinds, on a real server.

use std::sync::Arc;

use odmium::{Collection, Database, action::Write, bson::doc, mongodb};

use super::python::Python;
use crate::{
    Result,
    measure::{Clock, Cost, operations},
    report::{Goal::Faster, Row},
    server::{on_database, uri},
    shapes::{Flat, Shape},
};

/// A sixth of the writes.
const PART: u32 = 5_000;
const ROUNDS: usize = 5;

const SCRIPT: &str = include_str!("bulk_write.py");

pub(super) fn bulk_write() -> Result<Vec<Row>> {
    let work = "bulk_write of 30,000 mixed writes";
    on_database(|database| async move {
        let sides = Sides::new(database).await?;
        let rounds = operations(ROUNDS, || sides.ours(), || sides.one_by_one()).await?;
        let mut rows = vec![Row::wall("P8", work, "driver, one by one", &rounds).goal(Faster(15.0))];
        if let Some(python) = Python::install()? {
            let rounds = operations(ROUNDS, || sides.ours(), || sides.python(&python)).await?;
            rows.push(Row::wall("P8", work, "PyMongo's bulk_write", &rounds).goal(Faster(1.5)));
            rows.push(Row::cpu("P8", work, "PyMongo's bulk_write", &rounds));
        }
        Ok(rows)
    })
}

struct Sides {
    uri: String,
    database: Database,
    ours: Collection<Flat>,
    theirs: mongodb::Collection<Flat>,
    /// What is there before, then what is inserted.
    documents: Arc<[Flat]>,
}

impl Sides {
    async fn new(database: Database) -> Result<Self> {
        let uri = uri().await?.to_owned();
        let ours = database.collection::<Flat>();
        let theirs = database.inner().collection(ours.name());
        let documents = (0..6 * PART).map(Flat::sample).collect();
        Ok(Self { uri, database, ours, theirs, documents })
    }

    /// The documents of one kind of write: two parts each of inserts and updates, one each of replacements and deletes.
    fn part(&self, from: u32, to: u32) -> &[Flat] {
        &self.documents[(from * PART) as usize..(to * PART) as usize]
    }

    /// As before each round, outside the time that counts.
    async fn reset(&self) -> Result<()> {
        self.ours.drop().await?;
        self.ours.insert_many(self.part(0, 4)).await?;
        Ok(())
    }

    async fn ours(&self) -> Result<Cost> {
        self.reset().await?;
        let clock = Clock::start();
        let mut writes = Vec::with_capacity(self.documents.len());
        writes.extend(self.part(4, 6).iter().map(Write::insert));
        let updates = self.part(0, 2).iter();
        writes.extend(updates.map(|it| Write::update_one(Flat.id.eq(it.id), Flat.field8.inc(1))));
        writes.extend(self.part(2, 3).iter().map(|it| Write::replace_one(Flat.id.eq(it.id), it)));
        writes.extend(self.part(3, 4).iter().map(|it| Write::delete_one(Flat.id.eq(it.id))));
        let result = self.ours.bulk_write(writes).ordered(false).await?;
        let cost = clock.stop();
        assert_eq!((result.inserted, result.matched, result.deleted), (10_000, 15_000, 5_000));
        Ok(cost)
    }

    async fn one_by_one(&self) -> Result<Cost> {
        self.reset().await?;
        let clock = Clock::start();
        for document in self.part(4, 6) {
            self.theirs.insert_one(document).await?;
        }
        for document in self.part(0, 2) {
            self.theirs.update_one(doc! { "_id": document.id }, doc! { "$inc": { "field8": 1 } }).await?;
        }
        for document in self.part(2, 3) {
            self.theirs.replace_one(doc! { "_id": document.id }, document).await?;
        }
        for document in self.part(3, 4) {
            self.theirs.delete_one(doc! { "_id": document.id }).await?;
        }
        Ok(clock.stop())
    }

    /// The script makes documents of the same shape.
    async fn python(&self, python: &Python) -> Result<Cost> {
        python.run(SCRIPT, &[&self.uri, self.database.name()]).await
    }
}
