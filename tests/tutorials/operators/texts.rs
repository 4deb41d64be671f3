//! The manual's pages on functions of texts.

use odmium::{
    Collection, Database, Expr,
    bson::{Bson, doc},
    expr::{array, literal},
    prelude::*,
};

use crate::support::{computed, numbered, page, same_order};

#[derive(Document)]
#[document(collection = "inventory")]
struct Ware {
    id: i32,
    item: String,
    quarter: String,
    description: Option<String>,
}

async fn inventory(db: &Database) -> Collection<Ware> {
    let ware = |item: &str, quarter: &str, description: Option<&str>| {
        doc! { "item": item, "quarter": quarter, "description": description }
    };
    page(
        db,
        numbered([
            ware("ABC1", "13Q1", Some(" product 1")),
            ware("ABC2", "13Q4", Some("product 2 \n The product is in stock.  \n\n  ")),
            ware("XYZ1", "14Q2", None),
        ]),
    )
    .await
}

// covers: T10
#[odmium::test]
async fn concat_trim_and_case(db: Database) {
    let all = inventory(&db).await;
    let typed = Ware.item.expr().concat(" - ").concat(Ware.description);
    let found = computed(&all, typed, doc! { "$concat": ["$item", " - ", "$description"] }).await;
    assert_eq!((found[0].as_deref(), &found[2]), (Some("ABC1 -  product 1"), &None));
    let found =
        computed(&all, Ware.description.expr().trim(), doc! { "$trim": { "input": "$description" } }).await;
    assert_eq!(found[0].as_deref(), Some("product 1"));
    let left = doc! { "$ltrim": { "input": "$description" } };
    assert_eq!(computed(&all, Ware.description.expr().ltrim(), left).await[0].as_deref(), Some("product 1"));
    let right = doc! { "$rtrim": { "input": "$description" } };
    assert_eq!(
        computed(&all, Ware.description.expr().rtrim(), right).await[0].as_deref(),
        Some(" product 1")
    );
    let found = computed(&all, Ware.description.expr().to_upper(), doc! { "$toUpper": "$description" }).await;
    assert_eq!((&*found[0], &*found[2]), (" PRODUCT 1", ""));
    let found = computed(&all, Ware.item.expr().to_lower(), doc! { "$toLower": "$item" }).await;
    assert_eq!(found, ["abc1", "abc2", "xyz1"]);
    let found =
        computed(&all, Ware.quarter.expr().strcasecmp("13q4"), doc! { "$strcasecmp": ["$quarter", "13q4"] })
            .await;
    assert_eq!(found, [-1, 0, 1]);
}

// covers: T10
#[odmium::test]
async fn substr_of_code_points_and_of_bytes(db: Database) {
    let all = inventory(&db).await;
    let quarter = || Ware.quarter.expr();
    let found =
        computed(&all, quarter().substr_bytes(0, 2), doc! { "$substrBytes": ["$quarter", 0, 2] }).await;
    assert_eq!(found, ["13", "13", "14"]);
    let typed = quarter().substr_cp(2, quarter().str_len_cp() - 2);
    let raw = doc! { "$substrCP": ["$quarter", 2, { "$subtract": [{ "$strLenCP": "$quarter" }, 2] }] };
    assert_eq!(computed(&all, typed, raw).await, ["Q1", "Q4", "Q2"]);
}

#[derive(Document)]
#[document(collection = "food")]
struct Food {
    id: i32,
    name: String,
}

// covers: T10
#[odmium::test]
async fn lengths_in_code_points_and_in_bytes(db: Database) {
    let names = ["apple", "banana", "éclair", "hamburger", "jalapeño", "pizza", "tacos", "寿司"];
    let food = page::<Food>(&db, numbered(names.map(|name| doc! { "name": name }))).await;
    let bytes = computed(&food, Food.name.expr().str_len_bytes(), doc! { "$strLenBytes": "$name" }).await;
    assert_eq!(bytes, [5, 6, 7, 9, 9, 5, 5, 6]);
    let code_points = computed(&food, Food.name.expr().str_len_cp(), doc! { "$strLenCP": "$name" }).await;
    assert_eq!(code_points, [5, 6, 6, 9, 8, 5, 5, 2]);
    let sizes = computed(&food, Food.name.expr().binary_size(), doc! { "$binarySize": "$name" }).await;
    assert_eq!(sizes, bytes);
}

