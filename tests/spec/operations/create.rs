//! Making the entities that a test describes.

use std::sync::Arc;

use odmium::{
    bson::{Bson, Document},
    options::{ReadConcern, ReadPreference, WriteConcern},
};

use crate::{
    args::{Args, options},
    clients::ClientEntity,
    entities::{Entity, SessionEntity, ThreadEntity},
    failure::Failure,
    run::Run,
};

/// Makes one entity: a document with its kind and its description.
pub async fn entity(run: &Run, description: &Document) -> Result<(), Failure> {
    let mut parts = description.iter();
    let (Some((kind, Bson::Document(description))), None) = (parts.next(), parts.next()) else {
        return Err(Failure::test("an entity has one kind and a description"));
    };
    let mut args = Args::new(description);
    let id: String = args.get("id")?;
    let entities = &run.entities;
    let entity = match kind.as_str() {
        "client" => Entity::Client(Arc::new(ClientEntity::create(&run.uri, description).await?)),
        "database" => {
            let client = entities.client(&args.get::<String>("client")?)?.client()?;
            let mut database = client.database(&args.get::<String>("databaseName")?);
            let mut own = Args::new(&args.opt("databaseOptions")?.unwrap_or_default());
            args.done()?;
            options!(database, own:
                "readConcern" => with_read_concern(ReadConcern),
                "readPreference" => with_selection_criteria(ReadPreference),
                "timeoutMS" => with_timeout(std::time::Duration),
                "writeConcern" => with_write_concern(WriteConcern),
            );
            own.done()?;
            Entity::Database(database)
        }
        "collection" => {
            let database = entities.database(&args.get::<String>("database")?)?;
            let mut collection = database.collection_named(&args.get::<String>("collectionName")?);
            let mut own = Args::new(&args.opt("collectionOptions")?.unwrap_or_default());
            args.done()?;
            options!(collection, own:
                "readConcern" => with_read_concern(ReadConcern),
                "readPreference" => with_selection_criteria(ReadPreference),
                "timeoutMS" => with_timeout(std::time::Duration),
                "writeConcern" => with_write_concern(WriteConcern),
            );
            own.done()?;
            Entity::Collection(collection)
        }
        "session" => {
            let own = args.opt::<Document>("sessionOptions")?.unwrap_or_default();
            let session = session(run, &args.get::<String>("client")?, &own).await?;
            args.done()?;
            Entity::Session(Arc::new(session))
        }
        "bucket" => {
            let mut bucket = entities.database(&args.get::<String>("database")?)?.bucket::<Document>();
            let mut own = Args::new(&args.opt("bucketOptions")?.unwrap_or_default());
            args.done()?;
            options!(bucket, own:
                "bucketName" => named(String),
                "chunkSizeBytes" => chunk_size(u32),
                "readConcern" => read_concern(ReadConcern),
                "readPreference" => selection_criteria(ReadPreference),
                "writeConcern" => write_concern(WriteConcern),
            );
            own.done()?;
            Entity::Bucket(Box::new(bucket))
        }
        "thread" => {
            args.done()?;
            Entity::Thread(Arc::new(ThreadEntity::start()))
        }
        "clientEncryption" => return Err(Failure::Skip("needs client-side encryption".to_owned())),
        _ => return Err(Failure::test(format!("the entity `{kind}` is not known to this runner"))),
    };
    entities.add(&id, entity)
}

async fn session(run: &Run, client: &str, options: &Document) -> Result<SessionEntity, Failure> {
    let mut args = Args::new(options);
    let owner = run.entities.client(client)?.client()?;
    let mut start = owner.start_session();
    options!(start, args:
        "causalConsistency" => causal_consistency(bool),
        "snapshot" => snapshot(bool),
    );
    if let Some(time) = args.opt::<String>("snapshotTime")? {
        match run.entities.value(&time)? {
            Bson::Timestamp(time) => start = start.snapshot_time(time),
            other => return Err(Failure::test(format!("{other} is no time of a snapshot"))),
        }
    }
    if let Some(defaults) = args.opt::<Document>("defaultTransactionOptions")? {
        let mut defaults = Args::new(&defaults);
        let mut transaction = odmium::options::TransactionOptions::default();
        transaction.read_concern = defaults.opt("readConcern")?;
        transaction.write_concern = defaults.opt("writeConcern")?;
        transaction.selection_criteria = defaults.opt::<ReadPreference>("readPreference")?.map(Into::into);
        transaction.max_commit_time = defaults.opt("maxCommitTimeMS")?;
        defaults.done()?;
        start = start.default_transaction_options(transaction);
    }
    args.done()?;
    let mut session = start.await?;
    let seen = run.seen.lock().unwrap().clone();
    if let Some((time, _)) = seen {
        session.advance_cluster_time(&time);
    }
    Ok(SessionEntity::new(session, client.to_owned()))
}
