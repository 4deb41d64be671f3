//! Deleting documents with what refers to them.

mod work;

use std::{collections::BTreeMap, marker::PhantomData};

use mongodb::options::DeleteOptions;

use self::work::Work;
use super::{Delete, action};
use crate::{
    Collection, Session, error::Result, filter::Filter, model::Document, relation::Referrers, transaction,
};

/// Deletes documents and carries out the rules of the models `M` that refer to them; see [`Delete::with_rules`].
///
/// # Errors
///
/// [Restricted](crate::Error::is_restricted) when a rule keeps a document: nothing is deleted then. [Session](crate::Error::is_session)
/// when the server has no transactions (it is no replica set). As [`Delete`] otherwise.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DeleteWithRules<'a, D, M> {
    collection: Collection<D>,
    filter: Filter<D>,
    many: bool,
    options: DeleteOptions,
    session: Option<&'a mut Session>,
    models: PhantomData<fn() -> M>,
}

/// What a delete with rules has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedWithRules {
    /// How many documents matched and were deleted.
    pub deleted: u64,
    /// How many documents were deleted as they refer to deleted ones, by collection.
    pub cascaded: BTreeMap<String, u64>,
    /// How many documents lost a reference, by collection; one that lost two by two fields counts twice.
    pub unset: BTreeMap<String, u64>,
}

impl<'a, D: Document> Delete<'a, D> {
    /// Carries out the rules of models that refer to the documents, as declared by `#[field(on_delete = "..")]`: gives
    /// [`DeletedWithRules`].
    ///
    /// | rule | a document that refers to a deleted one |
    /// |---|---|
    /// | `"restrict"` | nothing is deleted, unless it is deleted by this operation too |
    /// | `"cascade"` | is deleted, with the rules of those that refer to it; cycles end |
    /// | `"unset"` | loses the reference: the field of an `Option`, the element of an array |
    ///
    /// Name every model that may refer to the documents, or to what is deleted with them: the rules of others are not known.
    /// It runs in the transaction of the [session](Self::session) if one is open, and in one of its own otherwise. Two such
    /// operations that meet are tried again, but the server has no foreign keys: a reference that somebody else inserts
    /// meanwhile is not seen. Indexes over the references serve it; the ids of all that is deleted are held in memory.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// #[derive(Document)]
    /// #[document(collection = "users")]
    /// struct User { id: Id<User> }
    ///
    /// #[derive(Document)]
    /// #[document(collection = "posts")]
    /// struct Post {
    ///     id: Id<Post>,
    ///     #[field(on_delete = "cascade")]
    ///     author: Ref<User>,
    ///     #[field(on_delete = "unset")]
    ///     editor: Option<Ref<User>>,
    /// }
    ///
    /// # async fn f(users: odmium::Collection<User>, id: Id<User>) -> odmium::Result<()> {
    /// let done = users.delete_one(User.id.eq(id)).with_rules::<(User, Post)>().await?;
    /// println!("{} posts went too", done.cascaded.get("posts").copied().unwrap_or_default());
    /// # Ok(()) }
    /// ```
    pub fn with_rules<M: Referrers>(self) -> DeleteWithRules<'a, D, M> {
        let Self { collection, filter, many, options, session } = self;
        DeleteWithRules { collection, filter, many, options, session, models: PhantomData }
    }
}

impl<D: Document, M: Referrers> DeleteWithRules<'_, D, M> {
    async fn run(mut self) -> Result<DeletedWithRules> {
        let filter = self.filter.clone().into_query()?;
        let (rules, session) = (M::rules(), self.session.take());
        let (start, this) = (&self.collection, &self);
        let options = || (this.many, this.options.clone());
        let begin = match session {
            Some(session) if session.in_transaction() => {
                return Work::new::<D>(session, start, &rules).run(&filter, options()).await;
            }
            Some(session) => session.begin(&self.collection.database()),
            None => self.collection.database().begin(),
        };
        let begin = match &self.options.write_concern {
            Some(concern) => begin.write_concern(concern.clone()),
            None => begin,
        };
        transaction!(begin, |tx| {
            Work::new::<D>(tx.session(), start, &rules).run(&filter, options()).await
        })
        .await
    }
}

action!(DeleteWithRules<D, M> where [D: Document, M: Referrers] => DeletedWithRules);
