//! Whether a value is what a test expects, by the rules of the unified test format.

use odmium::bson::{Bson, Document};

use crate::entities::Entities;

type Matched = Result<(), String>;

/// Compares a value. At the root, a document may have more keys than expected; so may each document of an array there.
pub fn matches(expected: &Bson, actual: Option<&Bson>, entities: &Entities) -> Matched {
    match (expected, actual) {
        (Bson::Array(expected), Some(Bson::Array(actual))) => each(expected, actual, entities, true),
        _ => value(expected, actual, entities, true),
    }
}

/// Compares a document whose root may have more keys than expected.
pub fn document(expected: &Document, actual: &Document, entities: &Entities) -> Matched {
    fields(expected, actual, entities, true)
}

/// Whether two values are the same without any operators; numbers of different types may be.
pub fn same(expected: &Bson, actual: &Bson) -> bool {
    match (expected, actual) {
        (Bson::Document(expected), Bson::Document(actual)) => {
            expected.len() == actual.len()
                && expected.iter().all(|(key, value)| actual.get(key).is_some_and(|it| same(value, it)))
        }
        (Bson::Array(expected), Bson::Array(actual)) => {
            expected.len() == actual.len() && expected.iter().zip(actual).all(|(a, b)| same(a, b))
        }
        _ => match (number(expected), number(actual)) {
            (Some(expected), Some(actual)) => expected == actual,
            _ => expected == actual,
        },
    }
}

fn number(value: &Bson) -> Option<f64> {
    match value {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number as f64),
        Bson::Double(number) => Some(*number),
        _ => None,
    }
}

fn value(expected: &Bson, actual: Option<&Bson>, entities: &Entities, root: bool) -> Matched {
    if let Bson::Document(expected) = expected
        && let Some((operator, operand)) = operator(expected)
    {
        return special(operator, operand, actual, entities, root);
    }
    let Some(actual) = actual else { return Err(format!("is missing and should be {expected}")) };
    match (expected, actual) {
        (Bson::Document(expected), Bson::Document(actual)) => fields(expected, actual, entities, root),
        (Bson::Array(expected), Bson::Array(actual)) => each(expected, actual, entities, false),
        _ if same(expected, actual) => Ok(()),
        _ => Err(format!("is {actual} and should be {expected}")),
    }
}

fn each(expected: &[Bson], actual: &[Bson], entities: &Entities, root: bool) -> Matched {
    if expected.len() != actual.len() {
        let list = Bson::Array(actual.to_vec());
        return Err(format!("has {} elements and should have {}: {list}", actual.len(), expected.len()));
    }
    for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        value(expected, Some(actual), entities, root).map_err(|error| below(&index.to_string(), error))?;
    }
    Ok(())
}

fn fields(expected: &Document, actual: &Document, entities: &Entities, root: bool) -> Matched {
    for (key, wanted) in expected {
        value(wanted, actual.get(key), entities, false).map_err(|error| below(key, error))?;
    }
    match actual.keys().find(|key| !expected.contains_key(key)) {
        Some(key) if !root => Err(format!("has the key `{key}` too many: {actual}")),
        _ => Ok(()),
    }
}

fn below(key: &str, error: String) -> String {
    match error.starts_with('`') {
        true => format!("`{key}.{}", &error[1..]),
        false => format!("`{key}` {error}"),
    }
}

fn operator(document: &Document) -> Option<(&str, &Bson)> {
    let (key, operand) = document.iter().next().filter(|_| document.len() == 1)?;
    key.starts_with("$$").then_some((key.as_str(), operand))
}

