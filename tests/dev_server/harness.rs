use std::process::Output;

use odmium::mongodb::{Client, bson::doc};
use odmium::{Database, dev};

use crate::support::{child, is_child};

/// Runs a test in a process of its own, with its temporary files in `folder`.
fn run(test: &str, folder: &std::path::Path, uri: Option<&str>) -> (Output, String) {
    let mut child = child(test);
    child.env("TMPDIR", folder);
    match uri {
        Some(uri) => child.env("MONGODB_URI", uri),
        None => child.env_remove("MONGODB_URI"),
    };
    let output = child.output().unwrap();
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output, text)
}

async fn databases(uri: &str) -> Vec<String> {
    let names = Client::with_uri_str(uri).await.unwrap().list_database_names().await.unwrap();
    names.into_iter().filter(|name| !["admin", "config", "local"].contains(&name.as_str())).collect()
}

/// Writes to the database through the driver.
async fn write(database: &Database) {
    let uri = dev::shared().await.unwrap().uri();
    let database = Client::with_uri_str(uri).await.unwrap().database(database.name());
    database.collection("c").insert_one(doc! { "_id": 1 }).await.unwrap();
}

// covers: T23
#[tokio::test]
async fn a_database_is_dropped_on_success_and_kept_on_failure() {
    let folder = tempfile::tempdir().unwrap();
    let server = dev::Server::start().await.unwrap();
    let uri = server.uri();

    for test in ["harness::child_succeeds", "harness::child_panics_as_it_should"] {
        let (output, text) = run(test, folder.path(), Some(uri));
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
        assert_eq!(databases(uri).await, [""; 0]);
    }

    for (kept, test) in ["harness::child_panics", "harness::child_returns_an_error"].into_iter().enumerate() {
        let (output, text) = run(test, folder.path(), Some(uri));
        assert!(!output.status.success(), "{text}");
        let names = databases(uri).await;
        assert_eq!(names.len(), kept + 1);
        let name = names.iter().find(|name| text.contains(&format!("`{name}`"))).unwrap();
        assert!(name.starts_with("dev_server_harness_child_"), "{name}");
        assert!(text.contains("mongosh \"$MONGODB_URI\""), "{text}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no server was started");
}

#[tokio::test]
async fn an_own_server_is_gone_after_success() {
    let folder = tempfile::tempdir().unwrap();
    let (output, text) = run("harness::child_succeeds", folder.path(), None);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    crate::support::eventually("the folder is removed", || {
        std::fs::read_dir(folder.path()).unwrap().next().is_none()
    });
}

#[tokio::test]
async fn an_own_server_can_be_opened_after_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let (output, text) = run("harness::child_panics", folder.path(), None);
    assert!(!output.status.success(), "{text}");
    crate::support::eventually("the server ends", || crate::support::processes_of(folder.path()).is_empty());

    let line = text.lines().find(|line| line.contains("--dbpath")).unwrap();
    let command = line.trim().trim_end_matches('&');
    let port = command.split_once("--port ").unwrap().1.split(' ').next().unwrap();
    let mut shell = std::process::Command::new("/bin/sh");
    let command = format!("exec {command} --nounixsocket > /dev/null");
    let mut mongod = shell.args(["-c", &command]).spawn().unwrap();
    let uri = format!("mongodb://127.0.0.1:{port}/?replicaSet=odmium");
    let names = databases(&uri).await;
    mongod.kill().unwrap();
    mongod.wait().unwrap();
    assert_eq!(names.len(), 1, "{text}");
    assert!(text.contains(&names[0]), "{text}");
}

#[odmium::test]
async fn child_succeeds(db: Database) {
    write(&db).await;
    assert!(db.name().starts_with("dev_server_harness_child_succeeds_"), "{}", db.name());
}

#[odmium::test]
async fn child_panics(db: Database) {
    write(&db).await;
    assert!(!is_child(), "on purpose");
}

#[odmium::test]
async fn child_returns_an_error(db: Database) -> Result<(), String> {
    write(&db).await;
    if is_child() { Err("on purpose".to_owned()) } else { Ok(()) }
}

#[odmium::test]
#[should_panic(expected = "on purpose")]
async fn child_panics_as_it_should(db: Database) {
    write(&db).await;
    panic!("on purpose");
}

#[odmium::test]
async fn a_body_need_not_be_send(db: Database) {
    let local = std::rc::Rc::new(1);
    write(&db).await;
    assert_eq!(*local, 1);
}
