//! No transaction stays open, however it ends.

use std::sync::atomic::{AtomicUsize, Ordering};

use odmium::{Result, action::Write, bson::Document, bson::doc, prelude::*, transaction};

use crate::lab::{Lab, Row, polled};

const TIMES: usize = 100;

/// What waits on the server within a transaction.
async fn idle_transactions(lab: &Lab) -> Result<Vec<Document>> {
    lab.admin
        .client()
        .current_op()
        .all_users(true)
        .idle_sessions(true)
        .filter(doc! { "transaction": { "$exists": true }, "type": "idleSession" })
        .await
}

// covers: M13, T22
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transactions_are_over_however_they_end() -> Result<()> {
    let lab = Lab::start().await?;
    let db = &lab.db;
    let rows = db.collection::<Row>();

    // Seen as open, so that the count means something.
    let mut open = db.begin().await?;
    open.collection::<Row>().update_one(Row.id.eq(1), Row.count.inc(1)).await?;
    assert_eq!(lab.open().await?.transactions, 1);
    assert_eq!(idle_transactions(&lab).await?.len(), 1);
    open.abort().await?;
    assert_eq!(lab.open().await?.transactions, 0, "`abort` waits");

    for at in 0..TIMES {
        let change = Row.count.inc(1);
        match at % 5 {
            0 => {
                transaction!(db, |tx| tx.collection::<Row>().update_one(Row.id.eq(1), Row.count.inc(1)).await)
                    .await
                    .map(drop)?
            }
            1 => {
                let mut tx = db.begin().await?;
                tx.collection::<Row>().update_one(Row.id.eq(1), change).await?;
                drop(tx);
            }
            2 => {
                let mut tx = db.begin().await?;
                let mut cursor =
                    tx.collection::<Row>().find(Filter::everything()).batch_size(5).cursor().await?;
                cursor.try_next().await?;
            }
            3 => {
                let mut session = lab.client.start_session().await?;
                session.start_transaction().await?;
                rows.update_one(Row.id.eq(2), change).session(&mut session).await?;
                // Dropped without commit or abort.
            }
            _ => {
                let failed = transaction!(db, |tx| {
                    tx.collection::<Row>().update_one(Row.id.eq(3), Row.count.inc(1)).await?;
                    tx.collection::<Row>().insert(&Row { id: 3, count: 0 }).await
                });
                assert!(failed.await.unwrap_err().is_duplicate_key());
            }
        }
    }
    lab.assert_closed("transactions of every end").await?;
    assert_eq!(idle_transactions(&lab).await?, []);
    assert_eq!(rows.get(1).await?.unwrap().count, i64::try_from(TIMES / 5).unwrap());
    assert_eq!(rows.get(3).await?.unwrap().count, 0);
    Ok(())
}

// covers: M13
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_dropped_at_any_stage_is_over() -> Result<()> {
    let lab = Lab::start().await?;
    let db = &lab.db;
    let (mut stage, mut finished) = (0, 0);
    while finished < 20 {
        stage += 1;
        let block = transaction!(db, |tx| {
            tx.collection::<Row>().update_one(Row.id.eq(1), Row.count.inc(1)).await?;
            tx.collection::<Row>().bulk_write([Write::update_one(Row.id.eq(2), Row.count.inc(1))]).await?;
            tx.collection::<Row>().find(Row.id.lt(100)).batch_size(10).await?;
            tx.collection::<Row>().update_one(Row.id.eq(3), Row.count.inc(1)).await
        });
        if polled(block, stage).await.is_some() {
            finished += 1;
        }
        assert!(stage < 2000, "it does not end");
    }
    assert!(stage > 30, "{stage} stages: nothing was dropped");
    lab.assert_closed("transactions dropped at every stage").await?;
    assert_eq!(idle_transactions(&lab).await?, []);
    // All of it, or nothing.
    let counts = db.collection::<Row>().find(Row.id.is_in([1, 2, 3])).select(Row.count).await?;
    assert!(counts.iter().all(|count| *count == counts[0]) && counts[0] >= 20, "{counts:?}");
    Ok(())
}

// covers: M13
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_that_are_aborted_leave_no_transaction() -> Result<()> {
    let lab = Lab::start().await?;
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    for round in 0..20 {
        let tasks: Vec<_> = (0..10)
            .map(|task| {
                let db = lab.db.clone();
                tokio::spawn(async move {
                    loop {
                        let id = round * 10 + task;
                        let block = transaction!(db, |tx| {
                            STARTED.fetch_add(1, Ordering::Relaxed);
                            tx.collection::<Row>().update_one(Row.id.eq(id), Row.count.inc(1)).await?;
                            tx.collection::<Row>().update_one(Row.id.eq(id), Row.count.inc(1)).await
                        });
                        block.await?;
                        if id % 7 == 3 {
                            panic!("for this test");
                        }
                    }
                    #[expect(unreachable_code, reason = "the type of the block")]
                    Ok::<_, odmium::Error>(())
                })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(15 + 3 * round as u64)).await;
        for task in tasks {
            task.abort();
            let _ = task.await;
        }
    }
    assert!(STARTED.load(Ordering::Relaxed) > 200);
    lab.assert_closed("aborted tasks").await?;
    lab.assert_pool().await?;
    let odd = lab.db.collection::<Row>().count(Row.count.modulo(2, 1)).await?;
    assert_eq!(odd, 0, "half a transaction was kept");
    Ok(())
}
