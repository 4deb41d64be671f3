//! What the inner driver cannot do from outside, by reason. A test is skipped for one of these and for nothing else that
//! the format itself does not give.

use odmium::bson::{Bson, Document};

use crate::schema::{Requirement, Test, TestFile};

/// Why a test cannot pass.
pub fn of(_file: &TestFile, test: &Test) -> Option<&'static str> {
    let has = |name: &str| test.operations.iter().any(|operation| operation.name == name);
    if has("mapReduce") && !test.expect_tracing_messages.is_empty() {
        return Some(
            "the driver's spans of commands that it has no operation for do not name the collection",
        );
    }
    if test.expect_log_messages.iter().flat_map(|it| &it.messages).any(|it| names_database(&it.data)) {
        return Some("the driver's log messages about the end of a command do not name the database");
    }
    None
}

fn names_database(message: &Document) -> bool {
    let text = message.get_str("message").unwrap_or_default();
    ["Command succeeded", "Command failed"].contains(&text) && message.contains_key("databaseName")
}

/// Whether a test is for a server that is no replica set.
pub fn needs_single(file: &TestFile, test: &Test) -> bool {
    let single = |requirements: &[Requirement]| {
        let has = |requirement: &Requirement, name: &str| {
            requirement.topologies.as_ref().is_none_or(|topologies| topologies.iter().any(|it| it == name))
        };
        !requirements.is_empty()
            && requirements.iter().any(|it| has(it, "single"))
            && !requirements.iter().any(|it| has(it, "replicaset"))
    };
    single(&file.run_on_requirements) || single(&test.run_on_requirements)
}

/// Whether a test needs more than one node.
pub fn needs_secondaries(file: &TestFile, test: &Test) -> bool {
    let operations = test.operations.iter().map(|operation| &operation.arguments);
    let entities = file.create_entities.iter();
    entities.chain(operations.clone()).any(reads_secondary) || operations.into_iter().any(awaits_nodes)
}

fn reads_secondary(document: &Document) -> bool {
    document.iter().any(|(key, value)| match value {
        Bson::Document(inner) if key == "readPreference" => {
            inner.get_str("mode").is_ok_and(|mode| mode.eq_ignore_ascii_case("secondary"))
        }
        Bson::Document(inner) => reads_secondary(inner),
        _ => false,
    })
}

/// One node alone changes a topology twice: it is found, and it is the primary.
fn awaits_nodes(arguments: &Document) -> bool {
    let event = arguments.get_document("event");
    event.is_ok_and(|event| event.contains_key("topologyDescriptionChangedEvent"))
        && arguments.get_i32("count").is_ok_and(|count| count > 2)
}
