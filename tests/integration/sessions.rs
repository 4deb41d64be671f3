//! Every action in a session and in its transaction.

use odmium::{
    Client, Database,
    bson::{Bson, Document, Timestamp, doc},
    dev::{self, Server},
    options::{Acknowledgment, ReadConcern, ReadPreference, TransactionOptions, WriteConcern},
    prelude::*,
};
use odmium_tests::Recorder;

use odmium_tests::lab::Lab;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "accounts")]
struct Account {
    id: i32,
    amount: i64,
}

async fn client() -> odmium::Result<Client> {
    dev::client().await
}

// covers: M13
#[odmium::test]
async fn every_action_takes_part_in_a_transaction(db: Database) -> odmium::Result<()> {
    let client = client().await?;
    let accounts = client.database(db.name()).collection::<Account>();
    let outside = db.collection::<Account>();
    outside.insert(&Account { id: 0, amount: 0 }).await?;
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let s = &mut session;
    accounts.insert(&Account { id: 1, amount: 10 }).session(s).await?;
    accounts.insert_many((2..200).map(|id| Account { id, amount: 20 })).session(s).await?;
    accounts.update_one(Account.id.eq(1), Account.amount.inc(5)).session(s).await?;
    accounts.update_many(Account.id.gte(2), Account.amount.inc(1)).session(s).await?;
    accounts.replace_one(Account.id.eq(3), &Account { id: 3, amount: 3 }).session(s).await?;
    accounts.delete_one(Account.id.eq(4)).session(s).await?;
    accounts.delete_many(Account.id.eq(5)).session(s).await?;
    let after =
        accounts.find_one_and_update(Account.id.eq(6), Account.amount.set(6)).return_new().session(s).await?;
    assert_eq!(after, Some(Account { id: 6, amount: 6 }));
    assert_eq!(accounts.count(Filter::everything()).session(s).await?, 198);
    assert_eq!(accounts.get(1).session(s).await?.unwrap().amount, 15);
    assert_eq!(accounts.find(Account.id.eq(3)).session(s).first().await?.unwrap().amount, 3);
    assert_eq!(accounts.find(Account.id.lt(3)).session(s).await?.len(), 3);
    let mut cursor = accounts.find(Filter::everything()).batch_size(50).session(s).cursor().await?;
    let mut seen = 0;
    while cursor.try_next().await?.is_some() {
        seen += 1;
    }
    drop(cursor);
    assert_eq!(seen, 198);
    assert_eq!(outside.count(Filter::everything()).await?, 1, "nothing is visible before the commit");
    session.commit_transaction().await?;
    assert_eq!(outside.count(Filter::everything()).await?, 198);
    Ok(())
}

// covers: M13
#[odmium::test]
async fn an_aborted_or_dropped_transaction_leaves_nothing(db: Database) -> odmium::Result<()> {
    let client = client().await?;
    let accounts = client.database(db.name()).collection::<Account>();
    accounts.insert(&Account { id: 0, amount: 0 }).await?;
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    accounts.insert(&Account { id: 1, amount: 1 }).session(&mut session).await?;
    session.abort_transaction().await?;
    assert!(session.abort_transaction().await.unwrap_err().is_session());
    session.start_transaction().await?;
    accounts.update_one(Account.id.eq(0), Account.amount.inc(1)).session(&mut session).await?;
    drop(session);
    // The write waits for the abort of the dropped session, then goes through.
    accounts.update_one(Account.id.eq(0), Account.amount.inc(10)).await?;
    assert_eq!(accounts.find(Filter::everything()).await?, [Account { id: 0, amount: 10 }]);
    Ok(())
}

