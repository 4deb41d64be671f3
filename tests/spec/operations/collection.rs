//! Operations on a collection.

use std::sync::Arc;

use odmium::{Collection, bson::Bson};

use super::{Done, Given, bulk, indexes, read, shape::Shape, typed, unknown, watch, watched::Watched, write};
use crate::{
    args::{Args, options},
    entities::{in_session, lock},
    run::Run,
};

pub async fn perform<D: Shape>(collection: &Collection<D>, name: &str, args: Args, run: &Arc<Run>) -> Done {
    match name {
        "aggregate" => read::aggregate(collection, args, run).await,
        "bulkWrite" => bulk::collection(collection, args, run).await,
        "count" => read::old_count(collection, args, run).await,
        "countDocuments" => read::count(collection, args, run).await,
        "createFindCursor" => read::cursor(collection, args, run).await,
        "createChangeStream" => {
            watch::create(typed::collection::<_, Watched>(collection).watch(), args, run).await
        }
        "createIndex" => indexes::create(collection, args, run).await,
        "deleteMany" | "deleteOne" => write::delete(collection, name, args, run).await,
        "distinct" => read::distinct(collection, args, run).await,
        "drop" => drop_collection(collection, args, run).await,
        "dropIndex" | "dropIndexes" => indexes::drop_index(collection, name, args, run).await,
        "estimatedDocumentCount" => read::estimated(collection, args).await,
        "find" => read::find(collection, args, run).await,
        "findOne" => read::find_one(collection, args, run).await,
        "findOneAndDelete" => write::find_one_and_delete(collection, args, run).await,
        "findOneAndReplace" => write::find_one_and_replace(collection, args, run).await,
        "findOneAndUpdate" => write::find_one_and_update(collection, args, run).await,
        "insertMany" => write::insert_many(collection, args, run).await,
        "insertOne" => write::insert_one(collection, args, run).await,
        "listIndexNames" => indexes::names(collection, args, run).await,
        "listIndexes" => indexes::list(collection, args, run).await,
        "mapReduce" => read::map_reduce(collection, args, run).await,
        "rename" => rename(collection, args, run).await,
        "replaceOne" => write::replace(collection, args, run).await,
        "updateMany" | "updateOne" => write::update(collection, name, args, run).await,
        _ => Err(unknown(name)),
    }
}

async fn drop_collection<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut action = collection.drop();
    options!(action, args: "writeConcern" => write_concern(odmium::options::WriteConcern));
    args.done()?;
    in_session!(action, session).await?;
    Ok(Given::Nothing)
}

async fn rename<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut action = collection.rename(args.get::<String>("to")?);
    options!(action, args:
        "dropTarget" => drop_target(bool),
        "comment" => comment(Bson),
    );
    args.done()?;
    in_session!(action, session).await?;
    Ok(Given::Nothing)
}
