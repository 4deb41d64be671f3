//! Transactions: every form and every end.

mod drops;
mod retries;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use odmium::{
    Client, Database, ErrorKind,
    action::Write,
    bson::{Bson, Document, doc},
    dev::{self, Server},
    options::{Acknowledgment, ReadConcern, ReadPreference, WriteConcern},
    prelude::*,
    transaction,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "accounts")]
struct Account {
    id: i32,
    amount: i64,
}

#[derive(Debug)]
enum Failed {
    Poor(i32),
    Database(odmium::Error),
}

impl From<odmium::Error> for Failed {
    fn from(error: odmium::Error) -> Self {
        Self::Database(error)
    }
}

fn account(id: i32) -> Account {
    Account { id, amount: 10 }
}

fn w(nodes: u32) -> WriteConcern {
    WriteConcern::builder().w(Acknowledgment::Nodes(nodes)).build()
}

async fn amounts(db: &Database) -> odmium::Result<Vec<i64>> {
    let accounts = db.collection::<Account>().find(Filter::everything()).sort(Account.id.asc()).await?;
    Ok(accounts.into_iter().map(|account| account.amount).collect())
}

async fn transfer(db: &Database, from: i32, to: i32, amount: i64) -> Result<(), Failed> {
    transaction!(db, |tx| -> Result<(), Failed> {
        tx.collection::<Account>().update_one(Account.id.eq(to), Account.amount.inc(amount)).await?;
        let enough = Account.id.eq(from) & Account.amount.gte(amount);
        let paid = tx.collection::<Account>().update_one(enough, Account.amount.inc(-amount)).await?;
        if paid.modified == 0 {
            return Err(Failed::Poor(from));
        }
        Ok(())
    })
    .await
}

// covers: M13, M14, T22
#[odmium::test]
async fn a_block_commits_on_ok_and_aborts_on_an_error_of_any_type(db: Database) -> odmium::Result<()> {
    let new = [account(1), account(2)];
    let (count, ids) = transaction!(db, |tx| {
        let ids = tx.collection::<Account>().insert_many(&new).await?;
        let count = tx.collection::<Account>().count(Filter::everything()).await?;
        assert_eq!(amounts(&db).await?, [0; 0], "nothing is visible before the commit");
        Ok((count, ids))
    })
    .await?;
    assert_eq!((count, ids), (2, vec![1, 2]));
    assert!(transfer(&db, 1, 2, 4).await.is_ok());
    assert!(matches!(transfer(&db, 1, 2, 7).await, Err(Failed::Poor(1))));
    assert_eq!(amounts(&db).await?, [6, 14]);
    let Err(Failed::Database(error)) = transaction!(db, |tx| -> Result<(), Failed> {
        tx.collection::<Account>().insert(&account(3)).await?;
        tx.collection::<Account>().insert(&account(1)).await?;
        Ok(())
    })
    .await
    else {
        panic!("account 1 is there already");
    };
    assert!(error.is_duplicate_key());
    assert_eq!(amounts(&db).await?, [6, 14]);
    Ok(())
}

// covers: M13
#[odmium::test]
async fn blocks_run_in_spawned_tasks_and_none_is_lost(db: Database) -> odmium::Result<()> {
    db.collection::<Account>().insert_many([account(1), account(2)]).await?;
    let attempts = &*Box::leak(Box::new(AtomicU32::new(0)));
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let local = String::from("borrowed by the block");
                for _ in 0..5 {
                    transaction!(db, |tx| {
                        attempts.fetch_add(1, Ordering::Relaxed);
                        assert_eq!(local, "borrowed by the block");
                        // A real conflict: what was read is written back.
                        let found = tx.collection::<Account>().get(1).await?.unwrap();
                        let more = Account { amount: found.amount + 1, ..found };
                        tx.collection::<Account>().replace_one(Account.id.eq(1), &more).await?;
                        Ok(())
                    })
                    .await?;
                }
                Ok::<_, odmium::Error>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic")?;
    }
    assert_eq!(amounts(&db).await?, [50, 10]);
    assert!(attempts.load(Ordering::Relaxed) > 40, "there was no conflict");
    Ok(())
}

/// What a web framework asks of a handler.
fn handler<F: Future<Output = odmium::Result<u64>> + Send + 'static>(future: F) -> F {
    future
}

async fn add(db: &Database, id: &i32) -> odmium::Result<u64> {
    let accounts = &db.collection::<Account>();
    db.with_transaction(async |tx| {
        tx.on(accounts).insert(&account(*id)).await?;
        tx.on(accounts).count(Filter::everything()).await
    })
    .await
}

