//! Tailable cursors: on capped collections and on the oplog.

use std::time::{Duration, Instant};

use odmium::{
    Collection, Database,
    bson::{Bson, Document, Timestamp, doc},
    options::CursorType,
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "log")]
struct Line {
    id: i64,
    text: String,
}

fn line(id: i64) -> Line {
    Line { id, text: "x".repeat(100) }
}

async fn capped(db: &Database, bytes: i64) -> odmium::Result<Collection<Line>> {
    db.run_command(doc! { "create": "log", "capped": true, "size": bytes }).await?;
    Ok(db.collection())
}

// covers: M41, M24
#[odmium::test]
async fn a_tailable_cursor_says_that_there_is_nothing_yet_and_goes_on(db: Database) -> odmium::Result<()> {
    let log = capped(&db, 1 << 20).await?;
    let client = db.client();
    let mut session = client.start_session().await?;
    log.insert(&line(0)).await?;
    let find =
        |kind| log.find(Filter::everything()).cursor_type(kind).max_await_time(Duration::from_millis(50));
    let cursors = [
        log.find(Filter::everything()).cursor_type(CursorType::Tailable).cursor().await?,
        find(CursorType::TailableAwait).cursor().await?,
        find(CursorType::TailableAwait).session(&mut session).cursor().await?,
    ];
    let mut written = 1;
    for mut cursor in cursors {
        for id in 0..written {
            assert_eq!(cursor.next_if_any().await?, Some(line(id)));
        }
        for _ in 0..3 {
            for _ in 0..3 {
                assert_eq!(cursor.next_if_any().await?, None);
                assert!(cursor.is_alive() && cursor.id().is_some());
            }
            log.insert(&line(written)).await?;
            assert_eq!(cursor.try_next().await?, Some(line(written)));
            written += 1;
        }
    }
    Ok(())
}

// covers: M41
#[odmium::test]
async fn a_stream_waits_for_what_is_written(db: Database) -> odmium::Result<()> {
    let log = capped(&db, 1 << 20).await?;
    log.insert(&line(0)).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let recorded = recorded.collection::<Line>();
    for (kind, pauses) in [(CursorType::Tailable, 100), (CursorType::TailableAwait, 400)] {
        let (start, expected) = (Instant::now(), log.count(Filter::everything()).await? as i64);
        let mut cursor = recorded.find(Line.id.gte(expected)).cursor_type(kind).cursor().await?;
        let writer = tokio::spawn({
            let log = log.clone();
            async move {
                tokio::time::sleep(Duration::from_millis(450)).await;
                log.insert(&line(expected)).await
            }
        });
        assert_eq!(futures_util::TryStreamExt::try_next(&mut cursor).await?, Some(line(expected)));
        assert!(start.elapsed() >= Duration::from_millis(450));
        writer.await.unwrap()?;
        let (asked, most) = (sent.take().len(), 3 + start.elapsed().as_millis() / pauses);
        assert!(asked as u128 <= most, "the server was asked {asked} times, more often than {most} times");
    }
    Ok(())
}

// covers: M41
#[odmium::test]
async fn all_documents_of_a_tailable_cursor_are_not_waited_for(db: Database) -> odmium::Result<()> {
    let log = capped(&db, 1 << 20).await?;
    log.insert(&line(0)).await?;
    for kind in [CursorType::Tailable, CursorType::TailableAwait] {
        let all =
            tokio::time::timeout(Duration::from_secs(5), log.find(Filter::everything()).cursor_type(kind));
        let error = all.await.expect("it does not hang").unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("`cursor()`"), "{error}");
    }
    assert_eq!(log.find(Filter::everything()).cursor_type(CursorType::NonTailable).await?, [line(0)]);
    Ok(())
}

// covers: M41
#[odmium::test]
async fn a_tailable_cursor_ends_with_its_place_or_collection(db: Database) -> odmium::Result<()> {
    let log = capped(&db, 4096).await?;
    let tail = || log.find(Filter::everything()).cursor_type(CursorType::Tailable);
    let mut dead = tail().cursor().await?;
    assert_eq!((dead.is_alive(), dead.try_next().await?), (false, None), "the collection was empty");

    log.insert_many((0..5).map(line)).await?;
    let mut slow = tail().batch_size(2).cursor().await?;
    assert_eq!(slow.to_list(2).await?.len(), 2);
    for id in 5..200 {
        log.insert(&line(id)).await?;
    }
    let error = slow.try_next().await.unwrap_err();
    assert_eq!(error.code(), Some(136), "{error:?}");
    assert!(error.to_string().contains("are overwritten already"), "{error}");
    assert_eq!((slow.is_alive(), slow.try_next().await?), (false, None));

    let mut last = tail().cursor().await?;
    while last.next_if_any().await?.is_some() {}
    assert!(last.is_alive());
    log.drop().await?;
    assert!(last.try_next().await.unwrap_err().is_command());
    assert!(!last.is_alive());
    Ok(())
}

// covers: M41, M58
#[odmium::test]
async fn the_oplog_is_tailed(db: Database) -> odmium::Result<()> {
    let client = db.client();
    let mut session = client.start_session().await?;
    let log = db.collection::<Line>();
    log.insert(&line(1)).session(&mut session).await?;
    let Timestamp { time, increment } = session.operation_time().unwrap();
    let oplog = client.database("local").collection_named::<Document>("oplog.rs");
    let namespace = format!("{}.log", db.name());
    let since = doc! { "ts": { "$gte": Timestamp { time, increment } }, "ns": &namespace };
    let find = oplog.find(Filter::raw(since)).cursor_type(CursorType::TailableAwait);
    let mut cursor = find.max_await_time(Duration::from_millis(100)).cursor().await?;
    log.update_one(Line.id.eq(1), Line.text.set("changed")).await?;
    log.delete_one(Line.id.eq(1)).await?;
    let entries = cursor.to_list(3).await?;
    let operations: Vec<_> = entries.iter().map(|entry| entry.get_str("op").unwrap()).collect();
    assert_eq!(operations, ["i", "u", "d"]);
    assert_eq!(entries[0].get("o"), Some(&Bson::Document(doc! { "_id": 1_i64, "text": "x".repeat(100) })));
    assert_eq!(cursor.next_if_any().await?, None);
    assert!(cursor.is_alive());
    Ok(())
}
