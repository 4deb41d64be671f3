//! Any command: its options, its errors, rows by cursor, aggregations in the server's form.

use odmium::{
    Database, ErrorKind,
    bson::{Document as Bag, RawDocumentBuf, doc, oid::ObjectId, rawdoc},
    dev,
    options::{Collation, ReadConcern, ReadPreference},
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i32,
    text: String,
}

#[derive(Embedded, Debug, PartialEq)]
struct Reply {
    ok: f64,
    n: Option<i32>,
}

fn rows(count: i32) -> impl Iterator<Item = Row> {
    (0..count).map(|id| Row { id, text: "x".into() })
}

// covers: M18
#[odmium::test]
async fn a_command_and_its_reply_are_documents_bytes_or_models(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let reply = recorded.run_command(doc! { "ping": 1 }).await?;
    assert_eq!(reply.get_f64("ok").unwrap(), 1.0);
    let raw: RawDocumentBuf =
        recorded.run_command(rawdoc! { "ping": 1, "comment": "raw" }).reply_as().await?;
    assert_eq!(raw.get_f64("ok").unwrap(), 1.0);
    db.collection::<Row>().insert_many(rows(3)).await?;
    let count = rawdoc! { "count": "rows" };
    let counted: Reply = recorded.run_command(&*count).reply_as().await?;
    assert_eq!(counted, Reply { ok: 1.0, n: Some(3) });
    let wrong = recorded.run_command(doc! { "ping": 1 }).reply_as::<Row>().await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Decode);

    drop(sent.take());
    recorded
        .run_command(doc! { "ping": 1 })
        .selection_criteria(ReadPreference::Nearest { options: None })
        .await?;
    let command = sent.take().remove(0);
    assert_eq!(command.get_document("$readPreference").unwrap(), &doc! { "mode": "nearest" });
    let error = recorded.run_command(doc! {}).await.unwrap_err();
    assert!(error.is_argument(), "{error:?}");
    Ok(())
}

// covers: M18
#[odmium::test]
async fn errors_are_given_as_replies_where_that_is_asked_for(db: Database) -> odmium::Result<()> {
    let missing = || doc! { "collMod": "nowhere" };
    assert_eq!(db.run_command(missing()).await.unwrap_err().code(), Some(26));
    for command in
        [db.run_command(missing()).check(false), db.run_command(missing()).allow_code(11).allow_code(26)]
    {
        let reply = command.await?;
        assert_eq!(
            (reply.get_f64("ok").unwrap(), reply.get_str("codeName").unwrap()),
            (0.0, "NamespaceNotFound")
        );
    }
    assert_eq!(db.run_command(missing()).allow_code(11).await.unwrap_err().code(), Some(26));

    // The server calls these successes.
    db.collection::<Row>().insert_many(rows(2)).await?;
    let insert = || doc! { "insert": "rows", "documents": [{ "_id": 5 }, { "_id": 1 }] };
    let error = db.run_command(insert()).await.unwrap_err();
    assert!(error.is_write() && error.is_duplicate_key(), "{error:?}");
    assert_eq!((error.write_failures()[0].index, error.code()), (1, Some(11000)));
    let text = error.to_string();
    assert!(
        text.starts_with("the command had write errors, the first for statement 1: a document with"),
        "{text}"
    );
    assert_eq!(db.run_command(insert()).check(false).await?.get_array("writeErrors").unwrap().len(), 1);
    let delete = || {
        let deletes = [doc! { "q": { "_id": 5 }, "limit": 1 }];
        doc! { "delete": "rows", "deletes": deletes, "writeConcern": { "w": 5 } }
    };
    let error = db.run_command(delete()).await.unwrap_err();
    assert!(error.is_write() && error.partial_result().is_none(), "{error:?}");
    assert_eq!(error.write_concern_failures()[0].code_name, "UnsatisfiableWriteConcern");
    assert!(db.run_command(delete()).allow_code(100).await?.contains_key("writeConcernError"));
    Ok(())
}

// covers: M18
#[odmium::test]
async fn cursor_commands_give_rows_of_any_type(db: Database) -> odmium::Result<()> {
    db.collection::<Row>().insert_many(rows(250)).await?;
    let find = |batch: i32| doc! { "find": "rows", "filter": { "_id": { "$lt": 200 } }, "batchSize": batch };
    let all: Vec<Row> = db.run_cursor_command(find(50)).batch_size(60).comment("c").await?;
    assert_eq!(all, rows(200).collect::<Vec<_>>());
    let mut cursor = db.run_cursor_command::<RawDocumentBuf>(find(7)).cursor().await?;
    let mut seen = 0;
    while let Some(row) = cursor.try_next().await? {
        assert_eq!(row.get_i32("_id").unwrap(), seen);
        seen += 1;
    }
    assert_eq!(seen, 200);
    let nearest = ReadPreference::Nearest { options: None };
    let bags = db.run_cursor_command::<Bag>(find(0)).selection_criteria(nearest).await?;
    assert_eq!(bags.len(), 200);
    let error = db.run_cursor_command::<Bag>(doc! { "ping": 1 }).await.unwrap_err();
    assert!(!error.to_string().is_empty());
    Ok(())
}

