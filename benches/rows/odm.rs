//! P9: the work of services on single documents, on a real server.

mod plain;
mod scripts;
mod typed;

use std::{future::Future, pin::Pin, sync::Arc};

use odmium::{
    Database, Document,
    bson::{doc, oid::ObjectId},
    mongodb::IndexModel,
};
use serde::{Deserialize, Serialize};

use self::scripts::Script;
use crate::{
    Result,
    measure::{Clock, Cost, Rounds},
    report::{Goal::AtMost, Row},
    server::{on_database, uri},
    shapes::{Flat, Large, Nested, Shape},
};

/// How many operations a round does of each, how many of those with 2.4 MB, and how many documents a stream has.
const OPERATIONS: u32 = 250;
const LARGE: u32 = 10;
const STREAMED: u32 = 30_000;
const ROUNDS: usize = 5;

/// A task, by the name that the scripts give it too.
const TASKS: [(&str, &str); 11] = [
    ("flat_create", "flat: create"),
    ("flat_update", "flat: update one field"),
    ("flat_find", "flat: find by _id"),
    ("flat_join", "flat: find by key, with the join"),
    ("large_create", "2.4 MB: create"),
    ("large_update", "2.4 MB: update one field"),
    ("nested_create", "nested: create"),
    ("nested_update", "nested: update one field"),
    ("nested_find", "nested: find by embedded field"),
    ("nested_find_array", "nested: find by field in array"),
    ("stream", "flat: stream of 30,000"),
];

pub(super) fn tasks() -> Result<Vec<Row>> {
    on_database(|database| async move {
        let sides = Sides::new(&database).await?;
        let folder = tempfile::tempdir()?;
        let scripts = Script::install(folder.path());
        let mut rows = Vec::new();
        let mut driver: [Rounds; TASKS.len()] = Default::default();
        let mut others: Vec<[Rounds; TASKS.len()]> = scripts.iter().map(|_| Default::default()).collect();
        // The first round warms up.
        for round in 0..=ROUNDS {
            let mut ours = Vec::new();
            for (index, (task, _)) in TASKS.iter().enumerate() {
                sides.prepare(task).await?;
                ours.push(sides.typed(task).await?);
                sides.prepare(task).await?;
                let theirs = sides.plain(task).await?;
                if round > 0 {
                    driver[index].push(ours[index], theirs);
                }
            }
            // A script is a new process each time.
            for (script, costs) in scripts.iter().zip(&mut others).filter(|_| round > 0) {
                let theirs = script.run(uri().await?, database.name()).await?;
                for (index, (task, _)) in TASKS.iter().enumerate() {
                    let cost =
                        theirs.get(*task).ok_or_else(|| format!("{} did not tell {task}", script.name))?;
                    costs[index].push(ours[index], *cost);
                }
            }
        }
        for (index, (task, name)) in TASKS.iter().enumerate() {
            rows.push(Row::wall("P9", *name, "driver with serde", &driver[index]).goal(AtMost(1.0)));
            rows.push(Row::cpu("P9", *name, "driver with serde", &driver[index]).goal(AtMost(1.0)));
            let part = if *task == "stream" { 0.05 } else { 0.2 };
            for (script, costs) in scripts.iter().zip(&others) {
                rows.push(Row::cpu("P9", *name, script.name, &costs[index]).goal(AtMost(part)));
            }
        }
        Ok(rows)
    })
}

/// A document that names another one.
#[derive(Document, Serialize, Deserialize)]
#[document(collection = "posts")]
struct Post {
    #[serde(rename = "_id")]
    id: ObjectId,
    title: String,
    author: ObjectId,
}

/// The documents that both sides store and look for.
struct Sides {
    database: Database,
    flats: Arc<[Flat]>,
    larges: Arc<[Large]>,
    nesteds: Arc<[Nested]>,
}

type Work<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

impl Sides {
    async fn new(database: &Database) -> Result<Self> {
        let sides = Self {
            database: database.clone(),
            flats: (0..OPERATIONS).map(Flat::sample).collect(),
            larges: (0..LARGE).map(Large::sample).collect(),
            nesteds: (0..OPERATIONS).map(Nested::sample).collect(),
        };
        let index = |name: &str, key: &str| {
            let collection = database.inner().collection::<odmium::bson::Document>(name);
            let model = IndexModel::builder().keys(doc! { key: 1 }).build();
            async move { collection.create_index(model).await }
        };
        index("posts", "author").await?;
        index("nested", "embedded_1.field2").await?;
        index("nested", "embedded_array.0.field2").await?;
        let posts = sides.flats.iter().map(|flat| Post {
            id: ObjectId::new(),
            title: "A post".into(),
            author: flat.id,
        });
        database.collection::<Post>().insert_many(posts).await?;
        let streamed: Vec<Flat> = (0..STREAMED).map(Flat::sample).collect();
        database.collection_named::<Flat>("streamed").insert_many(&streamed).await?;
        Ok(sides)
    }

    /// As before the task, outside the time that counts.
    async fn prepare(&self, task: &str) -> Result<()> {
        match task {
            "flat_create" => self.database.collection::<Flat>().delete_all().await?,
            "large_create" => self.database.collection::<Large>().delete_all().await?,
            "nested_create" => self.database.collection::<Nested>().delete_all().await?,
            _ => 0,
        };
        Ok(())
    }
}

async fn timed(work: Work<'_>) -> Result<Cost> {
    let clock = Clock::start();
    work.await?;
    Ok(clock.stop())
}
