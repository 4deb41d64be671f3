//! Streams, batches and single documents.

use std::{ops::ControlFlow, time::Duration};

use futures_util::FutureExt;
use odmium::{
    Client, Database,
    bson::{Document, doc},
    dev::{self, Server},
    options::{Collation, CursorType},
    prelude::*,
};
use odmium_tests::Recorder;
use tokio::runtime::Builder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i64,
    text: String,
}

#[derive(Document, Debug, PartialEq)]
#[document(collection = "rows", root = "Lent")]
struct LentRow<'a> {
    id: i64,
    text: &'a str,
}

async fn fill(db: &Database, n: i64) -> odmium::Result<()> {
    let rows = (0..n).map(|id| Row { id, text: format!("row {id}") });
    db.collection::<Row>().insert_many(rows).await.map(drop)
}

// covers: M32, M37
#[odmium::test]
async fn a_cursor_streams_over_many_batches(db: Database) -> odmium::Result<()> {
    fill(&db, 1000).await?;
    let (db, sent) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    let mut cursor = rows.find(Filter::everything()).sort(Row.id.asc()).batch_size(300).cursor().await?;
    let mut seen = 0;
    while let Some(row) = cursor.try_next().await? {
        assert_eq!(row, Row { id: seen, text: format!("row {seen}") });
        seen += 1;
    }
    assert_eq!(seen, 1000);
    let names: Vec<_> = sent.take().iter().map(|command| command.keys().next().unwrap().clone()).collect();
    assert_eq!(names, ["find", "getMore", "getMore", "getMore"]);

    let stream = rows.find(Row.id.gte(990)).cursor().await?;
    let ids: Vec<i64> = stream.map_ok(|row| row.id).try_collect().await?;
    assert_eq!(ids.len(), 10);
    Ok(())
}

// covers: T4
#[odmium::test]
async fn a_batch_lends_its_bytes(db: Database) -> odmium::Result<()> {
    fill(&db, 10).await?;
    let mut cursor = db.collection::<LentRow<'_>>().find(Lent.id.lt(5)).sort(Lent.id.asc()).cursor().await?;
    let batch = cursor.next_batch().await?.expect("a first batch");
    let reply = batch.reply().expect("a reply").as_bytes().as_ptr_range();
    let mut seen = 0;
    for row in batch.iter() {
        let row = row?;
        assert_eq!(row, LentRow { id: seen, text: &format!("row {seen}") });
        assert!(reply.contains(&row.text.as_ptr()), "the text was copied");
        seen += 1;
    }
    assert_eq!(seen, 5);
    assert!(cursor.next_batch().await?.is_none());
    Ok(())
}

#[odmium::test]
async fn a_document_that_does_not_fit_is_one_error_of_the_stream(db: Database) -> odmium::Result<()> {
    fill(&db, 3).await?;
    let rows = db.collection::<Row>();
    let raw = odmium::update::Update::raw(doc! { "$set": { "text": 5 } });
    rows.update_one(Row.id.eq(1), raw).await?;
    let mut cursor = rows.find(Filter::everything()).sort(Row.id.asc()).cursor().await?;
    assert_eq!(cursor.try_next().await?.unwrap().id, 0);
    let error = cursor.try_next().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "`text` of the document with _id 1 must be a string, but an int32 is stored"
    );
    assert_eq!(cursor.try_next().await?.unwrap().id, 2);
    assert!(cursor.try_next().await?.is_none());
    assert!(rows.find(Filter::everything()).await.unwrap_err().is_decode());
    Ok(())
}

