//! Streams that go on after failures: no event lost, none twice.

use std::time::Duration;

use odmium::{
    ChangeStream, Client, Collection, Database,
    bson::{Document, doc},
    change_stream::{Event, ResumeToken},
    dev::Server,
    options::WriteConcern,
};
use odmium_tests::{Recorder, lab::Lab};
use tokio::time::timeout;

use crate::support::{User, user};

/// Reads the next inserts and checks that they are those.
async fn expect(stream: &mut ChangeStream<'_, Event<User>>, ids: std::ops::Range<i32>) -> odmium::Result<()> {
    for expected in ids {
        match stream.try_next().await?.expect("the stream is open") {
            Event::Inserted { id, .. } => assert_eq!(id, expected),
            other => panic!("{other:?} instead of the insert of {expected}"),
        }
    }
    Ok(())
}

async fn insert(users: &Collection<User>, ids: std::ops::Range<i32>) -> odmium::Result<()> {
    users.insert_many(ids.map(user)).await.map(drop)
}

/// The options of the `$changeStream` stages that were sent.
fn opened(sent: &Recorder) -> Vec<Document> {
    let sent = sent.take();
    let pipelines = sent.iter().filter_map(|command| command.get_array("pipeline").ok());
    pipelines
        .map(|stages| stages[0].as_document().unwrap().get_document("$changeStream").unwrap().clone())
        .collect()
}

fn token(options: &Document, key: &str) -> ResumeToken {
    ResumeToken::from_document(options.get_document(key).unwrap()).unwrap()
}

// covers: M43
#[tokio::test]
async fn errors_that_the_specification_names_are_survived() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("resume_errors").await?;
    let users = db.collection::<User>();
    let mut stream = users.watch().batch_size(2).await?;
    let mut next = 0;
    for failure in [
        doc! { "closeConnection": true },
        doc! { "errorCode": 43 },
        doc! { "errorCode": 10107, "errorLabels": ["ResumableChangeStreamError"] },
        doc! { "errorCode": 11600, "errorLabels": ["ResumableChangeStreamError"] },
        doc! { "errorCode": 1, "errorLabels": ["ResumableChangeStreamError"] },
    ] {
        insert(&users, next..next + 5).await?;
        // In the middle of a batch, and at its end.
        for read in [1, 2, 2] {
            let mut data = doc! { "failCommands": ["getMore"] };
            data.extend(failure.clone());
            lab.fail(doc! { "times": 1 }, data).await?;
            expect(&mut stream, next..next + read).await?;
            next += read;
        }
        lab.heal().await?;
        assert!(stream.next_if_any().await?.is_none(), "{failure}");
        assert!(stream.is_alive());
    }
    Ok(())
}

// covers: M43
#[tokio::test]
async fn a_stream_is_opened_again_where_it_stands() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("resume_place").await?;
    let users = db.collection::<User>();
    let (client, sent) = Recorder::connect(&format!("{}&appName=patient", lab.uri())).await?;
    let watched = client.database("resume_place").collection::<User>();
    let start = users.watch().await?.resume_token().unwrap();
    insert(&users, 0..4).await?;
    let fail =
        || lab.fail(doc! { "times": 1 }, doc! { "failCommands": ["getMore"], "closeConnection": true });
    let watches = [
        watched.watch().start_after(start.clone()),
        watched.watch().resume_after(start.clone()),
        watched.watch(),
    ];
    for (number, watch) in watches.into_iter().enumerate() {
        let mut stream = watch.batch_size(2).max_await_time(Duration::from_millis(50)).await?;
        let expected = stream.resume_token().unwrap();
        let has_some = number < 2;
        let mut at = expected.clone();
        if has_some {
            expect(&mut stream, 0..2).await?;
            at = stream.resume_token().unwrap();
            assert_ne!(at, expected);
        }
        assert_eq!(opened(&sent).len(), 1);
        fail().await?;
        match has_some {
            true => expect(&mut stream, 2..4).await?,
            false => assert!(stream.next_if_any().await?.is_none()),
        }
        let again = opened(&sent);
        assert_eq!(again.len(), 1, "{again:?}");
        assert_eq!(token(&again[0], "resumeAfter"), at);
        assert!(
            !again[0].contains_key("startAfter") && !again[0].contains_key("startAtOperationTime"),
            "{again:?}"
        );
    }
    // One that was started after a token and has given nothing starts after one again.
    let now = users.watch().await?.resume_token().unwrap();
    let mut fresh = watched.watch().start_after(now).max_await_time(Duration::from_millis(50)).await?;
    let at = fresh.resume_token().unwrap();
    opened(&sent);
    fail().await?;
    assert!(fresh.next_if_any().await?.is_none());
    let again = opened(&sent);
    assert_eq!((again.len(), token(&again[0], "startAfter")), (1, at));
    assert!(!again[0].contains_key("resumeAfter"));
    Ok(())
}

