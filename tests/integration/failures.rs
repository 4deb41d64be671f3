//! What happens when the server goes away, and when a caller stops waiting.

use std::time::Duration;

use odmium::{Client, Database, bson::doc, dev::Server, prelude::*};

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