// covers: M37
#[odmium::test]
async fn a_cursor_is_read_in_steps(db: Database) -> odmium::Result<()> {
    fill(&db, 30).await?;
    let (db, sent) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    let ids = |rows: Vec<Row>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    let mut cursor = rows.find(Filter::everything()).sort(Row.id.asc()).batch_size(4).cursor().await?;
    assert_eq!(ids(cursor.to_list(0).await?), [0; 0]);
    assert_eq!(ids(cursor.to_list(3).await?), [0, 1, 2]);
    assert_eq!(ids(cursor.to_list(3).await?), [3, 4, 5]);
    assert_eq!(sent.take().len(), 2, "nothing is fetched ahead");
    let mut seen = Vec::new();
    let stopped = cursor
        .for_each(|row| {
            seen.push(row.id);
            if row.id == 9 { ControlFlow::Break(row.text) } else { ControlFlow::Continue(()) }
        })
        .await?;
    assert_eq!(stopped, ControlFlow::Break("row 9".into()));
    assert_eq!(seen, [6, 7, 8, 9]);
    assert_eq!(cursor.next_if_any().await?.unwrap().id, 10);
    let batch = cursor.next_batch().await?.expect("a batch");
    assert_eq!(batch.owned().count(), 4, "what is left of the batch before is passed over");
    assert_eq!(cursor.try_next().await?.unwrap().id, 16);
    assert_eq!(ids(cursor.to_list(1).await?), [17]);
    assert_eq!(ids(cursor.collect().await?), (18..30).collect::<Vec<_>>());

    let mut cursor = rows.find(Row.id.lt(5)).cursor().await?;
    let mut count = 0;
    assert_eq!(
        cursor
            .for_each(|_| {
                count += 1;
                ControlFlow::<()>::Continue(())
            })
            .await?,
        ControlFlow::Continue(())
    );
    assert_eq!((count, cursor.to_list(9).await?, cursor.is_alive()), (5, vec![], false));
    Ok(())
}

// covers: M38
#[odmium::test]
async fn a_cursor_runs_again(db: Database) -> odmium::Result<()> {
    fill(&db, 20).await?;
    let rows = db.collection::<Row>();
    let client = db.client();
    let mut session = client.start_session().await?;
    let find = rows.find(Row.id.lt(10)).sort(Row.id.desc()).batch_size(3).session(&mut session);
    let mut cursor = find.select(Row.id).cursor().await?;
    assert_eq!(cursor.to_list(4).await?, [9, 8, 7, 6]);
    let first = cursor.id();
    let mut other = cursor.again().await?;
    assert_eq!(other.try_next().await?, Some(9));
    assert_eq!((other.session().is_none(), cursor.session().is_some()), (true, true));
    assert_eq!(cursor.try_next().await?, Some(5));
    rows.insert(&Row { id: -1, text: String::new() }).await?;
    cursor.rewind().await?;
    assert!(cursor.id() != first && cursor.session().is_some());
    assert_eq!(cursor.to_list(99).await?, (-1..10).rev().collect::<Vec<_>>());
    cursor.rewind().await?;
    assert_eq!(cursor.collect().await?.len(), 11);
    session.end().await;
    Ok(())
}

// covers: M39
#[odmium::test]
async fn a_find_lists_different_values_and_takes_code(db: Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    let texts = ["a", "A", "b", "b", "c"];
    rows.insert_many(texts.iter().zip(0..).map(|(text, id)| Row { id, text: text.to_string() })).await?;
    let strict = rows.find(Row.id.lt(4)).sort(Row.id.asc());
    assert_eq!(strict.distinct(Row.text).await?, ["A", "a", "b"]);
    let folded = Collation::builder().locale("en").strength(odmium::options::CollationStrength::Secondary);
    assert_eq!(rows.find(Row.id.lt(4)).collation(folded.build()).distinct(Row.text).await?.len(), 2);
    let found = rows.find(Row.id.gt(0)).where_js("this.text == 'a' || this._id == 3").await?;
    assert_eq!(found, [Row { id: 3, text: "b".into() }]);
    Ok(())
}

/// Which of the cursors that are open on the server are those of the database.
async fn open_cursors(db: &Database) -> odmium::Result<Vec<i64>> {
    let admin = db.inner().client().database("admin");
    let stages =
        [doc! { "$currentOp": { "idleCursors": true } }, doc! { "$match": { "type": "idleCursor" } }];
    let mut found = admin.aggregate(stages).await?;
    let mut ids = Vec::new();
    while found.advance().await? {
        let operation = Document::try_from(found.current()).unwrap();
        if operation.get_str("ns").unwrap().starts_with(db.name()) {
            ids.push(operation.get_document("cursor").unwrap().get_i64("cursorId").unwrap());
        }
    }
    Ok(ids)
}

