//! Nothing stays open after cursors, sessions and dropped operations.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use odmium::{
    Result,
    action::Write,
    bson::{Document, doc},
    options::CursorType,
    prelude::*,
};
use odmium_tests::wait::eventually;

use crate::lab::{Lab, Open, Row, polled};

const TIMES: usize = 200;

// covers: M40
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cursors_are_closed_however_they_end() -> Result<()> {
    let lab = Lab::start().await?;
    let rows = lab.db.collection::<Row>();
    let find = || rows.find(Filter::everything()).batch_size(10);

    for _ in 0..TIMES {
        let mut cursor = find().cursor().await?;
        cursor.try_next().await?;
    }
    lab.assert_closed("cursors that were dropped").await?;

    // Seen as open, so that the count means something.
    let held: Vec<_> = futures_util::future::try_join_all((0..20).map(|_| find().cursor())).await?;
    assert_eq!(lab.open().await?.cursors, 20);
    for cursor in held {
        cursor.close().await?;
    }
    assert_eq!(lab.open().await?.cursors, 0, "`close` waits");

    for at in 0..TIMES {
        let mut cursor = find().cursor().await?;
        let _ = polled(cursor.to_list(100), at % 12 + 1).await;
        let rewound = cursor.try_next().await;
        drop(rewound);
    }
    lab.assert_closed("cursors whose fetch was dropped").await?;

    for at in 0..TIMES {
        drop(polled(find().cursor(), at % 8 + 1).await);
    }
    lab.assert_closed("cursors that were dropped while they opened").await?;

    let mut session = lab.client.start_session().await?;
    for at in 0..TIMES {
        let mut cursor = find().session(&mut session).cursor().await?;
        let _ = polled(cursor.to_list(50), at % 8 + 1).await;
    }
    session.end().await;
    lab.assert_closed("cursors in a session").await?;

    let mut session = lab.client.start_session().await?;
    for at in 0..TIMES {
        drop(polled(find().session(&mut session).cursor(), at % 8 + 1).await);
    }
    session.end().await;
    lab.assert_closed("cursors that were dropped while they opened in a session").await?;
    for at in 0..TIMES {
        let mut session = lab.client.start_session().await?;
        drop(polled(find().session(&mut session).cursor(), at % 8 + 1).await);
    }
    lab.assert_closed("the same in sessions that were dropped").await?;

    for _ in 0..TIMES {
        let mut cursor = rows.aggregate().sort(Row.id.asc()).batch_size(5).cursor().await?;
        cursor.try_next().await?;
        drop(cursor);
        let command = doc! { "find": "rows", "batchSize": 5 };
        let mut cursor = lab.db.run_cursor_command::<Document>(command).cursor().await?;
        cursor.try_next().await?;
    }
    lab.assert_closed("cursors of pipelines and commands").await?;

    lab.db.create_collection("capped").capped(1 << 20).await?;
    let capped = lab.db.collection_named::<Document>("capped");
    capped.insert(&doc! { "a": 1 }).await?;
    for at in 0..TIMES / 4 {
        let tail = capped.find(Filter::everything()).cursor_type(CursorType::TailableAwait);
        let mut tail = tail.max_await_time(Duration::from_millis(20)).cursor().await?;
        let _ = polled(tail.to_list(2), at % 6 + 1).await;
    }
    lab.assert_closed("tailable cursors").await?;

    let bucket = lab.db.bucket::<Document>().chunk_size(1024);
    let id = bucket.upload_from("file", &[7_u8; 50_000][..]).await?;
    for _ in 0..TIMES / 4 {
        let mut stream = bucket.open_download_stream(id.clone()).await?;
        assert_eq!(stream.read_bytes(3000).await?.len(), 3000);
    }
    lab.assert_closed("downloads").await?;
    lab.assert_pool().await
}

