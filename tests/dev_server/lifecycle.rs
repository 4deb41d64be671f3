use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use odmium::dev::Server;
use odmium::mongodb::{
    Client,
    bson::{Document, doc},
};

use crate::support::{assert_gone, collection, eventually, listens, processes_of};

async fn hello(uri: &str) -> Document {
    let client = Client::with_uri_str(uri).await.unwrap();
    client.database("admin").run_command(doc! { "hello": 1 }).await.unwrap()
}

#[tokio::test]
async fn starts_takes_writes_and_stops() {
    let server = Server::start().await.unwrap();
    let (folder, ports) = (server.data_dir().to_owned(), server.ports());
    collection(server.uri()).await.insert_one(doc! { "a": 1 }).await.unwrap();
    assert_eq!(hello(server.uri()).await.get_str("setName").unwrap(), "odmium");
    assert!(hello(&server.node_uri(0).unwrap()).await.get_bool("isWritablePrimary").unwrap());
    assert_eq!(server.node_uri(1), None);
    assert!(server.log_tail().contains("\"msg\""), "{}", server.log_tail());
    assert!(folder.join("node-0").is_dir());

    server.stop().await.unwrap();
    assert!(!folder.exists());
    assert!(processes_of(&folder).is_empty());
    assert!(!listens(ports[0]));
}

#[tokio::test]
async fn is_gone_after_drop() {
    let server = Server::start().await.unwrap();
    let (folder, ports) = (server.data_dir().to_owned(), server.ports());
    assert_eq!(processes_of(&folder).len(), 3, "a watchdog, its reader and mongod");
    drop(server);
    assert!(!folder.exists());
    assert!(processes_of(&folder).is_empty());
    assert!(!listens(ports[0]));
}

#[tokio::test]
async fn is_gone_after_a_panic() {
    let server = Server::start().await.unwrap();
    let folder = server.data_dir().to_owned();
    catch_unwind(AssertUnwindSafe(move || {
        let _server = server;
        panic!("on purpose");
    }))
    .unwrap_err();
    assert_gone(&folder);
}

#[tokio::test]
async fn is_gone_when_its_start_is_given_up() {
    // What comes first, and only once, is a download.
    drop(Server::start().await.unwrap());
    let parent = tempfile::tempdir().unwrap();
    let start = Server::builder().data_dir(parent.path()).start();
    tokio::time::timeout(Duration::from_millis(60), start).await.unwrap_err();
    eventually("the processes end", || processes_of(parent.path()).is_empty());
}

#[tokio::test]
async fn several_run_at_once() {
    let (one, two, three) =
        tokio::join!(Server::start(), Server::start(), Server::builder().standalone().start());
    let servers = [one.unwrap(), two.unwrap(), three.unwrap()];
    for server in &servers {
        collection(server.uri()).await.insert_one(doc! {}).await.unwrap();
    }
    for server in &servers {
        assert_eq!(collection(server.uri()).await.count_documents(doc! {}).await.unwrap(), 1);
    }
    let [one, two, _] = &servers;
    assert_ne!(one.ports(), two.ports());
    assert_ne!(one.data_dir(), two.data_dir());
}

#[tokio::test]
async fn a_standalone_server_is_no_replica_set() {
    let server = Server::builder().standalone().start().await.unwrap();
    let hello = hello(server.uri()).await;
    assert_eq!(hello.get("setName"), None);
    assert!(hello.get_bool("isWritablePrimary").unwrap());
    assert_eq!(server.primary().await.unwrap(), 0);
    collection(server.uri()).await.insert_one(doc! {}).await.unwrap();
    server.kill_node(0).await.unwrap();
    server.restart_node(0).await.unwrap();
    collection(server.uri()).await.insert_one(doc! {}).await.unwrap();
}

#[tokio::test]
async fn a_data_folder_stays() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    for run in 0..3 {
        let server = Server::builder().data_dir(&folder).start().await.unwrap();
        let collection = collection(server.uri()).await;
        assert_eq!(collection.count_documents(doc! {}).await.unwrap(), run);
        collection.insert_one(doc! {}).await.unwrap();
        // Dropped once, stopped once: both shut it down in good order.
        if run == 0 {
            drop(server)
        } else {
            server.stop().await.unwrap()
        }
        assert!(processes_of(&folder).is_empty());
        assert!(folder.join("node-0").is_dir());
    }
}

#[tokio::test]
async fn a_kept_folder_stays() {
    let server = Server::start().await.unwrap();
    let folder = server.data_dir().to_owned();
    let commands = server.keep().await.unwrap();
    assert_eq!(commands.len(), 1);
    assert!(commands[0].contains(folder.join("node-0").to_str().unwrap()), "{}", commands[0]);
    drop(server);
    assert!(processes_of(&folder).is_empty());
    assert!(folder.join("node-0").is_dir());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_node_has_its_data_after_it_was_killed() {
    let server = Server::builder().durable(true).start().await.unwrap();
    let before = collection(server.uri()).await;
    for _ in 0..10 {
        before.insert_one(doc! {}).await.unwrap();
    }
    server.kill_node(0).await.unwrap();
    assert!(!listens(server.ports()[0]));
    server.restart_node(0).await.unwrap();
    assert_eq!(collection(server.uri()).await.count_documents(doc! {}).await.unwrap(), 10);
}

#[tokio::test]
async fn a_server_that_ends_by_itself_takes_its_watchdog_along() {
    let server = Server::start().await.unwrap();
    let folder = server.data_dir().to_owned();
    let client = Client::with_uri_str(server.node_uri(0).unwrap()).await.unwrap();
    let _ =
        client.database("admin").run_command(doc! { "shutdown": 1, "force": true, "timeoutSecs": 0 }).await;
    eventually("the watchdog ends", || processes_of(&folder).is_empty());
    assert!(folder.exists(), "the log can still be read");
    drop(server);
    assert_gone(&folder);
}

#[tokio::test]
async fn options_reach_mongod() {
    let server = Server::builder()
        .test_commands(true)
        .arg("--oplogSize=100")
        .arg("--setParameter")
        .arg("ttlMonitorSleepSecs=7");
    let server = server.start().await.unwrap();
    let admin = Client::with_uri_str(server.uri()).await.unwrap().database("admin");
    let fail_point = doc! { "configureFailPoint": "failCommand", "mode": "off" };
    admin.run_command(fail_point).await.unwrap();
    let parameter = admin.run_command(doc! { "getParameter": 1, "ttlMonitorSleepSecs": 1 }).await.unwrap();
    assert_eq!(parameter.get_i32("ttlMonitorSleepSecs").unwrap(), 7);
}
