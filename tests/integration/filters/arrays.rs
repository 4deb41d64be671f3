//! The manual's pages on `$all`, `$elemMatch`, `$size`, and elements that are values.

use odmium::{
    Database,
    bson::{Bson, Document, bson, doc},
    prelude::*,
};

use super::{
    agree::{agree, case, holding},
    regex,
};

#[derive(Embedded, Debug)]
struct Stock {
    size: String,
    num: i32,
    color: String,
}

#[derive(Document, Debug)]
#[document(collection = "inventory")]
struct Inventory {
    id: i32,
    tags: Vec<String>,
    #[field(default)]
    qty: Vec<Stock>,
}

// covers: T6
#[odmium::test]
async fn all_and_element_match(db: Database) -> odmium::Result<()> {
    let stock = |size: &str, num: i32, color: &str| doc! { "size": size, "num": num, "color": color };
    let inventory = holding::<Inventory>(
        &db,
        [
            doc! { "_id": 1, "tags": ["school", "book", "bag", "headphone", "appliance"],
            "qty": [stock("S", 10, "blue"), stock("M", 45, "blue"), stock("L", 100, "green")] },
            doc! { "_id": 2, "tags": ["appliance", "school", "book"],
            "qty": [stock("6", 100, "green"), stock("6", 50, "blue"), stock("8", 100, "brown")] },
            doc! { "_id": 3, "tags": ["school", "book"],
            "qty": [stock("S", 10, "blue"), stock("M", 100, "blue"), stock("L", 100, "green")] },
            doc! { "_id": 4, "tags": ["electronics", "school"], "qty": [stock("M", 100, "green")] },
            doc! { "_id": 5, "tags": [] },
        ],
    )
    .await?;
    let medium = || Stock.size.eq("M") & Stock.num.gt(50);
    let medium_doc = doc! { "size": "M", "num": { "$gt": 50 } };
    let green_doc = doc! { "num": 100, "color": "green" };
    let cases = [
        case(
            Inventory.tags.has_all(["appliance", "school", "book"]),
            doc! { "tags": { "$all": ["appliance", "school", "book"] } },
            [1, 2],
        ),
        case(Inventory.tags.has_all(Vec::<&str>::new()), doc! { "tags": { "$all": [] } }, []),
        case(
            Inventory.qty.has_all_where([medium(), Stock.num.eq(100) & Stock.color.eq("green")]),
            doc! { "qty": { "$all": [{ "$elemMatch": &medium_doc }, { "$elemMatch": &green_doc }] } },
            [3, 4],
        ),
        case(Inventory.qty.any(medium()), doc! { "qty": { "$elemMatch": &medium_doc } }, [3, 4]),
        case(
            Inventory.qty.any(Stock.size.eq("S") | Stock.color.eq("brown")),
            doc! { "qty": { "$elemMatch": { "$or": [{ "size": "S" }, { "color": "brown" }] } } },
            [1, 2, 3],
        ),
        case(
            Inventory.qty.any_value(|stock| stock.size.eq("M") & stock.num.gt(50)),
            doc! { "qty": { "$elemMatch": &medium_doc } },
            [3, 4],
        ),
        case(
            Inventory.qty.any_value(|stock| stock.size.eq("M") & Filter::nothing()),
            doc! { "qty": { "$elemMatch": { "size": "M", "_id": { "$in": [] } } } },
            [],
        ),
        case(
            Inventory.qty.every(Stock.num.gte(50)),
            doc! { "qty": { "$not": { "$elemMatch": { "num": { "$not": { "$gte": 50 } } } } } },
            [2, 4, 5],
        ),
        case(Inventory.tags.len_eq(2), doc! { "tags": { "$size": 2_i64 } }, [3, 4]),
        case(Inventory.tags.is_empty(), doc! { "tags": { "$size": 0_i64 } }, [5]),
        case(Inventory.tags.len_gte(3), doc! { "tags.2": { "$exists": true } }, [1, 2]),
        case(Inventory.tags.len_gt(2), doc! { "tags.2": { "$exists": true } }, [1, 2]),
        case(Inventory.tags.len_lt(3), doc! { "tags.2": { "$exists": false } }, [3, 4, 5]),
        case(Inventory.tags.len_lte(2), doc! { "tags.2": { "$exists": false } }, [3, 4, 5]),
        case(Inventory.tags.len_gte(0), doc! { "tags": { "$type": "array" } }, [1, 2, 3, 4, 5]),
        case(
            Inventory.tags.len_gt(0) & Inventory.tags.len_lt(3),
            doc! { "tags.0": { "$exists": true }, "tags.2": { "$exists": false } },
            [3, 4],
        ),
        case(
            Inventory.tags.any_value(|tag| tag.starts_with("a") & tag.ends_with("e")),
            doc! { "tags": { "$elemMatch": { "$regex": regex("^a", ""), "$not": { "$not": { "$regex": regex("e\\z", "") } } } } },
            [1, 2],
        ),
        case(
            Inventory.tags.every_value(|tag| !tag.contains("oo")),
            doc! { "tags": { "$not": { "$elemMatch": { "$regex": regex("oo", "") } } } },
            [5],
        ),
    ];
    agree(&inventory, cases).await
}

