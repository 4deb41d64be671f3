//! Every option of every action reaches the server.

use std::time::Duration;

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    options::{Collation, CursorType, ReadConcern, ReadPreference, WriteConcern},
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "items")]
struct Item {
    id: Id<Item>,
    #[field(index)]
    name: String,
    qty: i32,
}

fn item(name: &str, qty: i32) -> Item {
    Item { id: Id::new(), name: name.into(), qty }
}

fn english() -> Collation {
    Collation::builder().locale("en").build()
}

// covers: M23
#[odmium::test]
async fn insert_sends_its_options(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>();
    let one = item("a", 1);
    let majority = WriteConcern::builder().w(odmium::options::Acknowledgment::Majority).build();
    items.insert(&one).bypass_document_validation(true).comment("why").write_concern(majority).await?;
    let command = sent.only();
    assert_eq!(command.get_str("insert").unwrap(), "items");
    assert_eq!(
        command.get_array("documents").unwrap(),
        &[doc! { "_id": one.id.object_id(), "name": "a", "qty": 1 }.into()]
    );
    assert!(command.get_bool("bypassDocumentValidation").unwrap());
    assert_eq!(command.get_str("comment").unwrap(), "why");
    assert_eq!(command.get_document("writeConcern").unwrap(), &doc! { "w": "majority" });
    Ok(())
}

// covers: M23
#[odmium::test]
async fn insert_many_gives_ids_in_order_and_stops_at_the_first_error(db: Database) -> odmium::Result<()> {
    let items = db.collection::<Item>();
    let list: Vec<Item> = (0..250).map(|qty| item("many", qty)).collect();
    let ids = items.insert_many(&list).await?;
    assert_eq!(ids, list.iter().map(|item| item.id).collect::<Vec<_>>());
    assert_eq!(items.count(Filter::everything()).await?, 250);

    let again = [item("new", 1), list[3].clone(), item("never", 2)];
    let error = items.insert_many(&again).await.unwrap_err();
    assert_eq!(error.write_failures().len(), 1);
    assert_eq!((error.write_failures()[0].index, error.code()), (1, Some(11000)));
    assert_eq!(error.duplicate_key::<Item>(), Some(ItemIndex::Id));
    assert_eq!(items.count(Item.name.is_in(["new", "never"])).await?, 1);
    let stored = error.partial_result().unwrap();
    assert_eq!(
        (stored.inserted, &stored.inserted_ids[..]),
        (1, &[(0, odmium::codec::encode_to_bson(&again[0].id).unwrap())][..])
    );

    let again = [list[0].clone(), item("fourth", 3), list[1].clone()];
    let error = items.insert_many(again.iter()).ordered(false).await.unwrap_err();
    let failed: Vec<usize> = error.write_failures().iter().map(|failure| failure.index).collect();
    assert_eq!(failed, [0, 2]);
    assert_eq!(items.count(Item.name.eq("fourth")).await?, 1);
    assert_eq!(
        error.partial_result().unwrap().inserted_ids,
        [(1, odmium::codec::encode_to_bson(&again[1].id).unwrap())]
    );

    assert_eq!(items.insert_many(Vec::<Item>::new()).await?, []);
    Ok(())
}

// covers: M23
#[odmium::test]
async fn insert_many_counts_positions_through_all_messages(db: Database) -> odmium::Result<()> {
    let rows = db.collection_named::<Document>("rows");
    let (recorded, sent) = Recorder::attach(&db).await?;
    let list = |failing: &[i32]| -> Vec<Document> {
        let failing = failing.to_vec();
        (0..60_000).map(|id| doc! { "_id": if failing.contains(&id) { -1 } else { id } }).collect()
    };
    rows.insert_many([doc! { "_id": -1 }]).await?;
    drop(sent.take());
    let error =
        recorded.collection_named::<Document>("rows").insert_many(list(&[30_000, 30_001])).await.unwrap_err();
    assert_eq!(sent.take().len(), 2);
    let indexes = |error: &odmium::Error| -> Vec<usize> {
        error.write_failures().iter().map(|failure| failure.index).collect()
    };
    assert_eq!(indexes(&error), [30_000]);
    assert_eq!(rows.count(Filter::everything()).await?, 30_001);

    rows.delete_many(Filter::raw(doc! { "_id": { "$gte": 0 } })).await?;
    let error = rows.insert_many(list(&[10, 30_000, 59_999])).ordered(false).await.unwrap_err();
    assert_eq!(indexes(&error), [10, 30_000, 59_999]);
    assert_eq!(rows.count(Filter::everything()).await?, 59_998);
    Ok(())
}

