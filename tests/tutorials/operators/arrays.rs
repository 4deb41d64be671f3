//! The manual's pages on arrays as a whole.

use odmium::{
    Database,
    bson::{Bson, bson, doc},
    expr::{array, literal, range},
    prelude::*,
};

use crate::support::{computed, numbered, page};

// covers: T10
#[odmium::test]
async fn concat_arrays_and_size(db: Database) {
    #[derive(Document)]
    #[document(collection = "warehouses")]
    struct Warehouse {
        id: i32,
        instock: Vec<String>,
        ordered: Option<Vec<String>>,
    }
    let all = page::<Warehouse>(
        &db,
        numbered([
            doc! { "instock": ["chocolate"], "ordered": ["butter", "apples"] },
            doc! { "instock": ["apples", "pudding", "pie"] },
            doc! { "instock": ["pears", "pecans"], "ordered": ["cherries"] },
            doc! { "instock": ["ice cream"], "ordered": [] },
        ]),
    )
    .await;
    let typed = Warehouse.instock.expr().concat_arrays(Warehouse.ordered);
    let found = computed(&all, typed, doc! { "$concatArrays": ["$instock", "$ordered"] }).await;
    assert_eq!(found[0].as_ref().unwrap().len(), 3);
    assert_eq!(found[1], None);
    let typed = Warehouse
        .ordered
        .expr()
        .is_array()
        .cond(Warehouse.ordered.expr().if_null(Vec::<String>::new()).size(), -1);
    let raw = doc! { "$cond": {
        "if": { "$isArray": "$ordered" }, "then": { "$size": { "$ifNull": ["$ordered", []] } }, "else": -1,
    } };
    assert_eq!(computed(&all, typed, raw).await, [2, -1, 1, 0]);
    let typed = Warehouse.instock.expr().contains("apples");
    let found = computed(&all, typed, doc! { "$in": ["apples", "$instock"] }).await;
    assert_eq!(found, [false, true, false, false]);
}

// covers: T10
#[odmium::test]
async fn elements_by_position(db: Database) {
    #[derive(Document)]
    #[document(collection = "users")]
    struct User {
        id: i32,
        name: String,
        favorites: Vec<String>,
    }
    let all = page::<User>(
        &db,
        numbered([
            doc! { "name": "dave123", "favorites": ["chocolate", "cake", "butter", "apples"] },
            doc! { "name": "li", "favorites": ["apples", "pudding", "pie"] },
            doc! { "name": "ahn", "favorites": ["pears", "pecans", "chocolate", "cherries"] },
            doc! { "name": "ty", "favorites": ["ice cream"] },
        ]),
    )
    .await;
    let favorites = || User.favorites.expr();
    let first =
        computed(&all, favorites().array_elem_at(0), doc! { "$arrayElemAt": ["$favorites", 0] }).await;
    assert_eq!(computed(&all, favorites().first(), doc! { "$first": "$favorites" }).await, first);
    let last =
        computed(&all, favorites().array_elem_at(-1), doc! { "$arrayElemAt": ["$favorites", -1] }).await;
    assert_eq!(last[1].as_deref(), Some("pie"));
    assert_eq!(computed(&all, favorites().last(), doc! { "$last": "$favorites" }).await, last);
    let found = computed(&all, favorites().slice(3), doc! { "$slice": ["$favorites", 3] }).await;
    assert_eq!(found[0], ["chocolate", "cake", "butter"]);
    let found = computed(&all, favorites().slice_at(1, 2), doc! { "$slice": ["$favorites", 1, 2] }).await;
    assert_eq!(found[2], ["pecans", "chocolate"]);
    let found = computed(&all, favorites().reverse_array(), doc! { "$reverseArray": "$favorites" }).await;
    assert_eq!(found[1], ["pie", "pudding", "apples"]);
    let raw = doc! { "$indexOfArray": ["$favorites", "chocolate"] };
    let found = computed(&all, favorites().index_of_array("chocolate"), raw).await;
    assert_eq!(found, [0, -1, 2, -1]);
}

