//! Every action in a session and in its transaction.

use odmium::{Client, Database, dev, prelude::*};

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
