//! The tasks by other mappers, each a script that is run once a round.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, measure::Cost};

const BEANIE: &str = include_str!("beanie.py");
const MONGOOSE: &str = include_str!("mongoose.js");

pub(super) struct Script {
    pub(super) name: &'static str,
    program: PathBuf,
    file: PathBuf,
}

impl Script {
    /// Those that can be had here, with their packages in `folder`; for the others, a note why not.
    pub(super) fn install(folder: &Path) -> Vec<Self> {
        let installed = [("Beanie", Self::beanie(folder)), ("Mongoose", Self::mongoose(folder))];
        let note = |(name, script): (&str, Result<Self>)| match script {
            Ok(script) => Some(script),
            Err(reason) => {
                eprintln!("{name}: not run: {reason}");
                None
            }
        };
        installed.into_iter().filter_map(note).collect()
    }

    fn beanie(folder: &Path) -> Result<Self> {
        let (environment, file) = (folder.join("python"), folder.join("beanie_tasks.py"));
        finish(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        let program = environment.join("bin/python");
        finish(Command::new(&program).args(["-m", "pip", "install", "--quiet", "beanie"]))?;
        std::fs::write(&file, BEANIE)?;
        Ok(Self { name: "Beanie", program, file })
    }

    fn mongoose(folder: &Path) -> Result<Self> {
        let file = folder.join("mongoose_tasks.js");
        finish(Command::new("npm").args(["install", "--silent", "--prefix"]).arg(folder).arg("mongoose"))?;
        std::fs::write(&file, MONGOOSE)?;
        Ok(Self { name: "Mongoose", program: "node".into(), file })
    }

    /// What each task took: the script prints its name, wall and CPU seconds.
    pub(super) async fn run(&self, uri: &str, database: &str) -> Result<HashMap<String, Cost>> {
        let mut command = Command::new(&self.program);
        command.arg(&self.file).args([uri, &format!("{database}_{}", self.name.to_lowercase())]);
        let printed = tokio::task::spawn_blocking(move || finish(&mut command)).await??;
        let mut costs = HashMap::new();
        for line in printed.lines() {
            let mut words = line.split_whitespace();
            if let (Some(task), Some(wall), Some(cpu)) = (words.next(), words.next(), words.next()) {
                costs.insert(task.to_owned(), Cost { wall: wall.parse()?, cpu: cpu.parse()? });
            }
        }
        Ok(costs)
    }
}

/// Runs a command and gives what it printed.
fn finish(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout)?),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().into()),
    }
}
