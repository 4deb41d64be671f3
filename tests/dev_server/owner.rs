use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Stdio},
};

use crate::support::{assert_gone, eventually, listens, processes_of, program};

/// The process, the folder of its server and the port.
fn start(nodes: &str) -> (Child, PathBuf, u16) {
    let mut child = program().args(["own", nodes]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let line = lines.find_map(|line| line.split_once("SERVER ").map(|(_, rest)| rest.to_owned())).unwrap();
    let (port, folder) = line.split_once(' ').unwrap();
    (child, folder.into(), port.parse().unwrap())
}

#[test]
fn is_gone_after_its_owner_was_killed() {
    let (mut owner, folder, port) = start("1");
    assert!(folder.exists() && listens(port));
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert_gone(&folder);
    assert!(!listens(port));
}

#[test]
fn three_nodes_are_gone_after_their_owner_was_killed() {
    let (mut owner, folder, port) = start("3");
    assert!(folder.exists() && listens(port));
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert_gone(&folder);
}

#[test]
fn a_kept_folder_stays_after_its_owner_was_killed() {
    let (mut owner, folder, _) = start("1");
    fs::write(folder.join("keep"), "").unwrap();
    owner.kill().unwrap();
    owner.wait().unwrap();
    eventually("the processes end", || processes_of(&folder).is_empty());
    assert!(folder.join("node-0").exists());
    fs::remove_dir_all(&folder).unwrap();
}