// covers: M8, M9, M15
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_are_used_again_and_end_with_the_client() -> Result<()> {
    let lab = Lab::start().await?;
    let rows = lab.db.collection::<Row>();
    let before = lab.sessions().await?;
    let mut ids = BTreeSet::new();
    for at in 0..TIMES {
        let mut session = lab.client.start_session().await?;
        ids.insert(session.id().to_string());
        rows.get(at as i32).session(&mut session).await?;
        if at % 2 == 0 {
            session.end().await;
        }
        rows.get(1).await?;
    }
    // A dropped session is given back in the background, so that a few may be under way.
    assert!(ids.len() < 20, "{} sessions for one at a time", ids.len());
    let after = lab.sessions().await?;
    assert!(after < before + 30, "{before} sessions became {after}");

    // Twenty at a time need about twenty, however many there are in all.
    for _ in 0..5 {
        let many = (0..20).map(|id| rows.update_one(Row.id.eq(id), Row.count.inc(1)).into_future());
        futures_util::future::try_join_all(many).await?;
    }
    let after = lab.sessions().await?;
    assert!(after < before + 60, "{before} sessions became {after}");
    lab.assert_closed("sessions").await?;

    let connections = || async {
        let status = lab.status().await?;
        Ok::<_, odmium::Error>(status.get_document("connections").unwrap().get_i32("current").unwrap())
    };
    let open = connections().await?;
    lab.client.clone().close().await;
    let left = lab.sessions().await?;
    // Those of the client that looks are left.
    assert!(left + 10 < after && left <= before, "{before} sessions, {after} in use, {left} after the close");
    eventually("connections are closed", 1, async || Ok(connections().await? < open - 10)).await
}

/// Runs an operation again and again, each time dropped one poll later, until it has ended by itself a few times. Gives how
/// often it was dropped.
macro_rules! dropped_at_every_stage {
    ($lab:expr, $dropped:ident, $($name:literal: $operation:expr;)*) => {$(
        let (mut stage, mut finished) = (0, 0);
        while finished < 3 {
            stage += 1;
            assert!(stage < 1000, "{} does not end", $name);
            match polled($operation, stage).await {
                Some(result) => {
                    finished += 1;
                    assert!(result.is_ok(), "{}: {:?}", $name, result.err());
                }
                None => *$dropped.entry($name).or_insert(0) += 1,
            }
        }
        $lab.assert_closed($name).await?;
    )*};
}

// covers: M12, M40
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_dropped_at_any_stage_leaves_nothing_open() -> Result<()> {
    let lab = Lab::start().await?;
    let rows = lab.db.collection::<Row>();
    rows.sync_indexes().await?;
    let mut dropped = BTreeMap::new();
    for _ in 0..20 {
        dropped_at_every_stage! {
            lab, dropped,
            "find": rows.find(Filter::everything()).batch_size(50);
            "find one": rows.find_one(Row.id.eq(1));
            "get": rows.get(2);
            "page": rows.find(Filter::everything()).sort(Row.id.asc()).page(20);
            "count": rows.count(Row.id.gt(3));
            "distinct": rows.distinct(Row.count, Filter::everything());
            "aggregate": rows.aggregate().filter(Row.id.gt(3)).batch_size(50);
            "update": rows.update_many(Row.id.lt(50), Row.count.inc(1));
            "find and update": rows.find_one_and_update(Row.id.eq(1), Row.count.inc(1));
            "find or insert": rows.find_or_insert_by(Row.id, 7, || Row { id: 7, count: 0 });
            "bulk write": rows.bulk_write((0..50).map(|id| Write::update_one(Row.id.eq(id), Row.count.inc(1))));
            "bulk write over collections": lab.client.bulk_write()
                .to(&rows, [Write::update_one(Row.id.eq(1), Row.count.inc(1))])
                .to(&lab.db.collection_named::<Row>("others"), [Write::delete_one(Row.id.eq(1))]);
            "list collections": lab.db.list_collections();
            "command": lab.db.run_command(doc! { "ping": 1 });
        };
    }
    assert!(dropped.len() == 14 && dropped.values().all(|times| *times >= 20), "{dropped:?}");
    assert_eq!(rows.count(Filter::everything()).await?, 500);
    assert_eq!(lab.open().await?, Open::default());
    lab.assert_pool().await
}
