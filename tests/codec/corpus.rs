//! The drivers' BSON corpus: every valid document comes out as its canonical bytes, every damaged one is refused.
//!
//! `parseErrors` are about extended JSON, which is the `bson` crate's work.

use std::{fs, path::Path};

use bson::Document;
use odmium::codec::{decode, encode_to_vec};
use serde_json::{Map, Value};

/// Every case of one list in every file, with a name for messages.
pub(crate) fn cases(list: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("ODMIUM_SPEC_TESTS")).join("bson-corpus/tests");
    let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let mut cases = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "json")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let content: Map<String, Value> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        for case in content.get(list).and_then(Value::as_array).into_iter().flatten() {
            cases.push((format!("{name}: {}", case["description"]), case.clone()));
        }
    }
    assert!(!cases.is_empty(), "no {list} in {}", folder.display());
    cases
}

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Reads with our decoder, writes with our encoder.
fn there_and_back(source: &str) -> String {
    match decode::<Document>(&bytes(source)) {
        Ok(document) => hex(&encode_to_vec(&document).unwrap()),
        Err(error) => format!("refused: {error}"),
    }
}

fn from_json(json: &str) -> String {
    match serde_json::from_str::<Document>(json) {
        Ok(document) => hex(&encode_to_vec(&document).unwrap()),
        Err(error) => format!("no document: {error}"),
    }
}

// covers: T3
#[test]
#[cfg_attr(
    not(spec_tests),
    ignore = "no data: ODMIUM_SPEC_TESTS names the folder of the drivers' spec tests"
)]
fn every_valid_document_comes_out_as_its_canonical_bytes() {
    let mut failures = Vec::new();
    for (name, case) in cases("valid") {
        let canonical = case["canonical_bson"].as_str().unwrap().to_uppercase();
        let mut check = |form: &str, found: String| {
            if found != canonical {
                failures.push(format!("{name}, {form}\n  found {found}\n  not   {canonical}"));
            }
        };
        check("canonical_bson", there_and_back(&canonical));
        if let Some(degenerate) = case["degenerate_bson"].as_str() {
            check("degenerate_bson", there_and_back(degenerate));
        }
        if case["lossy"] != true {
            check("canonical_extjson", from_json(case["canonical_extjson"].as_str().unwrap()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

// covers: T3
#[test]
#[cfg_attr(
    not(spec_tests),
    ignore = "no data: ODMIUM_SPEC_TESTS names the folder of the drivers' spec tests"
)]
fn every_damaged_document_is_refused() {
    let accepted: Vec<_> = cases("decodeErrors")
        .into_iter()
        .filter(|(_, case)| decode::<Document>(&bytes(case["bson"].as_str().unwrap())).is_ok())
        .map(|(name, _)| name)
        .collect();
    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
}
