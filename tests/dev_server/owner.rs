use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Stdio},
    time::Duration,
};

use odmium::dev::Server;

use crate::support::{assert_gone, child, eventually, is_child, listens, processes_of};

/// The process, the folder of its server and the port.
fn start(test: &str) -> (Child, PathBuf, u16) {
    let mut child = child(test).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let line = lines.find_map(|line| line.split_once("SERVER ").map(|(_, rest)| rest.to_owned())).unwrap();
    let (port, folder) = line.split_once(' ').unwrap();
    (child, folder.into(), port.parse().unwrap())
}

#[test]
fn is_gone_after_its_owner_was_killed() {
    let (mut owner, folder, port) = start("owner::child_owns_a_server");
    assert!(folder.exists() && listens(port));
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert_gone(&folder);
    assert!(!listens(port));
}

#[test]
fn three_nodes_are_gone_after_their_owner_was_killed() {
    let (mut owner, folder, port) = start("owner::child_owns_three_nodes");
    assert!(folder.exists() && listens(port));
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert_gone(&folder);
}

#[test]
fn a_kept_folder_stays_after_its_owner_was_killed() {
    let (mut owner, folder, _) = start("owner::child_owns_a_server");
    fs::write(folder.join("keep"), "").unwrap();
    owner.kill().unwrap();
    owner.wait().unwrap();
    eventually("the processes end", || processes_of(&folder).is_empty());
    assert!(folder.join("node-0").exists());
    fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
#[ignore = "run by another test"]
async fn child_owns_a_server() {
    own(Server::builder()).await;
}

#[tokio::test]
#[ignore = "run by another test"]
async fn child_owns_three_nodes() {
    own(Server::builder().replica_set(3)).await;
}

async fn own(builder: odmium::dev::ServerBuilder) {
    if !is_child() {
        return;
    }
    let server = builder.start().await.unwrap();
    println!("SERVER {} {}", server.ports()[0], server.data_dir().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}
