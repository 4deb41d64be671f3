use std::net::TcpListener;

use odmium::dev::Server;

use crate::support::{processes_of, script};

#[tokio::test]
async fn a_taken_port() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let error = Server::builder().port(port).start().await.unwrap_err();
    assert!(error.is_dev_server());
    assert!(error.to_string().contains(&format!("port {port} is taken")), "{error}");

    drop(listener);
    let server = Server::builder().port(port).start().await.unwrap();
    assert_eq!(server.ports(), [port]);
}

#[tokio::test]
async fn an_argument_that_mongod_refuses() {
    let error = Server::builder().arg("--noSuchThing").start().await.unwrap_err();
    assert!(error.is_dev_server());
    assert!(error.to_string().contains("unrecognised option '--noSuchThing'"), "{error}");
}

#[tokio::test]
async fn a_failure_that_mongod_logs() {
    let parent = tempfile::tempdir().unwrap();
    std::fs::create_dir(parent.path().join("node-0")).unwrap();
    std::fs::write(parent.path().join("node-0/WiredTiger.turtle"), "broken").unwrap();
    std::fs::write(parent.path().join("node-0/storage.bson"), "broken").unwrap();
    let error = Server::builder().data_dir(parent.path()).start().await.unwrap_err();
    assert!(
        error.to_string().contains("\"s\":\"E\"") || error.to_string().contains("\"s\":\"F\""),
        "{error}"
    );
    assert!(processes_of(parent.path()).is_empty());
}

#[tokio::test]
async fn an_argument_that_is_not_the_users() {
    for argument in ["--port", "--dbpath=/x", "--replSet=x", "--config=x"] {
        let error = Server::builder().arg(argument).start().await.unwrap_err();
        assert!(error.to_string().contains("sets --"), "{error}");
    }
}

#[tokio::test]
async fn a_wrong_number_of_nodes() {
    for nodes in [0, 8] {
        let error = Server::builder().replica_set(nodes).start().await.unwrap_err();
        assert!(error.to_string().contains("1 to 7 nodes"), "{error}");
    }
    let server = Server::start().await.unwrap();
    let error = server.kill_node(1).await.unwrap_err();
    assert!(error.to_string().contains("no node 1"), "{error}");
    let error = server.restart_node(0).await.unwrap_err();
    assert!(error.to_string().contains("stop it before"), "{error}");
}

#[tokio::test]
async fn a_program_that_is_not_there() {
    let error = Server::builder().mongod("/nowhere/mongod").start().await.unwrap_err();
    assert!(error.to_string().contains("/nowhere/mongod is no executable file"), "{error}");
}

#[tokio::test]
async fn a_library_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("mongod");
    script(
        &program,
        "echo \"$0: error while loading shared libraries: libcurl.so.4: cannot open shared object file: No such file \
         or directory\" >&2\nexit 127",
    );
    let error = Server::builder().mongod(&program).start().await.unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("library libcurl.so.4") && message.contains("apt-get install libcurl4"),
        "{message}"
    );
}

#[tokio::test]
async fn a_program_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("mongod");
    script(&program, "exec sleep 30");
    let limit = std::time::Duration::from_millis(300);
    let error = Server::builder().mongod(&program).start_timeout(limit).start().await.unwrap_err();
    assert!(error.to_string().contains("did not listen in time"), "{error}");
}

#[tokio::test]
async fn a_replica_set_that_is_never_ready() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("mongod");
    // Takes a connection, and answers nothing.
    script(&program, "echo '{\"msg\":\"Waiting for connections\"}'; exec sleep 30");
    let limit = std::time::Duration::from_millis(300);
    let data = tempfile::tempdir().unwrap();
    let error = Server::builder()
        .mongod(&program)
        .data_dir(data.path())
        .start_timeout(limit)
        .start()
        .await
        .unwrap_err();
    assert!(error.is_dev_server(), "{error}");
    assert!(processes_of(data.path()).is_empty());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_program_that_is_still_written() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("mongod");
    script(&program, "echo started; exit 3");
    let writer = std::fs::File::options().append(true).open(&program).unwrap();
    let start = tokio::spawn(Server::builder().mongod(&program).start());
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!start.is_finished());
    drop(writer);
    let error = start.await.unwrap().unwrap_err();
    assert!(error.to_string().contains("status 3") && error.to_string().contains("started"), "{error}");
}