#[derive(Document, Debug)]
#[document(collection = "scores")]
struct Game {
    id: i32,
    results: Vec<i32>,
    maybe: Option<Vec<Option<i32>>>,
    rows: Option<Vec<Vec<i32>>>,
    fixed: Option<[i32; 2]>,
    boxed: Option<Box<[i32]>>,
}

// covers: T6
#[odmium::test]
async fn elements_that_are_values(db: Database) -> odmium::Result<()> {
    let games = holding::<Game>(
        &db,
        [
            doc! { "_id": 1, "results": [82, 85, 88], "maybe": [null, 1], "rows": [[1, 5], [7]] },
            doc! { "_id": 2, "results": [75, 88, 89], "maybe": [1, 2], "rows": [[5, 9, 9]], "fixed": [1, 2] },
            doc! { "_id": 3, "results": [], "boxed": [4, 5] },
            doc! { "_id": 4, "results": [7, 81], "fixed": [3, 4], "boxed": [] },
        ],
    )
    .await?;
    let element = |field: &str, test: Document| doc! { field: { "$elemMatch": test } };
    let either = |one: Document, other: Document| doc! { "$or": [one, other] };
    let cases = [
        case(
            Game.results.any_value(|score| score.gte(80) & score.lt(85)),
            element("results", doc! { "$gte": 80, "$lt": 85 }),
            [1, 4],
        ),
        case(
            Game.results.any_value(|score| score.between(80, 84)),
            element("results", doc! { "$gte": 80, "$lte": 84 }),
            [1, 4],
        ),
        case(Game.results.any_value(|score| score.eq(88)), element("results", doc! { "$eq": 88 }), [1, 2]),
        case(
            Game.results.any_value(|score| !score.eq(88)),
            element("results", doc! { "$ne": 88 }),
            [1, 2, 4],
        ),
        case(
            Game.results.any_value(|score| !score.gt(7)),
            element("results", doc! { "$not": { "$gt": 7 } }),
            [4],
        ),
        case(
            Game.results.any_value(|score| score.gt(76) & score.gt(86) & score.gt(88)),
            element(
                "results",
                doc! { "$gt": 76, "$not": { "$not": { "$gt": 86, "$not": { "$not": { "$gt": 88 } } } } },
            ),
            [2],
        ),
        case(
            Game.results.any_value(|score| score.lt(10) | score.gt(88)),
            either(element("results", doc! { "$lt": 10 }), element("results", doc! { "$gt": 88 })),
            [2, 4],
        ),
        case(
            Game.results.any_value(|score| score.modulo(2, 1) & (score.lt(10) | score.gt(88))),
            either(
                element("results", doc! { "$mod": [2_i64, 1_i64], "$lt": 10 }),
                element("results", doc! { "$mod": [2_i64, 1_i64], "$gt": 88 }),
            ),
            [2, 4],
        ),
        case(
            Game.results.any_value(|score| !(score.lt(81) | score.eq(88))),
            element("results", doc! { "$ne": 88, "$not": { "$lt": 81 } }),
            [1, 2, 4],
        ),
        case(
            Game.results.any_value(|score| !(score.ne(7) & score.ne(75))),
            either(element("results", doc! { "$eq": 7 }), element("results", doc! { "$eq": 75 })),
            [2, 4],
        ),
        case(
            Game.results.every_value(|score| score.gte(80) & score.lte(88)),
            doc! { "$nor": [
                element("results", doc! { "$not": { "$gte": 80 } }),
                element("results", doc! { "$not": { "$lte": 88 } }),
            ] },
            [1, 3],
        ),
        case(
            Game.results.any_value(|_| Filter::everything()),
            element("results", doc! { "$exists": true }),
            [1, 2, 4],
        ),
        case(Game.results.any_value(|_| Filter::nothing()), doc! { "_id": { "$in": [] } }, []),
        case(Game.maybe.contains(2), doc! { "maybe": 2 }, [2]),
        case(Game.maybe.contains_none(), element("maybe", doc! { "$eq": Bson::Null }), [1]),
        case(
            Game.maybe.any_value(|it| it.is_some() & it.lt(2)),
            element("maybe", doc! { "$ne": Bson::Null, "$lt": 2 }),
            [1, 2],
        ),
        case(Game.rows.contains([7]), doc! { "rows": [7] }, [1]),
        case(
            Game.rows.any_value(|row| row.contains(5)),
            element("rows", doc! { "$elemMatch": { "$eq": 5 } }),
            [1, 2],
        ),
        case(
            Game.rows.any_value(|row| row.has_any([7, 8])),
            element("rows", doc! { "$elemMatch": { "$in": [7, 8] } }),
            [1],
        ),
        case(
            Game.rows.any_value(|row| row.has_all([1, 5])),
            element(
                "rows",
                doc! { "$all": [{ "$elemMatch": { "$eq": 1 } }, { "$elemMatch": { "$eq": 5 } }] },
            ),
            [1],
        ),
        case(Game.rows.any_value(|row| row.len_eq(3)), element("rows", doc! { "$size": 3_i64 }), [2]),
        case(
            Game.rows.any_value(|row| row.len_gte(3)),
            element("rows", doc! { "2": { "$exists": true } }),
            [2],
        ),
        case(
            Game.rows.any_value(|row| row.any_value(|cell| cell.gt(1) & cell.lt(8))),
            element("rows", doc! { "$elemMatch": { "$gt": 1, "$lt": 8 } }),
            [1, 2],
        ),
        case(Game.rows.len_gte(2), doc! { "rows.1": { "$exists": true } }, [1]),
        case(Game.fixed.contains(1), doc! { "fixed": 1 }, [2]),
        case(Game.fixed.eq([3, 4]), doc! { "fixed": [3, 4] }, [4]),
        case(Game.fixed.any_value(|it| it.gt(3)), element("fixed", doc! { "$gt": 3 }), [4]),
        case(Game.boxed.contains(5), doc! { "boxed": 5 }, [3]),
        case(Game.boxed.eq(vec![4, 5]), doc! { "boxed": [4, 5] }, [3]),
        case(Game.boxed.is_empty(), doc! { "boxed": { "$size": 0_i64 } }, [4]),
    ];
    agree(&games, cases).await
}

#[test]
fn what_the_server_cannot_be_asked_is_said() {
    let raw = || Filter::raw(doc! { "$gt": 1 });
    let cases = [
        (Game.results.any_value(|it| !it.gt(5) & !it.lt(3)), "use `ne` or `not_in`"),
        (Game.results.any_value(|it| raw() & it.gt(1)), "raw"),
        (
            Game.results
                .any_value(|it| (0..200).map(|at| it.modulo(7, at)).fold(Filter::nothing(), |a, b| a | b)),
            "100",
        ),
        (Game.results.any_value(|_| Filter::where_js("true")), "whole documents"),
        (Game.results.any_value(|it| it.modulo(0, 0)), "divided by zero"),
        (Game.id.bits_all_set(-1), "negative mask"),
        (Filter::sample_rate(1.5), "from 0 to 1"),
    ];
    for (filter, expected) in cases {
        let error = filter.to_document().unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(expected), "{error}");
    }
    assert_eq!(bson!([1]), Bson::from(vec![1]));
}
