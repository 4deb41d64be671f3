//! Limits on the time of operations, and the pool after they are reached.

use std::time::{Duration, Instant};

use odmium::{Client, Error, Result, bson::doc, prelude::*};

use crate::slow::{Row, Slow};

const LIMIT: Duration = Duration::from_millis(300);

#[track_caller]
fn assert_late(error: &Error, start: Instant, text: &str) {
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains(text), "{error}");
    assert!(start.elapsed() >= LIMIT && start.elapsed() < LIMIT * 9, "{:?}", start.elapsed());
}

// covers: M12
#[tokio::test]
async fn a_limit_on_an_operation() -> Result<()> {
    let slow = Slow::start(|builder| builder).await?;
    let all = slow.rows();
    slow.hold_up(&["find", "insert", "update", "aggregate", "delete", "count"], Duration::from_secs(3))
        .await?;
    let text = "the operation took longer than its limit of 300ms";
    let everything = Filter::everything;
    let limited = all.with_timeout(LIMIT);
    for turn in 0..2 {
        let start = Instant::now();
        let (a, b, c, d, e, f, g) = tokio::join!(
            async { all.find(everything()).timeout(LIMIT).await.map(drop) },
            async { all.find(everything()).timeout(LIMIT).first().await.map(drop) },
            async { all.get(1).timeout(LIMIT).await.map(drop) },
            async { all.count(everything()).timeout(LIMIT).await.map(drop) },
            async { limited.estimated_count().await.map(drop) },
            async { limited.find(everything()).cursor().await.map(drop) },
            async { all.update_many(Row.id.lt(0), Row.text.set("y")).timeout(LIMIT).await.map(drop) },
        );
        for outcome in [a, b, c, d, e, f, g] {
            assert_late(&outcome.unwrap_err(), start, text);
        }
        if turn == 0 {
            let start = Instant::now();
            let own = slow.client.database("slow").with_timeout(LIMIT);
            let error = own.run_command(doc! { "find": "rows" }).await.unwrap_err();
            assert_late(&error, start, text);
        }
    }
    slow.let_go().await?;
    slow.assert_sound().await
}

// covers: M12
#[tokio::test]
async fn a_limit_on_a_client_and_in_a_transaction() -> Result<()> {
    let slow = Slow::start(|builder| builder.timeout(LIMIT * 4)).await?;
    let all = slow.rows();
    let mut session = slow.client.start_session().await?;
    session.start_transaction().await?;
    all.insert(&Row { id: 1000, text: String::new() }).session(&mut session).await?;
    slow.hold_up(&["find", "getMore"], Duration::from_secs(3)).await?;
    let start = Instant::now();
    let error = all.find(Filter::everything()).session(&mut session).timeout(LIMIT).await.unwrap_err();
    assert_late(&error, start, "the operation took longer");
    let start = Instant::now();
    let error = all.find(Filter::everything()).await.unwrap_err();
    assert!(error.is_timeout() && start.elapsed() >= LIMIT * 4, "{error:?}");
    // An operation may have no limit, or another one.
    let plenty = Duration::from_secs(30);
    assert!(all.find(Row.id.eq(1)).timeout(plenty).await.is_ok());
    assert!(all.find(Row.id.eq(1)).timeout(Duration::ZERO).await.is_ok());
    slow.let_go().await?;
    session.abort_transaction().await?;
    drop(session);
    slow.assert_sound().await
}

// covers: M1, M12
#[tokio::test]
async fn a_limit_on_each_answer() -> Result<()> {
    let slow = Slow::start(|builder| builder.socket_timeout(LIMIT)).await?;
    let all = slow.rows();
    // 25 answers, each within the limit, all together beyond it.
    slow.hold_up(&["find", "getMore"], LIMIT / 10).await?;
    let start = Instant::now();
    assert_eq!(all.find(Filter::everything()).batch_size(20).await?.len(), 500);
    assert!(start.elapsed() > LIMIT * 2, "{:?}", start.elapsed());

    slow.hold_up(&["getMore"], LIMIT * 12).await?;
    let start = Instant::now();
    let error = all.find(Filter::everything()).batch_size(20).await.unwrap_err();
    assert_late(&error, start, "the server's answer took longer than its limit of 300ms");
    let mut cursor = all.find(Filter::everything()).batch_size(20).cursor().await?;
    let start = Instant::now();
    let mut read = 0;
    let error = loop {
        match cursor.try_next().await {
            Ok(Some(_)) => read += 1,
            Ok(None) => panic!("the cursor ended as if everything had been read"),
            Err(error) => break error,
        }
    };
    assert_eq!(read, 20);
    assert_late(&error, start, "the server's answer took longer");
    assert_eq!(cursor.try_next().await?, None, "nothing comes after it");
    slow.let_go().await?;
    slow.assert_sound().await
}

