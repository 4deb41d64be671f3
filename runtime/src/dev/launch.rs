//! How a `mongod` is run under its watchdog.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use super::access::Access;

/// Given to `sh -c`, so that the crate needs no file of its own at run time.
const WATCHDOG: &str = include_str!("watchdog.sh");

/// What all nodes of a server have in common.
#[derive(Debug)]
pub(super) struct Launch {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<OsString>,
    pub(super) access: Access,
    pub(super) folder: PathBuf,
    pub(super) throwaway: bool,
}

impl Launch {
    /// The watchdog and the pipe that it watches. The standard library opens the pipe close-on-exec, so that no child
    /// process holds this end of it.
    pub(super) fn run(&self, data: &Path, log: &Path, port: u16) -> io::Result<(Child, ChildStdin)> {
        self.access.write_key(&self.folder)?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", WATCHDOG, "odmium-watchdog"]);
        command.arg(if self.throwaway { "throwaway" } else { "lasting" });
        command.arg(&self.folder).arg(log).arg(&self.program).args(&self.arguments);
        command.arg("--dbpath").arg(data).arg("--port").arg(port.to_string());
        // Messages are read, so they have to be in English; and mongod refuses a locale that is not installed.
        command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // A group of its own: an interrupt from the terminal reaches the owner only, whose end is then noticed.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut watchdog = command.spawn()?;
        let pipe = watchdog.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok((watchdog, pipe))
    }
}
