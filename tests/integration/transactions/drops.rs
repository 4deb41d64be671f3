//! Futures that are dropped, panics, and limits on time.

use std::time::{Duration, Instant};

use odmium::{Client, bson::doc, prelude::*, transaction};

use super::{Account, Failed, account, amounts};
use odmium_tests::lab::Lab;

// covers: M13
#[tokio::test]
async fn a_panic_aborts() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("panics").await?;
    let own = db.clone();
    let task = tokio::spawn(async move {
        transaction!(own, |tx| {
            tx.collection::<Account>().insert(&account(1)).await?;
            if own.name() == "panics" {
                panic!("for this test");
            }
            Ok(())
        })
        .await
    });
    assert!(task.await.unwrap_err().is_panic());
    lab.settled().await?;
    assert_eq!(amounts(&db).await?, [0; 0]);
    Ok(())
}

// covers: M13
#[tokio::test]
async fn a_dropped_future_leaves_nothing_open() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("drops").await?;
    for micros in (0..12_000).step_by(300) {
        let block = transaction!(db, |tx| {
            tx.collection::<Account>().delete_all().await?;
            tx.collection::<Account>().insert_many([account(1), account(2)]).await?;
            tx.collection::<Account>().update_many(Filter::everything(), Account.amount.inc(1)).await
        });
        let _ = tokio::time::timeout(Duration::from_micros(micros), block).await;
    }
    lab.settled().await?;
    let left = amounts(&db).await?;
    assert!(left.is_empty() || left == [11, 11], "half of a transaction: {left:?}");
    Ok(())
}

// covers: M13
#[tokio::test]
async fn a_future_dropped_in_the_middle_of_a_command_leaves_nothing_open() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    // The server holds the command back, so that it comes after what cleans up.
    let slow = |command: &str| {
        doc! { "failCommands": [command], "blockConnection": true, "blockTimeMS": 400 }
    };
    for (command, fails) in
        [("insert", false), ("update", false), ("commitTransaction", false), ("abortTransaction", true)]
    {
        let db = lab.database("middles").await?;
        lab.fail(doc! { "times": 1 }, slow(command)).await?;
        let block = transaction!(db, |tx| -> Result<(), Failed> {
            tx.collection::<Account>().insert(&account(1)).await?;
            tx.collection::<Account>().update_one(Account.id.eq(1), Account.amount.inc(1)).await?;
            if fails { Err(Failed::Poor(1)) } else { Ok(()) }
        });
        assert!(tokio::time::timeout(Duration::from_millis(150), block).await.is_err(), "{command}");
        // Longer than the command is held back.
        tokio::time::sleep(Duration::from_millis(600)).await;
        lab.settled().await?;
        // The commit was asked for, and is finished.
        let left = if command == "commitTransaction" { vec![11] } else { vec![] };
        assert_eq!(amounts(&db).await?, left, "{command}");
    }
    lab.heal().await
}

// covers: M13
#[tokio::test]
async fn a_transaction_with_an_operation_that_was_dropped_is_not_committed() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("halves").await?;
    let blocked = doc! { "failCommands": ["insert"], "blockConnection": true, "blockTimeMS": 400 };
    lab.fail(doc! { "times": 1 }, blocked).await?;
    let mut tx = db.begin().await?;
    let new = account(1);
    let insert = tx.collection::<Account>().insert(&new).into_future();
    assert!(tokio::time::timeout(Duration::from_millis(100), insert).await.is_err());
    let error = tx.commit().await.unwrap_err();
    assert!(error.is_session() && error.to_string().ends_with("run it again"), "{error}");
    lab.settled().await?;
    assert_eq!(amounts(&db).await?, [0; 0]);
    lab.heal().await
}

// covers: M12, M13
#[tokio::test]
async fn the_ends_of_a_transaction_are_under_the_limits_of_the_client() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let uri = format!("{}&appName=patient&timeoutMS=300", lab.uri());
    let db = Client::connect(uri).await?.database("ends");
    db.drop().await?;
    db.collection::<Account>().insert(&account(0)).await?;
    for command in ["commitTransaction", "abortTransaction"] {
        let blocked = doc! { "failCommands": [command], "blockConnection": true, "blockTimeMS": 3000 };
        lab.fail(doc! { "times": 1 }, blocked).await?;
        let client = db.client();
        let mut session = client.start_session().await?;
        session.start_transaction().await?;
        db.collection::<Account>()
            .update_many(Account.id.eq(0), Account.amount.inc(1))
            .session(&mut session)
            .await?;
        let start = Instant::now();
        let result = match command {
            "commitTransaction" => session.commit_transaction().await,
            _ => session.abort_transaction().await,
        };
        assert!(result.unwrap_err().is_timeout(), "{command}");
        assert!(start.elapsed() < Duration::from_millis(2500), "{command}: {:?}", start.elapsed());
        // Longer than the command is held back.
        tokio::time::sleep(Duration::from_millis(3100)).await;
        // Again is safe, and gives the answer.
        match command {
            "commitTransaction" => session.commit_transaction().await?,
            _ => session.abort_transaction().await?,
        }
        session.end().await;
        lab.settled().await?;
        assert_eq!(amounts(&db).await?, [11], "{command}");
    }
    lab.heal().await
}
