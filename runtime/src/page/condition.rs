//! From a position in an order to the condition that holds for everything beyond it.
//!
//! `$gt` and `$lt` compare within one class of BSON types, while a sort goes through all of them: missing and null,
//! numbers, strings and so on. So each key adds the types of the classes beyond its own. NaN compares with nothing,
//! and sorts before all numbers.

use mongodb::bson::{Bson, Decimal128, Document, doc, spec::ElementType};

use super::Position;

/// The classes of values in their order, each by the names that `$type` takes. Missing sorts as null.
const CLASSES: [&[&str]; 13] = [
    &["minKey"],
    &["undefined"],
    &["null"],
    &["number"],
    &["string", "symbol"],
    &["object"],
    &["binData"],
    &["objectId"],
    &["bool"],
    &["date"],
    &["timestamp"],
    &["regex", "dbPointer", "javascript", "javascriptWithScope"],
    &["maxKey"],
];

const UNDEFINED: usize = 1;
const NULL: usize = 2;
const NUMBER: usize = 3;

/// The class of a value by which a page can begin or end; others are refused.
pub(super) fn class(value: &Bson) -> Option<usize> {
    Some(match value.element_type() {
        ElementType::MinKey => 0,
        ElementType::Null => NULL,
        ElementType::Int32 | ElementType::Int64 | ElementType::Double | ElementType::Decimal128 => NUMBER,
        ElementType::String | ElementType::Symbol => 4,
        ElementType::EmbeddedDocument => 5,
        ElementType::Binary => 6,
        ElementType::ObjectId => 7,
        ElementType::Boolean => 8,
        ElementType::DateTime => 9,
        ElementType::Timestamp => 10,
        ElementType::MaxKey => 12,
        _ => return None,
    })
}

/// The documents beyond a position in the order of `sort`; with `inclusive`, also those at it.
pub(crate) fn beyond(sort: &Document, position: &Position, inclusive: bool) -> Document {
    let keys: Vec<_> = sort.iter().zip(&position.keys).collect();
    let mut branches: Vec<Document> = Vec::new();
    for (n, ((path, direction), value)) in keys.iter().enumerate() {
        let equal = equalities(&keys[..n]);
        for further in further(path, is_ascending(direction), value) {
            let mut branch = equal.clone();
            branch.extend(further);
            branches.push(branch);
        }
    }
    if inclusive {
        branches.push(equalities(&keys));
    }
    doc! { "$or": branches }
}

/// The order the other way round.
pub(crate) fn reversed(sort: &Document) -> Document {
    sort.iter()
        .map(|(path, direction)| (path.clone(), if is_ascending(direction) { -1 } else { 1 }.into()))
        .collect()
}

fn is_ascending(direction: &Bson) -> bool {
    direction.as_i32() != Some(-1)
}

fn equalities(keys: &[((&String, &Bson), &Bson)]) -> Document {
    keys.iter().map(|((path, _), value)| ((*path).clone(), doc! { "$eq": (*value).clone() }.into())).collect()
}

/// The conditions on one key of which one holds for the documents beyond `value`.
fn further(path: &str, ascending: bool, value: &Bson) -> Vec<Document> {
    let own = class(value).unwrap_or_default();
    let is_single = matches!(value, Bson::Null | Bson::MinKey | Bson::MaxKey);
    let mut conditions = match (ascending, is_nan(value)) {
        _ if is_single => Vec::new(),
        (true, true) => vec![doc! { path: { "$gte": f64::NEG_INFINITY } }],
        (true, false) => vec![doc! { path: { "$gt": value.clone() } }],
        (false, true) => Vec::new(),
        (false, false) => vec![doc! { path: { "$lt": value.clone() } }],
    };
    let mut others = Vec::new();
    if !ascending && own == NUMBER && !is_nan(value) {
        others.push(Bson::Double(f64::NAN));
    }
    if (!ascending && own > NULL) || (ascending && own < NULL) {
        // Missing has no type.
        others.push(Bson::Null);
    }
    // An empty array sorts as undefined; like every other array it must be found, to be refused.
    if ascending == (own < UNDEFINED) {
        others.push(Bson::Array(Vec::new()));
    }
    if !others.is_empty() {
        conditions.push(doc! { path: { "$in": others } });
    }
    let classes = if ascending { &CLASSES[own + 1..] } else { &CLASSES[..own] };
    let types: Vec<&str> = classes.iter().copied().flatten().copied().collect();
    if !types.is_empty() {
        conditions.push(doc! { path: { "$type": types } });
    }
    conditions
}

fn is_nan(value: &Bson) -> bool {
    match value {
        Bson::Double(number) => number.is_nan(),
        Bson::Decimal128(number) => is_decimal_nan(*number),
        _ => false,
    }
}

fn is_decimal_nan(number: Decimal128) -> bool {
    // The five bits behind the sign, in the last of the little-endian bytes.
    number.bytes()[15] & 0x7C == 0x7C
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{Bson, Decimal128, doc};

    use super::{beyond, is_nan};
    use crate::page::Position;

    #[test]
    fn each_key_decides_where_those_before_it_are_equal() {
        let position = Position { keys: vec![Bson::Int32(5), Bson::Null] };
        let above = ["string", "symbol", "object", "binData", "objectId", "bool", "date", "timestamp"];
        let above =
            above.iter().chain(&["regex", "dbPointer", "javascript", "javascriptWithScope", "maxKey"]);
        assert_eq!(
            beyond(&doc! { "a": 1, "_id": -1 }, &position, true),
            doc! { "$or": [
                { "a": { "$gt": 5 } },
                { "a": { "$type": above.copied().collect::<Vec<_>>() } },
                { "a": { "$eq": 5 }, "_id": { "$in": [[]] } },
                { "a": { "$eq": 5 }, "_id": { "$type": ["minKey", "undefined"] } },
                { "a": { "$eq": 5 }, "_id": { "$eq": null } },
            ] },
        );
    }

    #[test]
    fn not_a_number_is_recognized() {
        for (text, expected) in [("NaN", true), ("-NaN", true), ("Infinity", false), ("1", false)] {
            let number: Decimal128 = text.parse().expect("a decimal128");
            assert_eq!(is_nan(&Bson::Decimal128(number)), expected, "{text}");
        }
    }
}
