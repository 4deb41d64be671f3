//! A set of three loses its primary under load: what was acknowledged stays, errors are typed, and all goes on after.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    time::{Duration, Instant},
};

use odmium::{
    Client, Collection, Database, Error, ErrorKind, Result,
    action::Write,
    dev::Server,
    options::{ReadConcern, WriteConcern},
    prelude::*,
    transaction,
};
use odmium_tests::wait::no_open_transaction;

#[derive(Document, Clone, Debug)]
#[document(collection = "entries")]
struct Entry {
    id: i32,
    task: i32,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "left")]
struct Left {
    id: i32,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "right")]
struct Right {
    id: i32,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "counters")]
struct Counter {
    id: i32,
    count: i64,
}

/// What the tasks tell.
#[derive(Debug, Default)]
struct Log {
    stop: AtomicBool,
    next: AtomicI32,
    /// Ids whose insert was acknowledged.
    entries: Mutex<BTreeSet<i32>>,
    /// Ids of pairs whose transaction was committed.
    pairs: Mutex<BTreeSet<i32>>,
    /// For each counter, the increments that were acknowledged, and those of which nothing is known.
    counts: Mutex<BTreeMap<i32, (i64, i64)>>,
    errors: Mutex<Vec<Error>>,
    /// When each task last succeeded.
    succeeded: Mutex<BTreeMap<&'static str, BTreeMap<i32, Instant>>>,
}

impl Log {
    fn id(&self) -> i32 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn note<T>(&self, kind: &'static str, task: i32, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => {
                self.succeeded.lock().unwrap().entry(kind).or_default().insert(task, Instant::now());
                Some(value)
            }
            Err(error) => {
                self.errors.lock().unwrap().push(error);
                None
            }
        }
    }
}

async fn insert(db: &Database, log: &Log, task: i32) {
    let id = log.id();
    let done = db.collection::<Entry>().insert(&Entry { id, task }).await;
    if log.note("insert", task, done).is_some() {
        log.entries.lock().unwrap().insert(id);
    }
}

async fn increment(db: &Database, log: &Log, task: i32) {
    let done = db.collection::<Counter>().update_one(Counter.id.eq(task), Counter.count.inc(1)).await;
    let known = log.note("update", task, done).is_some();
    let mut counts = log.counts.lock().unwrap();
    let (sure, unsure) = counts.entry(task).or_default();
    *if known { sure } else { unsure } += 1;
}

async fn pair(db: &Database, log: &Log, task: i32) {
    let id = log.id();
    let done = transaction!(db, |tx| {
        tx.collection::<Left>().insert(&Left { id }).await?;
        tx.collection::<Right>().insert(&Right { id }).await
    });
    let done = done.await;
    if log.note("transaction", task, done).is_some() {
        log.pairs.lock().unwrap().insert(id);
    }
}

async fn bulk(db: &Database, log: &Log, task: i32) {
    let ids: Vec<i32> = (0..10).map(|_| log.id()).collect();
    let mut writes: Vec<Write<Entry>> =
        ids.iter().map(|id| Write::insert(&Entry { id: *id, task })).collect();
    writes.push(Write::update_one(Entry.id.eq(ids[0]), Entry.task.set(-task)));
    let done = db.collection::<Entry>().bulk_write(writes).await;
    let inserted: Vec<i32> = match &done {
        Ok(result) => result.inserted_ids.iter().map(|(_, id)| *id).collect(),
        // A primary that goes carried them out, but cannot say that a majority has them: they may be rolled back.
        Err(error) if !error.write_concern_failures().is_empty() => Vec::new(),
        // What the error says was done counts as acknowledged.
        Err(error) => {
            let partial = error.partial_result().map(|partial| partial.inserted_ids.clone());
            partial.unwrap_or_default().into_iter().map(|(at, _)| ids[at]).collect()
        }
    };
    log.note("bulk write", task, done);
    log.entries.lock().unwrap().extend(inserted);
}

async fn read(db: &Database, log: &Log, task: i32) {
    let entries = db.collection::<Entry>().with_read_concern(ReadConcern::majority());
    // Everything acknowledged before the read must be in it.
    let known: Vec<i32> = log.entries.lock().unwrap().iter().rev().take(50).copied().collect();
    let wanted = known.len();
    let found = match task % 3 {
        0 => entries.find(Entry.id.is_in(known)).batch_size(10).await.map(|found| found.len()),
        1 => entries.count(Entry.id.is_in(known)).await.map(|count| count as usize),
        _ => entries.aggregate().filter(Entry.id.is_in(known)).await.map(|found| found.len()),
    };
    if let Some(found) = log.note("read", task, found) {
        assert_eq!(found, wanted, "an acknowledged document was not read");
    }
}