// covers: M43
#[tokio::test]
async fn other_errors_end_a_stream_and_failed_attempts_do_not() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("resume_not").await?;
    let users = db.collection::<User>();
    let mut stream = users.watch().await?;
    lab.fail(doc! { "times": 1 }, doc! { "failCommands": ["getMore"], "errorCode": 8 }).await?;
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(error.code(), Some(8));
    assert!(!stream.is_alive() && stream.try_next().await?.is_none() && stream.resume_token().is_some());

    let mut stream = users.watch().await?;
    insert(&users, 0..2).await?;
    let data = doc! { "failCommands": ["getMore", "aggregate"], "closeConnection": true };
    lab.fail(doc! { "times": 3 }, data).await?;
    let error = stream.try_next().await.unwrap_err();
    assert!(error.is_network(), "{error}");
    assert!(stream.is_alive() && stream.id().is_none());
    expect(&mut stream, 0..2).await?;
    stream.close().await
}

// covers: M43
#[tokio::test]
async fn a_stream_lives_on_a_connection_that_breaks_all_the_time() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("resume_often").await?;
    let users = db.collection::<User>();
    let mut session = db.client().start_session().await?;
    for in_session in [false, true] {
        users.delete_all().await?;
        let data = doc! { "failCommands": ["getMore"], "closeConnection": true };
        lab.fail(doc! { "activationProbability": 0.4 }, data).await?;
        let watch = users.watch().batch_size(7).max_await_time(Duration::from_millis(20));
        let mut stream = match in_session {
            true => watch.session(&mut session).await?,
            false => watch.await?,
        };
        let writer = tokio::spawn({
            let users = users.clone();
            async move {
                for id in 0..200 {
                    users.insert(&user(id)).await?;
                }
                Ok::<_, odmium::Error>(())
            }
        });
        expect(&mut stream, 0..200).await?;
        writer.await.unwrap()?;
        lab.heal().await?;
        assert!(stream.next_if_any().await?.is_none());
    }
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_killed_cursor_is_opened_again(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut stream = users.watch().batch_size(3).await?;
    for round in 0..4 {
        let from = round * 10;
        insert(&users, from..from + 10).await?;
        expect(&mut stream, from..from + 4).await?;
        let id = stream.id().unwrap();
        db.run_command(doc! { "killCursors": "users", "cursors": [id] }).await?;
        expect(&mut stream, from + 4..from + 10).await?;
        assert_ne!(stream.id(), Some(id));
    }
    assert!(stream.next_if_any().await?.is_none());
    Ok(())
}

