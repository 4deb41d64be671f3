//! Dropping indexes.

use mongodb::options::{DropIndexOptions, Hint};

use super::default_name;
use crate::{
    Collection, Session,
    action::{IntoHint, in_session, options::setters},
    admin::awaitable,
    error::{Error, Result},
    model::Record,
};

impl<D: Record> Collection<D> {
    /// Drops an index: a variant of the model's index enum, a name, or a document of keys.
    pub fn drop_index<'a>(&self, index: impl IntoHint) -> DropIndexes<'a, D> {
        DropIndexes::new(self, Some(index.into_hint()))
    }

    /// Drops every index but the one on `_id`.
    pub fn drop_indexes<'a>(&self) -> DropIndexes<'a, D> {
        DropIndexes::new(self, None)
    }
}

/// Drops indexes; see [`Collection::drop_index`] and [`Collection::drop_indexes`].
///
/// # Errors
///
/// [Command](Error::is_command) with code 27 when there is none of that name; [argument](Error::is_argument) when no
/// index, or more than one, has those keys.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DropIndexes<'a, D> {
    collection: Collection<D>,
    /// `None` for all.
    index: Option<Hint>,
    options: DropIndexOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> DropIndexes<'a, D> {
    fn new(collection: &Collection<D>, index: Option<Hint>) -> Self {
        Self { collection: collection.clone(), index, options: DropIndexOptions::default(), session: None }
    }

    setters!(session max_time comment write_concern);

    async fn run(self) -> Result<()> {
        let collection = self.collection.inner();
        let name = match self.index {
            None => {
                let drop = collection.drop_indexes().with_options(self.options);
                return Ok(in_session!(self.session, drop)?);
            }
            Some(Hint::Name(name)) => name,
            Some(Hint::Keys(keys)) => {
                let keys = default_name(&keys);
                let indexes = self.collection.list_indexes().await?;
                let mut same = indexes.into_iter().filter(|index| default_name(&index.keys) == keys);
                match (same.next(), same.next()) {
                    (Some(only), None) => only.name,
                    (found, _) => {
                        let how_many = if found.is_some() { "several indexes have" } else { "no index has" };
                        return Err(Error::argument(format!("{how_many} the keys {keys}: give the name")));
                    }
                }
            }
            Some(_) => return Err(Error::argument("give the index by its name or keys")),
        };
        Ok(in_session!(self.session, collection.drop_index(name).with_options(self.options))?)
    }
}

awaitable!(DropIndexes<'a, D: Record> in [collection] => ());