// covers: M23
#[odmium::test]
async fn insert_many_in_a_transaction_ends_with_the_message_that_failed(db: Database) -> odmium::Result<()> {
    let rows = db.collection_named::<Document>("rows");
    rows.insert_many([doc! { "_id": 10 }]).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let list: Vec<Document> = (0..30_000).map(|id| doc! { "_id": id }).collect();
    let mut session = recorded.client().start_session().await?;
    session.start_transaction().await?;
    drop(sent.take());
    let insert = recorded.collection_named::<Document>("rows").insert_many(&list);
    let error = insert.ordered(false).session(&mut session).await.unwrap_err();
    let inserts = sent.take().into_iter().filter(|command| command.contains_key("insert")).count();
    assert_eq!((inserts, error.code()), (1, Some(11000)), "{error}");
    assert_eq!(error.write_failures()[0].index, 10);
    // Else a block would be run again and again until its time is over.
    assert!(!error.has_label("TransientTransactionError"));
    let beyond = |id: &Bson| id.as_i32().is_some_and(|id| id >= 25_000);
    assert!(!error.partial_result().unwrap().inserted_ids.iter().any(|(_, id)| beyond(id)));
    session.abort_transaction().await?;
    assert_eq!(rows.count(Filter::everything()).await?, 1);
    Ok(())
}

// covers: M23
#[odmium::test]
async fn a_write_concern_that_is_not_met_does_not_end_insert_many(db: Database) -> odmium::Result<()> {
    let rows = db.collection_named::<Document>("rows");
    let list: Vec<Document> = (0..30_000).map(|id| doc! { "_id": id }).collect();
    // A set of one has no second member.
    let two = WriteConcern::builder().w(odmium::options::Acknowledgment::Nodes(2)).build();
    let error = rows.insert_many(&list).write_concern(two).await.unwrap_err();
    assert!(error.write_failures().is_empty(), "{error}");
    assert_eq!(error.partial_result().unwrap().inserted, 30_000);
    assert_eq!(rows.count(Filter::everything()).await?, 30_000);
    Ok(())
}

// covers: M24
#[odmium::test]
async fn find_sends_its_options(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>();
    items.sync_indexes().await?;
    drop(sent.take());
    let found = items
        .find(Item.qty.gt(1))
        .sort((Item.qty.desc(), Item.name.asc()))
        .skip(2)
        .limit(7)
        .batch_size(50)
        .hint(ItemIndex::Name)
        .collation(english())
        .max_time(Duration::from_secs(9))
        .comment(doc! { "by": "test" })
        .allow_disk_use(true)
        .allow_partial_results(true)
        .no_cursor_timeout(true)
        .let_vars(doc! { "x": 1 })
        .read_concern(ReadConcern::local())
        .min(doc! { "name": "a" })
        .max(doc! { "name": "z" })
        .await;
    // A collation that the hinted index does not have cannot go with min and max: the server is right to refuse.
    assert!(found.unwrap_err().is_command());
    let command = sent.only();
    assert_eq!(command.get_document("filter").unwrap(), &doc! { "qty": { "$gt": 1 } });
    assert_eq!(command.get_document("sort").unwrap(), &doc! { "qty": -1, "name": 1 });
    assert_eq!(command.get("skip"), Some(&Bson::Int64(2)));
    assert_eq!(command.get("limit"), Some(&Bson::Int64(7)));
    assert!(command.contains_key("batchSize") && command.contains_key("collation"), "{command}");
    assert_eq!(command.get_str("hint").unwrap(), "name_1");
    assert_eq!(command.get_document("comment").unwrap(), &doc! { "by": "test" });
    assert_eq!(command.get_document("min").unwrap(), &doc! { "name": "a" });
    assert_eq!(command.get_document("max").unwrap(), &doc! { "name": "z" });
    assert_eq!(command.get_document("let").unwrap(), &doc! { "x": 1 });
    assert_eq!(command.get_document("readConcern").unwrap(), &doc! { "level": "local" });
    for flag in ["allowDiskUse", "allowPartialResults", "noCursorTimeout"] {
        assert_eq!(command.get(flag), Some(&Bson::Boolean(true)), "{flag}");
    }
    assert!(command.contains_key("maxTimeMS"));
    Ok(())
}

