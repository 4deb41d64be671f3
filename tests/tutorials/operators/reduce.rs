//! The manual's page on `$reduce`.

use odmium::{
    Database,
    bson::{Bson, Document as Bag, bson, doc},
    expr::{self, array, literal},
    prelude::*,
};

use crate::support::{page, same};

// covers: T10
#[odmium::test]
async fn reduce_multiplies(db: Database) {
    #[derive(Document)]
    #[document(collection = "events", rename_all = "camelCase")]
    struct Event {
        id: i32,
        experiment_id: String,
        probability: f64,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct Probabilities {
        #[field(id)]
        experiment: String,
        probability_arr: Vec<f64>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Chance {
        #[field(id)]
        experiment: String,
        results: f64,
    }

    let event = |id: i32, experiment: &str, number: i32, probability: f64| {
        doc! { "_id": id, "type": "die", "experimentId": experiment, "eventNum": number, "probability": probability }
    };
    let events = page::<Event>(
        &db,
        [
            event(1, "r5", 1, 0.16666666666667),
            event(2, "r5", 2, 0.16666666666667),
            event(3, "d3rc", 1, 0.0192307692307692),
            event(4, "d3rc", 2, 0.01960784313725),
            event(5, "d3rc", 3, 0.02),
        ],
    )
    .await;
    let typed = Pipeline::new()
        .group_by(Event.experiment_id, |g| ProbabilitiesGroup { probability_arr: g.push(Event.probability) })
        .project(ChanceShape {
            experiment: Probabilities.experiment.expr(),
            results: Probabilities.probability_arr.expr().reduce(1.0, |product, this| product * this),
        });
    let raw = [
        doc! { "$group": { "_id": "$experimentId", "probabilityArr": { "$push": "$probability" } } },
        doc! { "$project": { "results": { "$reduce": {
            "input": "$probabilityArr", "initialValue": 1, "in": { "$multiply": ["$$value", "$$this"] },
        } } } },
    ];
    let found = same(&events, typed, raw).await;
    let dice = found.iter().find(|chance| chance.experiment == "r5").unwrap();
    assert!((dice.results - 0.027_777_777_777_778_9).abs() < 1e-12);
}

// covers: T10
#[odmium::test]
async fn reduce_discounts_a_price(db: Database) {
    #[derive(Document)]
    #[document(collection = "clothes")]
    struct Cloth {
        id: i32,
        price: i32,
        discounts: Vec<f64>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Discounted {
        #[field(id)]
        id: i32,
        #[field(rename = "discountedPrice")]
        price: f64,
    }

    let clothes = page::<Cloth>(
        &db,
        [
            doc! { "_id": 1, "productId": "ts1", "description": "T-Shirt", "price": 20, "discounts": [0.5, 0.1] },
            doc! { "_id": 2, "productId": "j1", "description": "Jeans", "price": 42, "discounts": [0.25, 0.15, 0.05] },
            doc! { "_id": 3, "productId": "s1", "description": "Shorts", "price": 30, "discounts": [0.15, 0.05] },
            doc! { "_id": 4, "productId": "ts2", "description": "Cool T-Shirt", "price": 25, "discounts": [0.3] },
            doc! { "_id": 5, "productId": "j2", "description": "Designer Jeans", "price": 80, "discounts": [0.1, 0.25] },
        ],
    )
    .await;
    // The first value has the type of what the function makes of it.
    let price = Cloth.price.expr().to_double();
    let typed = Pipeline::new().project(DiscountedShape {
        id: Cloth.id.expr(),
        price: Cloth.discounts.expr().reduce(price, |price, discount| price * (literal(1.0) - discount)),
    });
    let raw = [doc! { "$project": { "discountedPrice": { "$reduce": {
        "input": "$discounts",
        "initialValue": "$price",
        "in": { "$multiply": ["$$value", { "$subtract": [1, "$$this"] }] },
    } } } }];
    let found = same(&clothes, typed, raw).await;
    assert_eq!((found[0].price, found[4].price), (9.0, 54.0));
}

// covers: T10
#[odmium::test]
async fn reduce_joins_texts(db: Database) {
    #[derive(Document)]
    #[document(collection = "people")]
    struct Person {
        id: i32,
        name: String,
        hobbies: Option<Vec<String>>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Bio {
        #[field(id)]
        id: i32,
        name: String,
        bio: Option<String>,
    }

    let people = page::<Person>(
        &db,
        [
            doc! { "_id": 1, "name": "Melissa", "hobbies": ["softball", "drawing", "reading"] },
            doc! { "_id": 2, "name": "Brad", "hobbies": ["gaming", "skateboarding"] },
            doc! { "_id": 3, "name": "Scott", "hobbies": ["basketball", "music", "fishing"] },
            doc! { "_id": 4, "name": "Tracey", "hobbies": ["acting", "yoga"] },
            doc! { "_id": 5, "name": "Josh", "hobbies": ["programming"] },
            doc! { "_id": 6, "name": "Claire" },
        ],
    )
    .await;
    let intro = "My hobbies include:";
    let typed = Pipeline::new().filter(Person.hobbies.len_gte(1)).project(BioShape {
        id: Person.id.expr(),
        name: Person.name.expr(),
        bio: Person.hobbies.expr().reduce(intro, |bio, hobby| {
            let separator = bio.clone().eq(intro).cond(" ", ", ");
            bio.concat(separator).concat(hobby)
        }),
    });
    let raw = [
        doc! { "$match": { "hobbies": { "$gt": [] } } },
        doc! { "$project": { "name": 1, "bio": { "$reduce": {
            "input": "$hobbies",
            "initialValue": intro,
            "in": { "$concat": [
                "$$value",
                { "$cond": { "if": { "$eq": ["$$value", intro] }, "then": " ", "else": ", " } },
                "$$this",
            ] },
        } } } },
    ];
    let found = same(&people, typed, raw).await;
    assert_eq!(found[0].bio.as_deref(), Some("My hobbies include: softball, drawing, reading"));
    assert_eq!(found.len(), 5);
}

#[derive(Document)]
#[document(collection = "matrices")]
struct Matrix {
    id: i32,
    arr: Vec<Vec<i32>>,
}

// covers: T10
#[odmium::test]
async fn reduce_joins_arrays_by_one_and_by_several_reductions(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Collapsed {
        #[field(id)]
        id: i32,
        collapsed: Vec<i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape, rename_all = "camelCase")]
    struct Reductions {
        collapsed: Vec<i32>,
        first_values: Vec<i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Results {
        #[field(id)]
        id: i32,
        results: Reductions,
    }

    let rows = [[24, 55, 79], [14, 78, 35], [84, 90, 3], [50, 89, 70]];
    let matrices =
        page::<Matrix>(&db, [doc! { "_id": 1, "arr": rows.map(|row| row.to_vec()).to_vec() }]).await;
    let typed = Pipeline::new().project(CollapsedShape {
        id: Matrix.id.expr(),
        collapsed: Matrix.arr.expr().reduce(literal(Vec::<i32>::new()), |all, row| all.concat_arrays(row)),
    });
    let reduce = |initial: Bson, body: Bag| {
        doc! { "$reduce": { "input": "$arr", "initialValue": initial, "in": body } }
    };
    let body = doc! { "$concatArrays": ["$$value", "$$this"] };
    let raw = [doc! { "$project": { "collapsed": reduce(bson!([]), body) } }];
    let found = same(&matrices, typed, raw).await;
    assert_eq!(found[0].collapsed, rows.concat());

    let none = || literal(Vec::<i32>::new());
    let initial = expr::document(ReductionsShape { collapsed: none(), first_values: none() });
    let typed = Pipeline::new().project(ResultsShape {
        id: Matrix.id.expr(),
        results: Matrix.arr.expr().reduce(initial, |so_far, row| {
            expr::document(ReductionsShape {
                collapsed: so_far.get(Reductions.collapsed).concat_arrays(row.clone()),
                first_values: so_far.get(Reductions.first_values).concat_arrays(row.slice(1)),
            })
        }),
    });
    let body = doc! {
        "collapsed": { "$concatArrays": ["$$value.collapsed", "$$this"] },
        "firstValues": { "$concatArrays": ["$$value.firstValues", { "$slice": ["$$this", 1] }] },
    };
    let raw = [doc! { "$project": { "results": reduce(bson!([]), body) } }];
    let found = same(&matrices, typed, raw).await;
    assert_eq!(found[0].results.first_values, [24, 14, 84, 50]);
}

// covers: T10
#[odmium::test]
async fn reduce_to_a_document(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    #[document(shape)]
    struct SumAndProduct {
        sum: i32,
        product: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Output {
        #[field(id)]
        id: i32,
        of: SumAndProduct,
    }

    let matrices = page::<Matrix>(&db, [doc! { "_id": 1, "arr": [] }]).await;
    let initial = expr::document(SumAndProductShape { sum: literal(5), product: literal(2) });
    let of = array([1, 2, 3, 4].map(literal)).reduce(initial, |so_far, this| {
        expr::document(SumAndProductShape {
            sum: so_far.get(SumAndProduct.sum) + this.clone(),
            product: so_far.get(SumAndProduct.product) * this,
        })
    });
    let typed = Pipeline::new().project(OutputShape { id: Matrix.id.expr(), of });
    let raw = [doc! { "$project": { "of": { "$reduce": {
        "input": [1, 2, 3, 4],
        "initialValue": { "sum": 5, "product": 2 },
        "in": {
            "sum": { "$add": ["$$value.sum", "$$this"] },
            "product": { "$multiply": ["$$value.product", "$$this"] },
        },
    } } } }];
    let found = same(&matrices, typed, raw).await;
    assert_eq!(found[0].of, SumAndProduct { sum: 15, product: 48 });
}
