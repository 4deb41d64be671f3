//! Filters: what they render to, and what they mean on the server. A module for each chapter of the manual's "Query and
//! Projection Operators" sets a typed filter beside the manual's own query.

mod agree;
mod arrays;
mod bitwise;
mod comparison;
mod element;
mod evaluation;
mod geospatial;
mod logical;
mod random;
mod search;
mod values;

use odmium::{
    Database,
    bson::{Bson, Document, Regex, doc},
    codec::Maybe,
    path::Field,
    prelude::*,
};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Line {
    sku: String,
    qty: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "things")]
struct Thing {
    id: i32,
    a: Option<i32>,
    b: Option<String>,
    big: Option<i64>,
    maybe: Maybe<i32>,
    tags: Vec<String>,
    marks: Option<Vec<i32>>,
    lines: Vec<Line>,
    next: Option<Box<Thing>>,
}

fn thing(id: i32) -> Thing {
    Thing {
        id,
        a: None,
        b: None,
        big: None,
        maybe: Maybe::Missing,
        tags: vec![],
        marks: None,
        lines: vec![],
        next: None,
    }
}

fn regex(pattern: &str, options: &str) -> Bson {
    let (pattern, options) = (pattern.to_owned().try_into().unwrap(), options.to_owned().try_into().unwrap());
    Bson::RegularExpression(Regex { pattern, options })
}

fn rendered(filter: &Filter<Thing>) -> Document {
    filter.to_document().unwrap()
}

#[test]
fn rendering_is_flat_and_loses_no_condition() {
    let cases = [
        (Thing.a.eq(1) & Thing.b.eq("x"), doc! { "a": 1, "b": "x" }),
        (Thing.a.gte(1) & Thing.a.lt(5), doc! { "a": { "$gte": 1, "$lt": 5 } }),
        (Thing.a.eq(1) & Thing.a.eq(2), doc! { "a": 1, "$and": [{ "a": { "$eq": 2 } }] }),
        (Thing.a.gt(1) & Thing.a.gt(2), doc! { "a": { "$gt": 1 }, "$and": [{ "a": { "$gt": 2 } }] }),
        (Thing.a.gt(1) & Thing.a.eq(2), doc! { "a": { "$gt": 1, "$eq": 2 } }),
        (Thing.a.between(1, 9), doc! { "a": { "$gte": 1, "$lte": 9 } }),
        (Thing.a.eq(1) | Thing.b.eq("x"), doc! { "$or": [{ "a": 1 }, { "b": "x" }] }),
        (Thing.a.eq(1) | Thing.a.eq(2) | Thing.a.eq(3), doc! { "$or": [{ "a": 1 }, { "a": 2 }, { "a": 3 }] }),
        (
            (Thing.a.eq(1) | Thing.a.eq(2)) & (Thing.b.eq("x") | Thing.b.eq("y")),
            doc! { "$or": [{ "a": 1 }, { "a": 2 }], "$and": [{ "$or": [{ "b": "x" }, { "b": "y" }] }] },
        ),
        (!Thing.a.eq(1), doc! { "a": { "$ne": 1 } }),
        (!Thing.a.gt(1), doc! { "a": { "$not": { "$gt": 1 } } }),
        (!!Thing.a.gt(1), doc! { "a": { "$gt": 1 } }),
        (!Thing.a.is_in([1, 2]), doc! { "a": { "$nin": [1, 2] } }),
        (!(Thing.a.eq(1) | Thing.b.eq("x")), doc! { "$nor": [{ "a": 1 }, { "b": "x" }] }),
        (!(Thing.a.eq(1) & Thing.b.eq("x")), doc! { "$nor": [{ "a": 1, "b": "x" }] }),
        (Filter::none([Thing.a.eq(1), Thing.b.eq("x")]), doc! { "$nor": [{ "a": 1 }, { "b": "x" }] }),
        (Filter::all([Some(Thing.a.eq(1)), None]), doc! { "a": 1 }),
        (Filter::all(Vec::<Filter<Thing>>::new()), doc! {}),
        (Filter::any([None, Some(Thing.a.eq(1))]), doc! { "a": 1 }),
        (Filter::any(Vec::<Filter<Thing>>::new()), doc! { "_id": { "$in": [] } }),
        (!Filter::nothing(), doc! {}),
        (!Filter::everything(), doc! { "_id": { "$in": [] } }),
        (Filter::raw(doc! { "a": 1 }) & Thing.b.eq("x"), doc! { "a": 1, "b": "x" }),
        (Thing.a.eq(1) & Filter::raw(doc! { "a": 2 }), doc! { "a": 1, "$and": [{ "a": 2 }] }),
        (
            Thing.lines.any(Line.sku.eq("A") & Line.qty.gt(2)),
            doc! { "lines": { "$elemMatch": { "sku": "A", "qty": { "$gt": 2 } } } },
        ),
        (Thing.next.next.a.eq(1), doc! { "next.next.a": 1 }),
        (Thing.big.gt(5_000_000_000), doc! { "big": { "$gt": 5_000_000_000_i64 } }),
        (Thing.tags.eq(["a", "b"]), doc! { "tags": ["a", "b"] }),
    ];
    for (filter, expected) in cases {
        assert_eq!(rendered(&filter), expected);
    }
}

#[test]
fn a_value_is_never_taken_for_an_operator() {
    let field: Field<Document, Bson> = Field::raw("x");
    let evil = Bson::Document(doc! { "$gt": "" });
    assert_eq!(field.clone().eq(evil.clone()).to_document().unwrap(), doc! { "x": { "$eq": evil } });
    let regex = regex("a", "");
    assert_eq!(field.eq(regex.clone()).to_document().unwrap(), doc! { "x": { "$eq": regex } });
}

