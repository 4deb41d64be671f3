//! P4: single operations, one after the other and many at a time, on a real server.

use std::{ops::Range, sync::Arc};

use odmium::{Collection, Database, bson::doc, mongodb};

use crate::{
    Result,
    measure::{Clock, Cost, operations},
    report::{Goal::AtMost, Row},
    server::on_database,
    shapes::{Shape, User},
};

/// A multiple of every number of tasks.
const OPERATIONS: usize = 1024;
const ROUNDS: usize = 7;

pub(super) fn operations_of_one() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (tasks, name) in [(1, "one task"), (64, "64 tasks")] {
        for (work, operation) in WORKS {
            let rounds = on_database(move |database| async move {
                let sides = Sides::new(&database).await?;
                let ours = || spread(&sides, work, tasks, Sides::ours);
                let theirs = || spread(&sides, work, tasks, Sides::theirs);
                operations(ROUNDS, ours, theirs).await
            })?;
            let work = format!("{operation}, {name}");
            rows.push(Row::wall("P4", &work, "driver's typed collection", &rounds).goal(AtMost(1.0)));
            rows.push(Row::cpu("P4", &work, "driver's typed collection", &rounds).goal(AtMost(0.9)));
        }
    }
    Ok(rows)
}

#[derive(Clone, Copy, PartialEq)]
enum Work {
    Find,
    Insert,
    Update,
}

const WORKS: [(Work, &str); 3] =
    [(Work::Find, "find one by _id"), (Work::Insert, "insert one"), (Work::Update, "update one by _id")];

/// The same collection on both sides.
#[derive(Clone)]
struct Sides {
    ours: Collection<User>,
    theirs: mongodb::Collection<User>,
    users: Arc<[User]>,
}

impl Sides {
    async fn new(database: &Database) -> Result<Self> {
        let ours = database.collection::<User>();
        let theirs = database.inner().collection(ours.name());
        let users: Arc<[User]> = (0..OPERATIONS as u32).map(User::sample).collect();
        ours.insert_many(&*users).await?;
        Ok(Self { ours, theirs, users })
    }

    async fn ours(self, work: Work, users: Range<usize>) -> Result<()> {
        for user in &self.users[users] {
            match work {
                Work::Find => assert!(self.ours.get(user.id).await?.is_some()),
                Work::Insert => drop(self.ours.insert(user).await?),
                Work::Update => {
                    self.ours.update_one(User.id.eq(user.id), User.visits.inc(1)).await?;
                }
            }
        }
        Ok(())
    }

    async fn theirs(self, work: Work, users: Range<usize>) -> Result<()> {
        for user in &self.users[users] {
            let by_id = doc! { "_id": user.id };
            match work {
                Work::Find => assert!(self.theirs.find_one(by_id).await?.is_some()),
                Work::Insert => drop(self.theirs.insert_one(user).await?),
                Work::Update => {
                    drop(self.theirs.update_one(by_id, doc! { "$inc": { "visits": 1_i64 } }).await?)
                }
            }
        }
        Ok(())
    }
}

/// Does the work in so many tasks.
async fn spread<F>(
    sides: &Sides,
    work: Work,
    tasks: usize,
    run: fn(Sides, Work, Range<usize>) -> F,
) -> Result<Cost>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    if work == Work::Insert {
        sides.ours.delete_all().await?;
    }
    let share = OPERATIONS / tasks;
    let clock = Clock::start();
    let running: Vec<_> = (0..tasks)
        .map(|task| tokio::spawn(run(sides.clone(), work, task * share..(task + 1) * share)))
        .collect();
    for task in running {
        task.await??;
    }
    Ok(clock.stop())
}