// covers: M14
#[odmium::test]
async fn closures_run_in_transactions_too(db: Database) -> odmium::Result<()> {
    assert_eq!(add(&db, &1).await?, 1);
    let other = db.clone();
    let future = handler(async move {
        let accounts = other.collection::<Account>();
        let run = other.begin().run(async move |tx| {
            tx.on(&accounts).insert(&account(2)).await?;
            tx.on(&accounts).count(Filter::everything()).await
        });
        run.await
    });
    assert_eq!(tokio::spawn(future).await.unwrap()?, 2);
    let other = db.clone();
    let future = handler(async move {
        let id = 3;
        transaction!(other.begin().read_concern(ReadConcern::snapshot()), |tx| {
            tx.collection::<Account>().insert(&account(id)).await?;
            tx.collection::<Account>().count(Filter::everything()).await
        })
        .await
    });
    assert_eq!(tokio::spawn(future).await.unwrap()?, 3);
    let error = db.with_transaction(async |_| Err::<(), _>(Failed::Poor(9))).await.unwrap_err();
    assert!(matches!(error, Failed::Poor(9)));
    Ok(())
}

// covers: M13
#[odmium::test]
async fn a_guard_commits_or_aborts_and_the_session_goes_on(db: Database) -> odmium::Result<()> {
    let mut tx = db.begin().await?;
    tx.collection::<Account>().insert(&account(1)).await?;
    tx.commit().await?;
    let mut tx = db.begin().await?;
    tx.collection::<Account>().insert(&account(2)).await?;
    tx.abort().await?;

    let accounts = db.collection::<Account>();
    let client = db.client();
    let mut session = client.start_session().await?;
    let id = session.id().clone();
    let mut tx = session.begin(&db).await?;
    assert!(tx.session().in_transaction());
    assert_eq!(*tx.session().id(), id);
    accounts.insert(&account(3)).session(tx.session()).await?;
    tx.commit().await?;
    assert!(!session.in_transaction());
    assert_eq!(*session.id(), id);
    assert!(session.operation_time().is_some());

    let mut tx = session.begin(&db).await?;
    tx.on(&accounts).insert(&account(4)).await?;
    drop(tx);
    assert!(!session.in_transaction());
    assert_ne!(*session.id(), id);
    // It waits for the abort, then goes through.
    accounts.insert(&account(4)).session(&mut session).await?;
    transaction!(session.begin(&db), |tx| { tx.collection::<Account>().delete_one(Account.id.eq(4)).await })
        .await?;
    assert_eq!(accounts.count(Filter::everything()).session(&mut session).await?, 2);
    session.end().await;
    Ok(())
}

// covers: T22, M13
#[odmium::test]
async fn every_action_of_a_bound_collection_is_part_of_the_transaction(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let result = transaction!(recorded, |tx| -> Result<(), Failed> {
        tx.collection::<Account>().insert(&account(1)).await?;
        tx.collection::<Account>().insert_many((2..=9).map(account)).await?;
        tx.collection::<Account>().update_one(Account.id.eq(1), Account.amount.set(1)).await?;
        tx.collection::<Account>().update_many(Account.id.lte(2), Account.amount.inc(1)).await?;
        tx.collection::<Account>().replace_one(Account.id.eq(3), &account(3)).await?;
        tx.collection::<Account>().find_one_and_update(Account.id.eq(4), Account.amount.set(4)).await?;
        tx.collection::<Account>().delete_one(Account.id.eq(5)).await?;
        tx.collection::<Account>().delete_many(Account.id.eq(6)).await?;
        let found = tx.collection::<Account>().get(1).await?;
        assert_eq!(found, Some(Account { id: 1, amount: 2 }));
        assert_eq!(tx.collection::<Account>().get_by(Account.id, 7).await?, Some(account(7)));
        tx.collection::<Account>().upsert_by(Account.id, 10, Account.amount.set(1)).await?;
        tx.collection::<Account>().find_one_and_replace(Account.id.eq(10), &account(10)).await?;
        assert_eq!(tx.collection::<Account>().find_one(Account.id.gt(9)).await?, Some(account(10)));
        assert!(tx.collection::<Account>().find_one_and_delete(Account.id.eq(10)).await?.is_some());
        let amounts = tx.collection::<Account>().distinct(Account.amount, Account.id.lt(3)).await?;
        assert_eq!(amounts, [2, 11]);
        assert!(tx.collection::<Account>().track(1).await?.is_some());
        let more = [Write::insert(&account(11)), Write::delete_one(Account.id.eq(11))];
        assert_eq!(tx.collection::<Account>().bulk_write(more).await?.deleted, 1);
        let made = tx.collection::<Account>().find_or_insert_by(Account.id, 12, || account(12)).await?;
        assert!(made.inserted);
        let again = tx.collection::<Account>().find_or_insert_by(Account.id, 12, || account(12)).await?;
        assert!(!again.inserted);
        tx.collection::<Account>().delete_one(Account.id.eq(12)).await?;
        let rich = tx.collection::<Account>().aggregate().filter(Account.amount.gt(10)).await?;
        assert_eq!(rich.len(), 1);
        let raw: Vec<Document> = tx.collection::<Account>().aggregate_raw([doc! { "$count": "n" }]).await?;
        assert_eq!(raw, [doc! { "n": 7 }]);
        let mut cursor = tx.collection::<Account>().find(Account.id.gt(0)).batch_size(3).cursor().await?;
        let mut seen = 0;
        while cursor.try_next().await?.is_some() {
            seen += 1;
        }
        drop(cursor);
        assert_eq!(seen, 7);
        assert_eq!(tx.collection::<Account>().count(Filter::everything()).await?, 7);
        assert_eq!(tx.collection::<Account>().delete_all().await?, 7);
        Err(Failed::Poor(0))
    })
    .await;
    assert!(matches!(result, Err(Failed::Poor(0))), "{result:?}");
    let sent = sent.take();
    let number = sent[0].get_i64("txnNumber").unwrap();
    for (at, command) in sent.iter().enumerate() {
        assert_eq!(command.get_i64("txnNumber").ok(), Some(number), "{command}");
        assert_eq!(command.get_bool("autocommit").ok(), Some(false), "{command}");
        assert_eq!(command.contains_key("startTransaction"), at == 0, "{command}");
    }
    assert!(sent.last().unwrap().contains_key("abortTransaction"));
    assert_eq!(amounts(&db).await?, [0; 0]);
    Ok(())
}

