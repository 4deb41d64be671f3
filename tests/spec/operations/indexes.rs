//! Indexes.

use std::time::Duration;

use odmium::{
    Collection,
    bson::{Bson, Document},
    index::Index,
    options::{Collation, WriteConcern},
};

use super::{Done, Given, shape::Shape};
use crate::{
    args::{Args, options},
    entities::{in_session, lock},
    run::Run,
};

pub async fn create<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut index = Index::<D>::raw(args.get("keys")?);
    options!(index, args:
        "name" => named(String),
        "collation" => collation(Collation),
    );
    if let Some(seconds) = args.opt("expireAfterSeconds")? {
        index = index.expire_after(Duration::from_secs(seconds));
    }
    for (name, set) in
        [("unique", Index::unique as fn(_) -> _), ("sparse", Index::sparse), ("hidden", Index::hidden)]
    {
        if args.opt::<bool>(name)? == Some(true) {
            index = set(index);
        }
    }
    let mut action = collection.create_index(index);
    options!(action, args:
        "comment" => comment(Bson),
        "maxTimeMS" => max_time(Duration),
        "timeoutMS" => timeout(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    Ok(Bson::String(in_session!(action, session).await?).into())
}

pub async fn drop_index<D: Shape>(collection: &Collection<D>, name: &str, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut action = match name {
        "dropIndexes" => collection.drop_indexes(),
        _ => match args.opt::<Document>("keys")? {
            Some(keys) => collection.drop_index(keys),
            None => collection.drop_index(args.get::<String>("name")?.as_str()),
        },
    };
    options!(action, args:
        "comment" => comment(Bson),
        "maxTimeMS" => max_time(Duration),
        "timeoutMS" => timeout(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    in_session!(action, session).await?;
    Ok(Given::Nothing)
}

pub async fn names<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut list = collection.list_indexes();
    options!(list, args:
        "batchSize" => batch_size(u32),
        "comment" => comment(Bson),
        "maxTimeMS" => max_time(Duration),
        "timeoutMS" => timeout(Duration),
    );
    args.done()?;
    let names = in_session!(list, session).names().await?;
    Ok(Bson::Array(names.into_iter().map(Bson::String).collect()).into())
}

pub async fn list<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut list = collection.list_indexes();
    options!(list, args:
        "batchSize" => batch_size(u32),
        "comment" => comment(Bson),
        "maxTimeMS" => max_time(Duration),
        "timeoutMS" => timeout(Duration),
    );
    args.done()?;
    let indexes = in_session!(list, session).await?.into_iter().map(|index| {
        let mut document = odmium::bson::doc! { "name": index.name, "key": index.keys };
        document.extend(index.options);
        Bson::Document(document)
    });
    Ok(Bson::Array(indexes.collect()).into())
}
