//! The sizes of messages, and messages that are sent a second time.

use odmium::{
    Client, Database,
    action::Write,
    bson::{Document as Bag, doc},
    dev,
    prelude::*,
};
use odmium_tests::Recorder;

use super::{Item, item, names, stocked};

// covers: M23, M29
#[odmium::test]
async fn messages_end_at_the_servers_limits(db: Database) -> odmium::Result<()> {
    const COUNT: i32 = 100_300;
    let (db, sent) = Recorder::attach(&db).await?;
    let rows = db.collection_named::<Bag>("rows");
    let row = |id: i32| doc! { "_id": if id == COUNT - 10 { 0 } else { id } };
    let all = || (0..COUNT).map(row);

    let error = rows.insert_many(all()).ordered(false).await.unwrap_err();
    assert_eq!(error.write_failures()[0].index, COUNT as usize - 10);
    assert_eq!(names(&sent.take()), ["insert"; 5]);
    rows.delete_all().await?;
    drop(sent.take());
    let error = rows.bulk_write(all().map(|row| Write::insert(&row))).await.unwrap_err();
    assert_eq!(error.write_failures()[0].index, COUNT as usize - 10);
    let partial = error.partial_result().unwrap();
    assert_eq!((partial.inserted, partial.inserted_ids.len()), (100_290, 100_290));
    assert_eq!(names(&sent.take()), ["insert", "insert"]);
    let by_id = |id| Filter::raw(doc! { "_id": id });
    let writes = (0..COUNT).map(|id| Write::delete_one(by_id(id)));
    assert_eq!(rows.bulk_write(writes).ordered(false).await?.deleted, 100_290);
    assert_eq!(names(&sent.take()), ["delete", "delete"]);

    let large = |id: i32| doc! { "_id": id, "text": "x".repeat(15 << 20) };
    let large: Vec<_> = (0..4).map(large).collect();
    rows.insert_many(&large).await?;
    assert_eq!(names(&sent.take()), ["insert"; 4]);
    let replace = |row: &Bag| Write::replace_one(by_id(row.get_i32("_id").unwrap()), row).upsert(true);
    assert_eq!(rows.bulk_write(large.iter().map(replace)).await?.matched, 4);
    assert_eq!(names(&sent.take()), ["update"; 4]);
    Ok(())
}

// covers: M29
#[odmium::test]
async fn positions_hold_where_kinds_alternate(db: Database) -> odmium::Result<()> {
    let rows = db.collection_named::<Bag>("rows");
    let insert = |id: i32| Write::insert(&doc! { "_id": if id == 2990 { 0 } else { id } });
    let update = |id: i32| {
        let change = odmium::Update::raw(doc! { "$set": { if id == 1500 { "_id" } else { "n" }: id } });
        Write::update_one(Filter::raw(doc! { "_id": 10_000 + id }), change).upsert(true)
    };
    let writes = (0..3000).flat_map(|id| [insert(id), update(id)]);
    let error = rows.bulk_write(writes).ordered(false).await.unwrap_err();
    let failed: Vec<_> = error.write_failures().iter().map(|it| (it.index, it.code)).collect();
    assert_eq!(failed, [(3001, 66), (5980, 11000)]);
    let partial = error.partial_result().unwrap();
    assert_eq!((partial.inserted, partial.upserted), (2999, 2999));
    assert!(partial.inserted_ids.is_sorted_by_key(|(index, _)| *index));
    assert!(partial.upserted_ids.is_sorted_by_key(|(index, _)| *index));
    assert_eq!(rows.count(Filter::everything()).await?, 5998);
    Ok(())
}

/// Makes the server fail once, as `data` says.
async fn fail_once(client: &Client, data: Bag) -> odmium::Result<()> {
    let fail = doc! { "configureFailPoint": "failCommand", "mode": { "times": 1 }, "data": data };
    client.database("admin").run_command(fail).await.map(drop)
}

// covers: M29
#[tokio::test]
async fn a_message_is_sent_again_only_if_it_is_carried_out_once() -> odmium::Result<()> {
    let server = dev::Server::builder().test_commands(true).start().await?;
    let (client, sent) = Recorder::connect(server.uri()).await?;
    let items = stocked(&client.database("again")).await?;
    let lost = doc! { "failCommands": ["update", "delete"], "closeConnection": true };
    // The write is carried out, and the server says that it is stepping down.
    let done = doc! {
        "failCommands": ["update", "delete"], "errorLabels": ["RetryableWriteError"],
        "writeConcernError": { "code": 91, "errmsg": "stepping down" },
    };
    for data in [&lost, &done] {
        let before = items.get(1).await?.unwrap().qty;
        fail_once(&client, data.clone()).await?;
        drop(sent.take());
        let result = items
            .bulk_write((1..=3).map(|id| Write::update_one(Item.id.eq(id), Item.qty.inc(1))))
            .and(Write::delete_one(Item.id.eq(99)))
            .await?;
        assert_eq!(result.matched, 3, "{data}");
        let commands = sent.take();
        assert_eq!(names(&commands), ["update", "update", "delete"]);
        let numbers: Vec<_> = commands.iter().map(|command| command.get_i64("txnNumber").unwrap()).collect();
        assert!(numbers[0] == numbers[1] && numbers[1] < numbers[2], "{numbers:?}");
        // The driver's own writes go on with numbers that the server has not seen.
        items.update_one(Item.id.eq(1), Item.qty.inc(1)).await?;
        assert_eq!(items.get(1).await?.unwrap().qty, before + 2, "{data}");
    }

    fail_once(&client, lost).await?;
    drop(sent.take());
    let writes = [Write::insert(&item(6, 6)), Write::update_many(Item.id.gt(0), Item.qty.inc(1))];
    let error = items.bulk_write(writes).await.unwrap_err();
    assert!(error.is_network(), "{error:?}");
    assert_eq!(error.partial_result().unwrap().inserted_ids, [(0, 6.into())]);
    assert!(error.to_string().contains("ended early, with 1 document"), "{error}");
    assert_eq!(names(&sent.take()), ["insert", "update"]);
    Ok(())
}
