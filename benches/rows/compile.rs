//! P11 and P13: what models and pipelines cost the compiler.

pub(super) mod models;
pub(super) mod pipelines;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    Result,
    measure::{Clock, Cost},
};

const ROUNDS: usize = 5;

/// The modules of a crate: their names and sources.
type Modules = Vec<(String, String)>;

/// A temporary folder with a crate for each side, their dependencies built.
struct Workspace(tempfile::TempDir);

impl Workspace {
    /// A crate has a name, its dependencies in the manifest's form, and its modules.
    fn new(crates: &[(&str, String, Modules)]) -> Result<Self> {
        let sources = sources()?;
        let workspace = Self(tempfile::tempdir()?);
        let root = workspace.0.path();
        let members: Vec<_> = crates.iter().map(|(name, ..)| name).collect();
        fs::write(
            root.join("Cargo.toml"),
            format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        )?;
        // The versions that this workspace uses, which are on the machine already.
        fs::copy(sources.join("Cargo.lock"), root.join("Cargo.lock"))?;
        for (name, dependencies, modules) in crates {
            fs::create_dir_all(root.join(name).join("src"))?;
            let manifest =
                format!("[package]\nname = {name:?}\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n");
            fs::write(root.join(name).join("Cargo.toml"), manifest)?;
            for (module, source) in modules {
                workspace.write(name, module, source)?;
            }
        }
        for (name, ..) in crates {
            workspace.cargo(&["check", "-p", name])?;
        }
        Ok(workspace)
    }

    fn write(&self, name: &str, module: &str, source: &str) -> Result<()> {
        Ok(fs::write(self.0.path().join(format!("{name}/src/{module}.rs")), source)?)
    }

    /// Runs a command on a crate of which nothing is built yet, though its dependencies are.
    fn anew(&self, command: &str, name: &str) -> Result<Cost> {
        self.cargo(&["clean", "-p", name])?;
        self.cargo(&[command, "-p", name])
    }

    /// Runs cargo and tells what it cost, together with the compilers that it ran.
    fn cargo(&self, arguments: &[&str]) -> Result<Cost> {
        let clock = Clock::children();
        let output = self.command(arguments).output()?;
        match output.status.success() {
            true => Ok(clock.stop()),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        cargo.env("CARGO_TARGET_DIR", self.0.path().join("target")).env("CARGO_NET_OFFLINE", "true");
        cargo
    }
}

/// The folder of this workspace.
fn sources() -> Result<&'static Path> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the sources have no folder")?)
}

/// The runtime as a dependency.
fn odmium() -> Result<String> {
    Ok(format!("odmium = {{ path = {:?} }}", sources()?.join("runtime")))
}

/// The driver as a dependency, as this workspace declares it.
fn driver() -> Result<String> {
    let manifest = fs::read_to_string(sources()?.join("Cargo.toml"))?;
    Ok(manifest.lines().find(|line| line.starts_with("mongodb")).ok_or("no driver is declared")?.into())
}