// covers: M13
#[odmium::test]
async fn the_options_are_sent(db: Database) -> odmium::Result<()> {
    let (recorded, sent) = Recorder::attach(&db).await?;
    let options = recorded
        .begin()
        .read_concern(ReadConcern::snapshot())
        .write_concern(w(1))
        .selection_criteria(ReadPreference::Primary)
        .max_commit_time(Duration::from_secs(5));
    transaction!(options, |tx| tx.collection::<Account>().insert(&account(1)).await).await?;
    let sent = sent.take();
    assert_eq!(sent[0].get("readConcern"), Some(&doc! { "level": "snapshot" }.into()));
    assert!(!sent[0].contains_key("writeConcern"));
    assert_eq!(sent[1].get("writeConcern"), Some(&doc! { "w": 1 }.into()));
    assert_eq!(sent[1].get("maxTimeMS").and_then(Bson::as_i32).map(i64::from), Some(5000));

    let secondary = db.begin().selection_criteria(ReadPreference::Secondary { options: None });
    let error = transaction!(secondary, |tx| tx.collection::<Account>().get(1).await).await.unwrap_err();
    assert!(error.is_session(), "{error:?}");
    let error = db.begin().write_concern(w(0)).await.unwrap_err();
    assert!(error.is_session() && error.to_string().contains("w: 0"), "{error}");
    Ok(())
}

// covers: M13
#[odmium::test]
async fn misuse_is_refused_in_words(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let mut session = client.start_session().await?;
    let table = [
        (session.commit_transaction().await, "this session has no open transaction: start one first"),
        (session.abort_transaction().await, "this session has no open transaction: start one first"),
        (
            async {
                session.start_transaction().await?;
                session.start_transaction().await
            }
            .await,
            "this session has a transaction open: commit or abort it before another one is started",
        ),
    ];
    for (result, text) in table {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Session, text));
    }
    // The other client's collection.
    let error = db.collection::<Account>().insert(&account(1)).session(&mut session).await.unwrap_err();
    assert!(error.is_argument(), "{error:?}");
    let mut snapshot = client.start_session().snapshot(true).await?;
    assert!(snapshot.begin(&db).await.unwrap_err().is_session());
    assert!(client.start_session().snapshot(true).causal_consistency(true).await.unwrap_err().is_argument());
    Ok(())
}

// covers: M13
#[tokio::test]
async fn a_server_without_transactions_says_so() -> odmium::Result<()> {
    let server = Server::builder().standalone().start().await?;
    let db = Client::connect(server.uri()).await?.database("transactions");
    let mut tx = db.begin().await?;
    let error = tx.collection::<Account>().count(Filter::everything()).await.unwrap_err();
    drop(tx);
    assert!(error.is_session());
    assert_eq!(
        error.to_string(),
        "this server has no transactions: they need a replica set or a sharded cluster, of which one server is enough \
         (`mongod --replSet rs0`, then `rs.initiate()`)"
    );
    let error =
        transaction!(db, |tx| tx.collection::<Account>().insert(&account(1)).await).await.unwrap_err();
    assert!(error.is_session());
    assert_eq!(db.collection::<Account>().count(Filter::everything()).await?, 0);
    Ok(())
}
