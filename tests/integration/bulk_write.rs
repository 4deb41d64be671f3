//! Bulk writes: every kind, both orders, transactions, several collections.

mod errors;
mod limits;

use odmium::{
    Client, Collection, Database,
    action::Write,
    bson::{Bson, Document as Bag, doc, oid::ObjectId},
    dev,
    options::{Acknowledgment, Collation, WriteConcern},
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "stock")]
struct Item {
    id: i32,
    #[field(index(unique))]
    sku: String,
    qty: i32,
    parts: Vec<Part>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Part {
    name: String,
    count: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "log")]
struct Entry {
    id: Option<ObjectId>,
    text: String,
    #[field(as = i64)]
    size: u64,
}

fn item(id: i32, qty: i32) -> Item {
    let part = |name: &str, count| Part { name: name.into(), count };
    Item { id, sku: format!("sku{id}"), qty, parts: vec![part("a", 1), part("b", 2)] }
}

fn german() -> Collation {
    Collation::builder().locale("de").build()
}

/// Writes of every kind on five items, and the items that are there afterwards.
fn writes() -> Vec<Write<Item>> {
    vec![
        Write::insert(&item(6, 6)),
        Write::insert(&item(7, 7)),
        Write::update_one(Item.id.eq(1), Item.qty.inc(10)),
        Write::update_many(Item.id.is_in([1, 2]), Item.qty.inc(1)),
        Write::update_one(
            Item.id.eq(3),
            Item.parts.update_where(Part.name.eq("b"), |part| part.count.set(20)),
        ),
        Write::update_one(Item.id.eq(3), odmium::Update::raw(doc! { "$set": { "parts.$[x].count": 10 } }))
            .array_filters([doc! { "x.name": "a" }]),
        Write::update_one(
            Item.id.eq(4),
            odmium::Update::raw_pipeline([doc! { "$set": { "qty": { "$add": ["$qty", "$_id"] } } }]),
        ),
        Write::update_one(Item.sku.eq("SKU5"), Item.qty.set(55)).collation(
            Collation::builder().locale("en").strength(odmium::options::CollationStrength::Primary).build(),
        ),
        Write::update_one(
            Item.id.eq(9),
            (Item.sku.set("new"), Item.qty.set(9), Item.parts.set(Vec::<Part>::new())),
        )
        .upsert(true),
        Write::replace_one(Item.id.eq(2), &Item { parts: vec![], ..item(2, 200) }).hint("_id_"),
        Write::replace_one(Item.id.eq(8), &item(8, 8)).upsert(true),
        Write::delete_one(Item.qty.eq(6)).hint(ItemIndex::Id),
        Write::delete_many(Item.qty.gte(1000)).collation(german()),
        Write::insert(&item(10, 10)),
    ]
}

async fn stocked(db: &Database) -> odmium::Result<Collection<Item>> {
    let items = db.collection::<Item>();
    items.sync_indexes().await?;
    items.insert_many((1..=5).map(|id| item(id, id))).await?;
    Ok(items)
}

fn names(commands: &[Bag]) -> Vec<&str> {
    commands.iter().filter_map(|command| command.keys().next().map(String::as_str)).collect()
}

// covers: M29, T21, X5
#[odmium::test]
async fn writes_of_every_kind_share_messages(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    for (ordered, expected) in [
        (true, ["insert", "update", "delete", "insert"].as_slice()),
        (false, ["insert", "update", "update", "delete", "delete"].as_slice()),
    ] {
        let items = stocked(&recorded).await?;
        drop(sent.take());
        let result = items.bulk_write(writes()).ordered(ordered).await?;
        assert_eq!(names(&sent.take()), expected);
        assert_eq!((result.inserted, result.deleted, result.upserted), (3, 1, 2), "{result:?}");
        assert_eq!((result.matched, result.modified), (8, 8), "{result:?}");
        assert_eq!(result.inserted_ids, [(0, 6), (1, 7), (13, 10)]);
        assert_eq!(result.upserted_ids, [(8, 9), (10, 8)]);

        let all = items.find(Filter::everything()).sort(Item.id.asc()).await?;
        let quantities: Vec<_> = all.iter().map(|item| (item.id, item.qty)).collect();
        let second = if ordered { 200 } else { 201 };
        assert_eq!(
            quantities,
            [(1, 12), (2, second), (3, 3), (4, 8), (5, 55), (7, 7), (8, 8), (9, 9), (10, 10)]
        );
        let counts: Vec<_> = all[2].parts.iter().map(|part| part.count).collect();
        assert_eq!((counts, all[1].parts.len()), (vec![10, 20], 0));
        items.drop().await?;
    }
    Ok(())
}