#[odmium::test]
async fn actions_run_in_spawned_tasks(db: Database) -> odmium::Result<()> {
    let accounts = db.collection::<Account>();
    let tasks: Vec<_> = (0..20)
        .map(|id| {
            let accounts = accounts.clone();
            tokio::spawn(async move {
                accounts.insert(&Account { id, amount: 1 }).await?;
                accounts.update_one(Account.id.eq(id), Account.amount.inc(1)).await?;
                accounts.insert_many([Account { id: id + 100, amount: 2 }]).await?;
                accounts.find(Account.id.eq(id)).one().await
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.expect("no panic")?.amount, 2);
    }
    assert_eq!(accounts.count(Account.amount.eq(2)).await?, 40);
    Ok(())
}

fn client_of(db: &Database) -> Client {
    db.client()
}

// covers: M9, M15
#[odmium::test]
async fn a_session_says_what_it_is(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let client = client_of(&db);
    let accounts = db.collection::<Account>();
    let concern = WriteConcern::builder().w(Acknowledgment::Nodes(1)).build();
    let options = TransactionOptions::builder().write_concern(concern.clone()).build();
    let mut session =
        client.start_session().causal_consistency(true).default_transaction_options(options).await?;
    let id = session.id().clone();
    assert!(matches!(id.get("id"), Some(Bson::Binary(_))), "{id}");
    assert_eq!(session.options().causal_consistency, Some(true));
    let defaults = session.options().default_transaction_options.as_ref();
    assert_eq!(defaults.and_then(|options| options.write_concern.as_ref()), Some(&concern));
    assert_eq!((session.operation_time(), session.cluster_time()), (None, None));
    assert_eq!(session.snapshot_time(), None);
    accounts.insert(&Account { id: 1, amount: 1 }).session(&mut session).await?;
    let first = session.operation_time().expect("a time");
    assert!(session.cluster_time().is_some());
    session.client().database(db.name()).collection::<Account>().get(1).session(&mut session).await?;
    assert!(!session.in_transaction());
    session.start_transaction().await?;
    assert!(session.in_transaction());
    accounts.insert(&Account { id: 2, amount: 1 }).session(&mut session).await?;
    session.commit_transaction().await?;
    assert!(!session.in_transaction());
    assert!(session.operation_time() > Some(first));
    assert!(format!("{session:?}").contains("in_transaction: false"));

    let sent = sent.take();
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|command| command.get_document("lsid").unwrap() == &id));
    assert_eq!(after(&sent[0]), None, "there is nothing to come after");
    assert_eq!(after(&sent[1]), Some(first));
    assert_eq!(sent[3].get("writeConcern"), Some(&doc! { "w": 1 }.into()));

    session.start_transaction().await?;
    accounts.insert(&Account { id: 3, amount: 1 }).session(&mut session).await?;
    session.end().await;
    assert_eq!(accounts.count(Filter::everything()).await?, 2, "the end aborts");
    Ok(())
}

/// The time that a read has to come after.
fn after(command: &Document) -> Option<Timestamp> {
    match command.get_document("readConcern").ok()?.get("afterClusterTime")? {
        Bson::Timestamp(time) => Some(*time),
        other => panic!("{other}"),
    }
}

// covers: M9
#[odmium::test]
async fn sessions_without_causal_consistency_come_after_nothing(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let mut session = client_of(&db).start_session().causal_consistency(false).await?;
    for _ in 0..2 {
        db.collection::<Account>().get(1).session(&mut session).await?;
    }
    assert!(session.operation_time().is_some());
    assert!(sent.take().iter().all(|command| after(command).is_none()));
    Ok(())
}

// covers: M9, M15
#[tokio::test]
async fn a_session_of_another_client_sees_what_it_catches_up_with() -> odmium::Result<()> {
    let server = Server::builder().replica_set(3).start().await?;
    let majority = WriteConcern::majority();
    let writer = Client::connect(server.uri()).await?;
    let reader = Client::connect(server.uri()).await?;
    let (mut written, mut read) = (writer.start_session().await?, reader.start_session().await?);
    let db = writer.database("causal");
    for id in 0..30 {
        let new = Account { id, amount: 1 };
        db.collection::<Account>().insert(&new).write_concern(majority.clone()).session(&mut written).await?;
        read.catch_up_with(&written);
        assert_eq!(read.operation_time(), written.operation_time());
        let found = reader
            .database("causal")
            .collection::<Account>()
            .get(id)
            .read_concern(ReadConcern::majority())
            .selection_criteria(ReadPreference::Secondary { options: None })
            .session(&mut read)
            .await?;
        assert_eq!(found, Some(new), "a secondary that lags behind was read");
    }
    // An earlier time changes nothing.
    let now = read.operation_time();
    read.advance_operation_time(Timestamp { time: 1, increment: 1 });
    assert_eq!(read.operation_time(), now);
    server.stop().await
}

