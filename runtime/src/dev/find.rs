//! Which `mongod` to run.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use super::Fetch;
use crate::{Error, Result};

/// The first of `ODMIUM_MONGOD`, the `PATH`, the cache and a fetched one.
pub(super) async fn mongod() -> Result<PathBuf> {
    match local(env::var_os("ODMIUM_MONGOD").as_deref(), env::var_os("PATH").as_deref())? {
        Some(path) => Ok(path),
        None => Fetch::new().run().await,
    }
}

fn local(chosen: Option<&OsStr>, search: Option<&OsStr>) -> Result<Option<PathBuf>> {
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        let path = PathBuf::from(chosen);
        if is_program(&path) {
            return Ok(Some(path));
        }
        let path = path.display();
        return Err(Error::dev(format!(
            "ODMIUM_MONGOD is {path}, which is no executable file: set it to the path of a `mongod`"
        )));
    }
    let search = search.unwrap_or_default();
    Ok(env::split_paths(search).map(|folder| folder.join("mongod")).find(|path| is_program(path)))
}

pub(super) fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && is_executable(&metadata))
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_comes_before_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("mongod");
        fs::write(&program, "").unwrap();
        assert_eq!(local(None, Some(folder.path().as_os_str())).unwrap(), None, "not executable");

        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        assert_eq!(local(None, Some(folder.path().as_os_str())).unwrap(), Some(program.clone()));
        assert_eq!(local(Some(program.as_os_str()), None).unwrap(), Some(program.clone()));
        assert_eq!(local(Some(OsStr::new("")), None).unwrap(), None);

        let error = local(Some(OsStr::new("/nowhere/mongod")), Some(folder.path().as_os_str())).unwrap_err();
        assert!(error.to_string().contains("/nowhere/mongod"), "{error}");
    }
}