// covers: M29
#[odmium::test]
async fn statements_and_options_are_sent_as_given(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>();
    let majority = WriteConcern::builder().w(Acknowledgment::Majority).build();
    items
        .bulk_write([
            Write::update_one(
                Item.id.eq(1),
                Item.parts.update_where(Part.name.eq("b"), |it| it.count.inc(1)),
            )
            .upsert(false)
            .hint(doc! { "_id": 1 })
            .collation(german()),
            Write::replace_one(Item.id.eq(2), &Item { parts: vec![], ..item(2, 2) }),
        ])
        .and(Write::delete_many(Item.qty.gt(1)))
        .and(Write::delete_one(Item.qty.gt(2)).hint("_id_"))
        .bypass_document_validation(true)
        .comment("why")
        .let_vars(doc! { "v": 1 })
        .write_concern(majority)
        .await?;
    let mut commands = sent.take();
    for command in &mut commands {
        for (key, value) in
            [("ordered", Bson::from(true)), ("comment", "why".into()), ("let", doc! { "v": 1 }.into())]
        {
            assert_eq!(command.get(key), Some(&value), "{key}");
        }
        assert_eq!(command.get_document("writeConcern").unwrap(), &doc! { "w": "majority" });
    }
    assert!(commands[0].get_bool("bypassDocumentValidation").unwrap());
    assert_eq!(
        commands[0].get_array("updates").unwrap(),
        &[
            doc! {
                "q": { "_id": 1 }, "u": { "$inc": { "parts.$[f0].count": 1 } }, "upsert": false,
                "arrayFilters": [{ "f0.name": "b" }], "hint": { "_id": 1 }, "collation": { "locale": "de" },
            }
            .into(),
            doc! { "q": { "_id": 2 }, "u": { "_id": 2, "sku": "sku2", "qty": 2, "parts": [] } }.into(),
        ]
    );
    assert_eq!(
        commands[1].get_array("deletes").unwrap(),
        &[
            doc! { "q": { "qty": { "$gt": 1 } }, "limit": 0 }.into(),
            doc! { "q": { "qty": { "$gt": 2 } }, "limit": 1, "hint": "_id_" }.into(),
        ]
    );
    Ok(())
}

// covers: M29
#[odmium::test]
async fn ids_are_made_and_given_back(db: Database) -> odmium::Result<()> {
    let entries = db.collection::<Entry>();
    let entry = |text: &str| Entry { id: None, text: text.into(), size: 1 };
    let result = entries
        .bulk_write([
            Write::insert(&entry("a")),
            Write::update_one(Entry.text.eq("b"), Entry.size.set(2)).upsert(true),
            Write::insert(&entry("c")),
        ])
        .await?;
    for ((index, id), text) in result.inserted_ids.iter().chain(&result.upserted_ids).zip(["a", "c", "b"]) {
        assert_eq!(entries.get(*id).await?.unwrap().text, text, "{index}");
    }
    Ok(())
}

// covers: M29
#[odmium::test]
async fn in_a_transaction_nothing_is_sent_after_a_failure(db: Database) -> odmium::Result<()> {
    let items = stocked(&db).await?;
    let mut session = db.client().start_session().await?;
    session.start_transaction().await?;
    let writes = [Write::insert(&item(1, 1)), Write::delete_one(Item.id.eq(2))];
    let error = items.bulk_write(writes).ordered(false).session(&mut session).await.unwrap_err();
    assert_eq!(error.write_failures().len(), 1, "{error}");
    // Else a block would be run again and again until its time is over.
    assert!(!error.has_label("TransientTransactionError"), "{error}");
    session.abort_transaction().await
}

// covers: M29
#[odmium::test]
async fn in_a_transaction_all_or_nothing_is_written(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let db = client.database(db.name()).inner().client().database_with_options(
        db.name(),
        odmium::options::DatabaseOptions::builder()
            .write_concern(WriteConcern::builder().w(Acknowledgment::Majority).build())
            .build(),
    );
    let items = stocked(&db.into()).await?;
    let before = items.find(Filter::everything()).await?;
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    items.bulk_write(writes()).session(&mut session).await?;
    session.abort_transaction().await?;
    assert_eq!(items.find(Filter::everything()).await?, before);
    session.start_transaction().await?;
    items.bulk_write(writes()).session(&mut session).await?;
    items.bulk_write([Write::delete_one(Item.id.eq(1))]).ordered(false).session(&mut session).await?;
    assert_eq!(items.count(Item.id.eq(7)).await?, 0, "nothing is visible before the commit");
    session.commit_transaction().await?;
    assert_eq!(items.count(Filter::everything()).await?, 8);
    // The session goes on as a plain one.
    let result =
        items.bulk_write([Write::update_many(Item.id.lt(4), Item.qty.set(0))]).session(&mut session).await?;
    assert_eq!(result.modified, 2);
    items.insert(&item(30, 1)).session(&mut session).await?;
    Ok(())
}

