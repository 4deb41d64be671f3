//! What a client asks of, and knows about, its servers.

use std::time::Duration;

use odmium::{
    Client, Database, Result,
    bson::{Document, doc},
    dev::{self, Server},
    mongodb::TopologyType,
    options::WriteConcern,
    prelude::*,
};
use odmium_tests::Recorder;

const LIMIT: Duration = Duration::from_secs(20);

// covers: M4
#[odmium::test]
async fn databases_are_listed_and_dropped(db: Database) -> Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let client = db.client();
    db.collection_named::<Document>("c").insert(&doc! { "_id": 1 }).await?;
    assert!(client.list_database_names().await?.iter().any(|name| name == db.name()));
    let filter = doc! { "name": db.name() };
    let _ = recorder.take();
    let names =
        client.list_database_names().filter(filter.clone()).authorized_databases(true).comment("why").await?;
    assert_eq!(names, [db.name()]);
    let expected = doc! {
        "listDatabases": 1, "nameOnly": true, "filter": filter.clone(), "authorizedDatabases": true, "comment": "why",
    };
    let sent = recorder.only();
    for (key, value) in &expected {
        assert_eq!(sent.get(key), Some(value), "{sent}");
    }
    let found = client.list_databases().filter(filter.clone()).await?;
    assert!(found.len() == 1 && found[0].name == db.name() && !found[0].empty, "{found:?}");
    let mut session = client.start_session().await?;
    assert_eq!(client.list_database_names().filter(filter.clone()).session(&mut session).await?.len(), 1);
    db.drop().write_concern(WriteConcern::majority()).session(&mut session).await?;
    assert!(client.list_databases().filter(filter).session(&mut session).await?.is_empty());
    Ok(())
}

// covers: M5
#[tokio::test]
async fn the_server_answers() -> Result<()> {
    // A lock holds the writes of all: a server of its own.
    let server = Server::start().await?;
    let client = Client::connect(server.uri()).await?;
    client.ping().await?;
    let info = client.server_info().await?;
    assert_eq!(info.version, info.version_numbers.map(|number| number.to_string()).join("."));
    assert!(!info.debug && info.reply.contains_key("gitVersion"));
    client.fsync().await?;
    assert_eq!(client.fsync_lock().await?, 1);
    assert_eq!(client.fsync_lock().await?, 2);
    let rows = client.database("x").collection_named::<Document>("c");
    let blocked = rows.insert(&doc! {}).timeout(Duration::from_millis(300)).await.unwrap_err();
    assert!(blocked.is_timeout(), "{blocked:?}");
    assert_eq!(client.fsync_unlock().await?, 1);
    assert_eq!(client.fsync_unlock().await?, 0);
    rows.insert(&doc! {}).await?;
    let error = client.fsync_unlock().await.unwrap_err();
    // The server gives no code with it.
    assert!(error.is_command() && error.to_string().contains("not locked"), "{error:?}");
    Ok(())
}

// covers: M6
#[tokio::test]
async fn the_topology_of_a_set_is_known_and_followed() -> Result<()> {
    let server = Server::builder().replica_set(3).start().await?;
    let uri = format!("{}&heartbeatFrequencyMS=500", server.uri());
    let client = Client::connect(&uri).await?;
    let whole = |topology: &odmium::monitor::Topology| {
        topology.primary().is_some() && topology.secondaries().len() == 2
    };
    let topology = client.wait_for_topology(LIMIT, whole).await?;
    assert_eq!(topology.kind(), TopologyType::ReplicaSetWithPrimary);
    assert_eq!((topology.nodes().len(), topology.servers().len(), topology.arbiters().len()), (3, 3, 0));
    assert!(topology.is_known() && topology.is_primary() && !topology.is_mongos());
    assert_eq!(topology.address(), topology.primary());
    assert_eq!(topology.set_name(), Some("odmium"));
    let primary = topology.primary().unwrap();
    assert!(topology.server(&primary).unwrap().max_wire_version().unwrap() >= 17);
    assert!(topology.to_string().starts_with("ReplicaSetWithPrimary, 127.0.0.1:"), "{topology}");
    assert!(topology.description().unwrap().has_writable_server());

    let node = server.primary().await?;
    server.kill_node(node).await?;
    let topology =
        client.wait_for_topology(LIMIT, |now| now.primary().is_some_and(|now| now != primary)).await?;
    assert_ne!(topology.primary(), Some(primary));
    let error =
        client.wait_for_topology(Duration::from_millis(50), |now| now.nodes().len() == 4).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("127.0.0.1:"), "{error:?}");
    Ok(())
}

