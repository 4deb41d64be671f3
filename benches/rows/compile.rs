//! P11 and P13: what models and pipelines cost the compiler.

pub(super) mod codec;
pub(super) mod models;
pub(super) mod pipelines;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    Result,
    measure::{Clock, Cost, Rounds},
};

const ROUNDS: usize = 5;

/// The modules of a crate: their names and sources.
type Modules = Vec<(String, String)>;

/// A folder with a crate for each side.
///
/// It stays in the target folder, so that the dependencies are built at the first run only.
struct Workspace(PathBuf);

impl Workspace {
    /// A crate has a name, its dependencies in the manifest's form, and its modules.
    fn new(folder: &str, crates: &[(&str, String, Modules)]) -> Result<Self> {
        let workspace = Self(sources()?.join("target/compile-cost").join(folder));
        let root = &workspace.0;
        fs::create_dir_all(root)?;
        let members: Vec<_> = crates.iter().map(|(name, ..)| name).collect();
        fs::write(
            root.join("Cargo.toml"),
            format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        )?;
        // The versions that this workspace uses, which are on the machine already.
        fs::copy(sources()?.join("Cargo.lock"), root.join("Cargo.lock"))?;
        for (name, dependencies, modules) in crates {
            fs::create_dir_all(root.join(name).join("src"))?;
            let manifest =
                format!("[package]\nname = {name:?}\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n");
            fs::write(root.join(name).join("Cargo.toml"), manifest)?;
            for (module, source) in modules {
                workspace.write(name, module, source)?;
            }
        }
        Ok(workspace)
    }

    /// What the commands cost each of two crates, in turn. Their dependencies are built before the first round.
    fn in_turn<const N: usize>(
        &self,
        [ours, theirs]: [&str; 2],
        commands: [&[&str]; N],
        rounds: usize,
    ) -> Result<[Rounds; N]> {
        for (command, name) in commands.iter().flat_map(|command| [(command, ours), (command, theirs)]) {
            self.anew(command, name)?;
        }
        let mut costs = std::array::from_fn(|_| Rounds::default());
        for _ in 0..rounds {
            for (command, costs) in commands.iter().zip(&mut costs) {
                costs.push(self.anew(command, ours)?, self.anew(command, theirs)?);
            }
        }
        Ok(costs)
    }

    fn write(&self, name: &str, module: &str, source: &str) -> Result<()> {
        Ok(fs::write(self.0.join(format!("{name}/src/{module}.rs")), source)?)
    }

    /// Runs a command on a crate of which nothing is built yet, though its dependencies are.
    fn anew(&self, command: &[&str], name: &str) -> Result<Cost> {
        let release = command.iter().filter(|option| **option == "--release").copied();
        self.cargo(&["clean", "-p", name].into_iter().chain(release).collect::<Vec<_>>())?;
        self.cargo(&[command, &["-p", name]].concat())
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
        cargo.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        cargo.env("CARGO_TARGET_DIR", self.target()).env("CARGO_NET_OFFLINE", "true");
        cargo
    }

    /// Where all of these folders build, so that they share their dependencies.
    fn target(&self) -> PathBuf {
        self.0.with_file_name("target")
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