#[test]
fn an_option_of_a_pattern_is_one_of_the_servers() {
    let error = Thing.b.matches("x", "ig").to_document().unwrap_err();
    assert!(error.is_argument() && error.to_string().starts_with("'g' is no option"), "{error}");
    let error = Thing.b.matches("a\0b", "").to_document().unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("\\x00"), "{error}");
    assert_eq!(rendered(&Thing.b.matches("x", "xxsmi")), doc! { "b": { "$regex": regex("x", "imsx") } });
}

async fn ids(db: &Database, filter: Filter<Thing>) -> odmium::Result<Vec<i32>> {
    let things = db.collection::<Thing>();
    let typed: Vec<i32> =
        things.find(filter.clone()).sort(Thing.id.asc()).await?.iter().map(|thing| thing.id).collect();
    // A negation is the complement: no document is in both or in neither.
    let rest = things.count(!filter).await?;
    assert_eq!(typed.len() as u64 + rest, things.count(Filter::everything()).await?);
    Ok(typed)
}

// covers: T5, T6
#[odmium::test]
async fn filters_mean_on_the_server_what_they_say(db: Database) -> odmium::Result<()> {
    let things = db.collection::<Thing>();
    let line = |sku: &str, qty| Line { sku: sku.into(), qty };
    things
        .insert_many([
            Thing {
                a: Some(1),
                b: Some("x".into()),
                tags: vec!["vip".into()],
                marks: Some(vec![3, 8]),
                ..thing(1)
            },
            Thing {
                a: Some(5),
                big: Some(7_000_000_000),
                lines: vec![line("A", 1), line("B", 9)],
                ..thing(2)
            },
            Thing { maybe: Maybe::Null, lines: vec![line("A", 9)], ..thing(3) },
            Thing {
                maybe: Maybe::Value(4),
                next: Some(Box::new(Thing { a: Some(7), ..thing(40) })),
                ..thing(4)
            },
        ])
        .await?;
    let cases: Vec<(Filter<Thing>, &[i32])> = vec![
        (Thing.a.eq(1), &[1]),
        (Thing.a.ne(1), &[2, 3, 4]),
        (Thing.a.gt(1), &[2]),
        (Thing.a.gte(1), &[1, 2]),
        (Thing.a.lt(5), &[1]),
        (Thing.a.lte(5), &[1, 2]),
        (Thing.a.between(2, 5), &[2]),
        (Thing.a.is_in([1, 7]), &[1]),
        (Thing.a.is_in(Vec::<i32>::new()), &[]),
        (Thing.a.not_in([1, 7]), &[2, 3, 4]),
        (Thing.a.is_none(), &[3, 4]),
        (Thing.a.is_some(), &[1, 2]),
        (Thing.maybe.is_none(), &[1, 2, 3]),
        (Thing.maybe.is_null(), &[3]),
        (Thing.maybe.is_missing(), &[1, 2]),
        (Thing.maybe.exists(), &[3, 4]),
        (Thing.maybe.is_some(), &[4]),
        (Thing.maybe.gt(3), &[4]),
        (Thing.big.gt(5_000_000_000), &[2]),
        (Thing.tags.contains("vip"), &[1]),
        (Thing.tags.has_all(["vip"]), &[1]),
        (Thing.tags.has_all(["vip", "b"]), &[]),
        (Thing.tags.has_any(["vip", "b"]), &[1]),
        (Thing.marks.len_eq(2), &[1]),
        (Thing.a.modulo(2, 1), &[1, 2]),
        (Thing.a.bits_all_set(5), &[2]),
        (Thing.a.bits_any_set(4), &[2]),
        (Thing.a.bits_all_clear(4), &[1]),
        (Thing.a.bits_any_clear(4), &[1]),
        (Thing.b.starts_with("x"), &[1]),
        (Thing.b.ends_with("."), &[]),
        (Thing.b.contains("x"), &[1]),
        (Thing.b.eq_ignore_case("X"), &[1]),
        (Thing.b.starts_with_ignore_case("X"), &[1]),
        (Thing.b.ends_with_ignore_case("X"), &[1]),
        (Thing.b.contains_ignore_case("X"), &[1]),
        (Thing.b.matches("^[w-z]$", "mi"), &[1]),
        (Thing.marks.contains(8), &[1]),
        (Thing.marks.is_none(), &[2, 3, 4]),
        (Thing.lines.any(Line.sku.eq("A") & Line.qty.gt(2)), &[3]),
        (Thing.next.a.eq(7), &[4]),
        (Thing.a.eq(1) | Thing.a.eq(5), &[1, 2]),
        (Thing.a.gt(1) & Thing.a.lt(5), &[]),
        (Filter::none([Thing.a.eq(1), Thing.a.eq(5)]), &[3, 4]),
        (Filter::nothing(), &[]),
        (Filter::everything(), &[1, 2, 3, 4]),
    ];
    for (filter, expected) in cases {
        assert_eq!(ids(&db, filter.clone()).await?, expected, "{filter:?}");
    }
    Ok(())
}

#[odmium::test]
async fn a_line_feed_at_the_end_belongs_to_the_text(db: Database) -> odmium::Result<()> {
    let things = db.collection::<Thing>();
    things
        .insert_many([Thing { b: Some("x".into()), ..thing(1) }, Thing { b: Some("x\n".into()), ..thing(2) }])
        .await?;
    let ends = [Thing.b.ends_with("x"), Thing.b.ends_with_ignore_case("X"), Thing.b.eq_ignore_case("X")];
    for filter in ends {
        assert_eq!(ids(&db, filter.clone()).await?, [1], "{filter:?}");
    }
    assert_eq!(ids(&db, Thing.b.ends_with("x\n")).await?, [2]);
    Ok(())
}
