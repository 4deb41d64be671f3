//! `$match`, `$sort`, `$count`, `$sortByCount`, `$redact`.

use odmium::{
    Database,
    bson::{Bson, DateTime, Document, doc},
    expr::literal,
    pipeline::{Pipeline, Visibility},
    prelude::*,
};

use super::compare::{columns, date, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "articles")]
struct Article {
    id: Id<Article>,
    author: String,
    score: i32,
    views: i32,
}

fn articles() -> Vec<Document> {
    let article =
        |author: &str, score: i32, views: i32| doc! { "author": author, "score": score, "views": views };
    vec![
        article("dave", 80, 100),
        article("dave", 85, 521),
        article("ahn", 60, 1000),
        article("li", 55, 5000),
        article("annT", 60, 50),
        article("li", 94, 999),
        article("ty", 95, 1000),
    ]
}

// covers: T10
#[odmium::test]
async fn match_equality(db: Database) {
    let articles = filled::<Article>(&db, articles()).await;
    let page = vec![doc! { "$match": { "author": "dave" } }];
    let found = same(&articles, Pipeline::new().filter(Article.author.eq("dave")), page).await;
    assert_eq!(found.iter().map(|article| article.score).collect::<Vec<_>>(), [80, 85]);
}

// covers: T10
#[odmium::test]
async fn match_and_perform_a_count(db: Database) {
    let articles = filled::<Article>(&db, articles()).await;
    let typed = Pipeline::new()
        .filter((Article.score.gt(70) & Article.score.lt(90)) | Article.views.gte(1000))
        .group_all(|g| (g.count(),));
    let page = vec![
        doc! { "$match": { "$or": [{ "score": { "$gt": 70, "$lt": 90 } }, { "views": { "$gte": 1000 } }] } },
        doc! { "$group": { "_id": null, "count": { "$sum": 1 } } },
    ];
    assert_eq!(same_by(&articles, typed, page, columns(&["count"])).await, [(5,)]);
}

#[derive(Document, Debug)]
#[document(collection = "scores")]
struct Score {
    id: i32,
    subject: String,
    score: i32,
}

// covers: T10
#[odmium::test]
async fn count_of_passing_scores(db: Database) {
    let scores = [88, 92, 97, 71, 79, 83].into_iter().zip(1..);
    let scores =
        scores.map(|(score, id): (i32, i32)| doc! { "_id": id, "subject": "History", "score": score });
    let scores = filled::<Score>(&db, scores).await;
    let typed = Pipeline::new().filter(Score.score.gt(80)).count();
    let page = vec![doc! { "$match": { "score": { "$gt": 80 } } }, doc! { "$count": "passing_scores" }];
    assert_eq!(same_by(&scores, typed, page, columns(&["passing_scores"])).await, [(4,)]);
}

#[derive(Document, Debug)]
#[document(collection = "restaurants")]
struct Restaurant {
    id: i32,
    name: String,
    borough: String,
}

// covers: T10
#[odmium::test]
async fn sort_ascending_and_descending(db: Database) {
    let restaurants = [
        (1, "Central Park Cafe", "Manhattan"),
        (2, "Rock A Feller Bar and Grill", "Queens"),
        (3, "Empire State Pub", "Brooklyn"),
        (4, "Stan's Pizzaria", "Manhattan"),
        (5, "Jane's Deli", "Brooklyn"),
    ];
    let restaurants =
        restaurants.map(|(id, name, borough)| doc! { "_id": id, "name": name, "borough": borough });
    let restaurants = filled::<Restaurant>(&db, restaurants).await;
    let typed = Pipeline::new().sort((Restaurant.borough.asc(), Restaurant.id.asc()));
    let page = vec![doc! { "$sort": { "borough": 1, "_id": 1 } }];
    let found = same(&restaurants, typed, page).await;
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [3, 5, 1, 4, 2]);
}

#[derive(Document, Debug)]
#[document(collection = "users", index(text(interests)))]
struct User {
    id: Id<User>,
    age: i32,
    posts: i32,
    interests: String,
}

// covers: T10
#[odmium::test]
async fn sort_by_text_score(db: Database) {
    let user =
        |age: i32, posts: i32, interests: &str| doc! { "age": age, "posts": posts, "interests": interests };
    let users =
        [user(30, 10, "operating systems"), user(40, 20, "operating manuals"), user(50, 5, "gardens")];
    let users = filled::<User>(&db, users).await;
    users.sync_indexes().await.unwrap();
    let typed = Pipeline::new()
        .filter(Filter::text("operating systems"))
        .sort((odmium::sort::text_score(), User.posts.desc()));
    let page = vec![
        doc! { "$match": { "$text": { "$search": "operating systems" } } },
        doc! { "$sort": { "score": { "$meta": "textScore" }, "posts": -1 } },
    ];
    let found = same(&users, typed, page).await;
    assert_eq!(found.iter().map(|user| user.age).collect::<Vec<_>>(), [30, 40]);
}

#[derive(Document, Debug)]
#[document(collection = "exhibits")]
struct Exhibit {
    id: i32,
    title: String,
    tags: Vec<String>,
}

