//! The data: every file below a folder that is a unified test file, or one of the BSON corpus.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use odmium::bson::Document;

use crate::schema::TestFile;

/// The areas of the specifications, each shown as an ignored test where there is no data.
pub const AREAS: [&str; 23] = [
    "bson-corpus",
    "causal-consistency",
    "change-streams",
    "client-backpressure",
    "client-side-operations-timeout",
    "collection-management",
    "command-logging-and-monitoring",
    "crud",
    "gridfs",
    "index-management",
    "mongodb-handshake",
    "open-telemetry",
    "read-write-concern",
    "retryable-reads",
    "retryable-writes",
    "run-command",
    "server-discovery-and-monitoring",
    "server-selection",
    "sessions",
    "transactions",
    "transactions-convenient-api",
    "unified-test-format",
    "versioned-api",
];

/// A file of tests.
pub struct File {
    /// The first folder below that of the data, such as `crud`.
    pub area: String,
    /// The name for messages, such as `crud/find`.
    pub name: String,
    pub content: Content,
}

pub enum Content {
    Unified(Box<TestFile>),
    Corpus(PathBuf),
    /// It says that it is a test file, but cannot be read as one.
    Broken(String),
}

impl File {
    /// Whether every test of it must fail.
    pub fn must_fail(&self) -> bool {
        self.name.contains("valid-fail")
    }
}

/// The folder that `ODMIUM_SPEC_TESTS` names, else the one beside the project; `None` where there is none.
pub fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec-tests");
    let folder = env::var_os("ODMIUM_SPEC_TESTS").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Every file of tests, in the order of the paths.
pub fn files(folder: &Path) -> Vec<File> {
    let mut paths = Vec::new();
    collect(folder, &mut paths);
    paths.sort();
    paths.into_iter().filter_map(|path| read(folder, path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
}

fn read(folder: &Path, path: PathBuf) -> Option<File> {
    let below = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let own = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let area = if parts.len() > 1 { parts[0].clone() } else { own.unwrap_or_default() };
    // These two folders are the same everywhere and tell nothing.
    let told: Vec<_> = parts.iter().filter(|part| *part != "tests" && *part != "unified").cloned().collect();
    let file = |content| Some(File { area, name: told.join("/"), content });
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return file(Content::Broken(format!("cannot be read: {error}"))),
    };
    let json: Document = match serde_json::from_str(&text) {
        Ok(json) => json,
        Err(_) if !text.contains("\"schemaVersion\"") => return None,
        Err(error) => return file(Content::Broken(format!("is no extended JSON: {error}"))),
    };
    if json.contains_key("bson_type") {
        return file(Content::Corpus(path));
    }
    if !json.contains_key("schemaVersion") {
        return None;
    }
    file(match TestFile::read(json) {
        Ok(tests) => Content::Unified(Box::new(tests)),
        Err(error) => Content::Broken(error),
    })
}