async fn run(db: Database, log: Arc<Log>, task: i32) {
    while !log.stop.load(Ordering::Relaxed) {
        match task % 5 {
            0 => insert(&db, &log, task).await,
            1 => increment(&db, &log, task).await,
            2 => pair(&db, &log, task).await,
            3 => bulk(&db, &log, task).await,
            _ => read(&db, &log, task).await,
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

const TASKS: i32 = 20;

// covers: M12, M13, M14, M23, M29, M30
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_set_that_loses_its_primary_under_load_loses_nothing() -> Result<()> {
    let server = Server::builder().replica_set(3).durable(true).start().await?;
    let client = Client::connect(server.uri()).await?;
    let majority = WriteConcern::majority();
    let db =
        client.database("failover").with_write_concern(majority).with_read_concern(ReadConcern::majority());
    db.collection::<Counter>().insert_many((0..TASKS).map(|id| Counter { id, count: 0 })).await?;
    for name in ["entries", "left", "right"] {
        db.create_collection(name).await?;
    }

    let log = Arc::new(Log::default());
    let tasks: Vec<_> = (0..TASKS).map(|task| tokio::spawn(run(db.clone(), log.clone(), task))).collect();
    let load = Duration::from_secs(2);
    tokio::time::sleep(load).await;

    // Once as in a crash, once in good order.
    let first = server.primary().await?;
    server.kill_node(first).await?;
    assert_ne!(server.primary().await?, first);
    tokio::time::sleep(load).await;
    server.restart_node(first).await?;
    let second = server.primary().await?;
    server.stop_node(second).await?;
    assert_ne!(server.primary().await?, second);
    let elected = Instant::now();
    tokio::time::sleep(load).await;
    server.restart_node(second).await?;
    tokio::time::sleep(load).await;

    log.stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.expect("no panic");
    }
    check_progress(&log, elected);
    check_errors(&log);
    check_data(&db, &log).await?;

    no_open_transaction(&client.database("admin")).await
}

/// Every task has succeeded after the last election.
fn check_progress(log: &Log, elected: Instant) {
    let succeeded = log.succeeded.lock().unwrap();
    assert_eq!(succeeded.len(), 5, "{:?}", succeeded.keys());
    for (kind, tasks) in succeeded.iter() {
        assert_eq!(tasks.len(), TASKS as usize / 5, "{kind}");
        for (task, last) in tasks {
            assert!(*last > elected, "the {kind} of task {task} did not go on");
        }
    }
}

/// Every error says what kind it is.
fn check_errors(log: &Log) {
    for error in log.errors.lock().unwrap().iter() {
        let typed = matches!(
            error.kind(),
            ErrorKind::Network | ErrorKind::ServerSelection | ErrorKind::Command | ErrorKind::Write
        );
        assert!(typed, "{:?}: {error}", error.kind());
        assert!(!error.is_duplicate_key(), "a write was carried out twice: {error}");
        assert!(!error.to_string().is_empty());
    }
}

async fn all<D, F>(collection: Collection<D>, id: F) -> Result<BTreeSet<i32>>
where
    D: odmium::Record + odmium::codec::DecodeOwned + Send + 'static,
    F: Fn(&D) -> i32,
{
    let found = collection.find(Filter::everything()).await?;
    let ids: BTreeSet<i32> = found.iter().map(id).collect();
    assert_eq!(ids.len(), found.len());
    Ok(ids)
}

async fn check_data(db: &Database, log: &Log) -> Result<()> {
    let entries = all(db.collection::<Entry>(), |it| it.id).await?;
    let acknowledged = log.entries.lock().unwrap().clone();
    assert!(acknowledged.len() > 200, "{} inserts", acknowledged.len());
    let lost: Vec<_> = acknowledged.difference(&entries).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");

    let left = all(db.collection::<Left>(), |it| it.id).await?;
    let right = all(db.collection::<Right>(), |it| it.id).await?;
    assert_eq!(left, right, "half a transaction was kept");
    let committed = log.pairs.lock().unwrap().clone();
    assert!(committed.len() > 50, "{} transactions", committed.len());
    assert!(committed.is_subset(&left), "committed and lost: {:?}", committed.difference(&left));

    let counts = log.counts.lock().unwrap().clone();
    for (task, (sure, unsure)) in counts {
        let stored = db.collection::<Counter>().get(task).await?.unwrap().count;
        assert!(
            (sure..=sure + unsure).contains(&stored),
            "counter {task} is {stored}: {sure} increments were acknowledged, {unsure} failed"
        );
    }
    Ok(())
}
