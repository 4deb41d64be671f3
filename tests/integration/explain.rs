//! Explanations: which index, how much work, for every operation that has one.

use odmium::{
    Database,
    bson::doc,
    dev,
    explain::{Explanation, Verbosity},
    options::{Collation, ReadConcern, ReadPreference, SelectionCriteria},
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", index(age, name))]
struct User {
    id: i32,
    name: String,
    age: i32,
    city: String,
}

async fn fill(db: &Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.sync_indexes().await?;
    let all =
        (0..50).map(|id| User { id, name: format!("n{id}"), age: id % 10, city: format!("c{}", id % 5) });
    users.insert_many(all).await.map(drop)
}

// covers: M31
#[odmium::test]
async fn an_explanation_tells_index_and_work(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let users = db.collection::<User>();
    let (by_age, by_city) = (|| User.age.gte(8), || User.city.eq("c1"));
    type Expected = (&'static [&'static str], u64, u64, u64, u64);
    let cases: Vec<(&str, Explanation, Expected)> = vec![
        ("find by index", users.find(by_age()).explain().await?, (&["age_1_name_1"], 10, 10, 10, 0)),
        ("find by id", users.find(User.id.eq(1)).explain().await?, (&["_id_"], 1, 1, 1, 0)),
        (
            "covered selection",
            users.find(by_age()).select((User.age, User.name)).explain().await?,
            (&["age_1_name_1"], 10, 0, 10, 0),
        ),
        ("find by scan", users.find(by_city()).explain().await?, (&[], 0, 50, 10, 0)),
        ("limit", users.find(by_age()).limit(3).explain().await?, (&["age_1_name_1"], 3, 3, 3, 0)),
        ("count", users.count(by_age()).explain().await?, (&["age_1_name_1"], 11, 0, 10, 0)),
        (
            "update one",
            users.update_one(by_age(), User.city.set("x")).explain().await?,
            (&["age_1_name_1"], 1, 1, 0, 1),
        ),
        (
            "update many",
            users.update_many(by_city(), User.city.set("x")).explain().await?,
            (&[], 0, 50, 0, 10),
        ),
        (
            "upsert",
            users.update_one(User.id.eq(99), User.city.set("x")).upsert(true).explain().await?,
            (&["_id_"], 0, 0, 0, 1),
        ),
        ("delete one", users.delete_one(by_age()).explain().await?, (&["age_1_name_1"], 1, 1, 0, 1)),
        ("delete many", users.delete_many(by_city()).explain().await?, (&[], 0, 50, 0, 10)),
    ];
    for (case, plan, (indexes, keys, documents, returned, changes)) in cases {
        assert_eq!(plan.indexes().collect::<Vec<_>>(), indexes, "{case}: {plan}");
        assert_eq!(plan.is_collection_scan(), indexes.is_empty(), "{case}: {plan}");
        assert_eq!(
            (plan.keys_examined(), plan.documents_examined()),
            (Some(keys), Some(documents)),
            "{case}: {plan}"
        );
        assert_eq!(plan.would_change(), Some(changes), "{case}: {plan}");
        if changes == 0 {
            assert_eq!(plan.returned(), Some(returned), "{case}: {plan}");
        }
        assert!(plan.time().is_some() && plan.raw().contains_key("serverInfo"), "{case}: {plan}");
        assert!(
            plan.to_string().contains(".users") && plan.to_string().contains("examined"),
            "{case}: {plan}"
        );
    }
    assert_eq!(users.count(Filter::everything()).await?, 50, "nothing was changed");
    assert_eq!(users.count(User.city.eq("x")).await?, 0);
    Ok(())
}