// covers: M1, M12
#[tokio::test]
async fn a_limit_on_waiting_for_a_connection() -> Result<()> {
    let slow = Slow::start(|builder| builder.max_pool_size(2_u32).wait_queue_timeout(LIMIT)).await?;
    let all = slow.rows();
    slow.hold_up(&["count", "aggregate"], LIMIT * 12).await?;
    let busy: Vec<_> = (0..2)
        .map(|_| {
            let all = all.clone();
            tokio::spawn(async move { all.count(Filter::everything()).await })
        })
        .collect();
    tokio::time::sleep(LIMIT / 2).await;
    let start = Instant::now();
    let error = all.find(Filter::everything()).await.unwrap_err();
    assert_late(&error, start, "no connection was free within 300ms (waitQueueTimeoutMS)");
    for count in busy {
        // Longer than the limit: it had its connection.
        assert_eq!(count.await.unwrap()?, 500);
    }
    slow.let_go().await?;
    slow.assert_sound().await
}

// covers: M12
#[tokio::test]
async fn a_limit_while_connections_are_opened() -> Result<()> {
    let slow = Slow::start(|builder| builder).await?;
    let client =
        Client::builder().uri(slow.server.uri()).app_name("late").max_pool_size(3_u32).connect().await?;
    client.wait_for_topology(Duration::from_secs(10), |now| now.is_primary()).await?;
    let all = client.database("slow").collection::<Row>();
    let hello = ["hello", "isMaster", "ismaster"].to_vec();
    let data = doc! { "failCommands": hello, "blockConnection": true, "blockTimeMS": 800, "appName": "late" };
    slow.admin(doc! { "configureFailPoint": "failCommand", "mode": "alwaysOn", "data": data }).await?;
    for _ in 0..4 {
        let gets = (0..5).map(|id| all.get(id).timeout(LIMIT / 6).into_future());
        for outcome in futures_util::future::join_all(gets).await {
            assert!(outcome.unwrap_err().is_timeout());
        }
    }
    slow.let_go().await?;
    // None of the three places in the pool is lost, and none holds another one's answer.
    let gets = (0..100).map(|id| all.get(id).timeout(Duration::from_secs(10)).into_future());
    for (id, outcome) in futures_util::future::join_all(gets).await.into_iter().enumerate() {
        assert_eq!(outcome?.map(|row| row.id), i32::try_from(id).ok());
    }
    slow.assert_sound().await
}

// covers: M12
#[tokio::test]
async fn no_server_is_found_in_time() -> Result<()> {
    let client = Client::connect("mongodb://127.0.0.1:1/?timeoutMS=300").await?;
    let start = Instant::now();
    let error = client.database("x").collection::<Row>().get(1).await.unwrap_err();
    assert_late(&error, start, "the operation took longer");
    let start = Instant::now();
    let error = client.ping().await.unwrap_err();
    assert_late(&error, start, "the operation took longer");
    let client =
        Client::connect("mongodb://127.0.0.1:1/?socketTimeoutMS=100&serverSelectionTimeoutMS=400").await?;
    assert!(
        client.ping().await.unwrap_err().is_server_selection(),
        "a socket timeout begins at a connection"
    );
    Ok(())
}

// covers: M12, M31
#[tokio::test]
async fn a_limit_on_a_pipeline_and_on_a_client_behind_a_collection() -> Result<()> {
    let slow = Slow::start(|builder| builder.timeout(LIMIT)).await?;
    let all = slow.rows();
    slow.hold_up(&["aggregate", "create", "collMod"], Duration::from_secs(3)).await?;
    let start = Instant::now();
    let late = all.aggregate().timeout(LIMIT / 2).await.unwrap_err();
    assert!(late.is_timeout() && late.to_string().contains("150ms"), "{late:?}");
    assert!(start.elapsed() < LIMIT * 9, "{:?}", start.elapsed());
    let text = "the operation took longer than its limit of 300ms";
    // These go by the collection's own client, which has the limit.
    let start = Instant::now();
    assert_late(&all.create().await.unwrap_err(), start, text);
    let start = Instant::now();
    assert_late(&all.modify().capped(1).await.unwrap_err(), start, text);
    Ok(())
}
