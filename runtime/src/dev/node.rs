//! One `mongod` process under its watchdog.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ExitStatus},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use mongodb::bson::doc;
use tokio::time::sleep;

use super::{
    access::Access,
    direct::Direct,
    exit::{Exit, last_lines},
    launch::Launch,
};
use crate::{Error, Result};

const TICK: Duration = Duration::from_millis(5);
/// How long a signal may take to end mongod; and the watchdog after it.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub(super) struct Node {
    port: u16,
    data: PathBuf,
    log: PathBuf,
    access: Access,
    process: Mutex<Option<Process>>,
}

#[derive(Debug)]
struct Process {
    watchdog: Child,
    /// Signals go through it, and its end says that the owner is gone.
    control: ChildStdin,
    /// Where the output of this run begins in the log.
    log_start: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Signal {
    Terminate,
    Kill,
}

impl Node {
    pub(super) fn new(folder: &Path, index: usize, port: u16, access: Access) -> Self {
        let data = folder.join(format!("node-{index}"));
        let log = folder.join(format!("node-{index}.log"));
        Self { port, data, log, access, process: Mutex::new(None) }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// A connection to it, as the user that it knows, if any.
    pub(super) fn connect(&self) -> Result<Direct> {
        Direct::connect(self.port, &self.access, true)
    }

    /// The first connection to it: without a user, unless the data folder has one already. Mongod lets such a
    /// connection from its own machine set it up, and make the first user.
    pub(super) async fn connect_first(&self) -> Result<Direct> {
        let connection = self.connect()?;
        if self.access.user.is_none() || connection.run(doc! { "connectionStatus": 1 }).await.is_ok() {
            return Ok(connection);
        }
        connection.close().await;
        Direct::connect(self.port, &self.access, false)
    }

    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    /// Starts the process; [`listening`](Self::listening) waits for it.
    pub(super) fn spawn(&self, launch: &Launch) -> Result<()> {
        let mut process = self.process();
        if process.as_mut().is_some_and(|process| matches!(process.watchdog.try_wait(), Ok(None))) {
            return Err(Error::dev(format!(
                "the node on port {} runs: stop it before it is restarted",
                self.port
            )));
        }
        let log_start = fs::metadata(&self.log).map_or(0, |log| log.len());
        let run = || launch.run(&self.data, &self.log, self.port);
        let (watchdog, control) = fs::create_dir_all(&self.data).and_then(|()| run()).map_err(|error| {
            Error::dev_caused(
                "mongod's watchdog cannot be run: the development server needs a Unix system with /bin/sh and a folder \
                 that can be written, or set MONGODB_URI to a running server",
                error,
            )
        })?;
        *process = Some(Process { watchdog, control, log_start });
        Ok(())
    }

    /// Waits until mongod takes connections. Its log says so; a connection would not, since it could reach a stranger
    /// on the same port.
    pub(super) async fn listening(&self, deadline: Instant) -> Result<(), Exit> {
        loop {
            // In this order: what mongod wrote before it ended is then in the log.
            let status = self.status();
            let log = self.log();
            if let Some(status) = status {
                return Err(Exit::explain(status, &log));
            }
            if log.contains("\"Waiting for connections\"") {
                return Ok(());
            }
            if Instant::now() >= deadline {
                let lines = last_lines(&log, 12);
                return Err(Exit::Failed(Error::dev(format!(
                    "mongod did not listen in time: give it more with `start_timeout`; its last lines:\n{lines}"
                ))));
            }
            sleep(TICK).await;
        }
    }

    /// What mongod printed since it was last started.
    pub(super) fn log(&self) -> String {
        let start = self.process().as_ref().map_or(0, |process| process.log_start);
        let mut log = Vec::new();
        // No log yet is an empty one.
        let _ = File::open(&self.log).and_then(|mut file| {
            file.seek(SeekFrom::Start(start))?;
            file.read_to_end(&mut log)
        });
        String::from_utf8_lossy(&log).into_owned()
    }

    /// The status of the process if it ended.
    pub(super) fn status(&self) -> Option<ExitStatus> {
        self.process().as_mut()?.watchdog.try_wait().ok()?
    }

    /// Signals mongod and waits for its end. The folder stays. Does nothing if it ended already.
    pub(super) async fn end(&self, signal: Signal) -> Result<()> {
        self.send(signal);
        let mut deadline = Instant::now() + PATIENCE;
        let mut killed = false;
        while self.process().as_mut().is_some_and(|process| matches!(process.watchdog.try_wait(), Ok(None))) {
            if Instant::now() >= deadline {
                if killed {
                    let port = self.port;
                    return Err(Error::dev(format!(
                        "the mongod on port {port} cannot be killed: end it by hand"
                    )));
                }
                self.send(Signal::Kill);
                killed = true;
                deadline = Instant::now() + PATIENCE;
            }
            sleep(TICK).await;
        }
        Ok(())
    }

    fn send(&self, signal: Signal) {
        let line: &[u8] = match signal {
            Signal::Terminate => b"TERM\n",
            Signal::Kill => b"KILL\n",
        };
        if let Some(process) = self.process().as_mut() {
            // Fails when mongod ended already, as it should.
            let _ = process.control.write_all(line);
        }
    }

    /// Closes the pipe: the watchdog ends mongod and removes a throwaway folder.
    pub(super) fn release(&mut self) -> Option<Child> {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        process.map(|Process { watchdog, .. }| watchdog)
    }

    fn process(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for watchdogs whose pipe is closed. Blocks: for milliseconds when the server is a throwaway one.
pub(super) fn reap(mut watchdogs: Vec<Child>) {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        watchdogs.retain_mut(|watchdog| matches!(watchdog.try_wait(), Ok(None)));
        if watchdogs.is_empty() {
            return;
        }
        std::thread::sleep(TICK);
    }
}
