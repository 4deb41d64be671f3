//! What happens when the server goes away, and when a caller stops waiting.

use std::time::Duration;

use odmium::{
    Client, Database,
    bson::{Bson, Document, doc},
    dev::Server,
    prelude::*,
};
use odmium_tests::lab::Lab;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i32,
    text: String,
}

fn rows(from: i32, to: i32) -> impl Iterator<Item = Row> {
    (from..to).map(|id| Row { id, text: "x".repeat(100) })
}

#[tokio::test]
async fn a_killed_server_is_an_error_and_not_the_end() -> odmium::Result<()> {
    let server = Server::builder().durable(true).start().await?;
    let uri = format!("{}&serverSelectionTimeoutMS=300&heartbeatFrequencyMS=500", server.uri());
    let all = Client::connect(&uri).await?.database("failures").collection::<Row>();
    all.insert_many(rows(0, 500)).await?;
    let mut cursor = all.find(Filter::everything()).batch_size(10).cursor().await?;
    assert!(cursor.try_next().await?.is_some());
    server.kill_node(0).await?;
    let mut read = 1;
    let error = loop {
        match cursor.try_next().await {
            Ok(Some(_)) => read += 1,
            Ok(None) => panic!("the cursor ended as if everything had been read"),
            Err(error) => break error,
        }
    };
    assert_eq!(read, 10, "what had arrived is still given");
    assert!(error.is_network() || error.is_server_selection(), "{error:?}");
    let error = all.insert(&Row { id: 1000, text: String::new() }).await.unwrap_err();
    assert!(error.is_network() || error.is_server_selection(), "{error:?}");

    server.restart_node(0).await?;
    let mut tries = 0;
    while all.insert(&Row { id: 2000 + tries, text: String::new() }).await.is_err() {
        tries += 1;
        assert!(tries < 50, "the client does not find the server again");
    }
    assert_eq!(all.count(Row.id.lt(500)).await?, 500);
    Ok(())
}

#[odmium::test]
async fn a_dropped_future_leaves_the_client_sound(db: Database) -> odmium::Result<()> {
    let all = db.collection::<Row>();
    all.insert_many(rows(0, 1000)).await?;
    for micros in (0..3000).step_by(100) {
        let wait = Duration::from_micros(micros);
        let _ =
            tokio::time::timeout(wait, all.find(Filter::everything()).batch_size(100).into_future()).await;
        let _ =
            tokio::time::timeout(wait, all.update_many(Row.id.gte(0), Row.text.set("y")).into_future()).await;
        let _ = tokio::time::timeout(wait, all.insert_many(rows(5000, 5100)).into_future()).await;
    }
    assert_eq!(all.find(Row.id.lt(1000)).await?.len(), 1000);
    let open = db.run_command(doc! { "serverStatus": 1 }).await?;
    let cursors = open.get_document("metrics").unwrap().get_document("cursor").unwrap();
    assert!(cursors.get_document("open").unwrap().get_i64("noTimeout").unwrap() == 0);
    Ok(())
}

// covers: M23
#[tokio::test]
async fn a_connection_that_fails_later_keeps_what_is_known_of_the_messages_before() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("failures").await?;
    let rows = db.collection_named::<Document>("rows");
    // Messages of 25,000 documents.
    let list: Vec<Document> = (0..60_000).map(|id| doc! { "_id": id }).collect();
    for (answered, ordered, taken) in
        [(0, true, None), (1, true, None), (2, true, None), (0, false, None), (2, false, Some(30_000))]
    {
        lab.heal().await?;
        rows.delete_many(Filter::everything()).await?;
        if let Some(id) = taken {
            rows.insert(&doc! { "_id": id }).await?;
        }
        // Both the message and its retry.
        let data = doc! { "failCommands": ["insert"], "closeConnection": true };
        lab.fail(doc! { "skip": answered }, data).await?;
        let error = rows.insert_many(&list).ordered(ordered).await.unwrap_err();
        assert!(error.is_network(), "{error}");
        let failed: Vec<usize> = error.write_failures().iter().map(|failure| failure.index).collect();
        assert_eq!(failed, taken.map(|id| id as usize).into_iter().collect::<Vec<_>>());
        if answered == 0 {
            assert!(error.partial_result().is_none());
            continue;
        }
        let partial = error.partial_result().expect("messages were answered");
        let stored = (0..25_000 * answered).filter(|id| Some(*id) != taken);
        let stored: Vec<_> = stored.map(|id| (id as usize, Bson::Int32(id))).collect();
        assert_eq!((partial.inserted, &partial.inserted_ids), (stored.len() as u64, &stored));
        let text = error.to_string();
        assert!(text.starts_with("the operation of 60000 writes ended early, with "), "{text}");
        assert!(error.duplicate_key_details().is_some() == taken.is_some());
    }
    lab.heal().await
}
