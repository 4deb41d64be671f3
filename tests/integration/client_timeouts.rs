//! Limits on the time of operations, and the pool after they are reached.

use std::{
    sync::{
        Arc,
        atomic::{AtomicIsize, Ordering},
    },
    time::{Duration, Instant},
};

use odmium::{
    Client, Error, Result,
    bson::{Document, doc},
    client::ClientBuilder,
    dev::Server,
    monitor::CmapEvent,
    prelude::*,
};

const LIMIT: Duration = Duration::from_millis(300);

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i32,
    text: String,
}

fn rows(range: std::ops::Range<i32>) -> impl Iterator<Item = Row> {
    range.map(|id| Row { id, text: "x".repeat(50) })
}

/// A server whose answers can be held up, and a client whose connections are counted.
struct Slow {
    server: Server,
    client: Client,
    /// Given out and not given back.
    out: Arc<AtomicIsize>,
}

impl Slow {
    async fn start(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Self> {
        let server = Server::builder().test_commands(true).start().await?;
        let out = Arc::new(AtomicIsize::new(0));
        let count = out.clone();
        let builder = Client::builder().uri(server.uri()).on_pool(move |event| {
            count.fetch_add(
                match event {
                    CmapEvent::ConnectionCheckedOut(_) => 1,
                    CmapEvent::ConnectionCheckedIn(_) => -1,
                    _ => 0,
                },
                Ordering::Relaxed,
            );
        });
        let client = configure(builder).connect().await?;
        client.database("slow").collection::<Row>().insert_many(rows(0..500)).await?;
        Ok(Self { server, client, out })
    }

    fn rows(&self) -> odmium::Collection<Row> {
        self.client.database("slow").collection()
    }

    /// Holds up the answers to some commands; each is carried out after the wait.
    async fn hold_up(&self, commands: &[&str], wait: Duration) -> Result<()> {
        let wait = i32::try_from(wait.as_millis()).unwrap();
        let data = doc! { "failCommands": commands.to_vec(), "blockConnection": true, "blockTimeMS": wait };
        self.admin(doc! { "configureFailPoint": "failCommand", "mode": "alwaysOn", "data": data }).await
    }

    async fn let_go(&self) -> Result<()> {
        self.admin(doc! { "configureFailPoint": "failCommand", "mode": "off" }).await
    }

    async fn admin(&self, command: Document) -> Result<()> {
        let client = Client::connect(self.server.uri()).await?;
        client.database("admin").run_command(command).await?;
        client.close().await;
        Ok(())
    }

    /// Every connection is back in the pool, and each answer belongs to its question.
    async fn assert_sound(&self) -> Result<()> {
        let start = Instant::now();
        while self.out.load(Ordering::Relaxed) != 0 {
            assert!(
                start.elapsed() < Duration::from_secs(5),
                "{} connections are lost",
                self.out.load(Ordering::Relaxed)
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        for id in 0..50 {
            assert_eq!(self.rows().get(id).await?.unwrap().id, id);
        }
        assert_eq!(self.rows().find(Row.id.gte(0)).batch_size(100).await?.len(), 500);
        Ok(())
    }
}

#[track_caller]
fn assert_late(error: &Error, start: Instant, text: &str) {
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains(text), "{error}");
    assert!(start.elapsed() >= LIMIT && start.elapsed() < LIMIT * 5, "{:?}", start.elapsed());
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

    slow.hold_up(&["getMore"], LIMIT * 6).await?;
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
    slow.hold_up(&["count", "aggregate"], LIMIT * 3).await?;
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

// covers: M12
#[tokio::test]
async fn what_is_retried() -> Result<()> {
    let slow = Slow::start(|builder| builder).await?;
    let all = slow.rows();
    let ids = || Row.id.eq(1);
    macro_rules! outcomes {
        ($($command:literal: $operation:expr),* $(,)?) => { vec![$({
            // The first such command finds its connection cut.
            let data = doc! { "failCommands": [$command], "closeConnection": true };
            slow.admin(doc! { "configureFailPoint": "failCommand", "mode": { "times": 1 }, "data": data }).await?;
            let outcome = $operation.await.map(drop).map_err(|error: Error| error.kind());
            slow.let_go().await?;
            (stringify!($operation), outcome)
        }),*] };
    }
    let retried = outcomes!(
        "insert": all.insert(&Row { id: 1000, text: String::new() }),
        "insert": all.insert_many(rows(2000..2010)),
        "update": all.update_one(ids(), Row.text.set("y")),
        "update": all.replace_one(ids(), &Row { id: 1, text: String::new() }),
        "delete": all.delete_one(Row.id.eq(1000)),
        "findAndModify": all.find_one_and_update(ids(), Row.text.set("z")),
        "find": all.find(ids()),
        "find": all.get(1),
        "aggregate": all.count(ids()),
        "count": all.estimated_count(),
        "listDatabases": slow.client.list_database_names(),
    );
    for (operation, outcome) in retried {
        assert_eq!(outcome, Ok(()), "{operation}");
    }
    let once = outcomes!(
        "update": all.update_many(ids(), Row.text.set("y")),
        "delete": all.delete_many(Row.id.eq(2000)),
        "getMore": all.find(Filter::everything()).batch_size(10),
        "ping": slow.client.ping(),
    );
    for (operation, outcome) in once {
        assert_eq!(outcome, Err(odmium::ErrorKind::Network), "{operation}");
    }
    Ok(())
}
