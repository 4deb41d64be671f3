//! The sessions that single operations run in when they are given none.

use std::time::{Duration, Instant};

use odmium::{
    Database,
    bson::{Document, doc},
    dev,
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "reused")]
struct Row {
    id: i32,
    #[field(index(unique))]
    text: String,
}

fn row(id: i32) -> Row {
    Row { id, text: id.to_string() }
}

/// The different sessions of the commands recorded so far, and how many commands had none.
fn sessions(recorder: &Recorder) -> (Vec<Document>, usize) {
    let commands = recorder.take();
    let mut seen: Vec<Document> = Vec::new();
    for id in commands.iter().filter_map(|command| command.get_document("lsid").ok()) {
        if !seen.contains(id) {
            seen.push(id.clone());
        }
    }
    let without = commands.iter().filter(|command| !command.contains_key("lsid")).count();
    (seen, without)
}

// covers: M13
#[odmium::test]
async fn single_operations_share_one_session_as_long_as_they_follow_each_other(
    db: Database,
) -> odmium::Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    rows.sync_indexes().await?;
    let _ = recorder.take();
    rows.insert(&row(1)).await?;
    assert_eq!(rows.get(1).await?, Some(row(1)));
    rows.update_one(Row.id.eq(1), Row.text.set("b")).await?;
    rows.replace_one(Row.id.eq(1), &row(1)).await?;
    rows.find_one_and_update(Row.id.eq(1), Row.text.set("c")).await?;
    rows.find_one_and_replace(Row.id.eq(1), &row(1)).await?;
    rows.find_one_and_delete(Row.id.eq(1)).await?;
    rows.delete_one(Row.id.eq(1)).await?;
    assert_eq!(rows.find(Filter::everything()).first().await?, None);
    let (seen, without) = sessions(&recorder);
    assert_eq!((seen.len(), without), (1, 0), "{seen:?}");

    rows.insert(&row(1)).await?;
    tokio::try_join!(rows.get(1), rows.get(1), rows.get(1))?;
    let (seen, without) = sessions(&recorder);
    assert!((2..=3).contains(&seen.len()) && without == 0, "at the same time, each has its own: {seen:?}");
    Ok(())
}

// covers: M13
#[odmium::test]
async fn so_do_operations_over_many_documents(db: Database) -> odmium::Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    rows.sync_indexes().await?;
    rows.insert_many((0..250).map(row)).await?;
    let _ = recorder.take();
    let everything = Filter::<Row>::everything;
    assert_eq!(rows.get(1).await?, Some(row(1)));
    assert_eq!(rows.find(everything()).await?.len(), 250);
    assert_eq!(rows.find(everything()).batch_size(100).await?.len(), 250);
    assert_eq!(rows.aggregate().limit(7).await?.len(), 7);
    assert_eq!(rows.count(everything()).await?, 250);
    assert_eq!(rows.distinct(Row.id, Row.id.lt(3)).await?.len(), 3);
    rows.insert_many([row(300), row(301)]).await?;
    rows.update_many(Row.id.eq(300), Row.text.set("x")).await?;
    assert_eq!(rows.delete_many(Row.id.gte(300)).await?, 2);
    assert_eq!(rows.find(everything()).limit(3).await?.len(), 3);
    let (seen, without) = sessions(&recorder);
    assert_eq!((seen.len(), without), (1, 0), "{seen:?}");

    // A cursor keeps its session as long as it is open on the server.
    let mut cursor = rows.find(everything()).batch_size(100).cursor().await?;
    assert!(cursor.try_next().await?.is_some());
    rows.get(1).await?;
    assert_eq!(sessions(&recorder).0.len(), 2);
    assert_eq!(cursor.collect().await?.len(), 249);
    rows.get(1).await?;
    rows.get(1).await?;
    assert_eq!(sessions(&recorder).0.len(), 1, "that of the cursor came back when it was at its end");
    // What fails or is dropped harms none after it.
    let broken = rows.find(Filter::raw(doc! { "$where": "no javascript" })).await;
    assert!(broken.unwrap_err().is_command());
    let dropped = rows.find(everything()).batch_size(2).cursor().await?;
    drop(dropped);
    rows.find(everything()).batch_size(2).cursor().await?.close().await?;
    assert_eq!(rows.find(everything()).await?.len(), 250);
    Ok(())
}

