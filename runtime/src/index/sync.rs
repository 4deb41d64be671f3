//! Bringing the indexes on the server in line with the model.

use futures_util::TryStreamExt;
use mongodb::{IndexModel, bson::Document};

use super::{Index, IndexPlan, Step};
use crate::{
    Collection,
    cursor::{Batch, Whole},
    error::{Error, Result},
    model::{self, Discriminator, Record},
};

/// Code of the server's `NamespaceNotFound`.
pub(super) const NO_COLLECTION: i32 = 26;
/// Code of the server's `CommandNotSupportedOnView`: a view has no indexes.
const IS_VIEW: i32 = 166;
/// Code of the server's `IndexNotFound`.
const NO_INDEX: i32 = 27;

/// What a sync does only when it is asked to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) drop_unknown: bool,
    pub(crate) replace_changed: bool,
}

/// Setters of it, on an action with a field `asked`.
macro_rules! when_asked {
    (replace_changed) => {
        $crate::index::when_asked!(
            replace_changed: "Drops and builds anew indexes that are declared in another form. Off by default: until one is \
                built, queries that need it read the whole collection, and a unique index refuses nothing."
        );
    };
    ($name:ident: $text:literal) => {
        #[doc = $text]
        pub fn $name(mut self, $name: bool) -> Self {
            self.asked.$name = $name;
            self
        }
    };
}

pub(crate) use when_asked;

/// Creates the indexes that a model declares; see [`Collection::sync_indexes`](crate::Collection::sync_indexes).
///
/// [`plan`](Self::plan) shows what would be done; awaiting does it and gives the plan that was carried out. An index
/// that is there but not declared is reported and stays, unless [`drop_unknown`](Self::drop_unknown) is set; one that
/// is declared in another form is an error, unless [`replace_changed`](Self::replace_changed) is set.
///
/// Safe when several processes start at once: the server does not create an index twice. Building blocks writes to
/// the collection only at its start and end, but takes time with the size of the collection.
///
/// # Examples
///
/// ```no_run
/// # use odmium::prelude::*;
/// # #[derive(Document)]
/// # #[document(collection = "users")]
/// # struct User { id: Id<User>, #[field(index(unique))] email: String }
/// # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
/// println!("{}", users.sync_indexes().plan().await?);
/// users.sync_indexes().await?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [Argument](Error::is_argument) when an index would have to be replaced, [duplicate key](Error::is_duplicate_key)
/// when the collection holds a value twice that is to be unique.
#[must_use = "nothing is sent before the action is awaited"]
pub struct SyncIndexes<D> {
    collection: Collection<D>,
    declared: Vec<Index<D>>,
    /// The models whose indexes these are, where there may be those of others; none for all that are there.
    kinds: Vec<Discriminator>,
    asked: Asked,
}

impl<D: model::Document> SyncIndexes<D> {
    pub(crate) fn new(collection: &Collection<D>) -> Self {
        Self::declared(collection, D::indexes(), D::DISCRIMINATOR.into_iter().collect())
    }
}

impl<D: Record> SyncIndexes<D> {
    pub(crate) fn when(mut self, asked: Asked) -> Self {
        self.asked = asked;
        self
    }

    /// The same for indexes that are not those of the type.
    pub(crate) fn declared(
        collection: &Collection<D>,
        declared: Vec<Index<D>>,
        kinds: Vec<Discriminator>,
    ) -> Self {
        Self { collection: collection.clone(), declared, kinds, asked: Asked::default() }
    }

    when_asked!(drop_unknown: "Drops indexes that are there but not declared. Off by default: somebody may need them.");
    when_asked!(replace_changed);

    /// What would be done.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached, or when a filter of a partial index cannot be written.
    pub async fn plan(&self) -> Result<IndexPlan<D>> {
        self.collection.scoped("SyncIndexes", Box::pin(self.compare())).await
    }

    async fn compare(&self) -> Result<IndexPlan<D>> {
        if let Some(error) = self.declared.iter().find_map(|index| index.invalid.clone()) {
            return Err(error.into());
        }
        let mut there = self.list().await?;
        if !self.kinds.is_empty() {
            there.retain(|index| {
                let name = index.get_str("name").unwrap_or_default();
                let is_declared = self.declared.iter().any(|own| own.name() == name);
                is_declared || self.kinds.iter().any(|kind| kind.owns(index))
            });
        }
        let name = self.collection.inner().namespace().to_string();
        Ok(IndexPlan::new(name, self.declared.clone(), there, self.asked.drop_unknown))
    }

    /// The indexes as the server lists them, with every option.
    async fn list(&self) -> Result<Vec<Document>> {
        let mut batches = match self.collection.inner().list_indexes().batch().await {
            Ok(batches) => batches,
            Err(error) => {
                let error = Error::from(error);
                return match error.code() {
                    Some(NO_COLLECTION | IS_VIEW) => Ok(Vec::new()),
                    _ => Err(error),
                };
            }
        };
        let mut indexes = Vec::new();
        while let Some(batch) = batches.try_next().await? {
            let batch = Batch::<Document>::new(batch, Whole)?;
            for index in batch.owned() {
                indexes.push(index?);
            }
        }
        Ok(indexes)
    }

    async fn run(self) -> Result<IndexPlan<D>> {
        let mut plan = self.compare().await?;
        let mut create = Vec::new();
        for step in &plan.steps {
            match step {
                Step::Keep(_) | Step::Unknown { drop: false, .. } => {}
                Step::Create(index) => create.push(index),
                Step::Replace { index, old, difference } => {
                    if !self.asked.replace_changed {
                        return Err(Error::argument(format!(
                            "index `{}` of `{}` is declared in another form than the one on the server ({difference}): \
                             drop it there, or call `replace_changed(true)`",
                            index.name, plan.collection
                        )));
                    }
                    self.drop_index(old).await?;
                    create.push(index);
                }
                Step::Unknown { name, drop: true } => self.drop_index(name).await?,
            }
        }
        let models: Vec<IndexModel> = create
            .into_iter()
            .map(|index| {
                let mut options = index.options.clone();
                options.name = Some(index.name.clone());
                IndexModel::builder().keys(index.keys.clone()).options(options).build()
            })
            .collect();
        if !models.is_empty() {
            self.collection.inner().create_indexes(models).await?;
        }
        plan.carried_out = true;
        Ok(plan)
    }

    /// Another process that syncs at the same time may have been faster.
    async fn drop_index(&self, name: &str) -> Result<()> {
        match self.collection.inner().drop_index(name).await.map_err(Error::from) {
            Err(error) if error.code() != Some(NO_INDEX) => Err(error),
            _ => Ok(()),
        }
    }
}

impl<D: Record> IntoFuture for SyncIndexes<D> {
    type Output = Result<IndexPlan<D>>;
    type IntoFuture = futures_util::future::BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let collection = self.collection.clone();
        Box::pin(collection.scoped("SyncIndexes", Box::pin(self.run())))
    }
}

impl<D> std::fmt::Debug for SyncIndexes<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SyncIndexes").finish_non_exhaustive()
    }
}
