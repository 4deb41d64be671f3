//! The codec of models, called: what of it becomes machine code.

use std::fs;

use super::{
    Modules, Workspace,
    models::{AGAINST, OURS, THEIRS, serde},
    odmium,
};
use crate::{
    Result,
    report::{Goal::AtMost, Row, Unit},
};

const ROUNDS: usize = 3;
const MODELS: usize = 10;

const OUR_CALLS: &str = "
pub fn write(model: &ModelN) -> Option<Vec<u8>> { odmium::codec::encode_to_vec(model).ok() }
pub fn read(bytes: &[u8]) -> Option<ModelN> { odmium::codec::decode(bytes).ok() }
";
const THEIR_CALLS: &str = "
pub fn write(model: &ModelN) -> Option<Vec<u8>> { mongodb::bson::serialize_to_vec(model).ok() }
pub fn read(bytes: &[u8]) -> Option<ModelN> { mongodb::bson::deserialize_from_slice(bytes).ok() }
";

/// Fields of a wide model, and of the model that is as large as four of them.
const WIDE: usize = 250;
const TIMES: usize = 4;

pub(in crate::rows) fn build() -> Result<Vec<Row>> {
    let crates = [
        (OURS.name, odmium()?, OURS.modules_with(MODELS, OUR_CALLS)),
        (THEIRS.name, serde()?, THEIRS.modules_with(MODELS, THEIR_CALLS)),
        ("one", odmium()?, wide(1, WIDE * TIMES)),
        ("four", odmium()?, wide(TIMES, WIDE)),
    ];
    let workspace = Workspace::new("codec", &crates)?;
    let sides = [OURS.name, THEIRS.name];
    let [debug, release] = workspace.in_turn(sides, [&["build"], &["build", "--release"]], ROUNDS)?;
    let size = |name| -> Result<usize> {
        let library = workspace.target().join(format!("release/lib{name}.rlib"));
        Ok(usize::try_from(fs::metadata(library)?.len())?)
    };
    let sizes = (size(OURS.name)?, size(THEIRS.name)?);
    let [large] = workspace.in_turn(["one", "four"], [&["build", "--release"]], ROUNDS)?;
    let work = format!("cargo build of {MODELS} models, written and read");
    Ok(vec![
        Row::cpu("P11", &work, AGAINST, &debug).goal(AtMost(1.0)),
        Row::cpu("P11", format!("{work}, --release"), AGAINST, &release).goal(AtMost(1.0)),
        Row::count("P11", "library of these, --release", AGAINST, Unit::Bytes, sizes).goal(AtMost(1.0)),
        Row::cpu(
            "P11",
            format!("a model of {} fields, --release", WIDE * TIMES),
            "four of 250 fields",
            &large,
        )
        .goal(AtMost(1.5)),
    ])
}

/// Models of many fields, texts and integers.
fn wide(models: usize, fields: usize) -> Modules {
    let names: String = (0..models).map(|model| format!("pub mod model_{model};\n")).collect();
    let fields: String = (0..fields / 2)
        .map(|field| format!("    pub text_{field}: String,\n    pub number_{field}: i32,\n"))
        .collect();
    let model = |model: usize| {
        let calls = OUR_CALLS.replace('N', &model.to_string());
        let source = format!(
            "#[derive(odmium::Document)]\n#[document(collection = \"models\")]\npub struct Model{model} {{\n    \
             pub id: odmium::bson::oid::ObjectId,\n{fields}}}\n{calls}"
        );
        (format!("model_{model}"), source)
    };
    [("lib".into(), names)].into_iter().chain((0..models).map(model)).collect()
}