// covers: T10
#[odmium::test]
async fn index_of_a_part(db: Database) {
    #[derive(Document)]
    #[document(collection = "inventory")]
    struct Found {
        id: i32,
        item: Option<String>,
    }
    let all = page::<Found>(
        &db,
        numbered([
            doc! { "item": "foo" },
            doc! { "item": "fóofoo" },
            doc! { "item": "the foo bar" },
            doc! { "item": "hello world fóo" },
            doc! { "item": null },
            doc! { "amount": 3 },
        ]),
    )
    .await;
    let bytes =
        computed(&all, Found.item.expr().index_of_bytes("foo"), doc! { "$indexOfBytes": ["$item", "foo"] })
            .await;
    assert_eq!(bytes, [Some(0), Some(4), Some(4), Some(-1), None, None]);
    let points =
        computed(&all, Found.item.expr().index_of_cp("foo"), doc! { "$indexOfCP": ["$item", "foo"] }).await;
    assert_eq!(points, [Some(0), Some(3), Some(4), Some(-1), None, None]);
}

// covers: T10
#[odmium::test]
async fn replace_one_and_all(db: Database) {
    let names = [
        "blue paint",
        "blue and green paint",
        "blue paint with blue paintbrush",
        "blue paint with green paintbrush",
    ];
    let paints = page::<Food>(&db, numbered(names.map(|name| doc! { "name": name }))).await;
    let operands = doc! { "input": "$name", "find": "blue paint", "replacement": "red paint" };
    let all = Food.name.expr().replace_all("blue paint", "red paint");
    let found = computed(&paints, all, doc! { "$replaceAll": &operands }).await;
    assert_eq!(found[2], "red paint with red paintbrush");
    let one = Food.name.expr().replace_one("blue paint", "red paint");
    let found = computed(&paints, one, doc! { "$replaceOne": operands }).await;
    assert_eq!(found[2], "red paint with blue paintbrush");
    // `$literal`: what looks like a path stays a text.
    let typed = Food.name.expr().eq("$name");
    let found = computed(&paints, typed, doc! { "$eq": ["$name", { "$literal": "$name" }] }).await;
    assert_eq!(found, [false; 4]);
    let typed = literal("$1".to_owned());
    let found = computed(&paints, typed, doc! { "$literal": "$1" }).await;
    assert_eq!(found[0], "$1");
}