// covers: M24
#[odmium::test]
async fn what_stands_in_an_index_is_read_as_raw_rows(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>();
    items.sync_indexes().await?;
    items.insert_many([item("a", 1), item("b", 2), item("c", 3)]).await?;
    drop(sent.take());
    let keys: Vec<Document> =
        items.find(Item.name.gte("b")).hint(ItemIndex::Name).sort(Item.name.asc()).return_key().await?;
    assert_eq!(keys, [doc! { "name": "b" }, doc! { "name": "c" }]);
    assert!(sent.only().get_bool("returnKey").unwrap());
    // Without an index there is nothing.
    assert_eq!(items.find(Item.qty.eq(1)).return_key::<Document>().await?, [doc! {}]);
    drop(sent.take());

    #[derive(Embedded, Debug, PartialEq)]
    struct Key {
        name: String,
    }
    let key: Option<Key> = items.find_one(Item.name.eq("a")).hint(ItemIndex::Name).return_key().await?;
    assert_eq!(key, Some(Key { name: "a".into() }));

    // The bounds of the index: from the first one on, up to before the second one.
    let within = items.find(Filter::everything()).hint(ItemIndex::Name);
    let within = within.min(doc! { "name": "b" }).max(doc! { "name": "c" }).await?;
    assert_eq!(within.iter().map(|item| item.qty).collect::<Vec<_>>(), [2]);
    Ok(())
}

// covers: M24
#[odmium::test]
async fn documents_come_with_their_numbers(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Strict>();
    let list: Vec<_> = (0..300).map(|qty| Strict { id: qty, qty }).collect();
    items.insert_many(&list).await?;
    drop(sent.take());
    let found =
        items.find(Filter::everything()).sort(Strict.id.asc()).batch_size(100).show_record_id().await?;
    assert_eq!(found.iter().map(|(item, _)| item.clone()).collect::<Vec<_>>(), list);
    assert!(found.windows(2).all(|pair| pair[0].1 < pair[1].1), "{found:?}");
    assert!(sent.take()[0].get_bool("showRecordId").unwrap());
    let first = items.find_one(Strict.id.eq(7)).show_record_id().await?;
    assert_eq!(first, Some((list[7].clone(), found[7].1)));
    let selected = items.find(Strict.id.eq(7)).select(Strict.qty).show_record_id().await?;
    assert_eq!(selected, [(7, found[7].1)]);
    Ok(())
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "strict", deny_unknown)]
struct Strict {
    id: i32,
    qty: i32,
}

// covers: M24
#[odmium::test]
async fn a_single_batch_leaves_no_cursor(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Strict>();
    items.insert_many((0..10).map(|qty| Strict { id: qty, qty })).await?;
    drop(sent.take());
    let cursor = items.find(Filter::everything()).single_batch(4).cursor().await?;
    let command = sent.only();
    assert_eq!(command.get("limit"), Some(&Bson::Int64(4)));
    assert_eq!(command.get("singleBatch"), Some(&Bson::Boolean(true)));
    assert!(cursor.id().is_none());
    assert_eq!(cursor.collect().await?.len(), 4);
    drop(sent.take());

    let capped = items.find(Filter::everything()).cursor_type(CursorType::TailableAwait);
    // The collection is not capped: that the server says so tells that it was asked.
    assert!(capped.max_await_time(Duration::from_millis(20)).cursor().await.unwrap_err().is_command());
    let command = sent.only();
    assert!(command.get_bool("tailable").unwrap() && command.get_bool("awaitData").unwrap());
    let secondary = ReadPreference::SecondaryPreferred { options: None };
    items.find(Filter::everything()).selection_criteria(secondary).hint(doc! { "$natural": -1 }).await?;
    let command = sent.only();
    assert_eq!(command.get_document("hint").unwrap(), &doc! { "$natural": -1 });
    Ok(())
}

// covers: M25
#[odmium::test]
async fn one_document_is_read_by_a_single_reply(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>();
    let list = [item("a", 1), item("b", 2), item("c", 3)];
    items.insert_many(&list).await?;
    drop(sent.take());
    assert_eq!(items.find(Item.qty.gt(1)).sort(Item.qty.desc()).first().await?.as_ref(), Some(&list[2]));
    let command = sent.only();
    assert_eq!(
        (command.get("limit"), command.get("singleBatch")),
        (Some(&Bson::Int64(1)), Some(&Bson::Boolean(true)))
    );
    assert_eq!(
        items.get(list[1].id).comment("c").max_time(Duration::from_secs(5)).await?.as_ref(),
        Some(&list[1])
    );
    assert_eq!(sent.only().get_document("filter").unwrap(), &doc! { "_id": list[1].id.object_id() });
    assert_eq!(items.get(Id::<Item>::new()).await?, None);
    assert_eq!(items.find(Item.qty.eq(3)).one().await?, list[2]);
    assert!(items.find(Item.qty.eq(9)).one().await.unwrap_err().to_string().contains("no document"));
    assert!(items.find(Item.qty.gt(1)).one().await.unwrap_err().to_string().contains("several"));
    Ok(())
}