// covers: M9
#[odmium::test]
async fn a_snapshot_stays_as_it_is(db: Database) -> odmium::Result<()> {
    let client = client_of(&db);
    let accounts = db.collection::<Account>();
    let majority = WriteConcern::majority();
    accounts.insert(&Account { id: 1, amount: 1 }).write_concern(majority.clone()).await?;
    let mut snapshot = client.start_session().snapshot(true).await?;
    // A snapshot may be a moment old; the writer's time is exact.
    let mut writer = client.start_session().await?;
    accounts
        .insert(&Account { id: 2, amount: 1 })
        .write_concern(majority.clone())
        .session(&mut writer)
        .await?;
    let time = writer.operation_time().unwrap();
    let mut at = client.start_session().snapshot(true).snapshot_time(time).await?;
    let seen = accounts.find(Filter::everything()).session(&mut snapshot).await?.len();
    assert!(snapshot.snapshot_time().is_some());
    accounts.insert(&Account { id: 3, amount: 1 }).write_concern(majority).await?;
    for _ in 0..2 {
        assert_eq!(accounts.find(Filter::everything()).session(&mut snapshot).await?.len(), seen);
        assert_eq!(accounts.find(Filter::everything()).session(&mut at).await?.len(), 2);
    }
    assert_eq!(at.snapshot_time(), Some(time));
    assert_eq!(accounts.count(Filter::everything()).await?, 3);
    let error = client.start_session().snapshot_time(time).await.unwrap_err();
    assert!(error.is_argument(), "{error:?}");
    Ok(())
}

// covers: M42
#[odmium::test]
async fn a_write_without_acknowledgement_is_refused(db: Database) -> odmium::Result<()> {
    let concern = || WriteConcern::builder().w(Acknowledgment::Nodes(0)).build();
    let accounts = db.collection::<Account>();
    let new = Account { id: 1, amount: 1 };
    let uri = format!("{}&w=0", dev::shared().await?.uri());
    assert!(Client::connect(uri).await.unwrap_err().is_argument());
    let results = [
        accounts.insert(&new).write_concern(concern()).await.err(),
        accounts.update_one(Account.id.eq(1), Account.amount.inc(1)).write_concern(concern()).await.err(),
        accounts.delete_all().write_concern(concern()).await.err(),
    ];
    for error in results {
        let error = error.expect("w: 0 is refused");
        assert!(error.is_argument());
        assert!(
            error.to_string().starts_with("a write that is not acknowledged (w: 0) is refused"),
            "{error}"
        );
    }
    assert_eq!(accounts.count(Filter::everything()).await?, 0, "nothing was sent");
    Ok(())
}

// covers: M14
#[tokio::test]
async fn a_session_stays_with_its_owner_when_a_commit_is_in_doubt() -> odmium::Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("doubt").await?;
    let mut session = db.client().start_session().await?;
    let own = session.id().clone();
    let data = doc! { "failCommands": ["commitTransaction"], "errorCode": 50 };
    lab.fail(doc! { "times": 1 }, data).await?;
    let error = session
        .begin(&db)
        .run(async |tx| tx.collection::<Account>().insert(&Account { id: 1, amount: 1 }).await)
        .await
        .unwrap_err();
    assert!(error.has_label("UnknownTransactionCommitResult"), "{error:?}");
    assert_eq!(session.id(), &own);
    // Asking again settles it.
    session.commit_transaction().await?;
    assert_eq!(db.collection::<Account>().count(Filter::everything()).await?, 1);
    session.end().await;
    lab.settled().await
}
