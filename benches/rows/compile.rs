//! P11: what models cost the compiler.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    Result,
    measure::{Clock, Cost, Rounds},
    report::{Goal::AtMost, Row, Unit},
};

const MODELS: usize = 100;
const ROUNDS: usize = 5;
const AGAINST: &str = "serde's two derives";

/// Two crates of the same models.
const OURS: Side = Side {
    name: "ours",
    document: "#[derive(odmium::Document)]\n#[document(collection = \"models\")]",
    embedded: "#[derive(odmium::Embedded)]",
    id: "",
    bson: "odmium::bson",
};
const THEIRS: Side = Side {
    name: "theirs",
    document: "#[derive(serde::Serialize, serde::Deserialize)]",
    embedded: "#[derive(serde::Serialize, serde::Deserialize)]",
    id: "#[serde(rename = \"_id\")] ",
    bson: "mongodb::bson",
};

/// What stands above structs and fields in one of the crates.
struct Side {
    name: &'static str,
    document: &'static str,
    embedded: &'static str,
    id: &'static str,
    bson: &'static str,
}

/// The fields of a model, without its `id` and the last one.
const FIELDS: &str = "
    pub name: String, pub email: String, pub phone: Option<String>, pub age: i32, pub visits: i64,
    pub score: f64, pub active: bool, pub created_at: DateTime, pub updated_at: Option<DateTime>,
    pub tags: Vec<String>, pub address: Address, pub work: Option<Address>, pub former: Vec<Address>,
    pub labels: HashMap<String, String>, pub owner: ObjectId, pub parent: Option<ObjectId>,
    pub level: i32, pub counters: Vec<i64>,";

pub(super) fn check() -> Result<Vec<Row>> {
    let workspace = Workspace::new()?;
    let (mut anew, mut touched) = (Rounds::default(), Rounds::default());
    for round in 0..ROUNDS {
        anew.push(workspace.check_anew(&OURS)?, workspace.check_anew(&THEIRS)?);
        touched.push(workspace.touch_and_check(&OURS, round)?, workspace.touch_and_check(&THEIRS, round)?);
    }
    let sizes = (workspace.expanded(&OURS)?, workspace.expanded(&THEIRS)?);
    let work = format!("cargo check of {MODELS} models");
    let after = format!("{work}, one touched");
    Ok(vec![
        Row::wall("P11", &work, AGAINST, &anew).goal(AtMost(1.0)),
        Row::cpu("P11", work, AGAINST, &anew),
        Row::wall("P11", &after, AGAINST, &touched).goal(AtMost(1.0)),
        Row::cpu("P11", after, AGAINST, &touched),
        Row::count("P11", "code of the models, expanded", AGAINST, Unit::Characters, sizes).goal(AtMost(1.5)),
    ])
}

/// A temporary folder with both crates, their dependencies built.
struct Workspace(tempfile::TempDir);

impl Workspace {
    fn new() -> Result<Self> {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the sources have no folder")?;
        let workspace = Self(tempfile::tempdir()?);
        let root = workspace.0.path();
        let driver = fs::read_to_string(sources.join("Cargo.toml"))?;
        let driver =
            driver.lines().find(|line| line.starts_with("mongodb")).ok_or("no driver is declared")?;
        fs::write(
            root.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"ours\", \"theirs\"]\n",
        )?;
        // The versions that this workspace uses, which are on the machine already.
        fs::copy(sources.join("Cargo.lock"), root.join("Cargo.lock"))?;
        workspace.write(&OURS, &format!("odmium = {{ path = {:?} }}", sources.join("runtime")))?;
        workspace
            .write(&THEIRS, &format!("serde = {{ version = \"1\", features = [\"derive\"] }}\n{driver}"))?;
        for side in [OURS, THEIRS] {
            workspace.cargo(&["check", "-p", side.name])?;
        }
        Ok(workspace)
    }

    fn write(&self, side: &Side, dependencies: &str) -> Result<()> {
        let Side { name, embedded, .. } = side;
        let crate_folder = self.0.path().join(name);
        fs::create_dir_all(crate_folder.join("src"))?;
        let manifest =
            format!("[package]\nname = {name:?}\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n");
        fs::write(crate_folder.join("Cargo.toml"), manifest)?;
        let modules: String = (0..MODELS).map(|model| format!("pub mod model_{model};\n")).collect();
        let address = "pub struct Address { pub street: String, pub city: String, pub zip: String }";
        fs::write(crate_folder.join("src/lib.rs"), format!("{embedded}\n{address}\n{modules}"))?;
        (0..MODELS).try_for_each(|model| self.write_model(side, model, "notes"))
    }

    fn write_model(&self, side: &Side, model: usize, last_field: &str) -> Result<()> {
        let Side { name, document, id, bson, .. } = side;
        let source = format!(
            "use std::collections::HashMap;\nuse {bson}::{{DateTime, oid::ObjectId}};\nuse crate::Address;\n\n{document}\n\
             pub struct Model{model} {{\n    {id}pub id: ObjectId,{FIELDS} pub {last_field}: String,\n}}\n"
        );
        Ok(fs::write(self.0.path().join(format!("{name}/src/model_{model}.rs")), source)?)
    }

    fn check_anew(&self, side: &Side) -> Result<Cost> {
        self.cargo(&["clean", "-p", side.name])?;
        self.cargo(&["check", "-p", side.name])
    }

    /// Renames a field of one model, so that the compiler cannot take over what it knew of it.
    fn touch_and_check(&self, side: &Side, round: usize) -> Result<Cost> {
        self.write_model(side, MODELS / 2, &format!("notes_{round}"))?;
        self.cargo(&["check", "-p", side.name])
    }

    /// How many characters the code has after all macros, without spaces, as the compiler prints it.
    fn expanded(&self, side: &Side) -> Result<usize> {
        let print = ["rustc", "-p", side.name, "--profile", "check", "--", "-Zunpretty=expanded"];
        // The option is one of nightly compilers; a stable one takes it when it is told so.
        let output = self.command(&print).env("RUSTC_BOOTSTRAP", "1").output()?;
        match output.status.success() {
            true => Ok(output.stdout.iter().filter(|byte| !byte.is_ascii_whitespace()).count()),
            false => Err(String::from_utf8_lossy(&output.stderr).into()),
        }
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
