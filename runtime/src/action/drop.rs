//! Removing a collection.

use mongodb::options::DropCollectionOptions;

use super::{action, in_session, options::setters};
use crate::{
    Collection, Session,
    error::Result,
    model::{Record, refuse},
};

/// Removes the collection with its indexes; see [`Collection::drop`].
///
/// # Errors
///
/// When the server refuses the operation or cannot be reached. [Argument](crate::Error::is_argument) for the collection of
/// one model of several: it would remove those of the others.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DropCollection<'a, D> {
    collection: Collection<D>,
    options: DropCollectionOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> DropCollection<'a, D> {
    pub(crate) fn new(collection: &Collection<D>) -> Self {
        Self { collection: collection.clone(), options: DropCollectionOptions::default(), session: None }
    }

    setters!(session write_concern);

    async fn run(self) -> Result<()> {
        refuse::<D>("dropping it", "delete them by `delete_all`, or drop it through the enum")?;
        Ok(in_session!(self.session, self.collection.inner().drop().with_options(self.options))?)
    }
}

action!(DropCollection<D> where [D: Record] => ());
