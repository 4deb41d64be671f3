//! Models that hold themselves.

use std::{collections::BTreeMap, sync::Arc};

use odmium::{bson::doc, prelude::*};

use super::same;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "nodes", index(parent.name), index(children.children.name))]
struct Node {
    id: i32,
    name: String,
    parent: Option<Box<Node>>,
    children: Vec<Node>,
    shared: Option<Arc<Node>>,
    named: BTreeMap<String, Node>,
}

fn leaf(name: &str) -> Node {
    Node { id: 1, name: name.into(), parent: None, children: vec![], shared: None, named: BTreeMap::new() }
}

// covers: T2
#[test]
fn a_model_may_hold_itself() {
    let node = Node {
        parent: Some(Box::new(leaf("up"))),
        children: vec![leaf("down")],
        named: BTreeMap::from([("x".to_owned(), leaf("side"))]),
        ..leaf("here")
    };
    let leaf = |name: &str| doc! { "_id": 1, "name": name, "children": [], "named": {} };
    same(
        &node,
        &doc! {
            "_id": 1, "name": "here", "parent": leaf("up"), "children": [leaf("down")], "named": { "x": leaf("side") },
        },
    );
}

// covers: T2
#[test]
fn a_recursive_path_goes_down_as_far_as_it_is_written() {
    assert_eq!(
        Node.parent.parent.parent.parent.parent.name.path(),
        "parent.parent.parent.parent.parent.name"
    );
    assert_eq!(Node.parent.shared.parent.id.path(), "parent.shared.parent._id");
    assert_eq!(size_of_val(&Node.parent.parent.name), 0);
    let names: Vec<_> = <Node as Document>::indexes().iter().map(|index| index.name().to_owned()).collect();
    assert_eq!(names, ["parent.name_1", "children.children.name_1"]);
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "op")]
enum Expression {
    Number { value: i32 },
    Add { left: Box<Expression>, right: Box<Expression> },
    Not(Box<Negated>),
    Any { of: Vec<Expression> },
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Negated {
    what: Expression,
}

// covers: T2
#[test]
fn a_tagged_enum_may_hold_itself() {
    let one = || Expression::Number { value: 1 };
    let sum = Expression::Add {
        left: Box::new(one()),
        right: Box::new(Expression::Not(Box::new(Negated { what: Expression::Any { of: vec![one()] } }))),
    };
    let stored_one = || doc! { "op": "Number", "value": 1 };
    same(
        &sum,
        &doc! {
            "op": "Add",
            "left": stored_one(),
            "right": { "op": "Not", "what": { "op": "Any", "of": [stored_one()] } },
        },
    );
    assert_eq!(Expression.add.left.not.what.number.value.path(), "left.what.value");
    assert_eq!(Expression.add.right.op.path(), "right.op");
}
