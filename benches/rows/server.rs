//! P3 and P5: many documents, on a real server.

use std::sync::Arc;

use odmium::{Collection, Database, bson::doc, mongodb, prelude::*};

use crate::{
    Result,
    measure::{Clock, Cost, Rounds, operations},
    report::{Goal::AtMost, Row},
    server::on_database,
    shapes::{Shape, User},
};

const DOCUMENTS: u32 = 100_000;
const ROUNDS: usize = 7;

pub(super) fn find() -> Result<Vec<Row>> {
    let rounds = on_server(find_rounds)?;
    let work = "find 100,000 users and drain the cursor";
    Ok(vec![
        Row::wall("P3", work, "driver's typed cursor", &rounds).goal(AtMost(0.45)),
        Row::cpu("P3", work, "driver's typed cursor", &rounds).goal(AtMost(0.33)),
    ])
}

pub(super) fn insert_many() -> Result<Vec<Row>> {
    let rounds = on_server(insert_rounds)?;
    let work = "insert_many of 100,000 users";
    Ok(vec![
        Row::wall("P5", work, "driver's typed collection", &rounds).goal(AtMost(0.85)),
        Row::cpu("P5", work, "driver's typed collection", &rounds).goal(AtMost(0.5)),
    ])
}

/// The same collection on both sides.
#[derive(Clone)]
struct Sides {
    ours: Collection<User>,
    theirs: mongodb::Collection<User>,
    users: Arc<[User]>,
}

impl Sides {
    fn new(database: &Database) -> Self {
        let ours = database.collection::<User>();
        let theirs = database.inner().collection(ours.name());
        Self { ours, theirs, users: (0..DOCUMENTS).map(User::sample).collect() }
    }

    async fn find(self) -> Result<Cost> {
        let clock = Clock::start();
        let mut cursor = self.ours.find(Filter::everything()).cursor().await?;
        let mut found = 0;
        while let Some(user) = cursor.try_next().await? {
            found += u32::from(user.age < 100);
        }
        done(clock, found)
    }

    async fn driver_find(self) -> Result<Cost> {
        let clock = Clock::start();
        let mut cursor = self.theirs.find(doc! {}).await?;
        let mut found = 0;
        while let Some(user) = cursor.try_next().await? {
            found += u32::from(user.age < 100);
        }
        done(clock, found)
    }

    async fn insert_many(self) -> Result<Cost> {
        self.empty().await?;
        let clock = Clock::start();
        let ids = self.ours.insert_many(&*self.users).await?;
        done(clock, ids.len() as u32)
    }

    async fn driver_insert_many(self) -> Result<Cost> {
        self.empty().await?;
        let clock = Clock::start();
        let result = self.theirs.insert_many(&*self.users).await?;
        done(clock, result.inserted_ids.len() as u32)
    }

    /// A new collection for each round, made outside the time that counts.
    async fn empty(&self) -> Result<()> {
        self.ours.drop().await?;
        self.ours.insert(&User::sample(0)).await?;
        self.ours.delete_all().await?;
        Ok(())
    }
}

async fn find_rounds(sides: Sides) -> Result<Rounds> {
    sides.ours.insert_many(&*sides.users).await?;
    operations(ROUNDS, || sides.clone().find(), || sides.clone().driver_find()).await
}

async fn insert_rounds(sides: Sides) -> Result<Rounds> {
    operations(ROUNDS, || sides.clone().insert_many(), || sides.clone().driver_insert_many()).await
}

fn done(clock: Clock, documents: u32) -> Result<Cost> {
    let cost = clock.stop();
    assert_eq!(documents, DOCUMENTS);
    Ok(cost)
}

fn on_server<W, F>(work: W) -> Result<Rounds>
where
    W: FnOnce(Sides) -> F + Send + 'static,
    F: Future<Output = Result<Rounds>> + Send + 'static,
{
    on_database(|database| work(Sides::new(&database)))
}
