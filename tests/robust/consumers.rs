//! Consumers of changes that are killed.

use std::time::Duration;

use odmium::{
    Database, Result,
    bson::{Document, doc},
    dev,
    prelude::*,
};

use odmium_tests::lab::Lab;

use crate::process::{Process, named, until_gone};

/// What a run has handled, numbered in that order.
#[derive(Document)]
#[document(collection = "journal")]
struct Entry {
    id: i32,
    event: i32,
}

async fn insert(db: &Database, ids: std::ops::Range<i32>) -> Result<()> {
    let events = db.collection_named::<Document>("events");
    events.insert_many(ids.map(|id| doc! { "_id": id })).await.map(drop)
}

fn start(uri: &str, db: &Database, run: i32) -> Process {
    Process::start(&["consume", uri, db.name(), &run.to_string()])
}

/// The events of the line `given 3 6`: the first, and the one behind the last.
fn given(line: &str) -> (i32, i32) {
    let (first, last) = line.strip_prefix("given ").and_then(|ids| ids.split_once(' ')).expect("two numbers");
    (first.parse().unwrap(), last.parse::<i32>().unwrap() + 1)
}

/// What was handled, in the order of it.
async fn journal(db: &Database) -> Result<Vec<i32>> {
    db.collection::<Entry>().find(Filter::everything()).sort(Entry.id.asc()).select(Entry.event).await
}

// covers: M43
#[odmium::test]
async fn a_killed_consumer_repeats_the_batch_that_it_has_not_committed(db: Database) -> Result<()> {
    let name = db.name().to_owned();
    let uri = named(dev::shared().await?.uri(), &name);
    let mut first = start(&uri, &db, 0);
    first.until("opened").await;
    // Before it has read anything.
    first.kill().await;
    insert(&db, 0..12).await?;

    // The first event that was not committed, and what was handled.
    let (mut next, mut expected) = (0, Vec::new());
    for (run, at) in (1..).zip([
        "given",
        "half handled",
        "handled",
        "committed",
        "given",
        "handled",
        "committed",
        "half handled",
    ]) {
        let mut process = start(&uri, &db, run);
        let (first, end) = given(&process.until("given").await);
        assert_eq!(first, next, "what was committed last stands before the first batch, in run {run}");
        if at != "given" {
            process.go(1).await;
            process.until(at).await;
        }
        process.kill().await;
        until_gone(&db, &name).await?;
        let handled = match at {
            "given" => first,
            "half handled" => first + (end - first) / 2,
            _ => end,
        };
        expected.extend(first..handled);
        next = if at == "committed" { end } else { next };
        assert_eq!(journal(&db).await?, expected, "killed when {at}, in run {run}");
    }
    assert!(next >= 2 && expected.len() > next as usize, "{expected:?}");
    Ok(())
}

/// Whether the commit was carried out decides where the next run begins, though nobody was told.
// covers: M43
#[tokio::test]
async fn a_commit_under_way_counts_when_the_server_has_it() -> Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("killed_consumer").await?;
    let uri = named(lab.uri(), "child");
    let mut process = start(&uri, &db, 0);
    process.until("opened").await;
    insert(&db, 0..8).await?;
    process.go(1).await;
    let (_, end) = given(&process.until("given").await);
    process.go(1).await;
    process.until("handled").await;
    let places = db.collection_named::<Document>("places");
    let before = places.find(Filter::everything()).one().await?;
    let data =
        doc! { "failCommands": ["update"], "blockConnection": true, "blockTimeMS": 500, "appName": "child" };
    let met = lab.fail("alwaysOn", data).await?;
    process.go(1).await;
    lab.until_met(met + 1).await?;
    assert_eq!(process.kill().await, "");
    assert_eq!(places.find(Filter::everything()).one().await?, before);
    lab.heal().await?;
    until_gone(&db, "child").await?;
    let after = places.find(Filter::everything()).one().await?;
    let mut again = start(&uri, &db, 1);
    let (first, _) = given(&again.until("given").await);
    assert_eq!(first, if after == before { 0 } else { end });
    again.kill().await;
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_consumer_that_is_killed_again_and_again_loses_nothing(db: Database) -> Result<()> {
    const EVENTS: i32 = 150;
    let name = db.name().to_owned();
    let uri = named(dev::shared().await?.uri(), &name);
    let mut first = start(&uri, &db, 0);
    first.until("opened").await;
    first.kill().await;
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            for id in 0..EVENTS {
                insert(&db, id..id + 1).await?;
                tokio::time::sleep(Duration::from_millis(4)).await;
            }
            Ok::<_, odmium::Error>(())
        }
    });
    // Where the next run may begin: behind what is known to be committed, or behind the batch after that.
    let (mut may_begin, mut all, mut repeated, mut run) = (vec![0], Vec::new(), 0, 0);
    while all.last() != Some(&(EVENTS - 1)) {
        run += 1;
        assert!(run < 200, "it does not go on from {may_begin:?}");
        let mut process = start(&uri, &db, run);
        process.until("opened").await;
        process.go(1000).await;
        let mut said = vec![process.says().await];
        tokio::time::sleep(Duration::from_millis(u64::try_from(run * 7 % 60).unwrap())).await;
        said.extend(process.kill().await.lines().map(str::to_owned));
        until_gone(&db, &name).await?;
        let (first, _) = given(&said[0]);
        assert!(may_begin.contains(&first), "run {run} begins with {first}, not with one of {may_begin:?}");
        let mut committed = first;
        may_begin = vec![first];
        for line in &said {
            match line.as_str() {
                line if line.starts_with("given") => may_begin = vec![committed, given(line).1],
                "committed" => {
                    committed = may_begin[1];
                    may_begin = vec![committed];
                }
                _ => {}
            }
        }
        let handled = journal(&db).await?.split_off(all.len());
        assert!((first..).zip(&handled).all(|(expected, event)| expected == *event), "{first}: {handled:?}");
        repeated += all.iter().rev().take_while(|event| handled.contains(event)).count();
        all.extend(handled);
    }
    writer.await.unwrap()?;
    let mut each = all.clone();
    each.sort_unstable();
    each.dedup();
    assert_eq!(each, (0..EVENTS).collect::<Vec<_>>());
    assert!(run > 5 && repeated > 0, "{run} runs, {repeated} events repeated");
    Ok(())
}