// covers: M40
#[odmium::test]
async fn a_cursor_says_where_it_is_and_is_closed(db: Database) -> odmium::Result<()> {
    fill(&db, 50).await?;
    let rows = db.collection::<Row>();
    let mut cursor = rows.find(Filter::everything()).batch_size(20).cursor().await?;
    let id = cursor.id().expect("it is open");
    assert_eq!(open_cursors(&db).await?, [id]);
    let address = cursor.address().await?.expect("it is found");
    let port = db
        .run_command(doc! { "hello": 1 })
        .await?
        .get_str("me")
        .unwrap()
        .split_once(':')
        .unwrap()
        .1
        .to_owned();
    assert!(address.ends_with(&format!(":{port}")), "{address}");
    assert!(cursor.session().is_none() && cursor.is_alive());
    assert_eq!(format!("{cursor:?}"), format!("Cursor {{ id: {id}, .. }}"));
    cursor.to_list(45).await?;
    // The last batch has come: the server has closed it, and there is something left to read.
    assert_eq!((cursor.id(), cursor.is_alive(), cursor.address().await?), (None, true, None));
    assert_eq!(open_cursors(&db).await?, [0; 0]);
    cursor.to_list(5).await?;
    assert!(!cursor.is_alive());
    cursor.close().await?;

    let client = db.client();
    let mut session = client.start_session().await?;
    for _ in 0..2 {
        let mut cursor =
            rows.find(Filter::everything()).batch_size(20).session(&mut session).cursor().await?;
        cursor.try_next().await?;
        assert_eq!(open_cursors(&db).await?, [cursor.id().unwrap()]);
        cursor.close().await?;
        assert_eq!(open_cursors(&db).await?, [0; 0]);
    }
    session.end().await;

    let empty = rows.find(Row.id.lt(0)).cursor().await?;
    assert_eq!((empty.id(), empty.is_alive()), (None, false));
    Ok(())
}