// covers: M13
#[odmium::test]
async fn an_operation_that_fails_or_is_dropped_harms_none_after_it(db: Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    rows.sync_indexes().await?;
    rows.insert(&row(1)).await?;
    let mut dropped = 0;
    for _ in 0..20 {
        assert!(rows.insert(&row(1)).await.unwrap_err().is_duplicate_key());
        let mut update = rows.update_one(Row.id.eq(1), Row.text.set("1")).into_future();
        // On a busy machine the answer may be there at the first look.
        dropped += u32::from(futures_util::poll!(&mut update).is_pending());
        drop(update);
        assert_eq!(rows.update_one(Row.id.eq(1), Row.text.set("1")).await?.matched, 1);
        assert_eq!(rows.get(1).await?, Some(row(1)));
    }
    assert!(dropped > 0, "none was dropped half way");
    Ok(())
}

// covers: M13
#[tokio::test]
async fn a_client_that_is_closed_waits_for_no_idle_session() -> odmium::Result<()> {
    let mut took = Duration::MAX;
    // A busy machine may need longer, but not each time.
    for _ in 0..10 {
        let (client, recorder) = Recorder::connect(dev::shared().await?.uri()).await?;
        let rows = client.database("reused").collection::<Row>();
        let gets: Vec<_> = (0..20).map(|id| rows.get(id).into_future()).collect();
        futures_util::future::try_join_all(gets).await?;
        let _ = recorder.take();
        let begin = Instant::now();
        client.close().await;
        took = took.min(begin.elapsed());
        let ended = recorder.take();
        assert!(ended.iter().any(|command| command.contains_key("endSessions")), "{ended:?}");
    }
    assert!(took < Duration::from_millis(900), "{took:?}");
    Ok(())
}

// covers: M13
#[tokio::test]
async fn the_drivers_own_shutdown_does_not_wait_for_idle_sessions_without_end() -> odmium::Result<()> {
    let (client, _) = Recorder::connect(dev::shared().await?.uri()).await?;
    let rows = client.database("reused").collection::<Row>();
    for _ in 0..2 {
        let gets: Vec<_> = (0..20).map(|id| rows.get(id).into_future()).collect();
        futures_util::future::try_join_all(gets).await?;
        // Long enough for the first ones to be ended, and for others to follow.
        tokio::time::sleep(Duration::from_millis(2500)).await;
    }
    rows.get(1).await?;
    let shutdown = client.inner().clone().shutdown().into_future();
    tokio::time::timeout(Duration::from_secs(20), shutdown).await.expect("the sessions are ended");
    assert!(rows.get(1).await.unwrap_err().is_closed());
    Ok(())
}

// covers: M13
#[test]
fn sessions_outlast_the_runtime_that_they_were_used_in() -> odmium::Result<()> {
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (home, guest) = (runtime(), runtime());
    let client = home.block_on(async { odmium::Client::connect(dev::shared().await?.uri()).await })?;
    let rows = client.database("reused").collection::<Row>();
    let get = || rows.get(1).into_future();
    home.block_on(get())?;
    guest.block_on(async { futures_util::future::try_join_all([get(), get(), get()]).await })?;
    drop(guest);
    home.block_on(get())?;
    home.block_on(async {
        let shutdown = client.inner().clone().shutdown().into_future();
        tokio::time::timeout(Duration::from_secs(20), shutdown).await.expect("the sessions are ended");
    });
    Ok(())
}
