//! Events as they come, and the options that are sent.

use std::time::Duration;

use futures_util::StreamExt as _;
use odmium::{
    Client, Database,
    bson::{Bson, Document, RawDocumentBuf, Timestamp, doc},
    change_stream::{BeforeChange, FullDocument, ResumeToken},
    options::{Collation, ReadConcern},
    prelude::*,
};
use odmium_tests::{Recorder, wait::eventually};

use crate::support::{User, user};

fn kinds(events: &[RawDocumentBuf]) -> Vec<&str> {
    events.iter().map(|event| event.get_str("operationType").unwrap()).collect()
}

// covers: M10, M22, M36
#[odmium::test]
async fn a_collection_a_database_and_a_cluster_are_watched(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let client = db.client();
    let mine = doc! { "$match": { "ns.db": db.name() } };
    let mut streams =
        [users.watch().raw().await?, db.watch().raw().await?, client.watch().raw_stage(mine).raw().await?];
    users.insert(&user(1)).await?;
    db.collection_named::<Document>("other").insert(&doc! { "_id": 7 }).await?;
    users.update_one(User.id.eq(1), User.age.set(50)).await?;
    users.delete_one(User.id.eq(1)).await?;
    for (stream, expected) in streams.iter_mut().zip([3, 4, 4]) {
        let events: Vec<_> = stream.by_ref().take(expected).map(Result::unwrap).collect().await;
        let kinds = kinds(&events);
        match expected {
            3 => assert_eq!(kinds, ["insert", "update", "delete"]),
            _ => assert_eq!(kinds, ["insert", "insert", "update", "delete"]),
        }
        assert_eq!(events[0].get_document("fullDocument").unwrap().get_i32("age").unwrap(), 21);
        assert_eq!(stream.next_if_any().await?, None);
        assert!(stream.is_alive() && stream.id().is_some());
    }
    Ok(())
}

/// The first stage of the pipeline that was sent, among what closes other streams.
fn stage(sent: &Recorder) -> Document {
    let sent = sent.take();
    let mut pipelines = sent.iter().filter_map(|command| command.get_array("pipeline").ok());
    pipelines.next().unwrap()[0].as_document().unwrap().clone()
}

