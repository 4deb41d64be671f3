//! Models, beside the same structs with serde's derives.

use super::{Modules, ROUNDS, Workspace, driver, odmium};
use crate::{
    Result,
    measure::Rounds,
    report::{Goal::AtMost, Row, Unit},
};

const MODELS: usize = 100;
pub(super) const AGAINST: &str = "serde's two derives";

/// Two crates of the same models.
pub(super) const OURS: Side = Side {
    name: "ours",
    document: "#[derive(odmium::Document)]\n#[document(collection = \"models\")]",
    embedded: "#[derive(odmium::Embedded)]",
    id: "",
    bson: "odmium::bson",
};
pub(super) const THEIRS: Side = Side {
    name: "theirs",
    document: "#[derive(serde::Serialize, serde::Deserialize)]",
    embedded: "#[derive(serde::Serialize, serde::Deserialize)]",
    id: "#[serde(rename = \"_id\")] ",
    bson: "mongodb::bson",
};

/// What stands above structs and fields in one of the crates.
pub(super) struct Side {
    pub(super) name: &'static str,
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

/// What the crate with serde's derives depends on.
pub(super) fn serde() -> Result<String> {
    Ok(format!("serde = {{ version = \"1\", features = [\"derive\"] }}\n{}", driver()?))
}

pub(in crate::rows) fn check() -> Result<Vec<Row>> {
    let serde = serde()?;
    let workspace = Workspace::new(
        "models",
        &[(OURS.name, odmium()?, OURS.modules()), (THEIRS.name, serde, THEIRS.modules())],
    )?;
    let [anew] = workspace.in_turn([OURS.name, THEIRS.name], [&["check"]], ROUNDS)?;
    let mut touched = Rounds::default();
    for round in 0..ROUNDS {
        // A field of one model is renamed, so that the compiler cannot take over what it knew of it.
        let touch = |side: &Side| {
            workspace.write(side.name, "model_50", &side.model(50, &format!("notes_{round}")))?;
            workspace.cargo(&["check", "-p", side.name])
        };
        touched.push(touch(&OURS)?, touch(&THEIRS)?);
    }
    let sizes = (expanded(&workspace, &OURS)?, expanded(&workspace, &THEIRS)?);
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

impl Side {
    fn modules(&self) -> Modules {
        self.modules_with(MODELS, "")
    }

    /// So many models, with further code in the module of each; `N` in it is the model's number.
    pub(super) fn modules_with(&self, models: usize, code: &str) -> Modules {
        let names: String = (0..models).map(|model| format!("pub mod model_{model};\n")).collect();
        let address = "pub struct Address { pub street: String, pub city: String, pub zip: String }";
        let library = ("lib".into(), format!("{}\n{address}\n{names}", self.embedded));
        let models = (0..models).map(|model| {
            let code = code.replace('N', &model.to_string());
            (format!("model_{model}"), format!("{}\n{code}", self.model(model, "notes")))
        });
        [library].into_iter().chain(models).collect()
    }

    fn model(&self, model: usize, last_field: &str) -> String {
        let Side { document, id, bson, .. } = self;
        format!(
            "use std::collections::HashMap;\nuse {bson}::{{DateTime, oid::ObjectId}};\nuse crate::Address;\n\n{document}\n\
             pub struct Model{model} {{\n    {id}pub id: ObjectId,{FIELDS} pub {last_field}: String,\n}}\n"
        )
    }
}

/// How many characters the code has after all macros, without spaces, as the compiler prints it.
fn expanded(workspace: &Workspace, side: &Side) -> Result<usize> {
    let print = ["rustc", "-p", side.name, "--profile", "check", "--", "-Zunpretty=expanded"];
    // The option is one of nightly compilers; a stable one takes it when it is told so.
    let output = workspace.command(&print).env("RUSTC_BOOTSTRAP", "1").output()?;
    match output.status.success() {
        true => Ok(output.stdout.iter().filter(|byte| !byte.is_ascii_whitespace()).count()),
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}