// covers: M18
#[odmium::test]
async fn commands_take_part_in_transactions(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let db = client.database(db.name());
    db.collection::<Row>().insert_many(rows(1)).await?;
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    db.run_command(doc! { "insert": "rows", "documents": [{ "_id": 7, "text": "in" }] })
        .session(&mut session)
        .await?;
    let find = || doc! { "find": "rows", "filter": { "_id": 7 } };
    assert_eq!(db.run_cursor_command::<Row>(find()).session(&mut session).await?.len(), 1);
    let sum = [doc! { "$count": "n" }];
    let inside: Vec<Bag> = db.collection::<Row>().aggregate_raw(sum).session(&mut session).await?;
    assert_eq!(inside, [doc! { "n": 2 }]);
    session.abort_transaction().await?;
    assert_eq!(db.run_cursor_command::<Row>(find()).await?, []);
    Ok(())
}

// covers: M19, M31
#[odmium::test]
async fn aggregations_in_the_servers_form(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let rows_of = recorded.collection::<Row>();
    rows_of.insert_many(rows(120)).await?;
    drop(sent.take());
    let group = || [doc! { "$group": { "_id": "$text", "n": { "$sum": 1 } } }];
    let plain = rows_of
        .aggregate_raw::<Bag>(group())
        .allow_disk_use(true)
        .batch_size(10)
        .bypass_document_validation(true)
        .collation(Collation::builder().locale("en").build())
        .comment("why")
        .hint("_id_")
        .let_vars(doc! { "v": 1 })
        .max_time(std::time::Duration::from_secs(9))
        .read_concern(ReadConcern::majority())
        .selection_criteria(ReadPreference::Primary)
        .await?;
    assert_eq!(plain, [doc! { "_id": "x", "n": 120 }]);
    let command = sent.only();
    let keys = [
        "allowDiskUse",
        "bypassDocumentValidation",
        "collation",
        "comment",
        "hint",
        "let",
        "maxTimeMS",
        "readConcern",
    ];
    for key in keys {
        assert!(command.contains_key(key), "{key}: {command}");
    }
    assert_eq!(command.get_document("cursor").unwrap().get_i32("batchSize").unwrap(), 10);

    let sorted = || [doc! { "$sort": { "_id": -1 } }];
    let mut cursor = rows_of.aggregate_raw::<Row>(sorted()).batch_size(50).cursor().await?;
    assert_eq!(cursor.try_next().await?.unwrap().id, 119);
    assert_eq!(cursor.collect().await?.len(), 119);
    assert_eq!(rows_of.aggregate_raw::<Row>(sorted()).first().await?.unwrap().id, 119);
    assert_eq!(rows_of.aggregate_raw::<Bag>([doc! { "$match": { "_id": -1 } }]).first().await?, None);

    // Without a collection.
    let documents = doc! { "$documents": [{ "n": 1 }, { "n": 2 }] };
    let made: Vec<Bag> = db.aggregate_raw([documents, doc! { "$match": { "n": 2 } }]).await?;
    assert_eq!(made, [doc! { "n": 2 }]);
    let admin = dev::client().await?.database("admin");
    let sessions: Vec<Bag> = admin.aggregate_raw([doc! { "$listLocalSessions": {} }]).await?;
    assert!(sessions.iter().all(|session| session.contains_key("lastUse")));
    Ok(())
}

// covers: M20
#[odmium::test]
async fn running_operations_are_listed(db: Database) -> odmium::Result<()> {
    db.collection::<Row>().insert_many(rows(1)).await?;
    let mark = ObjectId::new().to_hex();
    let slow = Filter::raw(doc! { "$where": "sleep(3000) || true" });
    let find = db.collection::<Row>().find(slow).comment(mark.as_str());
    let running = tokio::spawn(find.into_future());
    let client = dev::client().await?;
    let mut found = Vec::new();
    for _ in 0..100 {
        let by_mark = doc! { "command.comment": mark.as_str() };
        let ops = client.current_op().all_users(true).idle_connections(false).idle_sessions(false);
        found = ops.idle_cursors(false).filter(by_mark).await?;
        if !found.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(found[0].get_str("ns").unwrap(), format!("{}.rows", db.name()));
    #[derive(Embedded)]
    struct Running {
        ns: String,
        op: String,
    }
    let typed = client.current_op().filter(doc! { "command.comment": mark.as_str() }).rows::<Running>();
    let typed = typed.timeout(std::time::Duration::from_secs(5)).await?;
    assert_eq!((typed[0].ns.as_str(), typed[0].op.as_str()), (found[0].get_str("ns").unwrap(), "query"));
    let kill = doc! { "killOp": 1, "op": found[0].get("opid").unwrap() };
    client.database("admin").run_command(kill).await?;
    assert!(running.await.unwrap().is_err());
    Ok(())
}
