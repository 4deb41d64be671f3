//! The operations of the tests, each by the call of this crate that does it.

mod bulk;
mod client;
mod collection;
pub mod create;
mod cursor;
mod database;
mod gridfs;
mod indexes;
pub mod modelled;
mod modify;
mod read;
pub mod results;
mod runner;
mod session;
mod shape;
mod typed;
mod watch;
mod watched;
mod write;

use std::sync::{Arc, atomic::Ordering};

use futures_util::future::BoxFuture;
use odmium::bson::Bson;

use crate::{args::Args, entities::Entity, errors, failure::Failure, matching, run::Run, schema::Operation};

/// What an operation gives.
pub enum Given {
    Nothing,
    Value(Bson),
    Entity(Entity),
}

impl From<Bson> for Given {
    fn from(value: Bson) -> Self {
        Self::Value(value)
    }
}

type Done = Result<Given, Failure>;

/// Runs an operation and compares what it gives.
pub fn run(run: Arc<Run>, operation: &Operation) -> BoxFuture<'_, Result<(), Failure>> {
    Box::pin(async move {
        let given = match perform(&run, operation).await {
            Ok(given) => given,
            Err(Failure::Operation(_)) if operation.ignore_result_and_error => return Ok(()),
            Err(Failure::Operation(error)) => {
                return match &operation.expect_error {
                    None => Err(Failure::Operation(error)),
                    Some(expected) => errors::compare(expected, &error, &run.entities).map_err(Failure::Test),
                };
            }
            Err(failure) => return Err(failure),
        };
        if operation.expect_error.is_some() {
            return Err(Failure::test("it succeeded, and an error is expected"));
        }
        if let (Some(expected), false) = (&operation.expect_result, operation.ignore_result_and_error) {
            let value = match &given {
                Given::Value(value) => Some(value),
                Given::Nothing => None,
                // Tests know no more of an entity than that it may be there.
                Given::Entity(_) => None,
            };
            matching::matches(expected, value, &run.entities)
                .map_err(|error| Failure::Test(format!("the result {error}")))?;
        }
        if let Some(id) = &operation.save_result_as_entity {
            let entity = match given {
                Given::Entity(entity) => entity,
                Given::Value(value) => Entity::Value(value),
                Given::Nothing => return Err(Failure::test("it has no result to save")),
            };
            run.entities.add(id, entity)?;
        }
        Ok(())
    })
}

async fn perform(run: &Arc<Run>, operation: &Operation) -> Done {
    let Operation { name, object, arguments, .. } = operation;
    let args = Args::new(arguments);
    if object == "testRunner" {
        return runner::perform(run, name, args).await;
    }
    match run.entities.get(object)? {
        Entity::Bucket(bucket) => gridfs::perform(&bucket, name, args, run).await,
        Entity::Client(client) => client::perform(&client, name, args, run).await,
        Entity::Collection(collection) => {
            let typed = run.modelled && modelled::takes(name, &args);
            run.typed.fetch_or(typed, Ordering::Relaxed);
            match typed {
                true => {
                    collection::perform(&typed::collection::<_, typed::X>(&collection), name, args, run).await
                }
                false => collection::perform(&collection, name, args, run).await,
            }
        }
        Entity::Cursor(cursor) => cursor::perform(&cursor, name, args).await,
        Entity::Database(database) => database::perform(&database, name, args, run).await,
        Entity::Session(session) => session::perform(&session, name, args, run).await,
        Entity::Thread(_) | Entity::Value(_) => Err(unknown(name)),
    }
}

/// The failure for an operation that nothing here does.
fn unknown(name: &str) -> Failure {
    Failure::Test(format!("the operation `{name}` is not known to this runner on this object"))
}
