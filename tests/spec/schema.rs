//! The unified test format, as the specification of that name defines it.

use odmium::bson::{Bson, Document, deserialize_from_bson};
use serde::Deserialize;

/// The newest minor version of schema 1 whose every part is read here.
const NEWEST: u32 = 27;

macro_rules! schema {
    ($($(#[$text:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty,)* })*) => { $(
        $(#[$text])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name { $($(#[$attribute])* pub $field: $type,)* }
    )* };
}

schema! {
    TestFile {
        #[serde(rename = "description")]
        _description: Option<String>,
        #[serde(rename = "schemaVersion")]
        _schema_version: String,
        #[serde(default)]
        run_on_requirements: Vec<Requirement>,
        #[serde(default)]
        create_entities: Vec<Document>,
        #[serde(default)]
        initial_data: Vec<CollectionData>,
        tests: Vec<Test>,
        #[serde(rename = "_yamlAnchors")]
        _yaml_anchors: Option<Bson>,
    }

    /// What a deployment must be like; all that is given must hold.
    Requirement {
        min_server_version: Option<String>,
        max_server_version: Option<String>,
        topologies: Option<Vec<String>>,
        serverless: Option<String>,
        server_parameters: Option<Document>,
        auth: Option<bool>,
        auth_mechanism: Option<String>,
        csfle: Option<Bson>,
    }

    /// What a collection holds, before or after a test.
    CollectionData {
        collection_name: String,
        database_name: String,
        #[serde(default)]
        create_options: Document,
        documents: Vec<Document>,
    }

    Test {
        description: String,
        #[serde(default)]
        run_on_requirements: Vec<Requirement>,
        skip_reason: Option<String>,
        operations: Vec<Operation>,
        #[serde(default)]
        expect_events: Vec<ExpectedEvents>,
        #[serde(default)]
        expect_log_messages: Vec<ExpectedMessages>,
        #[serde(default)]
        expect_tracing_messages: Vec<ExpectedSpans>,
        #[serde(default)]
        outcome: Vec<CollectionData>,
    }

    Operation {
        name: String,
        object: String,
        #[serde(default)]
        arguments: Document,
        #[serde(default)]
        ignore_result_and_error: bool,
        expect_error: Option<ExpectedError>,
        expect_result: Option<Bson>,
        save_result_as_entity: Option<String>,
    }

    ExpectedError {
        is_error: Option<bool>,
        is_client_error: Option<bool>,
        is_timeout_error: Option<bool>,
        error_contains: Option<String>,
        error_code: Option<i32>,
        error_code_name: Option<String>,
        #[serde(default)]
        error_labels_contain: Vec<String>,
        #[serde(default)]
        error_labels_omit: Vec<String>,
        error_response: Option<Document>,
        write_errors: Option<Document>,
        write_concern_errors: Option<Vec<Document>>,
        expect_result: Option<Bson>,
    }

    ExpectedEvents {
        client: String,
        event_type: Option<String>,
        events: Vec<Document>,
        #[serde(default)]
        ignore_extra_events: bool,
    }

    ExpectedMessages {
        client: String,
        messages: Vec<ExpectedMessage>,
        #[serde(default)]
        ignore_extra_messages: bool,
        #[serde(default)]
        ignore_messages: Vec<ExpectedMessage>,
    }

    ExpectedMessage {
        level: String,
        component: String,
        failure_is_redacted: Option<bool>,
        data: Document,
    }

    ExpectedSpans {
        client: String,
        #[serde(default)]
        ignore_extra_spans: bool,
        spans: Vec<ExpectedSpan>,
    }

    ExpectedSpan {
        name: String,
        #[serde(default)]
        attributes: Document,
        #[serde(default)]
        nested: Vec<ExpectedSpan>,
    }
}

impl TestFile {
    pub fn read(json: Document) -> Result<Self, String> {
        let version = json.get_str("schemaVersion").unwrap_or_default().to_owned();
        let mut numbers = version.split('.').map(|number| number.parse::<u32>());
        match (numbers.next(), numbers.next()) {
            (Some(Ok(1)), Some(Ok(minor))) if minor <= NEWEST => {}
            _ => return Err(format!("schema version {version} is not supported: 1.0 to 1.{NEWEST} are")),
        }
        deserialize_from_bson(Bson::Document(json)).map_err(|error| format!("is no test file: {error}"))
    }
}
