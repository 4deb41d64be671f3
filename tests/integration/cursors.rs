//! Streams, batches and single documents.

use odmium::{Database, bson::doc, prelude::*};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i64,
    text: String,
}

#[derive(Document, Debug, PartialEq)]
#[document(collection = "rows", root = "Lent")]
struct LentRow<'a> {
    id: i64,
    text: &'a str,
}

async fn fill(db: &Database, n: i64) -> odmium::Result<()> {
    let rows = (0..n).map(|id| Row { id, text: format!("row {id}") });
    db.collection::<Row>().insert_many(rows).await.map(drop)
}

// covers: M32, M37
#[odmium::test]
async fn a_cursor_streams_over_many_batches(db: Database) -> odmium::Result<()> {
    fill(&db, 1000).await?;
    let (db, sent) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    let mut cursor = rows.find(Filter::everything()).sort(Row.id.asc()).batch_size(300).cursor().await?;
    let mut seen = 0;
    while let Some(row) = cursor.try_next().await? {
        assert_eq!(row, Row { id: seen, text: format!("row {seen}") });
        seen += 1;
    }
    assert_eq!(seen, 1000);
    let names: Vec<_> = sent.take().iter().map(|command| command.keys().next().unwrap().clone()).collect();
    assert_eq!(names, ["find", "getMore", "getMore", "getMore"]);

    let stream = rows.find(Row.id.gte(990)).cursor().await?;
    let ids: Vec<i64> = stream.map_ok(|row| row.id).try_collect().await?;
    assert_eq!(ids.len(), 10);
    Ok(())
}

// covers: T4
#[odmium::test]
async fn a_batch_lends_its_bytes(db: Database) -> odmium::Result<()> {
    fill(&db, 10).await?;
    let mut cursor = db.collection::<LentRow<'_>>().find(Lent.id.lt(5)).sort(Lent.id.asc()).cursor().await?;
    let batch = cursor.next_batch().await?.expect("a first batch");
    let reply = batch.reply().expect("a reply").as_bytes().as_ptr_range();
    let mut seen = 0;
    for row in batch.iter() {
        let row = row?;
        assert_eq!(row, LentRow { id: seen, text: &format!("row {seen}") });
        assert!(reply.contains(&row.text.as_ptr()), "the text was copied");
        seen += 1;
    }
    assert_eq!(seen, 5);
    assert!(cursor.next_batch().await?.is_none());
    Ok(())
}

#[odmium::test]
async fn a_document_that_does_not_fit_is_one_error_of_the_stream(db: Database) -> odmium::Result<()> {
    fill(&db, 3).await?;
    let rows = db.collection::<Row>();
    let raw = odmium::update::Update::raw(doc! { "$set": { "text": 5 } });
    rows.update_one(Row.id.eq(1), raw).await?;
    let mut cursor = rows.find(Filter::everything()).sort(Row.id.asc()).cursor().await?;
    assert_eq!(cursor.try_next().await?.unwrap().id, 0);
    let error = cursor.try_next().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "`text` of the document with _id 1 must be a string, but an int32 is stored"
    );
    assert_eq!(cursor.try_next().await?.unwrap().id, 2);
    assert!(cursor.try_next().await?.is_none());
    assert!(rows.find(Filter::everything()).await.unwrap_err().is_decode());
    Ok(())
}

// covers: M40
#[odmium::test]
async fn a_dropped_cursor_is_closed_on_the_server(db: Database) -> odmium::Result<()> {
    fill(&db, 500).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let rows = recorded.collection::<Row>();
    let mut cursor = rows.find(Filter::everything()).batch_size(10).cursor().await?;
    cursor.try_next().await?;
    drop(cursor);
    for _ in 0..100 {
        if sent.take().iter().any(|command| command.contains_key("killCursors")) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no killCursors was sent");
}
