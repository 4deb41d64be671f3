//! Types of other crates, and fields without a model.

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    expr::{Expr, TimeUnit, now},
    path::Field,
    prelude::*,
    update::UpdatePipeline,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "bills")]
struct Bill {
    id: i32,
    price: rust_decimal::Decimal,
    total: rust_decimal::Decimal,
    at: chrono::DateTime<chrono::Utc>,
    due: Option<chrono::DateTime<chrono::Utc>>,
    seen: jiff::Timestamp,
    #[field(as = i64)]
    count: u64,
    name: Box<str>,
    marks: std::collections::BTreeSet<i32>,
    apart: i64,
    spare: Vec<Option<i32>>,
}

#[odmium::test]
async fn fields_of_types_of_other_crates_are_computed_and_set(db: Database) -> odmium::Result<()> {
    let at = chrono::DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
    let bill = Bill {
        id: 1,
        price: "1.50".parse().unwrap(),
        total: 0.into(),
        at,
        due: None,
        seen: jiff::Timestamp::from_millisecond(1_700_000_000_000).unwrap(),
        count: 3,
        name: "a".into(),
        marks: [2, 1].into(),
        apart: 0,
        spare: vec![],
    };
    let bills = db.collection::<Bill>();
    bills.insert(&bill).await?;
    let update = UpdatePipeline::new()
        .set(Bill.total, Bill.price * Bill.count)
        .set(Bill.due, Bill.at.expr().date_add(TimeUnit::Second, 1).date_trunc(TimeUnit::Second))
        .set(Bill.apart, Bill.at - Bill.at + (Bill.at.expr() - at))
        .set(Bill.name, Bill.name.expr().concat("b"))
        .set(Bill.marks, Bill.marks.expr().map(|mark| mark + 10))
        .set(Bill.spare, Bill.marks.expr().sort_desc());
    let seen = Bill.seen.expr().lt(now()) & Bill.at.expr().lt(now()) & Bill.price.expr().gt(Bill.id);
    bills.update_one(seen.into(), update).await?;
    let expected = Bill {
        total: "4.50".parse().unwrap(),
        due: chrono::DateTime::from_timestamp_millis(1_700_000_001_000),
        name: "ab".into(),
        marks: [12, 11].into(),
        spare: vec![Some(12), Some(11)],
        ..bill
    };
    assert_eq!(bills.find(Filter::everything()).one().await?, expected);
    Ok(())
}

// covers: T24
#[odmium::test]
async fn fields_without_a_model_are_of_any_type(db: Database) -> odmium::Result<()> {
    let any = db.collection_named::<Document>("any");
    any.insert_many([doc! { "_id": 1, "a": 1 }, doc! { "_id": 2, "a": 2.5 }, doc! { "_id": 3 }]).await?;
    let a = || Field::<Document, Bson>::raw("a");
    let double: Expr<Document, Bson> = a() * 2;
    assert_eq!(any.count(Filter::expr(double.clone().gt(2))).await?, 1);
    any.update_many(
        Filter::everything(),
        UpdatePipeline::new().set(Field::<Document, Bson>::raw("b"), double),
    )
    .await?;
    let b: Vec<_> = any.find(Filter::everything()).await?.iter().map(|it| it.get("b").cloned()).collect();
    assert_eq!(b, [Some(Bson::Int32(2)), Some(Bson::Double(5.0)), Some(Bson::Null)]);
    Ok(())
}
