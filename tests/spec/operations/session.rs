//! Operations on a session, with transactions.

use std::{sync::Arc, time::Duration};

use odmium::{
    Session,
    bson::{Bson, deserialize_from_bson},
    options::{ReadConcern, ReadPreference, WriteConcern},
    transaction,
};

use super::{Done, Given, unknown};
use crate::{
    args::{Args, options},
    entities::SessionEntity,
    failure::Failure,
    run::Run,
    schema::Operation,
};

pub async fn perform(entity: &Arc<SessionEntity>, name: &str, mut args: Args, run: &Arc<Run>) -> Done {
    if name == "withTransaction" {
        return with_transaction(entity, args, run).await;
    }
    let mut guard = entity.lock().await?;
    if name == "endSession" {
        args.done()?;
        entity_lsid(entity, guard.as_ref());
        let session = guard.take().ok_or_else(|| Failure::test("the session has ended"))?;
        session.end().await;
        return Ok(Given::Nothing);
    }
    let session = guard.as_mut().ok_or_else(|| Failure::test("the session has ended"))?;
    match name {
        "startTransaction" => {
            let mut start = session.start_transaction();
            options!(start, args:
                "maxCommitTimeMS" => max_commit_time(Duration),
                "readConcern" => read_concern(ReadConcern),
                "readPreference" => selection_criteria(ReadPreference),
                "writeConcern" => write_concern(WriteConcern),
            );
            args.done()?;
            start.await?;
        }
        "commitTransaction" => {
            args.done()?;
            session.commit_transaction().await?;
        }
        "abortTransaction" => {
            args.done()?;
            // What comes of it is the server's business: the driver's rules forbid errors of the server here.
            session.abort_transaction().await?;
        }
        "getSnapshotTime" => {
            args.done()?;
            let time = session.snapshot_time();
            return Ok(time.map_or(Given::Nothing, |time| Bson::Timestamp(time).into()));
        }
        _ => return Err(unknown(name)),
    }
    Ok(Given::Nothing)
}

/// Keeps the id of a session that is about to end.
fn entity_lsid(entity: &SessionEntity, session: Option<&Session>) {
    if let Some(session) = session {
        entity.keep_lsid(session.id());
    }
}

/// Runs the callback's operations in a transaction, as often as that asks for. They find its session under the name of
/// the entity.
async fn with_transaction(entity: &Arc<SessionEntity>, mut args: Args, run: &Arc<Run>) -> Done {
    let mut operations = Vec::new();
    for operation in args.get::<Vec<Bson>>("callback")? {
        let operation = deserialize_from_bson::<Operation>(operation);
        operations.push(operation.map_err(|error| Failure::test(format!("the callback: {error}")))?);
    }
    // Takes the place of the session in the transaction while that is in the entity.
    let client = run.entities.client(&entity.client)?.client()?;
    let database = client.database("admin");
    let mut spare = Some(client.start_session().await?);
    let mut own = entity.lock().await?.take().ok_or_else(|| Failure::test("the session has ended"))?;
    let mut begin = own.begin(&database);
    options!(begin, args:
        "maxCommitTimeMS" => max_commit_time(Duration),
        "readConcern" => read_concern(ReadConcern),
        "readPreference" => selection_criteria(ReadPreference),
        "timeoutMS" => retry_for(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    let result = transaction!(begin, |tx| -> Result<(), Failure> {
        exchange(tx.session(), &mut spare)?;
        let mut result = entity.put(&mut spare).await;
        for operation in &operations {
            if result.is_ok() {
                result = super::run(run.clone(), operation).await;
            }
        }
        entity.take_back(&mut spare).await;
        exchange(tx.session(), &mut spare)?;
        result
    });
    let result = result.await;
    *entity.lock().await? = Some(own);
    result.map(|()| Given::Nothing)
}

fn exchange(session: &mut Session, spare: &mut Option<Session>) -> Result<(), Failure> {
    let spare = spare.as_mut().ok_or_else(|| Failure::test("the callback has ended the session"))?;
    std::mem::swap(session, spare);
    Ok(())
}