// covers: M29, T21
#[odmium::test]
async fn several_collections_share_one_bulk_write(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let client = Client::from(recorded.inner().client().clone());
    for (ordered, expected) in [
        (true, ["insert", "update", "insert", "update", "insert"].as_slice()),
        (false, ["insert", "update", "insert", "update"].as_slice()),
    ] {
        let items = stocked(&recorded).await?;
        let entries = recorded.collection::<Entry>();
        let entry = |text: &str| Entry { id: Some(ObjectId::new()), text: text.into(), size: 1 };
        drop(sent.take());
        let result = client
            .bulk_write()
            .to(&items, [Write::insert(&item(6, 6)), Write::update_one(Item.id.eq(1), Item.qty.inc(1))])
            .to(
                &entries,
                [Write::insert(&entry("a")), Write::update_many(Entry.text.eq("none"), Entry.size.set(1))],
            )
            .to(&items, [Write::insert(&item(7, 7))])
            .ordered(ordered)
            .await?;
        assert_eq!(names(&sent.take()), expected);
        assert_eq!((result.inserted, result.matched), (3, 1));
        assert_eq!(result.inserted_ids.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 2, 4]);
        let error = client
            .bulk_write()
            .to(&items, [Write::delete_one(Item.id.eq(7))])
            .to(&entries, [Write::insert(&Entry { size: u64::MAX, ..entry("b") })])
            .await
            .unwrap_err();
        assert_eq!(error.encode_error().map(|it| it.path()), Some("1.size"));
        recorded.drop().await?;
    }
    Ok(())
}

// covers: M29, T21
#[odmium::test]
async fn one_command_for_all_is_for_newer_servers(db: Database) -> odmium::Result<()> {
    let client = db.client();
    let (items, entries) = (db.collection::<Item>(), db.collection::<Entry>());
    let entry = Entry { id: None, text: "a".into(), size: 1 };
    let bulk =
        || client.bulk_write().to(&items, [Write::insert(&item(1, 1))]).to(&entries, [Write::insert(&entry)]);
    let version = client.server_info().await?.version_numbers;
    let result = bulk().one_command(true).await;
    if version[0] >= 8 {
        assert_eq!(result?.inserted, 2);
    } else {
        let error = result.unwrap_err();
        assert!(error.is_argument() && error.to_string().ends_with("leave `one_command` out"), "{error}");
        assert_eq!(bulk().await?.inserted, 2);
    }
    let with = |w| items.with_write_concern(WriteConcern::builder().w(Acknowledgment::Nodes(w)).build());
    let mixed = client.bulk_write().to(&with(1), [Write::insert(&item(2, 1))]);
    let mixed = mixed.to(&entries, [Write::insert(&entry)]).one_command(true).await.unwrap_err();
    assert!(mixed.is_argument() && mixed.to_string().contains("one write concern"), "{mixed}");
    Ok(())
}

// covers: M12, T21
#[odmium::test]
async fn a_bulk_write_over_collections_has_limits_and_checked_names(db: Database) -> odmium::Result<()> {
    let client = db.client();
    let wrong = db.collection_named::<Item>("a$b");
    let error = client.bulk_write().to(&wrong, [Write::insert(&item(1, 1))]).await.unwrap_err();
    assert!(error.is_argument(), "{error}");
    let items = db.collection::<Item>();
    let many = (0..5000).map(|id| Write::insert(&item(id, 1)));
    let bulk = client.bulk_write().to(&items, many).timeout(std::time::Duration::from_micros(1));
    assert!(bulk.await.unwrap_err().is_timeout());
    Ok(())
}

// covers: M29
#[odmium::test]
async fn an_empty_write_concern_is_not_sent(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let items = db.collection::<Item>().with_write_concern(WriteConcern::default());
    items.bulk_write([Write::delete_many(Item.id.gt(0))]).await?;
    let command = sent.take().pop().unwrap();
    assert_eq!(command.get_str("delete").unwrap(), "stock");
    assert!(!command.contains_key("writeConcern"), "{command}");
    Ok(())
}
