//! From a filter to the document that is sent: flat where that means the same, and never losing a condition.

use std::mem::take;

use mongodb::bson::{Bson, Document, doc};

use super::node::{Node, Place};
use crate::error::EncodeError;

/// The document of a condition at its place.
#[inline]
pub(super) fn document(mut node: Node, place: Place) -> Result<Document, EncodeError> {
    let mut document = Document::new();
    all_of(&mut document, &mut node, place)?;
    Ok(document)
}

/// Adds a condition to those that `document` holds already.
// Takes the values out of the nodes: these are large, and moving them as a whole was a tenth of the time.
fn all_of(document: &mut Document, node: &mut Node, place: Place) -> Result<(), EncodeError> {
    match node {
        Node::All(nodes) => {
            for node in nodes {
                all_of(document, node, place)?;
            }
        }
        Node::Test { path, op, value } => {
            if *op == "$eq" && is_plain(value) && !document.contains_key(&**path) {
                document.insert(&**path, take(value));
            } else {
                add_test(document, path, op, take(value));
            }
        }
        Node::Not { path, op, value } => add_test(document, path, "$not", doc! { *op: take(value) }.into()),
        Node::Near { path, tests } => {
            place.check_near()?;
            if document.contains_key(&**path) {
                and(document, doc! { &**path: take(tests) });
            } else {
                document.insert(&**path, take(tests));
            }
        }
        Node::Whole { op, value } => {
            place.check_whole(op)?;
            add_whole(document, op, take(value));
        }
        // No documented operator means "nothing"; this one is planned as an empty result, without a scan.
        Node::Any(nodes) if nodes.is_empty() => add_test(document, "_id", "$in", Bson::Array(Vec::new())),
        Node::Any(nodes) => add_list(document, "$or", take(nodes), Place { in_or: true, ..place })?,
        Node::Nor(nodes) => add_list(document, "$nor", take(nodes), Place { in_nor: true, ..place })?,
        Node::Expr(test) => {
            place.check_whole("$expr")?;
            add_expr(document, take(test));
        }
        Node::Raw(raw) => {
            let raw = take(raw);
            if raw.keys().any(|key| document.contains_key(key)) {
                and(document, raw);
            } else {
                document.extend(raw);
            }
        }
        Node::Invalid(error) => return Err(error.0.clone()),
    }
    Ok(())
}

/// Whether `{path: value}` means equality: a regular expression would be matched, operators would be obeyed.
fn is_plain(value: &Bson) -> bool {
    match value {
        Bson::RegularExpression(_) => false,
        Bson::Document(document) => document.keys().next().is_none_or(|key| !key.starts_with('$')),
        _ => true,
    }
}

fn add_test(document: &mut Document, path: &str, op: &'static str, value: Bson) {
    match document.get_mut(path) {
        None => {
            document.insert(path, doc! { op: value });
        }
        Some(Bson::Document(tests)) if is_tests(tests) && !tests.contains_key(op) => {
            tests.insert(op, value);
        }
        Some(_) => and(document, doc! { path: { op: value } }),
    }
}

/// Whether the value of a path is a set of operators; a `DBRef` is a value that only looks like one.
fn is_tests(document: &Document) -> bool {
    document.keys().next().is_some_and(|key| key.starts_with('$') && key != "$ref")
}

fn add_list(
    document: &mut Document,
    op: &'static str,
    nodes: Vec<Node>,
    place: Place,
) -> Result<(), EncodeError> {
    let list = nodes.into_iter().map(|node| self::document(node, place).map(Bson::Document));
    let list = list.collect::<Result<Vec<_>, _>>()?;
    add_whole(document, op, list.into());
    Ok(())
}

/// Several tests are one, as a document has one `$expr`.
fn add_expr(document: &mut Document, test: Bson) {
    let test = match document.remove("$expr") {
        None => test,
        Some(Bson::Document(mut tests)) if tests.len() == 1 && tests.get_array("$and").is_ok() => {
            if let Ok(list) = tests.get_array_mut("$and") {
                list.push(test);
            }
            tests.into()
        }
        Some(other) => doc! { "$and": [other, test] }.into(),
    };
    document.insert("$expr", test);
}

fn add_whole(document: &mut Document, op: &'static str, value: Bson) {
    if document.contains_key(op) {
        and(document, doc! { op: value });
    } else {
        document.insert(op, value);
    }
}

/// Adds a condition that cannot stand beside the others.
fn and(document: &mut Document, condition: Document) {
    match document.get_mut("$and") {
        Some(Bson::Array(list)) => list.push(condition.into()),
        _ => {
            document.insert("$and", vec![condition]);
        }
    }
}
