//! What fails, and what was done all the same.

use odmium::{
    Database,
    action::Write,
    bson::{Document as Bag, doc},
    options::{Acknowledgment, WriteConcern},
    prelude::*,
};
use odmium_tests::Recorder;

use super::{Entry, Item, ItemIndex, item, stocked};

// covers: M29, T21
#[odmium::test]
async fn an_error_keeps_position_operation_and_what_was_done(db: Database) -> odmium::Result<()> {
    let clash = |id| Item { sku: "sku1".into(), ..item(id, 1) };
    let writes = || {
        [
            Write::update_one(Item.id.eq(2), Item.qty.inc(1)),
            Write::insert(&clash(20)),
            Write::delete_one(Item.id.eq(3)),
            Write::insert(&item(21, 1)),
            Write::update_one(Item.id.eq(4), Item.sku.set("sku1")),
            Write::update_one(Item.id.eq(22), Item.sku.set("x")).upsert(true),
        ]
    };
    for (ordered, failed, done) in [(true, vec![1], (0, 1, 0, 0)), (false, vec![1, 4], (1, 1, 1, 1))] {
        let items = stocked(&db).await?;
        let error = items.bulk_write(writes()).ordered(ordered).await.unwrap_err();
        assert!(error.is_write() && error.is_duplicate_key(), "{error:?}");
        assert_eq!((error.code(), error.duplicate_key::<Item>()), (Some(11000), Some(ItemIndex::Sku)));
        let failures = error.write_failures();
        assert_eq!(failures.iter().map(|it| it.index).collect::<Vec<_>>(), failed);
        let first = failures[0].operation.as_ref().unwrap();
        assert_eq!(first.get_document("insert").unwrap().get_i32("_id").unwrap(), 20);
        if let [_, second] = failures {
            let update = second.operation.as_ref().unwrap().get_document("update").unwrap();
            assert_eq!(update, &doc! { "q": { "_id": 4 }, "u": { "$set": { "sku": "sku1" } } });
        }
        let partial = error.partial_result().unwrap();
        assert_eq!((partial.inserted, partial.matched, partial.deleted, partial.upserted), done);
        if !ordered {
            assert_eq!(partial.inserted_ids, [(3, 21.into())]);
            assert_eq!(partial.upserted_ids, [(5, 22.into())]);
        }
        let text = error.to_string();
        assert!(text.contains("write 1") && text.contains("sku_1"), "{text}");
        items.drop().await?;
    }
    Ok(())
}

// covers: M29
#[odmium::test]
async fn what_cannot_be_sent_is_found_before_anything_is(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let (entries, bags) = (db.collection::<Entry>(), db.collection_named::<Bag>("log"));
    let entry = |size| Entry { id: None, text: "x".into(), size };
    let error =
        entries.bulk_write([Write::insert(&entry(1)), Write::insert(&entry(u64::MAX))]).await.unwrap_err();
    assert_eq!(error.encode_error().map(|it| it.path()), Some("1.size"), "{error}");

    let large = doc! { "text": "x".repeat(17 << 20) };
    let cases = [
        (Write::insert(&large), "write 1 of the bulk write: it has 17"),
        (Write::insert(&doc! {}).upsert(true), "no option `upsert`"),
        (Write::delete_one(Filter::raw(doc! {})).array_filters([doc! {}]), "no option `array_filters`"),
        (Write::replace_one(Filter::raw(doc! {}), &doc! { "$set": { "a": 1 } }), "operator `$set`"),
        (Write::update_one(Filter::raw(doc! {}), odmium::Update::new()), "changes nothing"),
    ];
    for (write, expected) in cases {
        let error = bags.bulk_write([Write::insert(&doc! {}), write]).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(expected), "{error}");
    }
    let unanswered = WriteConcern::builder().w(Acknowledgment::Nodes(0)).build();
    let error = bags.bulk_write([Write::insert(&doc! {})]).write_concern(unanswered).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("w 0"), "{error}");
    assert_eq!(bags.bulk_write([]).await?.inserted, 0);
    assert!(sent.take().is_empty());
    Ok(())
}

// covers: M29
#[odmium::test]
async fn write_concern_errors_come_after_all_operations(db: Database) -> odmium::Result<()> {
    let items = stocked(&db).await?;
    let out_of_reach = WriteConcern::builder().w(Acknowledgment::Nodes(5)).build();
    let error = items
        .bulk_write([
            Write::insert(&item(6, 6)),
            Write::update_one(Item.id.eq(1), Item.qty.inc(1)),
            Write::delete_one(Item.id.eq(2)),
        ])
        .write_concern(out_of_reach)
        .await
        .unwrap_err();
    assert!(error.is_write() && error.write_failures().is_empty(), "{error:?}");
    let concerns: Vec<_> = error.write_concern_failures().iter().map(|it| it.code_name.as_str()).collect();
    assert_eq!(concerns, ["UnsatisfiableWriteConcern"; 3]);
    assert_eq!(error.code(), Some(100));
    let partial = error.partial_result().unwrap();
    assert_eq!((partial.inserted, partial.modified, partial.deleted), (1, 1, 1));
    Ok(())
}