// covers: T10
#[odmium::test]
async fn split_groups_by_a_part(db: Database) {
    #[derive(Document)]
    #[document(collection = "deliveries")]
    struct Delivery {
        id: i32,
        city: String,
        qty: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct State {
        state: String,
    }
    #[derive(Embedded, Debug)]
    #[document(group)]
    struct Total {
        #[field(id)]
        key: State,
        total_qty: i64,
    }
    let delivery = |(city, qty): (&str, i32)| doc! { "city": city, "qty": qty };
    let samples = [
        ("Berkeley, CA", 648),
        ("Bend, OR", 491),
        ("Kensington, CA", 233),
        ("Eugene, OR", 842),
        ("Reno, NV", 655),
        ("Portland, OR", 408),
        ("Sacramento, CA", 574),
    ];
    let deliveries = page::<Delivery>(&db, numbered(samples.map(delivery))).await;
    let typed = Pipeline::new()
        .unwind(Delivery.city.expr().split(", "))
        .with_fields(|rows, (delivery, part)| {
            rows.filter(part.matches("[A-Z]{2}", "")).group_by(StateShape { state: part.expr() }, |g| {
                TotalGroup { total_qty: g.sum(delivery.qty) }
            })
        })
        .sort(Total.total_qty.desc());
    let raw = [
        doc! { "$project": { "city_state": { "$split": ["$city", ", "] }, "qty": 1 } },
        doc! { "$unwind": "$city_state" },
        doc! { "$match": { "city_state": { "$regex": "[A-Z]{2}" } } },
        doc! { "$group": { "_id": { "state": "$city_state" }, "total_qty": { "$sum": "$qty" } } },
        doc! { "$sort": { "total_qty": -1 } },
    ];
    let found = same_order(&deliveries, typed, raw).await;
    let found: Vec<_> = found.iter().map(|it| (&*it.key.state, it.total_qty)).collect();
    assert_eq!(found, [("OR", 1741), ("CA", 1455), ("NV", 655)]);
}

#[derive(Document)]
#[document(collection = "feedback")]
struct Feedback {
    id: i32,
    comment: String,
}

const EMAIL: &str = r"([a-z0-9_.+-]+)@[a-z0-9_.+-]+\.[a-z0-9_.+-]+";

// covers: T10
#[odmium::test]
async fn regular_expressions_find_addresses(db: Database) {
    let comments = [
        "Hi, I'm just reading about MongoDB -- aunt.arc.tica@example.com",
        "I wanted to concatenate a string",
        "How do I convert a date to string? cam@mongodb.com or c.dia@mongodb.com",
        "It's just me. I'm testing.  fred@MongoDB.com",
    ];
    let all = page::<Feedback>(&db, numbered(comments.map(|comment| doc! { "comment": comment }))).await;
    let (comment, pattern) = (|| Feedback.comment.expr(), (EMAIL, "i"));
    let raw = doc! { "input": "$comment", "regex": EMAIL, "options": "i" };
    let (find, find_all) = (doc! { "$regexFind": &raw }, doc! { "$regexFindAll": &raw });

    let found = computed(&all, comment().regex_match(pattern), doc! { "$regexMatch": &raw }).await;
    assert_eq!(found, [true, false, true, true]);
    let found = computed(&all, comment().regex_find(pattern), find.clone()).await;
    let place = found[3].as_ref().unwrap();
    assert_eq!(
        (&*place.text, place.index, place.captures[0].as_deref()),
        ("fred@MongoDB.com", 28, Some("fred"))
    );

    let get = |field: &str, of: Bson| doc! { "$getField": { "field": field, "input": of } };
    let raw = get("match", find.clone().into());
    let found = computed(&all, comment().regex_find(pattern).matched_text(), raw).await;
    assert_eq!(found[0].as_deref(), Some("aunt.arc.tica@example.com"));
    let raw = get("idx", find.clone().into());
    let found = computed(&all, comment().regex_find(pattern).matched_at(), raw).await;
    assert_eq!(found[1..], [None, Some(35), Some(28)]);
    let typed = comment().regex_find(pattern).captures().array_elem_at(0).flatten();
    let raw = doc! { "$arrayElemAt": [get("captures", find.into()), 0] };
    let found = computed(&all, typed, raw).await;
    assert_eq!(found[2].as_deref(), Some("cam"));

    let typed = comment().regex_find_all(pattern).map(|place| place.matched_text());
    let raw = doc! { "$map": { "input": &find_all, "in": "$$this.match" } };
    let found = computed(&all, typed, raw).await;
    assert_eq!(found[2], ["cam@mongodb.com", "c.dia@mongodb.com"]);
    let names: Expr<Feedback, Vec<Option<String>>> = array([]);
    let typed =
        comment().regex_find_all(pattern).reduce(names, |names, place| names.concat_arrays(place.captures()));
    let raw = doc! { "$reduce": {
        "input": find_all,
        "initialValue": [],
        "in": { "$concatArrays": ["$$value", "$$this.captures"] },
    } };
    let found = computed(&all, typed, raw).await;
    assert_eq!(found[2], [Some("cam".to_owned()), Some("c.dia".to_owned())]);
}
