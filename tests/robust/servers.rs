//! A server that is killed and comes back.

use std::time::Duration;

use odmium::{
    Client, Database, Result,
    bson::{Document, doc},
    change_stream::{Change, Event},
    dev::Server,
};
use odmium_tests::content::{Content, content};
use tokio::time::sleep;

/// A server whose acknowledged writes survive a kill, and a client that notices soon that it is back.
async fn durable() -> Result<(Server, Database)> {
    let server = Server::builder().durable(true).start().await?;
    let client = Client::connect(&format!("{}&heartbeatFrequencyMS=500", server.uri())).await?;
    Ok((server, client.database("killed")))
}

async fn kill_and_restart(server: &Server) -> Result<()> {
    server.kill_node(0).await?;
    sleep(Duration::from_millis(100)).await;
    server.restart_node(0).await
}

// covers: M46, M47, M49, M53
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_go_on_when_the_server_is_killed_and_comes_back() -> Result<()> {
    const LENGTH: usize = 24 << 20;
    let (server, db) = durable().await?;
    let bucket = db.bucket::<Document>();
    let there = bucket.upload_from("there", Content::new(LENGTH as u64)).await?;
    let bytes = content(LENGTH);

    let mut upload = bucket.open_upload_stream("new").await?;
    let mut download = bucket.open_download_stream(there.clone()).await?;
    let mut checked = Content::new(LENGTH as u64);
    for (number, piece) in bytes.chunks(LENGTH / 6).enumerate() {
        // Messages of both are under way.
        let working = async {
            upload.write_all(piece).await?;
            checked.check(&download.read_bytes(piece.len()).await?);
            Ok(())
        };
        if number % 3 == 1 {
            tokio::try_join!(working, kill_and_restart(&server))?;
        } else {
            working.await?;
        }
    }
    tokio::try_join!(upload.close(), kill_and_restart(&server))?;
    assert!(checked.is_complete());
    let mut whole = Content::new(LENGTH as u64);
    assert_eq!(bucket.download_to(upload.id().clone(), &mut whole).await?, LENGTH as u64);
    assert_eq!(bucket.list_orphans().older_than(Duration::ZERO).await?, []);
    server.stop().await
}

// covers: M43
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_go_on_when_the_server_is_killed_and_comes_back() -> Result<()> {
    const EVENTS: i32 = 160;
    let (server, db) = durable().await?;
    let events = db.collection_named::<Document>("events");
    let mut stream = events.watch().filter(Change::inserted()).batch_size(7).await?;
    let places = db.collection_named::<Document>("places");
    let mut consumer = events.watch().filter(Change::inserted()).consumer("c", &places).max_batch(5).await?;
    let writer = tokio::spawn({
        let events = events.clone();
        async move {
            let mut id = 0;
            while id < EVENTS {
                match events.insert(&doc! { "_id": id }).await {
                    Ok(_) => id += 1,
                    Err(error) if error.is_duplicate_key() => id += 1,
                    Err(_) => {}
                }
                sleep(Duration::from_millis(10)).await;
            }
        }
    });
    let id = |event: &Event<Document>| event.id().and_then(|id| id.as_i32()).expect("a number");
    let watching = async {
        for expected in 0..EVENTS {
            assert_eq!(id(&stream.try_next().await?.expect("it is open")), expected);
        }
        Ok::<_, odmium::Error>(())
    };
    let consuming = async {
        let mut next = 0;
        while next < EVENTS {
            for event in consumer.next_batch().await?.expect("it is open") {
                assert_eq!(id(&event), next);
                next += 1;
            }
            consumer.commit().await?;
        }
        Ok(())
    };
    let killing = async {
        for _ in 0..2 {
            sleep(Duration::from_millis(400)).await;
            kill_and_restart(&server).await?;
        }
        Ok(())
    };
    tokio::try_join!(watching, consuming, killing)?;
    writer.await.unwrap();
    assert!(stream.next_if_any().await?.is_none());
    server.stop().await
}
