//! Running programs, and reading the tables that they print.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What cargo knows about a workspace.
pub(crate) fn metadata(manifest: &Path) -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    let output =
        command.args(["metadata", "--format-version=1", "--manifest-path"]).arg(manifest).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The standard output of a program that succeeds.
pub(crate) fn printed(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{status}\n{stdout}\n{stderr}");
    stdout
}

/// The cells of the table under a title, without its header.
pub(crate) fn table(printed: &str, title: &str) -> Vec<Vec<String>> {
    let lines = printed.lines().skip_while(|line| *line != title).skip(1).take_while(|line| !line.is_empty());
    let rows = lines.filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'));
    let rows: Vec<_> = rows.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    assert!(!rows.is_empty(), "no table under {title:?}:\n{printed}");
    rows[1..].to_vec()
}
