//! The manual's pages on accumulators.

use odmium::{Collection, Database, bson::doc, prelude::*};

use crate::support::{date, numbered, page, same, same_values};

#[derive(Document)]
#[document(collection = "sales")]
struct Sale {
    id: i32,
    item: String,
    price: i32,
    quantity: i32,
    date: DateTime,
}

async fn sales(db: &Database) -> Collection<Sale> {
    let sale = |(item, price, quantity, at): (&str, i32, i32, &str)| {
        doc! { "item": item, "price": price, "quantity": quantity, "date": date(&format!("2014-{at}:00Z")) }
    };
    let samples = [
        ("abc", 10, 2, "01-01T08:00"),
        ("jkl", 20, 1, "02-03T09:00"),
        ("xyz", 5, 5, "02-03T09:05"),
        ("abc", 10, 10, "02-15T08:00"),
        ("xyz", 5, 10, "02-15T09:12"),
    ];
    page(db, numbered(samples.map(sale))).await
}

// covers: T10
#[odmium::test]
async fn sum_and_avg_by_item(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct OfItem {
        #[field(id)]
        item: String,
        total_amount: i64,
        avg_amount: Option<f64>,
        avg_quantity: Option<f64>,
        max_total_amount: i32,
        max_quantity: i32,
        min_quantity: i32,
        count: i64,
    }
    let sales = sales(&db).await;
    let amount = || Sale.price * Sale.quantity;
    let typed = Pipeline::new().group_by(Sale.item, |g| OfItemGroup {
        total_amount: g.sum(amount()),
        avg_amount: g.avg(amount()),
        avg_quantity: g.avg(Sale.quantity),
        max_total_amount: g.max(amount()),
        max_quantity: g.max(Sale.quantity),
        min_quantity: g.min(Sale.quantity),
        count: g.count(),
    });
    let amount = doc! { "$multiply": ["$price", "$quantity"] };
    let raw = [doc! { "$group": {
        "_id": "$item",
        "totalAmount": { "$sum": &amount },
        "avgAmount": { "$avg": &amount },
        "avgQuantity": { "$avg": "$quantity" },
        "maxTotalAmount": { "$max": amount },
        "maxQuantity": { "$max": "$quantity" },
        "minQuantity": { "$min": "$quantity" },
        "count": { "$sum": 1 },
    } }];
    let found = same(&sales, typed, raw).await;
    let xyz = found.iter().find(|it| it.item == "xyz").unwrap();
    assert_eq!((xyz.total_amount, xyz.avg_amount, xyz.avg_quantity), (75, Some(37.5), Some(7.5)));
}

