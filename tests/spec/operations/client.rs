//! Operations on a client.

use std::{sync::Arc, time::Duration};

use odmium::{
    Client,
    bson::{Bson, Document, serialize_to_bson},
    mongodb::options::DriverInfo,
};

use super::{Done, Given, bulk, unknown, watch};
use crate::{
    args::{Args, options},
    clients::ClientEntity,
    entities::{in_session, lock},
    failure::Failure,
    run::Run,
};

pub async fn perform(entity: &ClientEntity, name: &str, args: Args, run: &Arc<Run>) -> Done {
    if name == "close" {
        args.done()?;
        entity.close().await;
        return Ok(Given::Nothing);
    }
    let client = entity.client()?;
    match name {
        "appendMetadata" => append_metadata(&client, args),
        "clientBulkWrite" => bulk::client(&client, args, run).await,
        "createChangeStream" => watch::create(client.watch(), args, run).await,
        "listDatabaseNames" => list_names(&client, args, run).await,
        "listDatabases" | "listDatabaseObjects" => list(&client, args, run).await,
        _ => Err(unknown(name)),
    }
}

fn append_metadata(client: &Client, mut args: Args) -> Done {
    let mut options = Args::new(&args.get::<Document>("driverInfoOptions")?);
    args.done()?;
    let mut info = DriverInfo::builder().name(options.get::<String>("name")?).build();
    info.version = options.opt("version")?;
    info.platform = options.opt("platform")?;
    options.done()?;
    client.append_metadata(info)?;
    Ok(Given::Nothing)
}

async fn list_names(client: &Client, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut list = client.list_database_names();
    options!(list, args:
        "authorizedDatabases" => authorized_databases(bool),
        "comment" => comment(Bson),
        "filter" => filter(Document),
    );
    unlimited(&mut args)?;
    args.done()?;
    let names = in_session!(list, session).await?;
    Ok(Bson::Array(names.into_iter().map(Bson::String).collect()).into())
}

async fn list(client: &Client, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut list = client.list_databases();
    options!(list, args:
        "authorizedDatabases" => authorized_databases(bool),
        "comment" => comment(Bson),
        "filter" => filter(Document),
    );
    unlimited(&mut args)?;
    args.done()?;
    let found = in_session!(list, session).await?;
    let found = found.iter().map(serialize_to_bson).collect::<Result<Vec<_>, _>>();
    Ok(Bson::Array(found.map_err(|error| Failure::test(error.to_string()))?).into())
}

/// These actions have no limit of their own yet: the test cannot have one either.
fn unlimited(args: &mut Args) -> Result<(), Failure> {
    match args.opt::<Duration>("timeoutMS")? {
        None => Ok(()),
        Some(_) => Err(Failure::test("this operation has no limit of its own")),
    }
}