// covers: M27
#[odmium::test]
async fn updates_and_replacements_send_their_options(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>();
    let result = items
        .update_many(Item.name.eq("x"), Item.qty.set(5))
        .upsert(true)
        .hint(doc! { "_id": 1 })
        .collation(english())
        .let_vars(doc! { "v": 1 })
        .comment("c")
        .bypass_document_validation(true)
        .await?;
    assert!(result.upserted_id.is_some() && result.matched == 0);
    let command = sent.only();
    let update = command.get_array("updates").unwrap()[0].as_document().unwrap();
    assert_eq!(update.get_document("u").unwrap(), &doc! { "$set": { "qty": 5 } });
    for key in ["upsert", "multi", "hint", "collation"] {
        assert!(update.contains_key(key), "{key}");
    }
    for key in ["let", "comment", "bypassDocumentValidation"] {
        assert!(command.contains_key(key), "{key}");
    }
    let id = result.upserted_id.unwrap();
    let new = Item { id, name: "y".into(), qty: 6 };
    let result =
        items.replace_one(Item.id.eq(id), &new).comment("c").hint("_id_").collation(english()).await?;
    assert_eq!((result.matched, result.modified, result.upserted_id), (1, 1, None));
    assert_eq!(items.get(id).await?, Some(new.clone()));
    let other = Item { id: Id::new(), ..new.clone() };
    assert!(items.replace_one(Item.id.eq(id), &other).await.unwrap_err().is_write());
    let result = items.replace_one(Item.id.eq(other.id), &other).upsert(true).await?;
    assert_eq!(result.upserted_id, Some(other.id));
    let raw = odmium::update::Update::raw(doc! { "$mul": { "qty": 2 } });
    assert_eq!(items.update_one(Item.id.eq(id), raw).await?.modified, 1);
    assert_eq!(items.get(id).await?.unwrap().qty, 12);
    // `sort` of an update needs server 8.0, older ones refuse it: either way it was sent.
    drop(sent.take());
    let _ = items.update_one(Item.qty.gt(0), Item.qty.inc(1)).sort(Item.qty.asc()).await;
    let command = sent.only();
    assert!(command.get_array("updates").unwrap()[0].as_document().unwrap().contains_key("sort"));
    Ok(())
}

// covers: M26
#[odmium::test]
async fn find_one_and_update_gives_before_or_after(db: Database) -> odmium::Result<()> {
    let items = db.collection::<Item>();
    let list = [item("a", 1), item("b", 2)];
    items.insert_many(&list).await?;
    let before = items.find_one_and_update(Item.qty.gt(0), Item.qty.inc(10)).sort(Item.qty.desc()).await?;
    assert_eq!(before, Some(list[1].clone()));
    let after = items.find_one_and_update(Item.id.eq(list[0].id), Item.qty.inc(10)).return_new().await?;
    assert_eq!(after.unwrap().qty, 11);
    assert_eq!(items.find_one_and_update(Item.name.eq("none"), Item.qty.inc(1)).await?, None);
    let upserted = items
        .find_one_and_update(Item.name.eq("z"), Item.qty.inc(3))
        .upsert(true)
        .return_new()
        .max_time(Duration::from_secs(5))
        .comment("c")
        .collation(english())
        .await?;
    assert_eq!(upserted.map(|item| (item.name, item.qty)), Some(("z".to_owned(), 3)));
    Ok(())
}

// covers: M28, M30
#[odmium::test]
async fn deletes_and_counts(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let items = recorded.collection::<Item>();
    items.insert_many((0..10).map(|qty| item("d", qty))).await?;
    assert_eq!(items.count(Item.qty.gte(4)).skip(1).limit(3).await?, 3);
    assert_eq!(items.estimated_count().max_time(Duration::from_secs(5)).comment("c").await?, 10);
    drop(sent.take());
    let deleted = items.delete_one(Item.qty.gte(8)).hint("_id_").collation(english()).comment("c").await?;
    assert_eq!(deleted, 1);
    let command = sent.only();
    let delete = command.get_array("deletes").unwrap()[0].as_document().unwrap();
    assert_eq!(delete.get("limit"), Some(&Bson::Int32(1)));
    assert!(
        delete.contains_key("hint") && delete.contains_key("collation") && command.contains_key("comment")
    );
    assert_eq!(items.delete_many(Item.qty.lt(5)).let_vars(doc! { "a": 1 }).await?, 5);
    assert_eq!(items.delete_many(Filter::nothing()).await?, 0);
    assert_eq!(items.delete_all().await?, 4);
    items.drop().await?;
    items.drop().await?;
    Ok(())
}
