//! Bringing the collections of a program in line with the models.

use futures_util::future::BoxFuture;
use mongodb::bson::{self, doc};

use super::{
    CollectionPlan, CollectionStep, SchemaPlan,
    compare::{Difference, difference, is_plain},
    target::Target,
};
use crate::{
    Collection,
    error::{Error, Result},
    index::{Asked, SyncIndexes, when_asked},
    model::Document,
};

/// Codes of the server's `NamespaceExists`, and of `NamespaceNotFound` for a collection that was dropped meanwhile.
const EXISTS: i32 = 48;
const NOT_FOUND: i32 = 26;
/// How often a collection is compared anew when another process was faster.
const ATTEMPTS: u32 = 5;

/// Creates what models declare: collections with their options, views, indexes. Made by
/// [`Schema::sync`](super::Schema::sync) for all collections of a program, and by [`Collection::sync`] for one.
///
/// [`plan`](Self::plan) shows what would be done; awaiting does it and gives the plan that was carried out. Collections
/// are synced one after the other, views last:
///
/// | The server has | and the model declares | what is done |
/// |---|---|---|
/// | no collection | options or a view | it is created |
/// | no collection | none | nothing: the first insert or index creates it |
/// | other options | options that can be changed (`collMod`) | they are changed |
/// | other options | options that cannot be changed | an error, unless [`recreate`](Self::recreate) is set |
/// | an index in another form | an index | an error, unless [`replace_changed`](Self::replace_changed) is set |
/// | options or indexes | nothing | they are reported and stay, unless [`drop_unknown`](Self::drop_unknown) is set |
///
/// Safe when several processes start at once: one of them creates or changes, and the others find it done.
///
/// # Errors
///
/// [Argument](Error::is_argument) when something would have to be replaced; as [`SyncIndexes`]. What was done before the
/// error stays done.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before the action is awaited"]
pub struct SyncCollections {
    targets: Vec<Target>,
    asked: Asked,
    recreate: bool,
}

impl<D: Document> Collection<D> {
    /// Brings the collection on the server in line with its model: its options and its indexes; see [`SyncCollections`].
    pub fn sync(&self) -> SyncCollections {
        SyncCollections::new([Target::of(self)])
    }
}

impl SyncCollections {
    pub(super) fn new(targets: impl IntoIterator<Item = Target>) -> Self {
        Self { targets: Target::merge(targets), asked: Asked::default(), recreate: false }
    }

    when_asked!(
        drop_unknown: "Drops indexes that are there but not declared, and takes off validators, images and times of expiry \
            that are not. Off by default: somebody may need them."
    );
    when_asked!(replace_changed);

    /// Drops a collection **with its documents**, and creates it anew, where an option cannot be changed. Off by default.
    pub fn recreate(mut self, recreate: bool) -> Self {
        self.recreate = recreate;
        self
    }

    /// What would be done.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached, or when what is declared cannot be written.
    pub async fn plan(&self) -> Result<SchemaPlan> {
        let mut collections = Vec::with_capacity(self.targets.len());
        for target in &self.targets {
            let collection = target.collection.clone();
            let (step, _) = collection.scoped("SyncCollections", Box::pin(self.step(target))).await?;
            let indexes = match target.is_view() {
                true => None,
                false => Some(self.indexes(target).plan().await?),
            };
            collections.push(CollectionPlan {
                name: collection.full_name(),
                step,
                indexes,
                is_special: target.is_special(),
                carried_out: false,
            });
        }
        Ok(SchemaPlan { collections })
    }

    async fn run(self) -> Result<SchemaPlan> {
        let mut collections = Vec::with_capacity(self.targets.len());
        for target in &self.targets {
            let collection = target.collection.clone();
            let step = collection.scoped("SyncCollections", Box::pin(self.carry_out(target))).await?;
            let indexes = match target.is_view() {
                true => None,
                false => Some(self.indexes(target).await?),
            };
            collections.push(CollectionPlan {
                name: collection.full_name(),
                step,
                indexes,
                is_special: target.is_special(),
                carried_out: true,
            });
        }
        Ok(SchemaPlan { collections })
    }

    /// What to do about the collection as such.
    async fn step(&self, target: &Target) -> Result<(CollectionStep, Difference)> {
        let options = target.options.clone()?;
        let database = target.database();
        let list = database.list_collections().filter(doc! { "name": target.collection.name() });
        let Some(there) = list.await?.into_iter().next() else {
            let step = if is_plain(&options) { CollectionStep::Keep } else { CollectionStep::Create };
            return Ok((step, Difference::default()));
        };
        let found = difference(&options, &there, self.asked.drop_unknown)?;
        let step = if !found.fixed.is_empty() {
            CollectionStep::Fixed { differences: found.fixed.clone(), recreate: self.recreate }
        } else if !found.changes.is_empty() {
            CollectionStep::Change { differences: found.changes.clone() }
        } else if !found.unknown.is_empty() {
            CollectionStep::Unknown { options: found.unknown.clone() }
        } else {
            CollectionStep::Keep
        };
        Ok((step, found))
    }

    async fn carry_out(&self, target: &Target) -> Result<CollectionStep> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let (step, found) = self.step(target).await?;
            let done = match &step {
                CollectionStep::Keep | CollectionStep::Unknown { .. } => Ok(()),
                CollectionStep::Create => self.create(target).await,
                CollectionStep::Change { .. } => {
                    let mut command = doc! { "collMod": target.collection.name() };
                    command.extend(found.change);
                    target.database().run_command(command).await.map(drop)
                }
                CollectionStep::Fixed { differences, recreate: false } => {
                    return Err(Error::argument(format!(
                        "`{}` is declared with options that the server cannot change ({}): copy the documents into a new \
                         collection, or call `recreate(true)`, which drops them",
                        target.collection.full_name(),
                        differences.join(", ")
                    )));
                }
                CollectionStep::Fixed { .. } => {
                    target.collection.drop().await?;
                    self.create(target).await
                }
            };
            match done {
                Ok(()) => return Ok(step),
                // Another process was faster: what it has made is compared.
                Err(error) if attempts < ATTEMPTS && matches!(error.code(), Some(EXISTS | NOT_FOUND)) => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn create(&self, target: &Target) -> Result<()> {
        let options = target.options.clone()?;
        target.collection.create().options_with(|own| *own = options).await
    }

    fn indexes(&self, target: &Target) -> SyncIndexes<bson::Document> {
        SyncIndexes::declared(&target.collection, target.indexes.clone(), target.kinds.clone())
            .when(self.asked)
    }
}

impl IntoFuture for SyncCollections {
    type Output = Result<SchemaPlan>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