// covers: M43
#[odmium::test]
async fn every_option_is_sent(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let users = recorded.collection::<User>();
    db.create_collection("users").pre_and_post_images(true).await?;
    let token = db.collection::<User>().watch().await?.resume_token().unwrap();
    let mut stream = users
        .watch()
        .raw_stage(doc! { "$match": { "operationType": "insert" } })
        .pipeline([doc! { "$set": { "x": 1 } }, doc! { "$unset": "x" }])
        .batch_size(3)
        .collation(Collation::builder().locale("de").build())
        .comment(doc! { "who": "me" })
        .max_await_time(Duration::from_millis(70))
        .read_concern(ReadConcern::majority())
        .show_expanded_events(true)
        .resume_after(token.clone())
        .raw()
        .full_document_mode(FullDocument::WhenAvailable)
        .before_change_mode(BeforeChange::WhenAvailable)
        .await?;
    let command = sent.only();
    let options = doc! {
        "fullDocument": "whenAvailable",
        "fullDocumentBeforeChange": "whenAvailable",
        "resumeAfter": { "_data": token.to_string() },
        "showExpandedEvents": true,
    };
    let stages = [
        doc! { "$changeStream": options },
        doc! { "$match": { "operationType": "insert" } },
        doc! { "$set": { "x": 1 } },
        doc! { "$unset": "x" },
    ];
    assert_eq!(command.get("pipeline"), Some(&Bson::from(stages.to_vec())), "{command}");
    assert_eq!(command.get_document("cursor").unwrap(), &doc! { "batchSize": 3 });
    assert_eq!(command.get_document("collation").unwrap(), &doc! { "locale": "de" });
    assert_eq!(command.get_document("comment").unwrap(), &doc! { "who": "me" });
    assert_eq!(command.get_document("readConcern").unwrap().get_str("level").unwrap(), "majority");
    assert_eq!(command.get("maxTimeMS"), None);

    assert_eq!(stream.next_if_any().await?, None);
    let more = sent.only();
    assert_eq!(more.get_i32("maxTimeMS").ok().or(more.get_i64("maxTimeMS").ok().map(|n| n as i32)), Some(70));
    assert_eq!(more.get_i64("batchSize").ok().or(more.get_i32("batchSize").ok().map(i64::from)), Some(3));
    assert_eq!(more.get_document("comment").unwrap(), &doc! { "who": "me" });

    for (mode, name) in [
        (FullDocument::Default, "default"),
        (FullDocument::UpdateLookup, "updateLookup"),
        (FullDocument::Required, "required"),
    ] {
        let stream = users.watch().raw().full_document_mode(mode).await?;
        assert_eq!(stage(&sent), doc! { "$changeStream": { "fullDocument": name } });
        drop(stream);
    }
    for (mode, name) in [(BeforeChange::Off, "off"), (BeforeChange::Required, "required")] {
        let stream = users.watch().raw().before_change_mode(mode).await?;
        assert_eq!(stage(&sent), doc! { "$changeStream": { "fullDocumentBeforeChange": name } });
        drop(stream);
    }
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_stream_starts_where_it_is_told(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let mut session = db.client().start_session().await?;
    users.insert(&user(1)).session(&mut session).await?;
    let Timestamp { time, increment } = session.operation_time().unwrap();
    let mut first = users.watch().start_at_operation_time(Timestamp { time, increment }).raw().await?;
    let id = |event: Option<RawDocumentBuf>| {
        event.map(|event| event.get_document("documentKey").unwrap().get_i32("_id").unwrap())
    };
    assert_eq!(id(first.try_next().await?), Some(1));
    users.insert_many((2..5).map(user)).await?;
    assert_eq!(id(first.try_next().await?), Some(2));

    let text = first.resume_token().unwrap().to_string();
    let token: ResumeToken = text.parse()?;
    let watches = [users.watch().resume_after(token.clone()), users.watch().start_after(token.clone())];
    for watch in watches {
        let mut next = watch.raw().await?;
        assert_eq!(next.resume_token(), Some(token.clone()), "nothing was read");
        assert_eq!(id(next.try_next().await?), Some(3));
        assert_eq!(id(next.try_next().await?), Some(4));
        assert_eq!(id(next.next_if_any().await?), None);
        assert_ne!(next.resume_token(), Some(token.clone()));
    }
    // What contradicts itself, the server refuses.
    let both = users.watch().start_after(token.clone()).resume_after(token.clone()).raw().await;
    assert!(both.is_err_and(|error| error.is_command()));
    Ok(())
}

#[derive(Document)]
#[document(collection = "places")]
struct Place {
    id: i32,
    token: ResumeToken,
    last: Option<ResumeToken>,
}

// covers: M43
#[odmium::test]
async fn a_token_is_a_field_of_a_model(db: Database) -> odmium::Result<()> {
    let token = db.watch().await?.resume_token().unwrap();
    let places = db.collection::<Place>();
    places.insert(&Place { id: 1, token: token.clone(), last: None }).await?;
    places.update_one(Place.token.eq(token.clone()), Place.last.set(token.clone())).await?;
    let place = places.get(1).await?.unwrap();
    assert_eq!((place.token, place.last), (token.clone(), Some(token)));
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_token_is_kept_as_text(db: Database) -> odmium::Result<()> {
    let token = db.watch().await?.resume_token().unwrap();
    let json = serde_json::to_string(&token).unwrap();
    assert_eq!(serde_json::from_str::<ResumeToken>(&json).unwrap(), token);
    let other = ResumeToken::from_document(&doc! { "_data": "82A0", "more": { "x": 1_i64 } })?;
    assert_eq!(other.to_string().parse::<ResumeToken>()?, other);
    for text in ["", "82a0", "82A", "bson-", "bson-AAAA", "bson-!", "8G", "null", "💥"] {
        let error = text.parse::<ResumeToken>().unwrap_err();
        assert!(error.is_argument(), "{text}: {error}");
    }
    let bad: ResumeToken = "82A0".parse()?;
    let error = db.watch().start_after(bad).await.err().unwrap();
    assert!(error.is_command(), "{error}");
    Ok(())
}

async fn open_cursors(client: &Client, id: i64) -> odmium::Result<usize> {
    let stages =
        [doc! { "$currentOp": { "idleCursors": true } }, doc! { "$match": { "cursor.cursorId": id } }];
    let mut cursor = client.inner().database("admin").aggregate(stages).await?;
    let mut count = 0;
    while cursor.advance().await? {
        count += 1;
    }
    Ok(count)
}

// covers: M43
#[odmium::test]
async fn a_stream_is_closed_on_the_server(db: Database) -> odmium::Result<()> {
    let (users, client) = (db.collection::<User>(), db.client());
    for stream in [users.watch().raw().await?, db.watch().raw().await?, client.watch().raw().await?] {
        let id = stream.id().unwrap();
        assert_eq!(open_cursors(&client, id).await?, 1);
        stream.close().await?;
        assert_eq!(open_cursors(&client, id).await?, 0, "close waits for it");
    }
    let mut session = client.start_session().await?;
    for in_session in [false, true] {
        let watch = users.watch().max_await_time(Duration::from_millis(10)).raw();
        let mut dropped = match in_session {
            true => watch.session(&mut session).await?,
            false => watch.await?,
        };
        assert_eq!(dropped.next_if_any().await?, None);
        let id = dropped.id().unwrap();
        drop(dropped);
        let what = format!("the cursor is closed (in a session: {in_session})");
        eventually(&what, 1, async || Ok(open_cursors(&client, id).await? == 0)).await?;
    }
    Ok(())
}

// covers: M43
#[odmium::test]
async fn a_stream_runs_in_a_session(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let client = db.client();
    let mut session = client.start_session().await?;
    let id = session.id().clone();
    let mut stream = users.watch().session(&mut session).raw().await?;
    assert_eq!(stream.session().unwrap().id(), &id);
    users.insert(&user(1)).await?;
    assert!(stream.try_next().await?.is_some());
    drop(stream);
    assert!(session.operation_time().is_some());

    session.start_transaction().await?;
    let error = users.watch().session(&mut session).await.err().unwrap();
    assert!(error.is_session() && error.to_string().contains("in a transaction"), "{error}");
    session.abort_transaction().await?;
    let mut snapshot = client.start_session().snapshot(true).await?;
    let error = users.watch().session(&mut snapshot).await.err().unwrap();
    assert!(error.is_session() && error.to_string().contains("snapshot session"), "{error}");
    Ok(())
}