// covers: M31, T15
#[odmium::test]
async fn predicates_know_indexes_sorts_and_verbosity(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let users = db.collection::<User>();
    let plan = users.find(User.age.eq(1)).sort(User.name.asc()).explain().await?;
    assert!(plan.uses_index(UserIndex::AgeName) && plan.uses_index("age_1_name_1"), "{plan}");
    assert!(plan.uses_index(doc! { "age": 1, "name": 1 }) && !plan.uses_index(doc! { "age": 1 }), "{plan}");
    assert!(!plan.uses_index(UserIndex::Id) && !plan.sorts_in_memory(), "{plan}");
    assert_eq!(plan.stages(), ["FETCH", "IXSCAN"]);
    let text = plan.to_string();
    assert!(
        text.contains("IXSCAN > FETCH\n  index     age_1_name_1\n  examined  5 keys, 5 documents"),
        "{text}"
    );

    let plan = users.find(User.age.eq(1)).sort(User.city.asc()).hint(UserIndex::AgeName).explain().await?;
    assert!(plan.sorts_in_memory() && plan.uses_index(UserIndex::AgeName), "{plan}");
    let plan = users.find(User.age.eq(1)).explain().verbosity(Verbosity::QueryPlanner).await?;
    assert_eq!((plan.returned(), plan.keys_examined(), plan.time()), (None, None, None));
    assert!(plan.uses_index(UserIndex::AgeName) && !plan.to_string().contains("examined"), "{plan}");
    let plan = users.find(User.age.eq(1)).explain().verbosity(Verbosity::AllPlansExecution).await?;
    assert_eq!(plan.returned(), Some(5));
    assert!(plan.raw().get_document("executionStats").unwrap().contains_key("allPlansExecution"));
    Ok(())
}

// covers: M31
#[odmium::test]
async fn options_are_those_of_the_operation(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let users = recorded.collection::<User>();
    let collation = Collation::builder().locale("en").build();
    users
        .find(User.age.gt(1))
        .sort(User.age.desc())
        .skip(1)
        .limit(2)
        .collation(collation)
        .max_time(std::time::Duration::from_secs(5))
        .read_concern(ReadConcern::local())
        .selection_criteria(SelectionCriteria::ReadPreference(ReadPreference::Nearest { options: None }))
        .explain()
        .await?;
    let mut command = sent.only();
    assert_eq!(command.remove("$readPreference"), Some(doc! { "mode": "nearest" }.into()));
    assert_eq!(
        command,
        doc! {
            "explain": {
                "find": "users", "filter": { "age": { "$gt": 1 } }, "limit": 2_i64, "skip": 1_i64,
                "sort": { "age": -1 }, "collation": { "locale": "en" },
            },
            "verbosity": "executionStats", "maxTimeMS": 5000_i64, "readConcern": { "level": "local" },
        },
    );
    users.update_one(User.age.gt(1), User.age.inc(1)).hint("age_1_name_1").comment("why").explain().await?;
    assert_eq!(
        sent.only().get_document("explain").unwrap(),
        &doc! {
            "update": "users", "comment": "why", "updates": [{
                "q": { "age": { "$gt": 1 } }, "u": { "$inc": { "age": 1 } }, "multi": false, "hint": "age_1_name_1",
            }],
        },
    );
    let client = dev::client().await?;
    let users = client.database(db.name()).collection::<User>();
    let mut session = client.start_session().await?;
    let plan = users.find(User.id.eq(1)).session(&mut session).explain().await?;
    assert_eq!(plan.returned(), Some(1));
    let error = users.find(Filter::raw(doc! { "$nope": 1 })).explain().await.unwrap_err();
    assert!(error.is_command(), "{error}");
    Ok(())
}

// covers: T9
#[odmium::test]
async fn a_page_is_read_by_its_index_without_a_sort(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let users = recorded.collection::<User>();
    let all =
        (0..2000).map(|id| User { id, name: format!("n{}", id % 100), age: id % 10, city: String::new() });
    users.insert_many(all).await?;
    let order = || (User.age.asc(), User.name.asc(), User.id.asc());
    db.run_command(doc! { "createIndexes": "users", "indexes": [
        { "key": { "age": 1, "name": 1, "_id": 1 }, "name": "pages" }
    ] })
    .await?;
    let page = users.find(Filter::everything()).sort(order()).page(20).await?;
    drop(sent.take());
    users.find(Filter::everything()).sort(order()).page(20).after(&page.next).await?;
    let filter = sent.only().get_document("filter").unwrap().clone();
    let plan = users.find(Filter::raw(filter)).sort(order()).limit(21).explain().await?;
    assert!(plan.uses_index("pages") && !plan.sorts_in_memory() && !plan.is_collection_scan(), "{plan}");
    assert!(plan.documents_examined() < Some(100) && plan.keys_examined() < Some(100), "{plan}");
    Ok(())
}