fn special(
    operator: &str,
    operand: &Bson,
    actual: Option<&Bson>,
    entities: &Entities,
    root: bool,
) -> Matched {
    if operator == "$$exists" {
        return match (operand, actual) {
            (Bson::Boolean(true), None) => Err("should exist".to_owned()),
            (Bson::Boolean(false), Some(actual)) => Err(format!("is {actual} and should not exist")),
            (Bson::Boolean(_), _) => Ok(()),
            _ => Err(format!("`$$exists` takes true or false, not {operand}")),
        };
    }
    if operator == "$$unsetOrMatches" && actual.is_none() {
        return Ok(());
    }
    if operator == "$$matchesEntity" {
        let entity =
            entities.value(operand.as_str().unwrap_or_default()).map_err(|error| error.to_string())?;
        return value(&entity, actual, entities, root);
    }
    let Some(actual) = actual else {
        return Err(format!("is missing and should match {{{operator}: {operand}}}"));
    };
    match operator {
        "$$placeholder" => Ok(()),
        "$$unsetOrMatches" => value(operand, Some(actual), entities, root),
        "$$type" => of_type(operand, actual),
        "$$matchesHexBytes" => {
            let wanted = operand.as_str().and_then(hex);
            let found = match actual {
                Bson::Binary(binary) => Some(&binary.bytes),
                _ => None,
            };
            match wanted.is_some() && wanted.as_ref() == found {
                true => Ok(()),
                false => Err(format!("is {actual} and should be the bytes {operand}")),
            }
        }
        "$$sessionLsid" => {
            let session = entities.session(operand.as_str().unwrap_or_default());
            let lsid = session.map_err(|error| error.to_string())?.lsid();
            match actual == &Bson::Document(lsid.clone()) {
                true => Ok(()),
                false => Err(format!("is {actual} and should be the id of {operand}: {lsid}")),
            }
        }
        "$$lte" => match (number(operand), number(actual)) {
            (Some(most), Some(found)) if found <= most => Ok(()),
            _ => Err(format!("is {actual} and should be at most {operand}")),
        },
        "$$matchAsDocument" => {
            let text = actual.as_str().ok_or_else(|| format!("is {actual} and should be JSON text"))?;
            let json: Document =
                serde_json::from_str(text).map_err(|error| format!("is no JSON ({error}): {text}"))?;
            value(operand, Some(&Bson::Document(json)), entities, false)
        }
        "$$matchAsRoot" => value(operand, Some(actual), entities, true),
        _ => Err(format!("the operator `{operator}` is not known to this runner")),
    }
}

fn of_type(types: &Bson, actual: &Bson) -> Matched {
    let own = type_name(actual);
    let fits = |name: &Bson| {
        let name = name.as_str().unwrap_or_default();
        name == own || (name == "number" && (number(actual).is_some() || own == "decimal"))
    };
    let found = match types {
        Bson::Array(types) => types.iter().any(fits),
        one => fits(one),
    };
    if found { Ok(()) } else { Err(format!("is {actual}, a {own}, and should be a {types}")) }
}

fn type_name(value: &Bson) -> &'static str {
    match value {
        Bson::Double(_) => "double",
        Bson::String(_) => "string",
        Bson::Array(_) => "array",
        Bson::Document(_) => "object",
        Bson::Boolean(_) => "bool",
        Bson::Null => "null",
        Bson::RegularExpression(_) => "regex",
        Bson::JavaScriptCode(_) => "javascript",
        Bson::JavaScriptCodeWithScope(_) => "javascriptWithScope",
        Bson::Int32(_) => "int",
        Bson::Int64(_) => "long",
        Bson::Timestamp(_) => "timestamp",
        Bson::Binary(_) => "binData",
        Bson::ObjectId(_) => "objectId",
        Bson::DateTime(_) => "date",
        Bson::Symbol(_) => "symbol",
        Bson::Decimal128(_) => "decimal",
        Bson::Undefined => "undefined",
        Bson::MaxKey => "maxKey",
        Bson::MinKey => "minKey",
        Bson::DbPointer(_) => "dbPointer",
    }
}

/// The bytes of hexadecimal digits.
pub fn hex(digits: &str) -> Option<Vec<u8>> {
    let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

/// Compares a value none of whose documents may have more keys than expected.
pub fn exactly(expected: &Bson, actual: &Bson, entities: &Entities) -> Matched {
    value(expected, Some(actual), entities, false)
}
