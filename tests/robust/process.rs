//! The program `child`, which is killed at the step that a test chooses.

use std::process::Stdio;

use odmium::{Database, Result, bson::doc};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdout, Command},
};

/// A child that runs.
pub(crate) struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Process {
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::of(Command::new(env!("CARGO_BIN_EXE_robust_child")).args(args))
    }

    pub(crate) fn of(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    /// What it says next.
    pub(crate) async fn says(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).await.unwrap();
        assert!(line.ends_with('\n'), "it ended: {:?}", self.child.try_wait());
        line.pop();
        line
    }

    /// Lets it do so many steps.
    pub(crate) async fn go(&mut self, steps: usize) {
        self.child.stdin.as_mut().unwrap().write_all(&b"\n".repeat(steps)).await.unwrap();
    }

    /// Lets it go on until it says a line that begins so, and gives that line.
    pub(crate) async fn until(&mut self, what: &str) -> String {
        loop {
            let line = self.says().await;
            if line.starts_with(what) {
                return line;
            }
            self.go(1).await;
        }
    }

    /// Kills it with SIGKILL, and gives what it has said since it was last read.
    pub(crate) async fn kill(mut self) -> String {
        self.child.kill().await.unwrap();
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).await.unwrap();
        rest
    }
}

/// A connection string of a child that the server tells from all others.
pub(crate) fn named(uri: &str, name: &str) -> String {
    format!("{uri}{}appName={name}", if uri.contains('?') { '&' } else { '?' })
}

/// Waits until the server has done all that it was sent by a child of this name.
pub(crate) async fn until_gone(db: &Database, name: &str) -> Result<()> {
    let of_name = || db.client().current_op().all_users(true).idle_connections(true);
    while !of_name().filter(doc! { "appName": name }).await?.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    Ok(())
}
