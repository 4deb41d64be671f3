//! Operations of the test itself.

use std::{sync::Arc, time::Duration};

use odmium::bson::{Bson, Document, deserialize_from_bson, doc};
use tokio::time::sleep;

use super::{Done, Given, create, unknown};
use crate::{
    args::Args,
    entities::Entity,
    expectations,
    failure::Failure,
    run::{Run, until},
    schema::Operation,
};

pub async fn perform(run: &Arc<Run>, name: &str, mut args: Args) -> Done {
    match name {
        "failPoint" => {
            let client = run.entities.client(&args.get::<String>("client")?)?;
            let command = args.get::<Document>("failPoint")?;
            args.done()?;
            let name = command.get_str("configureFailPoint").unwrap_or_default().to_owned();
            run.fail_points.lock().unwrap().push(name);
            client.client()?.database("admin").run_command(command).await.map_err(Failure::from)?;
        }
        "targetedFailPoint" => {
            return Err(Failure::test("only a sharded cluster has sessions that are pinned"));
        }
        "createEntities" => {
            for entity in args.get::<Vec<Document>>("entities")? {
                create::entity(run, &entity).await?;
            }
            args.done()?;
        }
        "wait" => {
            let time = args.get::<Duration>("ms")?;
            args.done()?;
            sleep(time).await;
        }
        "waitForEvent" | "assertEventCount" => events(run, name, args).await?,
        "assertNumberConnectionsCheckedOut" => {
            let client = run.entities.client(&args.get::<String>("client")?)?;
            let wanted: i64 = args.get("connections")?;
            args.done()?;
            // A connection goes back in the background.
            let check = || match client.log.checked_out() {
                found if found == wanted => Ok(()),
                found => Err(format!("{found} connections are checked out, and not {wanted}")),
            };
            until(check).await?;
        }
        "assertSameLsidOnLastTwoCommands" | "assertDifferentLsidOnLastTwoCommands" => {
            let client = run.entities.client(&args.get::<String>("client")?)?;
            args.done()?;
            let Some((one, two)) = client.log.last_lsids() else {
                return Err(Failure::test("there were no two commands with a session"));
            };
            if (one == two) != (name == "assertSameLsidOnLastTwoCommands") {
                return Err(Failure::test(format!("the last two commands had the sessions {one} and {two}")));
            }
        }
        "assertCollectionExists" | "assertCollectionNotExists" => {
            let database = run.set_up.database(&args.get::<String>("databaseName")?);
            let collection: String = args.get("collectionName")?;
            args.done()?;
            let names = database.list_collections().filter(doc! { "name": &collection }).names().await?;
            exists(&collection, !names.is_empty(), name == "assertCollectionExists")?;
        }
        "assertIndexExists" | "assertIndexNotExists" => {
            let database = run.set_up.database(&args.get::<String>("databaseName")?);
            let collection = database.collection_named::<Document>(&args.get::<String>("collectionName")?);
            let index: String = args.get("indexName")?;
            args.done()?;
            let names = collection.list_indexes().names().await?;
            exists(&index, names.contains(&index), name == "assertIndexExists")?;
        }
        "runOnThread" => {
            let thread = run.entities.thread(&args.get::<String>("thread")?)?;
            let operation = operation(args.get("operation")?)?;
            args.done()?;
            let run = run.clone();
            thread.run(Box::pin(async move { super::run(run, &operation).await }))?;
        }
        "waitForThread" => {
            let thread = run.entities.thread(&args.get::<String>("thread")?)?;
            args.done()?;
            thread.join().await?;
        }
        "recordTopologyDescription" | "assertTopologyType" | "waitForPrimaryChange" => {
            topology(run, name, args).await?;
        }
        "loop" => repeat(run, args).await?,
        _ if name.starts_with("assertSession") => session(run, name, args).await?,
        _ => return Err(unknown(name)),
    }
    Ok(Given::Nothing)
}

fn exists(name: &str, is: bool, should: bool) -> Result<(), Failure> {
    match is == should {
        true => Ok(()),
        false => Err(Failure::Test(format!("that `{name}` exists is {is}"))),
    }
}

fn operation(value: Bson) -> Result<Operation, Failure> {
    deserialize_from_bson(value).map_err(|error| Failure::Test(format!("it is no operation: {error}")))
}

async fn events(run: &Run, name: &str, mut args: Args) -> Result<(), Failure> {
    let client = run.entities.client(&args.get::<String>("client")?)?;
    let event = args.get::<Document>("event")?;
    let wanted: usize = args.get::<u64>("count")?.try_into().unwrap_or(usize::MAX);
    args.done()?;
    let check = || {
        let events = client.log.events();
        let fits =
            |it: &&crate::events::Event| expectations::event(run, &event, it.name, &it.content).is_ok();
        let found = events.iter().filter(fits).count();
        let enough = if name == "waitForEvent" { found >= wanted } else { found == wanted };
        if enough { Ok(()) } else { Err(format!("there were {found} and not {wanted} events {event}")) }
    };
    match name {
        "waitForEvent" => until(check).await,
        _ => check().map_err(Failure::Test),
    }
}

