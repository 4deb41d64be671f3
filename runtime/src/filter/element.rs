//! Conditions on elements that are values: no field has a name there, and the server joins operators by "and" only.

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document, doc};

use super::{Filter, logic::opposite, node::Node};
use crate::{error::EncodeError, path::Name};

/// How many alternatives one condition may be made of.
const MAX_ALTERNATIVES: usize = 100;

/// Stands for the document in conditions on one element of an array; see
/// [`any_value`](crate::path::Field::any_value).
#[derive(Debug)]
pub struct Element<T>(PhantomData<fn() -> T>);

/// One operator, negated or not.
#[derive(Clone)]
struct Operator {
    op: &'static str,
    value: Bson,
    negated: bool,
}

/// An element of the array at `path` fulfils `filter`.
pub(super) fn of_value<D, T>(path: Name, filter: Filter<Element<T>>) -> Filter<D> {
    let is_constant = matches!(&filter.node, Node::All(nodes) | Node::Any(nodes) if nodes.is_empty());
    if !is_constant && !is_about_value(&filter.node) {
        return filter.of_element(path);
    }
    let alternatives = match alternatives(filter.node, false) {
        Ok(alternatives) => alternatives,
        Err(error) => return Filter::invalid(error),
    };
    // "An element fulfils a or b" is "an element fulfils a, or one fulfils b".
    Filter::any(alternatives.into_iter().map(|all| {
        let operators = operators(all).map(Bson::Document);
        Filter::test(path.clone(), "$elemMatch", operators)
    }))
}

/// The condition on an element as alternatives, each of operators: `{$gte: 1, $lt: 5}`.
pub(crate) fn value_tests<T>(filter: Filter<Element<T>>) -> Result<Vec<Document>, EncodeError> {
    alternatives(filter.node, false)?.into_iter().map(operators).collect()
}

/// Whether it is about the element, and not about fields of an element that is a document.
fn is_about_value(node: &Node) -> bool {
    match node {
        Node::Test { path, .. } | Node::Not { path, .. } | Node::Near { path, .. } => path.is_empty(),
        Node::All(nodes) | Node::Any(nodes) | Node::Nor(nodes) => nodes.iter().any(is_about_value),
        Node::Whole { .. } | Node::Expr(_) | Node::Raw(_) => false,
        Node::Invalid(_) => true,
    }
}

/// The condition as alternatives, each of operators that all hold. One value either fulfils a condition or its
/// negation, so that "not" goes inside.
fn alternatives(node: Node, negated: bool) -> Result<Vec<Vec<Operator>>, EncodeError> {
    match (node, negated) {
        (Node::Test { path, op, value }, _) if path.is_empty() => Ok(one(op, value, negated)),
        (Node::Not { path, op, value }, _) if path.is_empty() => Ok(one(op, value, !negated)),
        (Node::All(nodes), false) => product(nodes, false),
        (Node::Any(nodes), true) | (Node::Nor(nodes), false) => product(nodes, true),
        (Node::Any(nodes), false) | (Node::Nor(nodes), true) => sum(nodes, false),
        (Node::All(nodes), true) => sum(nodes, true),
        (Node::Invalid(error), _) => Err(error.0),
        _ => Err(EncodeError::argument(
            "conditions on an element itself cannot be joined with conditions on its fields or with raw ones",
        )),
    }
}

fn one(op: &'static str, value: Bson, negated: bool) -> Vec<Vec<Operator>> {
    let operator = match (opposite(op), &value) {
        (Some(op), _) if negated => Operator { op, value, negated: false },
        // Leaves the one `$not` to others.
        (None, Bson::RegularExpression(_)) if negated && op == "$regex" => {
            Operator { op: "$nin", value: Bson::Array(vec![value]), negated: false }
        }
        _ => Operator { op, value, negated },
    };
    vec![vec![operator]]
}

fn sum(nodes: Vec<Node>, negated: bool) -> Result<Vec<Vec<Operator>>, EncodeError> {
    let mut all = Vec::new();
    for node in nodes {
        all.extend(alternatives(node, negated)?);
    }
    limited(all)
}

fn product(nodes: Vec<Node>, negated: bool) -> Result<Vec<Vec<Operator>>, EncodeError> {
    let mut all = vec![Vec::new()];
    for node in nodes {
        let more = alternatives(node, negated)?;
        let joined =
            all.iter().flat_map(|some| more.iter().map(move |more| [some.as_slice(), more].concat()));
        all = limited(joined.collect())?;
    }
    Ok(all)
}

fn limited(all: Vec<Vec<Operator>>) -> Result<Vec<Vec<Operator>>, EncodeError> {
    if all.len() <= MAX_ALTERNATIVES {
        return Ok(all);
    }
    let message =
        format!("a condition on an element that has more than {MAX_ALTERNATIVES} alternatives is too large");
    Err(EncodeError::argument(message))
}

/// `{op: value, op: value}`. An operator that is taken already goes into a double negation, in which all are free again.
fn operators(all: Vec<Operator>) -> Result<Document, EncodeError> {
    let (mut document, mut rest) = (Document::new(), Vec::new());
    for operator in all {
        match operator {
            Operator { op, value, negated: false } if !document.contains_key(op) => {
                document.insert(op, value);
            }
            operator => rest.push(operator),
        }
    }
    match rest.as_slice() {
        [] if document.is_empty() => return Ok(doc! { "$exists": true }),
        [] => {}
        [Operator { negated: true, .. }] => {
            for Operator { op, value, .. } in rest {
                document.insert("$not", doc! { op: value });
            }
        }
        _ if rest.iter().all(|operator| operator.negated) => {
            return Err(EncodeError::argument(
                "the server has no form for an element that fulfils none of two conditions: use `ne` or `not_in`",
            ));
        }
        _ => {
            document.insert("$not", doc! { "$not": operators(rest)? });
        }
    }
    Ok(document)
}
