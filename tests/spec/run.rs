//! One test from its data to its outcome.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use odmium::{
    Client,
    bson::{Bson, Document, Timestamp, doc},
    mongodb::ClusterTime,
    options::{Acknowledgment, ReadConcern, ReadPreference, WriteConcern},
    prelude::*,
};
use tokio::time::{sleep, timeout};

use crate::{
    entities::{Entities, Entity},
    expectations,
    failure::Failure,
    limits, matching, operations,
    requirements::{self, Deployment},
    schema::{CollectionData, Test, TestFile},
    servers::Station,
};

/// How long a test waits for what must happen.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How long a whole test may take.
const LIMIT: Duration = Duration::from_secs(60);
/// How long a session that is done with may take to be there for the next operation.
const GIVEN_BACK: Duration = Duration::from_millis(300);

/// A test that is under way.
pub struct Run {
    pub uri: String,
    pub deployment: Deployment,
    /// For everything that is not tested: data, fail points, outcomes.
    pub set_up: Client,
    pub entities: Entities,
    /// The fail points that were set.
    pub fail_points: Mutex<Vec<String>>,
    /// What sessions must have seen to see the data.
    pub seen: Mutex<Option<(ClusterTime, Timestamp)>>,
    /// Whether every document of the test has the shape of the model.
    pub modelled: bool,
    /// Whether change streams give typed events.
    pub typed_events: bool,
    /// Whether an operation ran on the model.
    pub typed: AtomicBool,
}

/// Runs a test, its change streams with typed events or raw ones; gives whether a model took part.
pub async fn test(
    station: &Station,
    file: &TestFile,
    test: &Test,
    typed_events: bool,
) -> Result<bool, Failure> {
    if let Some(reason) = &test.skip_reason {
        return Err(Failure::Skip(format!("the test says: {reason}")));
    }
    for requirements in [&file.run_on_requirements, &test.run_on_requirements] {
        if let Some(reason) = requirements::unmet(requirements, &station.deployment) {
            return Err(Failure::Skip(reason));
        }
    }
    if let Some(reason) = limits::of(file, test) {
        return Err(Failure::Skip(reason.to_owned()));
    }
    let run = Arc::new(Run {
        uri: station.uri.clone(),
        deployment: station.deployment.clone(),
        set_up: station.client.clone(),
        entities: Entities::default(),
        fail_points: Mutex::default(),
        seen: Mutex::default(),
        modelled: operations::modelled::fits(file, test),
        typed_events,
        typed: AtomicBool::new(false),
    });
    let result = timeout(LIMIT, run.clone().whole(file, test)).await;
    let result = result.unwrap_or_else(|_| Err(Failure::test("the test took more than a minute")));
    run.clean_up(result.is_err()).await;
    result.map(|()| run.typed.load(Ordering::Relaxed))
}

impl Run {
    async fn whole(self: Arc<Self>, file: &TestFile, test: &Test) -> Result<(), Failure> {
        self.write(&file.initial_data).await.map_err(|failure| failure.at("initial data"))?;
        for entity in &file.create_entities {
            operations::create::entity(&self, entity).await.map_err(|failure| failure.at("entities"))?;
        }
        let compares_sessions = test.operations.iter().any(|it| it.name.ends_with("LsidOnLastTwoCommands"));
        for (index, operation) in test.operations.iter().enumerate() {
            if compares_sessions {
                // The driver puts a session back in a task of its own, which the next operation may overtake.
                sleep(GIVEN_BACK).await;
            }
            let done = operations::run(self.clone(), operation).await;
            done.map_err(|failure| failure.at(&format!("operation {index} ({})", operation.name)))?;
        }
        expectations::check(&self, test).await?;
        self.compare(&test.outcome).await
    }

    async fn write(&self, data: &[CollectionData]) -> Result<(), Failure> {
        let majority = || WriteConcern::builder().w(Acknowledgment::Majority).build();
        let mut session = self.set_up.start_session().await?;
        for CollectionData { collection_name, database_name, create_options, documents } in data {
            let database = self.set_up.database(database_name);
            let collection = database.collection_named::<Document>(collection_name);
            collection.drop().write_concern(majority()).session(&mut session).await?;
            if documents.is_empty() || !create_options.is_empty() {
                let mut create = doc! { "create": collection_name, "writeConcern": { "w": "majority" } };
                create.extend(create_options.clone());
                database.run_command(create).session(&mut session).await?;
            }
            let insert = collection.insert_many(documents).write_concern(majority());
            insert.session(&mut session).await?;
        }
        let seen = session.cluster_time().cloned().zip(session.operation_time());
        *self.seen.lock().unwrap() = seen;
        Ok(())
    }

    async fn compare(&self, outcome: &[CollectionData]) -> Result<(), Failure> {
        for CollectionData { collection_name, database_name, documents, .. } in outcome {
            let collection =
                self.set_up.database(database_name).collection_named::<Document>(collection_name);
            let find = collection.find(Filter::everything()).read_concern(ReadConcern::local());
            let find = find.selection_criteria(ReadPreference::Primary);
            let id = odmium::path::Field::<Document, Bson>::raw("_id");
            let found: Vec<_> = find.sort(id.asc()).await?.into_iter().map(Bson::Document).collect();
            let wanted = documents.iter().cloned().map(Bson::Document).collect();
            matching::exactly(&Bson::Array(wanted), &Bson::Array(found), &self.entities)
                .map_err(|error| Failure::test(format!("the outcome in {collection_name}: {error}")))?;
        }
        Ok(())
    }

    /// Turns off the fail points and ends everything that the test has left.
    async fn clean_up(&self, failed: bool) {
        let admin = self.set_up.database("admin");
        let fail_points = std::mem::take(&mut *self.fail_points.lock().unwrap());
        for name in fail_points {
            drop(admin.run_command(doc! { "configureFailPoint": name, "mode": "off" }).await);
        }
        let had_session = !self.entities.sessions().is_empty();
        if failed && had_session {
            drop(admin.run_command(doc! { "killAllSessions": [] }).check(false).await);
        }
        for entity in self.entities.take() {
            match entity {
                Entity::Cursor(cursor) => drop(timeout(PATIENCE, cursor.close()).await),
                Entity::Session(session) => {
                    if let Ok(mut session) = session.lock().await
                        && let Some(session) = session.take()
                    {
                        drop(timeout(PATIENCE, session.end()).await);
                    }
                }
                Entity::Client(client) => client.close().await,
                other => drop(other),
            }
        }
        if had_session {
            drop(admin.run_command(doc! { "killAllSessions": [] }).check(false).await);
        }
    }
}

/// Asks again and again until it is so.
pub async fn until<T>(mut ask: impl FnMut() -> Result<T, String>) -> Result<T, Failure> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        match ask() {
            Ok(found) => return Ok(found),
            Err(error) if tokio::time::Instant::now() > deadline => return Err(Failure::test(error)),
            Err(_) => sleep(Duration::from_millis(5)).await,
        }
    }
}