// covers: T10
#[odmium::test]
async fn push_and_add_to_set_by_day(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    #[document(shape)]
    struct Day {
        day: i32,
        year: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Sold {
        item: String,
        quantity: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct OfDay {
        #[field(id)]
        key: Day,
        items_sold: Vec<Sold>,
        years: Vec<i32>,
        total: i64,
    }
    let sales = sales(&db).await;
    let key = DayShape { day: Sale.date.expr().day_of_year(), year: Sale.date.expr().year() };
    let typed = Pipeline::new().sort((Sale.date.asc(), Sale.item.asc())).group_by(key, |g| OfDayGroup {
        items_sold: g.push(SoldShape { item: Sale.item.expr(), quantity: Sale.quantity.expr() }),
        years: g.add_to_set(Sale.date.expr().year()),
        total: g.sum(Sale.price * Sale.quantity),
    });
    let raw = [
        doc! { "$sort": { "date": 1, "item": 1 } },
        doc! { "$group": {
            "_id": { "day": { "$dayOfYear": "$date" }, "year": { "$year": "$date" } },
            "itemsSold": { "$push": { "item": "$item", "quantity": "$quantity" } },
            "years": { "$addToSet": { "$year": "$date" } },
            "total": { "$sum": { "$multiply": ["$price", "$quantity"] } },
        } },
    ];
    let found = same(&sales, typed, raw).await;
    let third_of_february = found.iter().find(|it| it.key == Day { day: 34, year: 2014 }).unwrap();
    assert_eq!((third_of_february.items_sold.len(), third_of_february.total), (2, 45));
}

// covers: T10
#[odmium::test]
async fn first_and_last_sale(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct Dates {
        #[field(id)]
        item: String,
        first_sales_date: DateTime,
        last_sales_date: DateTime,
    }
    let sales = sales(&db).await;
    let typed = Pipeline::new().sort((Sale.item.asc(), Sale.date.asc())).group_by(Sale.item, |g| {
        DatesGroup { first_sales_date: g.first(Sale.date), last_sales_date: g.last(Sale.date) }
    });
    let raw = [
        doc! { "$sort": { "item": 1, "date": 1 } },
        doc! { "$group": {
            "_id": "$item", "firstSalesDate": { "$first": "$date" }, "lastSalesDate": { "$last": "$date" },
        } },
    ];
    let found = same(&sales, typed, raw).await;
    let abc = found.iter().find(|it| it.item == "abc").unwrap();
    assert_eq!(abc.last_sales_date, date("2014-02-15T08:00:00Z"));
}

#[derive(Document)]
#[document(collection = "gamescores", rename_all = "camelCase")]
struct Score {
    id: i32,
    player_id: String,
    game_id: String,
    score: i32,
}

async fn scores(db: &Database) -> Collection<Score> {
    let score = |(player, game, score): (&str, &str, i32)| {
        doc! { "playerId": format!("Player{player}"), "gameId": game, "score": score }
    };
    let samples = [
        ("A", "G1", 31),
        ("B", "G1", 33),
        ("C", "G1", 99),
        ("D", "G1", 1),
        ("A", "G2", 10),
        ("B", "G2", 14),
        ("C", "G2", 66),
        ("D", "G2", 80),
    ];
    page(db, numbered(samples.map(score))).await
}

type Best = (String, i32);

// covers: T10
#[odmium::test]
async fn top_and_bottom_score_of_each_game(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    #[document(group, rename_all = "camelCase")]
    struct Game {
        #[field(id)]
        game: String,
        top: Best,
        bottom: Best,
        top_two: Vec<Best>,
        bottom_two: Vec<Best>,
    }
    let scores = scores(&db).await;
    let player = || (Score.player_id, Score.score);
    let typed = Pipeline::new()
        .group_by(Score.game_id, |g| GameGroup {
            top: g.top(Score.score.desc(), player()),
            bottom: g.bottom(Score.score.desc(), player()),
            top_two: g.top_n(2, Score.score.desc(), player()),
            bottom_two: g.bottom_n(2, Score.score.desc(), player()),
        })
        .sort(Game.game.asc());
    let raw = |n: Option<i32>| {
        let mut operands = doc! { "output": ["$playerId", "$score"], "sortBy": { "score": -1 } };
        if let Some(n) = n {
            operands.insert("n", n);
        }
        operands
    };
    let raw = [
        doc! { "$group": {
            "_id": "$gameId",
            "top": { "$top": raw(None) },
            "bottom": { "$bottom": raw(None) },
            "topTwo": { "$topN": raw(Some(2)) },
            "bottomTwo": { "$bottomN": raw(Some(2)) },
        } },
        doc! { "$sort": { "_id": 1 } },
    ];
    let found = same_values(&scores, typed, raw).await;
    assert_eq!((&found[0].top, &found[0].bottom), (&("PlayerC".into(), 99), &("PlayerD".into(), 1)));
    assert_eq!(found[1].top_two, [("PlayerD".into(), 80), ("PlayerC".into(), 66)]);
}

// covers: T10
#[odmium::test]
async fn first_last_max_and_min_n(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    #[document(group, rename_all = "camelCase")]
    struct Game {
        #[field(id)]
        game: String,
        first: Vec<Best>,
        last: Vec<Best>,
        max: Vec<i32>,
        min: Vec<i32>,
    }
    let scores = scores(&db).await;
    let player = || (Score.player_id, Score.score);
    let typed = Pipeline::new()
        .sort(Score.id.asc())
        .group_by(Score.game_id, |g| GameGroup {
            first: g.first_n(3, player()),
            last: g.last_n(3, player()),
            max: g.max_n(3, Score.score),
            min: g.min_n(3, Score.score),
        })
        .sort(Game.game.asc());
    let raw = [
        doc! { "$sort": { "_id": 1 } },
        doc! { "$group": {
            "_id": "$gameId",
            "first": { "$firstN": { "input": ["$playerId", "$score"], "n": 3 } },
            "last": { "$lastN": { "input": ["$playerId", "$score"], "n": 3 } },
            "max": { "$maxN": { "input": "$score", "n": 3 } },
            "min": { "$minN": { "input": "$score", "n": 3 } },
        } },
        doc! { "$sort": { "_id": 1 } },
    ];
    let found = same_values(&scores, typed, raw).await;
    assert_eq!(found[0].first[0], ("PlayerA".into(), 31));
    assert_eq!((&found[1].max[..], &found[1].min[..]), (&[80, 66, 14][..], &[10, 14, 66][..]));
}

// covers: T10
#[odmium::test]
async fn standard_deviations_by_quiz(db: Database) {
    #[derive(Document)]
    #[document(collection = "contest")]
    struct Contest {
        id: i32,
        quiz: i32,
        score: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct Quiz {
        #[field(id)]
        quiz: i32,
        std_dev: Option<f64>,
        of_sample: Option<f64>,
    }
    let scores = [(1, 85), (1, 90), (1, 71), (2, 96), (2, 77), (2, 82)];
    let score = |(quiz, score): (i32, i32)| doc! { "quiz": quiz, "score": score };
    let contest = page::<Contest>(&db, numbered(scores.map(score))).await;
    let typed = Pipeline::new().group_by(Contest.quiz, |g| QuizGroup {
        std_dev: g.std_dev_pop(Contest.score),
        of_sample: g.std_dev_samp(Contest.score),
    });
    let raw = [doc! { "$group": {
        "_id": "$quiz", "stdDev": { "$stdDevPop": "$score" }, "ofSample": { "$stdDevSamp": "$score" },
    } }];
    let found = same(&contest, typed, raw).await;
    let first = found.iter().find(|it| it.quiz == 1).unwrap();
    assert!((first.std_dev.unwrap() - 8.041_558_721_209_878).abs() < 1e-12);
}
