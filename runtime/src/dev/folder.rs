//! The folder of a server: a temporary one that goes with it, or one of the user's that stays.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Error, Result};

/// A file of this name in the folder keeps it; the watchdog looks for it as well.
const KEEP: &str = "keep";

#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    throwaway: bool,
}

impl Folder {
    pub(super) fn temporary() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("odmium-dev-").tempdir().map_err(|error| {
            Error::dev_caused(
                "no temporary folder can be made for mongod: make room, or set TMPDIR to a folder that can be written",
                error,
            )
        })?;
        Ok(Self { path: folder.keep(), throwaway: true })
    }

    pub(super) fn lasting(path: &Path) -> Result<Self> {
        let path = fs::create_dir_all(path).and_then(|()| path.canonicalize()).map_err(|error| {
            let path = path.display();
            Error::dev_caused(
                format!("the data folder {path} cannot be made: give `data_dir` another one"),
                error,
            )
        })?;
        Ok(Self { path, throwaway: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_throwaway(&self) -> bool {
        self.throwaway
    }

    pub(super) fn keep(&self) -> Result<()> {
        fs::write(self.path.join(KEEP), "").map_err(|error| {
            let path = self.path.display();
            Error::dev_caused(
                format!("no file `{KEEP}` can be written in {path}: make room on that disk"),
                error,
            )
        })
    }

    /// Empties the folder, after a start that failed. A folder of the user's is left as it is.
    pub(super) fn clear(&self) -> Result<()> {
        if !self.throwaway {
            return Ok(());
        }
        remove(&self.path).and_then(|()| fs::create_dir(&self.path)).map_err(|error| {
            let path = self.path.display();
            Error::dev_caused(format!("the temporary folder {path} cannot be emptied: remove it"), error)
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.throwaway && !self.path.join(KEEP).exists() {
            // The watchdog removes it as well; nobody is left to tell of a failure.
            let _ = remove(&self.path);
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
