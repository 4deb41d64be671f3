//! Running a pipeline: options, cursors, sessions, explanations.

use std::time::Duration;

use odmium::{
    Database,
    bson::doc,
    dev,
    expr::variable,
    options::{Collation, ReadConcern},
    prelude::*,
};
use odmium_tests::Recorder;

use super::{Order, fill};

// covers: T10
#[odmium::test]
async fn options_are_sent(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let (db, recorder) = Recorder::attach(&db).await?;
    let dear = Filter::expr(Order.total.expr().gt(variable::<_, i32>("least")));
    let found = db
        .collection::<Order>()
        .aggregate()
        .filter(dear)
        .allow_disk_use(true)
        .batch_size(7)
        .hint("_id_")
        .collation(Collation::builder().locale("en").build())
        .max_time(Duration::from_secs(9))
        .comment("why")
        .let_vars(doc! { "least": 30 })
        .bypass_document_validation(true)
        .read_concern(ReadConcern::local())
        .count()
        .await?;
    assert_eq!(found, [(2,)]);
    let mut command = recorder.only();
    for (key, value) in doc! {
        "aggregate": "orders", "allowDiskUse": true, "hint": "_id_", "maxTimeMS": 9000, "comment": "why",
        "let": { "least": 30 }, "bypassDocumentValidation": true, "cursor": { "batchSize": 7 },
        "collation": { "locale": "en" }, "readConcern": { "level": "local" },
        "pipeline": [{ "$match": { "$expr": { "$gt": ["$total", "$$least"] } } }, { "$count": "_0" }],
    } {
        assert_eq!(command.remove(&key), Some(value), "{key}");
    }
    Ok(())
}

// covers: T10
#[odmium::test]
async fn batches_sessions_and_transactions(db: Database) -> odmium::Result<()> {
    let orders = fill(&db).await?;
    let mut cursor = orders.aggregate().sort(Order.id.desc()).batch_size(2).cursor().await?;
    let mut ids = Vec::new();
    while let Some(order) = cursor.try_next().await? {
        ids.push(order.id);
    }
    assert_eq!(ids, [5, 4, 3, 2, 1]);
    assert_eq!(orders.aggregate().sort(Order.id.asc()).first().await?.unwrap().id, 1);
    assert_eq!(orders.aggregate().filter(Order.id.eq(9)).first().await?, None);

    let client = dev::client().await?;
    let orders = client.database(db.name()).collection::<Order>();
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    orders.delete_one(Order.id.eq(1)).session(&mut session).await?;
    let inside = orders.aggregate().session(&mut session).batch_size(1).sort(Order.id.asc()).await?;
    assert_eq!((inside.len(), orders.aggregate().await?.len()), (4, 5));
    session.abort_transaction().await?;
    Ok(())
}

// covers: T10, M31
#[odmium::test]
async fn a_pipeline_is_explained(db: Database) -> odmium::Result<()> {
    let orders = fill(&db).await?;
    let plan =
        orders.aggregate().filter(Order.id.eq(1)).group_by(Order.city, |g| (g.count(),)).explain().await?;
    assert!(plan.uses_index("_id_") && !plan.is_collection_scan(), "{plan}");
    let plan = orders.aggregate().filter(Order.total.eq(1)).explain().await?;
    assert!(plan.is_collection_scan(), "{plan}");
    Ok(())
}

#[odmium::test]
async fn a_document_that_does_not_fit_is_an_error(db: Database) -> odmium::Result<()> {
    let orders = fill(&db).await?;
    let error = orders
        .aggregate()
        .raw_stage::<(i32, String)>(doc! { "$project": { "_0": "$total" } })
        .await
        .unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("_1"), "{error}");
    let error = orders.aggregate().raw_stage::<(i32,)>(doc! { "$project": { "x": 1 } }).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    Ok(())
}
