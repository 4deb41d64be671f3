//! The drivers' BSON corpus: every valid document comes out as its canonical bytes, every damaged one is refused.
//!
//! `parseErrors` are about extended JSON, which is the `bson` crate's work.

use std::{fs, path::Path};

use odmium::{
    bson::Document,
    codec::{decode, encode_to_vec},
};
use serde_json::{Map, Value};

/// A document of the corpus.
#[derive(Debug)]
pub struct Case {
    name: String,
    valid: bool,
    content: Value,
}

/// The cases of a file.
///
/// # Panics
///
/// When it is none of the corpus.
#[must_use]
pub fn read(path: &Path) -> Vec<Case> {
    let content: Map<String, Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let list = |key: &str| content.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let case = |valid, content: Value| {
        let name = content["description"].as_str().unwrap_or_default().to_owned();
        Case { name, valid, content }
    };
    let valid = list("valid").into_iter().map(|content| case(true, content));
    valid.chain(list("decodeErrors").into_iter().map(|content| case(false, content))).collect()
}

impl Case {
    /// What it is about.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All that the corpus says of it.
    #[must_use]
    pub fn content(&self) -> &Value {
        &self.content
    }

    /// Whether it is a document at all.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.valid
    }

    /// Reads and writes it by our codec.
    ///
    /// # Errors
    ///
    /// What is wrong.
    pub fn check(&self) -> Result<(), String> {
        let text = |key: &str| self.content[key].as_str();
        if !self.valid {
            let accepted = decode::<Document>(&bytes(text("bson").unwrap_or_default())).is_ok();
            return if accepted { Err(format!("{}: was accepted", self.name)) } else { Ok(()) };
        }
        let canonical = text("canonical_bson").unwrap_or_default().to_uppercase();
        let check = |form: &str, found: String| match found == canonical {
            true => Ok(()),
            false => Err(format!("{}, {form}\n  found {found}\n  not   {canonical}", self.name)),
        };
        check("canonical_bson", there_and_back(&canonical))?;
        if let Some(degenerate) = text("degenerate_bson") {
            check("degenerate_bson", there_and_back(degenerate))?;
        }
        if self.content["lossy"] != true {
            check("canonical_extjson", from_json(text("canonical_extjson").unwrap_or_default()))?;
        }
        Ok(())
    }
}

/// The bytes of a hexadecimal text.
///
/// # Panics
///
/// When it is none.
#[must_use]
pub fn bytes(hex: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

/// Bytes as a hexadecimal text, in upper case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
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