// covers: M43, D5
#[tokio::test]
async fn a_stopped_primary_loses_no_event() -> odmium::Result<()> {
    let server = Server::builder().replica_set(3).start().await?;
    let client = Client::connect(server.uri()).await?;
    let users = client.database("failover").collection::<User>();
    let mut stream = users.watch().batch_size(5).await?;
    let writer = tokio::spawn({
        let users = users.clone();
        async move {
            let mut id = 0;
            while id < 80 {
                // Its own retry makes a write that was carried out no second one; what failed is tried again.
                let insert = users.insert(&user(id)).write_concern(WriteConcern::majority()).await;
                match insert {
                    Ok(_) => id += 1,
                    Err(error) if error.is_duplicate_key() => id += 1,
                    Err(_) => {}
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            id
        }
    });
    expect(&mut stream, 0..20).await?;
    let first = server.primary().await?;
    server.kill_node(first).await?;
    expect(&mut stream, 20..50).await?;
    server.restart_node(first).await?;
    let second = server.primary().await?;
    server.stop_node(second).await?;
    expect(&mut stream, 50..80).await?;
    assert_eq!(writer.await.unwrap(), 80);
    assert!(stream.next_if_any().await?.is_none());
    stream.close().await?;
    server.stop().await
}

// covers: M43
#[odmium::test]
async fn a_dropped_future_loses_no_event(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut session = db.client().start_session().await?;
    for in_session in [false, true] {
        users.delete_all().await?;
        let watch = users.watch().batch_size(3).max_await_time(Duration::from_millis(20));
        let mut stream = match in_session {
            true => watch.session(&mut session).await?,
            false => watch.await?,
        };
        let writer = tokio::spawn({
            let users = users.clone();
            async move { insert(&users, 0..100).await }
        });
        let (mut next, mut dropped) = (0, 0);
        while next < 100 {
            let wait = Duration::from_micros(300 * (dropped % 9));
            match timeout(wait, stream.try_next()).await {
                Err(_) => dropped += 1,
                Ok(event) => {
                    assert_eq!(event?.unwrap().id(), Some(&next));
                    next += 1;
                }
            }
        }
        assert!(dropped > 0);
        writer.await.unwrap()?;
    }
    Ok(())
}

// covers: M43
#[odmium::test]
async fn limits_on_time_lose_no_event(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut stream = users.watch().timeout(Duration::from_millis(100)).await?;
    for round in 0..3 {
        let error = stream.try_next().await.unwrap_err();
        assert!(error.is_timeout() && stream.is_alive(), "{error}");
        insert(&users, round * 2..round * 2 + 2).await?;
        expect(&mut stream, round * 2..round * 2 + 2).await?;
    }
    let mut session = db.client().start_session().await?;
    let mut stream = users.watch().timeout(Duration::from_millis(100)).session(&mut session).await?;
    assert!(stream.try_next().await.unwrap_err().is_timeout());
    assert!(!stream.is_alive() && stream.try_next().await?.is_none());

    // An answer that is late by the connection's own limit is a broken connection.
    let uri = format!("{}&socketTimeoutMS=150", odmium::dev::shared().await?.uri());
    let impatient = Client::connect(uri).await?.database(db.name()).collection::<User>();
    let mut stream = impatient.watch().await?;
    let writer = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        insert(&users, 10..12).await
    };
    let (read, written) = tokio::join!(expect(&mut stream, 10..12), writer);
    written?;
    read
}

// covers: M43
#[odmium::test]
async fn a_slow_reader_gets_everything(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut stream = users.watch().batch_size(10).await?;
    for hundred in 0..10 {
        insert(&users, hundred * 100..hundred * 100 + 100).await?;
    }
    users.delete_all().await?;
    for id in (0..1000).step_by(50) {
        tokio::time::sleep(Duration::from_millis(5)).await;
        expect(&mut stream, id..id + 50).await?;
    }
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_stream_that_ended_goes_on_by_start_after(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut stream = users.watch().await?;
    insert(&users, 0..1).await?;
    users.drop().await?;
    insert(&users, 1..3).await?;
    let mut events = 0;
    while stream.try_next().await?.is_some() {
        events += 1;
    }
    assert_eq!(events, 3, "the insert, the drop and the end");
    let end = stream.resume_token().unwrap();
    let error = users.watch().resume_after(end.clone()).await.err().unwrap();
    assert!(error.is_command(), "{error}");
    let mut next = users.watch().start_after(end).await?;
    expect(&mut next, 1..3).await
}
