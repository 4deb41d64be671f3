//! The same work by `PyMongo`, in a process of its own.

use std::{path::Path, process::Command};

use crate::{Result, measure::Cost};

/// A Python with `pymongo`, in a folder of its own.
pub(super) struct Python(tempfile::TempDir);

impl Python {
    /// Installs it; where that is not possible, says so once and gives none.
    pub(super) fn install() -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        match pymongo(folder.path()) {
            Ok(()) => Ok(Some(Self(folder))),
            Err(reason) => {
                eprintln!("no comparison with PyMongo: {reason}");
                Ok(None)
            }
        }
    }

    /// Runs a script, which tells its wall and CPU time.
    pub(super) async fn run(&self, script: &'static str, arguments: &[&str]) -> Result<Cost> {
        let mut command = Command::new(self.0.path().join("bin/python"));
        command.args(["-c", script]).args(arguments);
        let output = tokio::task::spawn_blocking(move || command.output()).await??;
        let (printed, errors) = (String::from_utf8(output.stdout)?, String::from_utf8_lossy(&output.stderr));
        let mut times = printed.split_whitespace().map(str::parse);
        match (times.next(), times.next()) {
            (Some(Ok(wall)), Some(Ok(cpu))) => Ok(Cost { wall, cpu }),
            _ => Err(format!("the script of PyMongo failed: {errors}").into()),
        }
    }
}

fn pymongo(folder: &Path) -> Result<()> {
    let run = |command: &mut Command| match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    };
    run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    run(Command::new(folder.join("bin/python")).args(["-m", "pip", "install", "--quiet", "pymongo"]))?;
    Ok(())
}
