//! From a filter to the document that is sent: flat where that means the same, and never losing a condition.

use mongodb::bson::{Bson, Document, doc};

use super::Node;
use crate::error::EncodeError;

/// Adds a condition to those that `document` holds already.
pub(super) fn all_of(document: &mut Document, node: Node) -> Result<(), EncodeError> {
    match node {
        Node::All(nodes) => nodes.into_iter().try_for_each(|node| all_of(document, node)),
        Node::Test { path, op, value } => {
            if op == "$eq" && is_plain(&value) && !document.contains_key(&*path) {
                document.insert(path, value);
            } else {
                add_test(document, &path, op, value);
            }
            Ok(())
        }
        Node::Not { path, op, value } => {
            add_test(document, &path, "$not", doc! { op: value }.into());
            Ok(())
        }
        // No documented operator means "nothing"; this one is planned as an empty result, without a scan.
        Node::Any(nodes) if nodes.is_empty() => {
            add_test(document, "_id", "$in", Bson::Array(Vec::new()));
            Ok(())
        }
        Node::Any(nodes) => add_list(document, "$or", nodes),
        Node::Nor(nodes) => add_list(document, "$nor", nodes),
        Node::Expr(test) => {
            add_expr(document, test);
            Ok(())
        }
        Node::Raw(raw) => {
            if raw.keys().any(|key| document.contains_key(key)) {
                and(document, raw);
            } else {
                document.extend(raw);
            }
            Ok(())
        }
        Node::Invalid(error) => Err(error.0),
    }
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

fn is_tests(document: &Document) -> bool {
    document.keys().next().is_some_and(|key| key.starts_with('$'))
}

fn add_list(document: &mut Document, op: &str, nodes: Vec<Node>) -> Result<(), EncodeError> {
    let mut list = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut item = Document::new();
        all_of(&mut item, node)?;
        list.push(Bson::Document(item));
    }
    if document.contains_key(op) {
        and(document, doc! { op: list });
    } else {
        document.insert(op, list);
    }
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

/// Adds a condition that cannot stand beside the others.
fn and(document: &mut Document, condition: Document) {
    match document.get_mut("$and") {
        Some(Bson::Array(list)) => list.push(condition.into()),
        _ => {
            document.insert("$and", vec![condition]);
        }
    }
}