// covers: M40
#[odmium::test]
async fn a_dropped_cursor_is_closed_on_the_server(db: Database) -> odmium::Result<()> {
    fill(&db, 500).await?;
    let rows = db.collection::<Row>();
    for read in [0, 1, 15] {
        let mut cursor = rows.find(Filter::everything()).batch_size(10).cursor().await?;
        cursor.to_list(read).await?;
        assert_eq!(open_cursors(&db).await?.len(), 1);
        drop(cursor);
        let mut tries = 0;
        while !open_cursors(&db).await?.is_empty() {
            tries += 1;
            assert!(tries < 100, "the cursor is left open");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Ok(())
}

// covers: M40
#[odmium::test]
async fn a_cursor_that_was_killed_says_so_and_ends(db: Database) -> odmium::Result<()> {
    fill(&db, 50).await?;
    let mut cursor = db.collection::<Row>().find(Filter::everything()).batch_size(20).cursor().await?;
    let kill = doc! { "killCursors": "rows", "cursors": [cursor.id().unwrap()] };
    dev::client().await?.database(db.name()).run_command(kill).await?;
    assert_eq!(cursor.to_list(20).await?.len(), 20, "what has arrived is given");
    let error = cursor.try_next().await.unwrap_err();
    assert!(error.is_command() && error.code() == Some(43), "{error:?}");
    assert!(error.to_string().starts_with("the server has closed this cursor"), "{error}");
    assert_eq!((cursor.is_alive(), cursor.id()), (false, None));
    assert_eq!(cursor.try_next().await?, None);
    cursor.rewind().await?;
    assert_eq!(cursor.to_list(99).await?.len(), 50);
    Ok(())
}

// covers: M40
#[tokio::test]
async fn a_cursor_that_was_idle_for_too_long_says_so() -> odmium::Result<()> {
    let server = Server::builder()
        .arg("--setParameter=cursorTimeoutMillis=300")
        .arg("--setParameter=enableTimeoutOfInactiveSessionCursors=true")
        .arg("--setParameter=clientCursorMonitorFrequencySecs=1");
    let server = server.start().await?;
    let db = Client::connect(server.uri()).await?.database("idle");
    fill(&db, 50).await?;
    let mut cursor = db.collection::<Row>().find(Filter::everything()).batch_size(20).cursor().await?;
    assert_eq!(cursor.to_list(20).await?.len(), 20);
    tokio::time::sleep(Duration::from_millis(2500)).await;
    let error = cursor.try_next().await.unwrap_err();
    assert!(error.to_string().starts_with("the server has closed this cursor"), "{error}");
    server.stop().await
}

// covers: M37
#[odmium::test]
async fn a_future_dropped_on_the_way_loses_no_document(db: Database) -> odmium::Result<()> {
    fill(&db, 300).await?;
    let rows = db.collection::<Row>();
    let client = db.client();
    let mut session = client.start_session().await?;
    let find = || rows.find(Filter::everything()).sort(Row.id.asc()).batch_size(10);
    for mut cursor in [find().cursor().await?, find().session(&mut session).cursor().await?] {
        let (mut seen, mut dropped) = (Vec::new(), 0);
        loop {
            match tokio::time::timeout(Duration::from_micros(50), cursor.try_next()).await {
                Err(_) => dropped += 1,
                Ok(Ok(Some(row))) => seen.push(row.id),
                Ok(Ok(None)) => break,
                Ok(Err(error)) => return Err(error),
            }
        }
        assert!(dropped > 0);
        assert_eq!(seen, (0..300).collect::<Vec<_>>());
    }
    Ok(())
}

// covers: M24
#[odmium::test]
async fn the_kind_of_a_cursor_is_sent(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    db.run_command(doc! { "create": "rows", "capped": true, "size": 4096 }).await?;
    let rows = db.collection::<Row>();
    rows.insert(&Row { id: 1, text: String::new() }).await?;
    drop(sent.take());
    let find = rows.find(Filter::everything()).cursor_type(CursorType::TailableAwait);
    let mut cursor = find.max_await_time(Duration::from_millis(70)).batch_size(1).cursor().await?;
    cursor.next_batch().await?;
    cursor.next_batch().await?;
    let sent = sent.take();
    let flag = |at: usize, key: &str| sent[at].get_bool(key).ok();
    assert_eq!((flag(0, "tailable"), flag(0, "awaitData")), (Some(true), Some(true)));
    assert_eq!(sent[1].get("maxTimeMS").map(ToString::to_string).as_deref(), Some("70"));
    Ok(())
}

// covers: M32
#[odmium::test]
async fn a_find_may_be_dropped_outside_of_its_runtime_or_as_it_ends(db: Database) -> odmium::Result<()> {
    fill(&db, 10).await?;
    let (uri, name) = (dev::shared().await?.uri().to_owned(), db.name().to_owned());
    let work = move || {
        for place in [Place::After, Place::Beside, Place::Ending] {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            let find = runtime.block_on(async {
                let rows = Client::connect(&uri).await?.database(&name).collection::<Row>();
                assert_eq!(rows.count(Filter::everything()).await?, 10);
                let mut find = rows.find(Filter::everything()).batch_size(2).into_future();
                // Sent, and not answered.
                assert!((&mut find).now_or_never().is_none());
                Ok::<_, odmium::Error>(find)
            })?;
            match place {
                Place::After => {
                    drop(runtime);
                    drop(find);
                }
                Place::Beside => drop(find),
                Place::Ending => {
                    runtime.spawn(async move {
                        let _find = find;
                        std::future::pending::<()>().await;
                    });
                    runtime.block_on(tokio::task::yield_now());
                }
            }
        }
        Ok(())
    };
    std::thread::spawn(work).join().expect("nothing panics")
}

enum Place {
    After,
    Beside,
    Ending,
}
