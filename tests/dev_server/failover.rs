use std::time::{Duration, Instant};

use odmium::dev::Server;
use odmium::mongodb::{
    Client,
    bson::doc,
    options::{ReadConcern, WriteConcern},
};

use crate::support::{assert_gone, collection};

#[tokio::test]
async fn three_nodes_elect_another_primary() {
    let server = Server::builder().replica_set(3).start().await.unwrap();
    let folder = server.data_dir().to_owned();
    assert_eq!(server.ports().len(), 3);
    let first = server.primary().await.unwrap();

    let client = Client::with_uri_str(server.uri()).await.unwrap();
    let collection = client.database("dev_server").collection("c");
    collection.insert_one(doc! { "_id": 1 }).write_concern(WriteConcern::majority()).await.unwrap();

    server.kill_node(first).await.unwrap();
    let second = server.primary().await.unwrap();
    assert_ne!(first, second);
    collection.insert_one(doc! { "_id": 2 }).await.unwrap();
    server.restart_node(first).await.unwrap();

    let stopped = Instant::now();
    server.stop_node(second).await.unwrap();
    assert!(stopped.elapsed() < Duration::from_secs(10), "{:?}", stopped.elapsed());
    assert_ne!(server.primary().await.unwrap(), second);
    collection.insert_one(doc! { "_id": 3 }).await.unwrap();
    let count = collection.count_documents(doc! {}).read_concern(ReadConcern::majority()).await.unwrap();
    assert_eq!(count, 3);

    drop(server);
    assert_gone(&folder);
}

#[tokio::test]
async fn three_nodes_start_again_on_their_data() {
    let parent = tempfile::tempdir().unwrap();
    for run in 0..2 {
        let server = Server::builder().replica_set(3).data_dir(parent.path()).start().await.unwrap();
        let collection = collection(server.uri()).await;
        assert_eq!(collection.count_documents(doc! {}).await.unwrap(), run);
        collection.insert_one(doc! {}).await.unwrap();
        server.stop().await.unwrap();
    }
}
