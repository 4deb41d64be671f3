use std::{
    env, fs,
    net::TcpStream,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use odmium::mongodb::{Client, Collection, bson::Document};

/// Set for the processes that run a `child_*` test.
pub(crate) const CHILD: &str = "DEV_SERVER_CHILD";

pub(crate) async fn collection(uri: &str) -> Collection<Document> {
    Client::with_uri_str(uri).await.unwrap().database("dev_server").collection("c")
}

pub(crate) fn listens(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// The command lines of all processes that name this folder: watchdogs and servers.
pub(crate) fn processes_of(folder: &Path) -> Vec<String> {
    let lines = if cfg!(target_os = "linux") {
        let processes = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path().join("cmdline"));
        processes
            .filter_map(|path| fs::read(path).ok())
            .map(|line| String::from_utf8_lossy(&line).into_owned())
            .collect()
    } else {
        let output = Command::new("ps").args(["-A", "-ww", "-o", "args="]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let folder = folder.to_str().unwrap();
    lines.into_iter().filter(|line| line.contains(folder)).collect()
}

#[track_caller]
pub(crate) fn assert_gone(folder: &Path) {
    eventually("the folder is removed", || !folder.exists());
    eventually("the processes end", || processes_of(folder).is_empty());
}

#[track_caller]
pub(crate) fn eventually(what: &str, mut check: impl FnMut() -> bool) {
    let start = Instant::now();
    while !check() {
        assert!(start.elapsed() < Duration::from_secs(60), "in 60 s it did not come true that {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The program `child.rs`, which owns servers to be killed with it.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dev_server_child"))
}

/// A process that runs one test of this binary, which fails there on purpose.
pub(crate) fn child(test: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(CHILD, "1");
    command
}

pub(crate) fn is_child() -> bool {
    env::var_os(CHILD).is_some()
}

pub(crate) fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