// covers: T10
#[odmium::test]
async fn sort_by_count_of_tags(db: Database) {
    let exhibit =
        |id: i32, title: &str, tags: &[&str]| doc! { "_id": id, "title": title, "tags": tags.to_vec() };
    let exhibits = [
        exhibit(1, "The Pillars of Society", &["painting", "satire", "Expressionism", "caricature"]),
        exhibit(2, "Melancholy III", &["woodcut", "Expressionism"]),
        exhibit(3, "Dancer", &["oil", "Surrealism", "painting"]),
        exhibit(4, "The Great Wave off Kanagawa", &["woodblock", "ukiyo-e"]),
        exhibit(5, "The Persistence of Memory", &["Surrealism", "painting", "oil"]),
        exhibit(6, "Composition VII", &["oil", "painting", "abstract"]),
        exhibit(7, "The Scream", &["Expressionism", "painting", "oil"]),
        exhibit(8, "Blue Flower", &["abstract", "painting"]),
    ];
    let exhibits = filled::<Exhibit>(&db, exhibits).await;
    let typed = Pipeline::new()
        .unwind(Exhibit.tags)
        .with_fields(|rows, (_, tag)| rows.sort_by_count(tag))
        .with_fields(|rows, (tag, count)| rows.sort((count.desc(), tag.asc())));
    // The page has no order of the tags that are equally frequent.
    let page = vec![
        doc! { "$unwind": "$tags" },
        doc! { "$sortByCount": "$tags" },
        doc! { "$sort": { "count": -1, "_id": 1 } },
    ];
    let found = same_by(&exhibits, typed, page, columns(&["_id", "count"])).await;
    assert_eq!(found[..2], [("painting".to_owned(), 6), ("oil".to_owned(), 4)]);
}

#[derive(Document, Debug)]
#[document(collection = "forecasts")]
struct Forecast {
    id: i32,
    title: String,
    tags: Vec<String>,
    year: i32,
    subsections: Vec<Section>,
}

#[derive(Embedded, Debug)]
struct Section {
    subtitle: String,
    tags: Vec<String>,
    content: Bson,
}

// covers: T10
#[odmium::test]
async fn redact_evaluates_access_at_every_level(db: Database) {
    let forecast = doc! {
        "_id": 1, "title": "123 Department Report", "tags": ["G", "STLW"], "year": 2014,
        "subsections": [
            { "subtitle": "Section 1: Overview", "tags": ["SI", "G"], "content": "Section 1: This is the content of section 1." },
            { "subtitle": "Section 2: Analysis", "tags": ["STLW"], "content": "Section 2: This is the content of section 2." },
            { "subtitle": "Section 3: Budgeting", "tags": ["TK"], "content": {
                "text": "Section 3: This is the content of section 3.", "tags": ["HCS"],
            } },
        ],
    };
    let forecasts = filled::<Forecast>(&db, [forecast]).await;
    let access = literal(vec!["STLW".to_owned(), "G".to_owned()]);
    let may = Forecast.tags.expr().set_intersection(access).size().gt(0);
    let typed = Pipeline::new()
        .filter(Forecast.year.eq(2014))
        .redact(may.cond(Visibility::Descend.expr(), Visibility::Prune.expr()));
    let page = vec![
        doc! { "$match": { "year": 2014 } },
        doc! { "$redact": { "$cond": {
            "if": { "$gt": [{ "$size": { "$setIntersection": ["$tags", ["STLW", "G"]] } }, 0] },
            "then": "$$DESCEND", "else": "$$PRUNE",
        } } },
    ];
    let found = same(&forecasts, typed, page).await;
    let titles: Vec<_> = found[0].subsections.iter().map(|section| &*section.subtitle).collect();
    assert_eq!(titles, ["Section 1: Overview", "Section 2: Analysis"]);
}

#[derive(Document, Debug)]
#[document(collection = "accounts")]
struct Account {
    id: i32,
    level: i32,
    acct_id: String,
    cc: Option<Card>,
    status: String,
}

#[derive(Embedded, Debug)]
struct Card {
    level: i32,
    r#type: String,
    num: i64,
    exp_date: DateTime,
    billing_addr: Address,
    shipping_addr: Vec<Address>,
}

#[derive(Embedded, Debug)]
struct Address {
    level: i32,
    addr1: String,
    city: String,
}

// covers: T10
#[odmium::test]
async fn redact_excludes_all_fields_at_a_given_level(db: Database) {
    let address = |level: i32, street: &str| doc! { "level": level, "addr1": street, "city": "Some City" };
    let account = doc! {
        "_id": 1, "level": 1, "acct_id": "xyz123", "status": "A",
        "cc": {
            "level": 5, "type": "yy", "num": 0_i64, "exp_date": date("2015-11-01"),
            "billing_addr": address(5, "123 ABC Street"),
            "shipping_addr": [address(3, "987 XYZ Ave"), address(3, "PO Box 0123")],
        },
    };
    let accounts = filled::<Account>(&db, [account]).await;
    let typed = Pipeline::new()
        .filter(Account.status.eq("A"))
        .redact(Account.level.expr().eq(5).cond(Visibility::Prune.expr(), Visibility::Descend.expr()));
    let page = vec![
        doc! { "$match": { "status": "A" } },
        doc! { "$redact": { "$cond": {
            "if": { "$eq": ["$level", 5] }, "then": "$$PRUNE", "else": "$$DESCEND",
        } } },
    ];
    assert!(same(&accounts, typed, page).await[0].cc.is_none());
}
