//! Changing the options of a collection.

use std::time::Duration;

use odmium::{
    Database,
    admin::IndexChange,
    bson::{Bson, Document},
    options::{ChangeStreamPreAndPostImages, Hint, WriteConcern},
};

use super::{Done, Given};
use crate::{
    args::{Args, options},
    entities::{in_session, lock},
    failure::Failure,
    run::Run,
};

pub async fn modify_collection(database: &Database, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let collection = database.collection_named::<Document>(&args.get::<String>("collection")?);
    let mut modify = collection.modify();
    options!(modify, args:
        "cappedMax" => max_documents(u64),
        "cappedSize" => capped(u64),
        "comment" => comment(Bson),
        "timeoutMS" => timeout(Duration),
        "validator" => validator(Document),
        "writeConcern" => write_concern(WriteConcern),
    );
    if let Some(index) = args.opt::<Document>("index")? {
        let mut index = Args::new(&index);
        let hint = match index.opt::<Document>("keyPattern")? {
            Some(keys) => Hint::Keys(keys),
            None => Hint::Name(index.get("name")?),
        };
        let mut changes: Vec<IndexChange> = Vec::new();
        changes.extend(index.opt("hidden")?.map(IndexChange::Hidden));
        changes.extend(index.opt("prepareUnique")?.map(IndexChange::PrepareUnique));
        let seconds = index.opt("expireAfterSeconds")?;
        changes.extend(seconds.map(|seconds| IndexChange::ExpireAfter(Duration::from_secs(seconds))));
        match index.opt::<bool>("unique")? {
            Some(true) => changes.push(IndexChange::Unique),
            Some(false) => return Err(Failure::test("an index cannot be made one that is not unique")),
            None => {}
        }
        index.done()?;
        modify = changes.into_iter().fold(modify, |modify, change| modify.index(hint.clone(), change));
    }
    if let Some(images) = args.opt::<ChangeStreamPreAndPostImages>("changeStreamPreAndPostImages")? {
        modify = modify.pre_and_post_images(images.enabled);
    }
    if let Some(on) = args.opt::<String>("viewOn")? {
        modify = modify.view(on, args.get::<Vec<Document>>("pipeline")?);
    }
    for name in ["expireAfterSeconds", "timeseries", "validationLevel", "validationAction"] {
        if let Some(value) = args.opt::<Bson>(name)? {
            modify = modify.option(name, value);
        }
    }
    args.done()?;
    in_session!(modify, session).await?;
    Ok(Given::Nothing)
}
