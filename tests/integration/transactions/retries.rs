//! What is tried again, and what comes out in the end.

use std::time::{Duration, Instant};

use odmium::{
    bson::{Document, doc},
    transaction,
};
use odmium_tests::Recorder;

use super::{Account, Failed, account, amounts, w};
use odmium_tests::lab::Lab;

fn labelled(commands: &[&str], code: i32, label: &str) -> Document {
    doc! { "failCommands": commands, "errorCode": code, "errorLabels": [label] }
}

fn closed(command: &str) -> Document {
    doc! { "failCommands": [command], "closeConnection": true }
}

const TRANSIENT: &str = "TransientTransactionError";
const UNKNOWN: &str = "UnknownTransactionCommitResult";

// covers: M14
#[tokio::test]
async fn what_may_pass_is_tried_again() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    // The commands that fail, how often, and how often the block then runs.
    let table = [
        ("a write conflict", labelled(&["insert"], 112, TRANSIENT), 2, 3),
        ("a network error", closed("insert"), 1, 2),
        ("the server steps down", labelled(&["insert"], 189, TRANSIENT), 1, 2),
        ("a commit of which nothing came", labelled(&["commitTransaction"], 251, TRANSIENT), 1, 2),
        ("a commit that is not known", closed("commitTransaction"), 3, 1),
        ("a commit without its write concern", labelled(&["commitTransaction"], 64, UNKNOWN), 3, 1),
    ];
    for (name, data, times, runs) in table {
        let db = lab.database("retries").await?;
        lab.fail(doc! { "times": times }, data).await?;
        let mut seen = 0;
        let result = transaction!(db, |tx| -> Result<(), Failed> {
            seen += 1;
            tx.collection::<Account>().insert(&account(1)).await?;
            Ok(())
        })
        .await;
        lab.heal().await?;
        assert!(result.is_ok(), "{name}: {result:?}");
        assert_eq!(seen, runs, "{name}");
        assert_eq!(amounts(&db).await?, [10], "{name}");
        lab.settled().await?;
    }
    Ok(())
}

// covers: M14
#[tokio::test]
async fn what_does_not_pass_comes_out_with_its_labels() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let table = [
        ("no label", doc! { "failCommands": ["insert"], "errorCode": 8 }, 1, None),
        ("time for the commit is over", labelled(&["commitTransaction"], 50, UNKNOWN), 1, Some(UNKNOWN)),
        ("conflicts without end", labelled(&["insert"], 112, TRANSIENT), 3, Some(TRANSIENT)),
        ("commits without end", labelled(&["commitTransaction"], 64, UNKNOWN), 1, Some(UNKNOWN)),
    ];
    for (name, data, least, label) in table {
        let db = lab.database("failures").await?;
        lab.fail("alwaysOn", data).await?;
        let (mut seen, start) = (0, Instant::now());
        let begin = db.begin().retry_for(Duration::from_millis(500));
        let result = transaction!(begin, |tx| -> Result<i32, Failed> {
            seen += 1;
            Ok(tx.collection::<Account>().insert(&account(1)).await?)
        })
        .await;
        lab.heal().await?;
        let Err(Failed::Database(error)) = result else { panic!("{name}: {result:?}") };
        assert!(start.elapsed() < Duration::from_secs(5), "{name} took {:?}", start.elapsed());
        assert!(seen >= least, "{name}: {seen}");
        assert_eq!(error.labels().any(|own| Some(own) == label), label.is_some(), "{name}: {error:?}");
        lab.settled().await?;
        assert_eq!(amounts(&db).await?, [0; 0], "{name}");
    }
    Ok(())
}

// covers: M14
#[tokio::test]
async fn a_repeated_commit_asks_for_the_majority() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let (db, sent) = Recorder::attach_to(&format!("{}&appName=patient", lab.uri()), "commits").await?;
    db.drop().await?;
    lab.fail(doc! { "times": 2 }, closed("commitTransaction")).await?;
    let mut tx = db.begin().write_concern(w(1)).await?;
    tx.collection::<Account>().insert(&account(1)).await?;
    drop(sent.take());
    tx.commit().await?;
    let sent: Vec<_> =
        sent.take().iter().map(|command| command.get_document("writeConcern").unwrap().clone()).collect();
    let majority = || doc! { "w": "majority", "wtimeout": 10_000 };
    assert_eq!(sent, [doc! { "w": 1 }, majority(), majority()]);
    lab.settled().await
}