async fn session(run: &Run, name: &str, mut args: Args) -> Result<(), Failure> {
    let entity = run.entities.session(&args.get::<String>("session")?)?;
    let told = match name {
        "assertSessionDirty" | "assertSessionNotDirty" => {
            let client = run.entities.client(&entity.client)?;
            client.log.is_dirty(&entity.lsid()) == (name == "assertSessionDirty")
        }
        // Sessions are pinned on sharded clusters only.
        "assertSessionUnpinned" => run.deployment.topology != "sharded",
        "assertSessionTransactionState" => {
            let state: String = args.get("state")?;
            let guard = entity.lock().await?;
            let open = guard.as_ref().is_some_and(odmium::Session::in_transaction);
            open == matches!(state.as_str(), "starting" | "in_progress")
        }
        _ => return Err(unknown(name)),
    };
    args.done()?;
    if told { Ok(()) } else { Err(Failure::Test(format!("{name} does not hold"))) }
}

async fn topology(run: &Run, name: &str, mut args: Args) -> Result<(), Failure> {
    match name {
        "recordTopologyDescription" => {
            let client = run.entities.client(&args.get::<String>("client")?)?.client()?;
            let id: String = args.get("id")?;
            args.done()?;
            let topology = client.topology();
            let value = doc! {
                "type": format!("{:?}", topology.kind()),
                "primary": topology.primary().map(|it| it.to_string()),
            };
            run.entities.add(&id, Entity::Value(Bson::Document(value)))
        }
        "assertTopologyType" => {
            let recorded = run.entities.value(&args.get::<String>("topologyDescription")?)?;
            let wanted: String = args.get("topologyType")?;
            args.done()?;
            let found = recorded.as_document().and_then(|it| it.get_str("type").ok()).unwrap_or_default();
            if found == wanted { Ok(()) } else { Err(Failure::Test(format!("the topology is {found}"))) }
        }
        _ => {
            let client = run.entities.client(&args.get::<String>("client")?)?.client()?;
            let before = run.entities.value(&args.get::<String>("priorTopologyDescription")?)?;
            let limit = args.opt::<Duration>("timeoutMS")?.unwrap_or(Duration::from_secs(10));
            args.done()?;
            let before = before.as_document().and_then(|it| it.get_str("primary").ok()).map(str::to_owned);
            let changed = |primary: Option<String>| primary.is_some() && primary != before;
            let fits = |it: &odmium::monitor::Topology| changed(it.primary().map(|it| it.to_string()));
            client.wait_for_topology(limit, fits).await.map(drop).map_err(Failure::from)
        }
    }
}

/// Nothing from outside ends a loop here: it ends after a second.
async fn repeat(run: &Arc<Run>, mut args: Args) -> Result<(), Failure> {
    let operations = args.get::<Vec<Bson>>("operations")?.into_iter().map(operation);
    let operations = operations.collect::<Result<Vec<_>, _>>()?;
    let name = |key, args: &mut Args| args.opt::<String>(key);
    let errors_as = name("storeErrorsAsEntity", &mut args)?;
    let failures_as = name("storeFailuresAsEntity", &mut args)?;
    let successes_as = name("storeSuccessesAsEntity", &mut args)?;
    let iterations_as = name("storeIterationsAsEntity", &mut args)?;
    args.done()?;
    let (mut errors, mut failures, mut successes, mut iterations) = (Vec::new(), Vec::new(), 0_i64, 0_i64);
    let end = tokio::time::Instant::now() + Duration::from_secs(1);
    while tokio::time::Instant::now() < end {
        iterations += 1;
        for operation in &operations {
            let told = |failure: &Failure| Bson::Document(doc! { "error": failure.to_string() });
            match super::run(run.clone(), operation).await {
                Ok(()) => successes += 1,
                Err(failure @ Failure::Operation(_)) if errors_as.is_some() => errors.push(told(&failure)),
                Err(failure) if failures_as.is_some() => failures.push(told(&failure)),
                Err(failure) if errors_as.is_some() => errors.push(told(&failure)),
                Err(failure) => return Err(failure),
            }
        }
    }
    for (id, value) in [
        (errors_as, Bson::Array(errors)),
        (failures_as, Bson::Array(failures)),
        (successes_as, Bson::Int64(successes)),
        (iterations_as, Bson::Int64(iterations)),
    ] {
        if let Some(id) = id {
            run.entities.set(&id, Entity::Value(value));
        }
    }
    Ok(())
}
