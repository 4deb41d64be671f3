//! Operations on a database.

use std::{sync::Arc, time::Duration};

use odmium::{
    Collection, Database,
    bson::{Bson, Document},
    options::{
        ChangeStreamPreAndPostImages, ClusteredIndex, Collation, CursorType, Hint, ReadConcern,
        ReadPreference, TimeseriesOptions, WriteConcern,
    },
};

use super::{Done, Given, modify::modify_collection, read::aggregate_options, unknown, watch};
use crate::{
    args::{Args, options},
    cursors::{self, CursorEntity},
    entities::{Entity, in_session, lock},
    failure::Failure,
    run::Run,
};

pub async fn perform(database: &Database, name: &str, args: Args, run: &Arc<Run>) -> Done {
    match name {
        "aggregate" => aggregate(database, args, run).await,
        "createChangeStream" => watch::create(database.watch(), args, run).await,
        "createCollection" => create_collection(database, args, run).await,
        "createCommandCursor" => command_cursor(database, args, run).await,
        "dropCollection" => drop_collection(database, args, run).await,
        "listCollectionNames" | "listCollections" | "listCollectionObjects" => {
            list_collections(database, name, args, run).await
        }
        "modifyCollection" => modify_collection(database, args, run).await,
        "runCommand" => run_command(database, args, run).await,
        "runCursorCommand" => run_cursor_command(database, args, run).await,
        _ => Err(unknown(name)),
    }
}

async fn aggregate(database: &Database, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut aggregate = database.aggregate_raw::<Document>(args.get::<Vec<Document>>("pipeline")?);
    aggregate_options!(aggregate, args);
    args.done()?;
    let found = in_session!(aggregate, session).await?;
    Ok(Bson::Array(found.into_iter().map(Bson::Document).collect()).into())
}

async fn create_collection(database: &Database, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let name = args.get::<String>("collection")?;
    let mut create = database.create_collection(&name);
    options!(create, args:
        "collation" => collation(Collation),
        "comment" => comment(Bson),
        "indexOptionDefaults" => index_storage_engine(Document),
        "max" => max_documents(u64),
        "storageEngine" => storage_engine(Document),
        "timeoutMS" => timeout(Duration),
        "timeseries" => time_series(TimeseriesOptions),
        "validator" => validator(Document),
        "writeConcern" => write_concern(WriteConcern),
    );
    if let Some(seconds) = args.opt("expireAfterSeconds")? {
        create = create.expire_after(Duration::from_secs(seconds));
    }
    if let Some(images) = args.opt::<ChangeStreamPreAndPostImages>("changeStreamPreAndPostImages")? {
        create = create.pre_and_post_images(images.enabled);
    }
    let (capped, size) = (args.opt("capped")?, args.opt("size")?);
    let clustered = args.opt::<ClusteredIndex>("clusteredIndex")?;
    let (view_on, pipeline) = (args.opt("viewOn")?, args.opt("pipeline")?);
    create = create.options_with(|options| {
        options.capped = capped;
        options.size = size;
        options.clustered_index = clustered;
        options.view_on = view_on;
        options.pipeline = pipeline;
    });
    args.done()?;
    in_session!(create, session).await?;
    Ok(Given::Entity(Entity::Collection(database.collection_named(&name))))
}

fn named(database: &Database, args: &mut Args) -> Result<Collection<Document>, Failure> {
    Ok(database.collection_named(&args.get::<String>("collection")?))
}

async fn drop_collection(database: &Database, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut drop = named(database, &mut args)?.drop();
    options!(drop, args:
        "timeoutMS" => timeout(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    in_session!(drop, session).await?;
    Ok(Given::Nothing)
}

async fn list_collections(database: &Database, name: &str, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut list = database.list_collections();
    options!(list, args:
        "authorizedCollections" => authorized_collections(bool),
        "batchSize" => batch_size(u32),
        "comment" => comment(Bson),
        "filter" => filter(Document),
        "timeoutMS" => timeout(Duration),
    );
    args.done()?;
    let list = in_session!(list, session);
    let found: Vec<Bson> = match name {
        "listCollectionNames" => list.names().await?.into_iter().map(Bson::String).collect(),
        _ => list.rows::<Document>().await?.collect().await?.into_iter().map(Bson::Document).collect(),
    };
    Ok(Bson::Array(found).into())
}

async fn run_command(database: &Database, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    // For languages whose documents have no order.
    args.opt::<String>("commandName")?;
    let mut command = database.run_command(args.get::<Document>("command")?);
    options!(command, args:
        "readPreference" => selection_criteria(ReadPreference),
        "timeoutMS" => timeout(Duration),
    );
    args.done()?;
    Ok(Bson::Document(in_session!(command, session).await?).into())
}

macro_rules! cursor_command {
    ($database:ident, $args:ident) => {{
        $args.opt::<String>("commandName")?;
        let mut command = $database.run_cursor_command::<Document>($args.get::<Document>("command")?);
        options!(command, $args:
            "batchSize" => batch_size(u32),
            "comment" => comment(Bson),
            "maxTimeMS" => max_await_time(Duration),
            "readPreference" => selection_criteria(ReadPreference),
            "timeoutMS" => timeout(Duration),
        );
        // The server's reply tells how the cursor behaves.
        $args.opt::<CursorType>("cursorType")?;
        $args.opt::<ReadConcern>("readConcern")?;
        command
    }};
}

async fn run_cursor_command(database: &Database, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let command = cursor_command!(database, args);
    args.done()?;
    let found = in_session!(command, session).await?;
    Ok(Bson::Array(found.into_iter().map(Bson::Document).collect()).into())
}

async fn command_cursor(database: &Database, mut args: Args, run: &Run) -> Done {
    let session = args.session(&run.entities)?;
    let command = cursor_command!(database, args);
    args.done()?;
    let opened = CursorEntity::open(|demands, ready| {
        Box::pin(async move {
            let mut session = match lock(session).await {
                Ok(session) => session,
                Err(failure) => return drop(ready.send(Err(failure))),
            };
            let opened = in_session!(command, session).cursor().await;
            cursors::serve(opened, Bson::Document, demands, ready).await;
        })
    });
    Ok(Given::Entity(Entity::Cursor(Arc::new(opened.await?))))
}