// covers: M6
#[tokio::test]
async fn a_single_server() -> Result<()> {
    let server = Server::builder().standalone().start().await?;
    let client = Client::connect(server.uri()).await?;
    assert!(!client.topology().is_primary(), "nothing is known of a new client");
    let topology = client.wait_for_topology(LIMIT, odmium::monitor::Topology::is_known).await?;
    assert_eq!(topology.kind(), TopologyType::Single);
    assert_eq!(topology.address().unwrap().to_string(), format!("127.0.0.1:{}", server.ports()[0]));
    assert!(topology.is_primary() && topology.primary().is_none() && topology.set_name().is_none());
    Ok(())
}

// covers: M6
#[tokio::test]
async fn arbiters() -> Result<()> {
    let server = Server::builder().replica_set(3).start().await?;
    let client = Client::connect(server.uri()).await?;
    let admin = client.database("admin");
    admin.run_command(doc! { "setDefaultRWConcern": 1, "defaultWriteConcern": { "w": 1 } }).await?;
    let reply = admin.run_command(doc! { "replSetGetConfig": 1 }).await?;
    let mut config = reply.get_document("config").unwrap().clone();
    let mut members = config.get_array("members").unwrap().clone();
    let last = members.pop().unwrap();
    for step in 1..=2 {
        if step == 2 {
            let host = last.as_document().unwrap().get_str("host").unwrap();
            members.push(doc! { "_id": 9, "host": host, "arbiterOnly": true, "priority": 0 }.into());
        }
        config.insert("version", config.get_i32("version").unwrap() + 1);
        config.insert("members", members.clone());
        admin.run_command(doc! { "replSetReconfig": config.clone() }).await?;
    }
    let topology =
        client.wait_for_topology(LIMIT, |now| now.arbiters().len() == 1 && now.primary().is_some()).await?;
    assert_eq!((topology.nodes().len(), topology.secondaries().len()), (2, 1));
    assert_eq!(topology.arbiters()[0].to_string(), format!("127.0.0.1:{}", server.ports()[2]));
    Ok(())
}

// covers: M6
#[tokio::test]
async fn the_limits_are_asked_for_once() -> Result<()> {
    let (sender, mut commands) = tokio::sync::mpsc::unbounded_channel();
    let client = Client::builder()
        .uri(dev::shared().await?.uri())
        .on_command(move |event| {
            if let odmium::monitor::CommandEvent::Started(event) = event {
                let _ = sender.send(event.command_name.clone());
            }
        })
        .connect()
        .await?;
    let limits = client.limits().await?;
    assert_eq!((limits.max_bson_size, limits.max_write_batch_size), (16 * 1024 * 1024, 100_000));
    assert_eq!(limits.max_message_size, 48_000_000);
    assert!(limits.max_wire_version >= 17 && limits.min_wire_version <= limits.max_wire_version);
    assert_eq!(client.clone().limits().await?, limits);
    assert_eq!(commands.try_recv().unwrap(), "hello");
    assert!(commands.try_recv().is_err());
    Ok(())
}

// covers: M8
#[odmium::test]
async fn a_closed_client_says_so(db: Database) -> Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let rows = db.collection_named::<Document>("rows");
    rows.insert_many((0..300).map(|id| doc! { "_id": id })).await?;
    let client = db.client();
    let clone = client.clone();
    let mut cursor = rows.find(Filter::everything()).batch_size(10).cursor().await?;
    let session = client.start_session().await?;
    assert!(cursor.try_next().await?.is_some());
    drop(session);
    let _ = recorder.take();
    client.close().grace(Duration::from_millis(100)).await;
    let ended = recorder.take();
    assert!(ended.iter().any(|command| command.contains_key("endSessions")), "{ended:?}");

    for error in [
        clone.ping().await.unwrap_err(),
        clone.start_session().await.map(drop).unwrap_err(),
        rows.insert(&doc! {}).await.unwrap_err(),
        rows.find(Filter::everything()).await.unwrap_err(),
        clone.list_database_names().await.unwrap_err(),
        clone.wait_for_topology(LIMIT, |_| true).await.unwrap_err(),
    ] {
        assert!(error.is_closed(), "{error:?}");
        assert_eq!(error.to_string(), "this client was closed: make a new one");
    }
    let rest = loop {
        match cursor.try_next().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("the cursor ended as if everything had been read"),
            Err(error) => break error,
        }
    };
    assert!(rest.is_closed(), "{rest:?}");
    clone.close().await;
    Ok(())
}
