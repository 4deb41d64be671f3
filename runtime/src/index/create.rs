//! Creating indexes in code.

use std::marker::PhantomData;

use mongodb::{
    IndexModel,
    options::{CommitQuorum, CreateIndexOptions},
};

use super::Index;
use crate::{
    Collection, Session,
    action::{in_session, options::setters},
    admin::awaitable,
    error::{Error, Result},
    model::Record,
};

impl<D: Record> Collection<D> {
    /// Creates an index, unless it is there already, and gives its name. Indexes declared on the model are created by
    /// [`sync_indexes`](Self::sync_indexes).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use odmium::{index::Index, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, city: String, age: i32 }
    /// # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
    /// let name = users.create_index(Index::new().asc(User.city).desc(User.age)).await?;
    /// assert_eq!(name, "city_1_age_-1");
    /// # Ok(()) }
    /// ```
    pub fn create_index<'a>(&self, index: Index<D>) -> CreateIndexes<'a, D, String> {
        CreateIndexes::new(self, vec![index])
    }

    /// Creates several indexes with one reading of the collection, and gives their names.
    pub fn create_indexes<'a>(
        &self,
        indexes: impl IntoIterator<Item = Index<D>>,
    ) -> CreateIndexes<'a, D, Vec<String>> {
        CreateIndexes::new(self, indexes.into_iter().collect())
    }
}

/// Creates indexes; see [`Collection::create_index`] and [`Collection::create_indexes`].
///
/// # Errors
///
/// [Duplicate key](Error::is_duplicate_key) when the collection holds a value twice that is to be unique;
/// [command](Error::is_command) when there is an index with the same name or keys and other options (codes 85, 86).
#[must_use = "nothing is sent before the action is awaited"]
pub struct CreateIndexes<'a, D, O> {
    collection: Collection<D>,
    indexes: Vec<Index<D>>,
    options: CreateIndexOptions,
    session: Option<&'a mut Session>,
    output: PhantomData<fn() -> O>,
}

impl<'a, D: Record, O> CreateIndexes<'a, D, O> {
    fn new(collection: &Collection<D>, indexes: Vec<Index<D>>) -> Self {
        let (collection, options) = (collection.clone(), CreateIndexOptions::default());
        Self { collection, indexes, options, session: None, output: PhantomData }
    }

    setters!(session max_time comment write_concern);

    /// How many members of a replica set must have built it before it is used; all with a vote unless set.
    pub fn commit_quorum(mut self, quorum: CommitQuorum) -> Self {
        self.options.commit_quorum = Some(quorum);
        self
    }

    async fn names(self) -> Result<Vec<String>> {
        let mut models = Vec::with_capacity(self.indexes.len());
        for Index { name, keys, mut options, invalid, .. } in self.indexes {
            if let Some(error) = invalid {
                return Err(error.into());
            }
            if keys.is_empty() {
                return Err(Error::argument("an index needs a key: add one, such as `.asc(User.email)`"));
            }
            options.name = Some(name);
            models.push(IndexModel::builder().keys(keys).options(options).build());
        }
        if models.is_empty() {
            return Ok(Vec::new());
        }
        let create = self.collection.inner().create_indexes(models).with_options(self.options);
        Ok(in_session!(self.session, create)?.index_names)
    }
}

impl<D: Record> CreateIndexes<'_, D, String> {
    async fn run(self) -> Result<String> {
        Ok(self.names().await?.pop().unwrap_or_default())
    }
}

impl<D: Record> CreateIndexes<'_, D, Vec<String>> {
    async fn run(self) -> Result<Vec<String>> {
        self.names().await
    }
}

/// A name for each output, as the macro takes no type of the caller's.
type CreateIndex<'a, D> = CreateIndexes<'a, D, String>;
type CreateMany<'a, D> = CreateIndexes<'a, D, Vec<String>>;

awaitable!(CreateIndex<'a, D: Record> in [collection] => String);
awaitable!(CreateMany<'a, D: Record> in [collection] => Vec<String>);
