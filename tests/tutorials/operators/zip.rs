//! The manual's page on `$zip`.

use odmium::{
    Database,
    bson::doc,
    expr::{self, range},
    prelude::*,
};

use crate::support::{computed, numbered, page, same};

// covers: T10
#[odmium::test]
async fn zip_transposes_a_matrix(db: Database) {
    #[derive(Document)]
    #[document(collection = "matrices")]
    struct Table {
        id: i32,
        matrix: Vec<Vec<i32>>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Transposed {
        transposed: Option<Vec<Vec<i32>>>,
    }

    let tables = page::<Table>(
        &db,
        numbered([doc! { "matrix": [[1, 2], [2, 3], [3, 4]] }, doc! { "matrix": [[8, 7], [7, 6], [5, 4]] }]),
    )
    .await;
    let typed = Pipeline::new().project(TransposedShape {
        transposed: expr::zip([0, 1, 2].map(|row| Table.matrix.expr().array_elem_at(row))),
    });
    let row = |row: i32| doc! { "$arrayElemAt": ["$matrix", row] };
    let raw = [doc! { "$project": {
        "_id": false, "transposed": { "$zip": { "inputs": [row(0), row(1), row(2)] } },
    } }];
    let found = same(&tables, typed, raw).await;
    assert_eq!(found[0].transposed, Some(vec![vec![1, 2, 3], vec![2, 3, 4]]));
}

// covers: T10
#[odmium::test]
async fn zip_keeps_the_positions_of_what_is_filtered(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    struct Text {
        title: String,
        reviews: i32,
    }
    #[derive(Document)]
    #[document(collection = "pages")]
    struct Category {
        id: i32,
        pages: Vec<Text>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Reviewed {
        pages: Vec<(Text, i32)>,
    }

    let categories = page::<Category>(
        &db,
        numbered([doc! { "category": "unix", "pages": [
            { "title": "awk for beginners", "reviews": 5 },
            { "title": "sed for newbies", "reviews": 0 },
            { "title": "grep made simple", "reviews": 2 },
        ] }]),
    )
    .await;
    let pages = Category.pages.expr();
    let numbers = range(0, pages.clone().size(), 1);
    let typed = Pipeline::new().project(ReviewedShape {
        pages: pages.zip(numbers).filter(|page| page.members().0.get(Text.reviews).gte(1)),
    });
    let raw = [doc! { "$project": {
        "_id": false,
        "pages": { "$filter": {
            "input": { "$zip": { "inputs": ["$pages", { "$range": [0, { "$size": "$pages" }] }] } },
            "as": "pageWithIndex",
            "cond": { "$let": {
                "vars": { "page": { "$arrayElemAt": ["$$pageWithIndex", 0] } },
                "in": { "$gte": ["$$page.reviews", 1] },
            } },
        } },
    } }];
    let found = same(&categories, typed, raw).await;
    let (grep, position) = &found[0].pages[1];
    assert_eq!((grep.title.as_str(), *position), ("grep made simple", 2));
}

// covers: T10
#[odmium::test]
async fn zip_as_long_as_the_longest(db: Database) {
    #[derive(Document)]
    #[document(collection = "lists")]
    struct Lists {
        id: i32,
        numbers: Vec<i32>,
        names: Vec<String>,
    }
    let lists = page::<Lists>(
        &db,
        numbered([
            doc! { "numbers": [1, 2, 3], "names": ["a"] },
            doc! { "numbers": [1], "names": ["a", "b"] },
            doc! { "numbers": [], "names": [] },
        ]),
    )
    .await;
    let zipped = || Lists.numbers.expr().zip_longest(Lists.names);
    let raw = doc! { "$zip": { "inputs": ["$numbers", "$names"], "useLongestLength": true } };
    let found = computed(&lists, zipped(), raw.clone()).await;
    assert_eq!(found[0][2], (Some(3), None));
    assert_eq!(found[1][1], (None, Some("b".to_owned())));
    // The members of a pair that may be none.
    let element = |number: i32| doc! { "$arrayElemAt": [{ "$last": &raw }, number] };
    let number = zipped().last().members().0.flatten().if_null(-1);
    let found = computed(&lists, number, doc! { "$ifNull": [element(0), -1] }).await;
    assert_eq!(found, [3, -1, -1]);
    let name = zipped().last().members().1.flatten().if_null("none");
    let found = computed(&lists, name, doc! { "$ifNull": [element(1), "none"] }).await;
    assert_eq!(found, ["none", "b", "none"]);
}
