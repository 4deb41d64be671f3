//! From a duplicate key to the declared index.

use crate::{
    error::Error,
    model::{Document, IndexName},
};

impl Error {
    /// Which index of `D` refused the write, as a variant of its generated index enum.
    ///
    /// `None` when the error is another one, or when the index is not declared on the model.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// #[derive(Document)]
    /// #[document(collection = "users")]
    /// struct User {
    ///     id: Id<User>,
    ///     #[field(index(unique))]
    ///     email: String,
    /// }
    ///
    /// # async fn f(users: odmium::Collection<User>, user: User) -> odmium::Result<()> {
    /// match users.insert(&user).await {
    ///     Err(error) if error.duplicate_key::<User>() == Some(UserIndex::Email) => println!("taken"),
    ///     result => drop(result?),
    /// }
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn duplicate_key<D: Document>(&self) -> Option<D::Index> {
        D::Index::from_name(&self.duplicate_key_details()?.index)
    }
}
