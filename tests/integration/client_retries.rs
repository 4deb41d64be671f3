//! What the driver tries again, as the guide says.

use odmium::{Error, Result, bson::doc, prelude::*};

use crate::slow::{Row, Slow, rows};

// covers: M12
#[tokio::test]
async fn what_is_retried() -> Result<()> {
    let slow = Slow::start(|builder| builder).await?;
    let all = slow.rows();
    let ids = || Row.id.eq(1);
    macro_rules! outcomes {
        ($($command:literal: $operation:expr),* $(,)?) => { vec![$({
            // The first such command finds its connection cut.
            let data = doc! { "failCommands": [$command], "closeConnection": true };
            slow.admin(doc! { "configureFailPoint": "failCommand", "mode": { "times": 1 }, "data": data }).await?;
            let outcome = $operation.await.map(drop).map_err(|error: Error| error.kind());
            slow.let_go().await?;
            (stringify!($operation), outcome)
        }),*] };
    }
    let retried = outcomes!(
        "insert": all.insert(&Row { id: 1000, text: String::new() }),
        "insert": all.insert_many(rows(2000..2010)),
        "update": all.update_one(ids(), Row.text.set("y")),
        "update": all.replace_one(ids(), &Row { id: 1, text: String::new() }),
        "delete": all.delete_one(Row.id.eq(1000)),
        "findAndModify": all.find_one_and_update(ids(), Row.text.set("z")),
        "find": all.find(ids()),
        "find": all.get(1),
        "aggregate": all.count(ids()),
        "count": all.estimated_count(),
        "listDatabases": slow.client.list_database_names(),
    );
    for (operation, outcome) in retried {
        assert_eq!(outcome, Ok(()), "{operation}");
    }
    let once = outcomes!(
        "update": all.update_many(ids(), Row.text.set("y")),
        "delete": all.delete_many(Row.id.eq(2000)),
        "getMore": all.find(Filter::everything()).batch_size(10),
        "ping": slow.client.ping(),
    );
    for (operation, outcome) in once {
        assert_eq!(outcome, Err(odmium::ErrorKind::Network), "{operation}");
    }
    Ok(())
}