// covers: T10
#[odmium::test]
async fn range_gives_rest_stops(db: Database) {
    #[derive(Document)]
    #[document(collection = "distances")]
    struct Trip {
        id: i32,
        city: String,
        distance: i32,
    }
    let trip = |(city, distance): (&str, i32)| doc! { "city": city, "distance": distance };
    let samples = [("San Jose", 42), ("Sacramento", 88), ("Reno", 218), ("Los Angeles", 383)];
    let trips = page::<Trip>(&db, numbered(samples.map(trip))).await;
    let found = computed(&trips, range(0, Trip.distance, 25), doc! { "$range": [0, "$distance", 25] }).await;
    assert_eq!(found[1], [0, 25, 50, 75]);
}

// covers: T10
#[odmium::test]
async fn sort_array_by_fields_and_by_value(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    struct Member {
        name: String,
        age: i32,
        address: Address,
    }
    #[derive(Embedded, Debug, PartialEq)]
    struct Address {
        city: String,
    }
    #[derive(Document)]
    #[document(collection = "engineers")]
    struct Engineers {
        id: i32,
        team: Vec<Member>,
    }
    let engineers = page::<Engineers>(
        &db,
        numbered([doc! { "team": [
            { "name": "pat", "age": 30, "address": { "city": "London" } },
            { "name": "dallas", "age": 36, "address": { "city": "Palo Alto" } },
            { "name": "charlie", "age": 42, "address": { "city": "New Brunswick" } },
        ] }]),
    )
    .await;
    let sorted = |by: Bson| doc! { "$sortArray": { "input": "$team", "sortBy": by } };
    let names = |found: &[Vec<Member>]| found[0].iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let team = || Engineers.team.expr();
    let found = computed(&engineers, team().sort_by(Member.name.asc()), sorted(bson!({ "name": 1 }))).await;
    assert_eq!(names(&found), ["charlie", "dallas", "pat"]);
    let by = (Member.age.desc(), Member.name.asc());
    let found = computed(&engineers, team().sort_by(by), sorted(bson!({ "age": -1, "name": 1 }))).await;
    assert_eq!(names(&found), ["charlie", "dallas", "pat"]);
    let by = Member.address.city.asc();
    let found = computed(&engineers, team().sort_by(by), sorted(bson!({ "address.city": 1 }))).await;
    assert_eq!(names(&found), ["pat", "charlie", "dallas"]);
    let typed = array([1, 4, 1, 6, 12, 5].map(literal)).sort();
    let raw = doc! { "$sortArray": { "input": [1, 4, 1, 6, 12, 5], "sortBy": 1 } };
    assert_eq!(computed(&engineers, typed, raw).await, [vec![1, 1, 4, 5, 6, 12]]);
}

// covers: T10
#[odmium::test]
async fn several_elements_of_an_array(db: Database) {
    // Numbers, texts and nulls.
    #[derive(Document)]
    #[document(collection = "games")]
    struct Game {
        id: i32,
        score: Vec<Bson>,
    }
    let scores = [
        bson!([1, 2, 3]),
        bson!([12, 90, 7, 89, 8]),
        bson!([null]),
        bson!([]),
        bson!([1293, null, 3489, 9]),
        bson!(["12.1", 2, 2090845886852_i64, 23]),
    ];
    let games = page::<Game>(&db, numbered(scores.map(|score| doc! { "score": score }))).await;
    let (score, raw) = (|| Game.score.expr(), |op: &str| doc! { op: { "n": 3, "input": "$score" } });
    let numbers = |numbers: &[i32]| numbers.iter().map(|&it| Bson::Int32(it)).collect::<Vec<_>>();
    let found = computed(&games, score().first_n(3), raw("$firstN")).await;
    assert_eq!(found[1], numbers(&[12, 90, 7]));
    let found = computed(&games, score().last_n(3), raw("$lastN")).await;
    assert_eq!(found[1], numbers(&[7, 89, 8]));
    let found = computed(&games, score().max_n(3), raw("$maxN")).await;
    assert_eq!(found[1], numbers(&[90, 89, 12]));
    let found = computed(&games, score().min_n(3), raw("$minN")).await;
    assert_eq!(found[4], numbers(&[9, 1293, 3489]));
}
