//! Deleting documents with what refers to them.

mod rules;
mod work;

use std::collections::BTreeMap;

use mongodb::options::DeleteOptions;

use self::{rules::Rules, work::Work};
use super::{Delete, action};
use crate::{
    Collection, Session, error::Result, filter::Filter, model::Document, relation::Referrers, schema::Schema,
    transaction,
};

/// Deletes documents and carries out the rules of the models that refer to them; see [`Delete::with_rules_of`] and
/// [`Delete::with_rules`].
///
/// # Errors
///
/// [Restricted](crate::Error::is_restricted) when a rule keeps a document: nothing is deleted then. [Session](crate::Error::is_session)
/// when the server has no transactions (it is no replica set). As [`Delete`] otherwise.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DeleteWithRules<'a, D> {
    collection: Collection<D>,
    filter: Filter<D>,
    many: bool,
    options: DeleteOptions,
    session: Option<&'a mut Session>,
    rules: Result<Rules>,
}

/// What a delete with rules has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedWithRules {
    /// How many documents matched and were deleted.
    pub deleted: u64,
    /// How many documents were deleted as they refer to deleted ones, by the name of the collection that their model
    /// declares.
    pub cascaded: BTreeMap<String, u64>,
    /// How many documents lost a reference, by the same name; one that lost two by two fields counts twice.
    pub unset: BTreeMap<String, u64>,
}

impl<'a, D: Document> Delete<'a, D> {
    /// Carries out the rules of the models that refer to the documents, as declared by `#[field(on_delete = "..")]`: gives
    /// [`DeletedWithRules`].
    ///
    /// | rule | a document that refers to a deleted one |
    /// |---|---|
    /// | `"restrict"` | nothing is deleted, unless it is deleted by this operation too |
    /// | `"cascade"` | is deleted, with the rules of those that refer to it; cycles end |
    /// | `"unset"` | loses the reference: the field of an `Option`, the element of an array |
    ///
    /// The rules are those of every model of the struct, nested ones too, in the databases and under the names that it
    /// gives their collections, so that none is forgotten. A reference leads to the collection beside its own; where the
    /// struct has several of its model, that is an [argument](crate::Error::is_argument) error. So is a collection that the
    /// struct does not have.
    ///
    /// It runs in the transaction of the [session](Self::session) if one is open, and in one of its own otherwise. Two such
    /// operations that meet are tried again, but the server has no foreign keys: a reference that somebody else inserts
    /// meanwhile is not seen. Indexes over the references serve it; the ids of all that is deleted are held in memory.
    /// A future that is dropped before its end deletes nothing: its transaction is aborted.
    ///
    /// ```no_run
    /// # use odmium::{Collection, prelude::*};
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
    /// #[derive(Database)]
    /// struct Blog { users: Collection<User>, posts: Collection<Post> }
    ///
    /// # async fn f(blog: Blog, id: Id<User>) -> odmium::Result<()> {
    /// let done = blog.users.delete_one(User.id.eq(id)).with_rules_of(&blog).await?;
    /// println!("{} posts went too", done.cascaded.get("posts").copied().unwrap_or_default());
    /// # Ok(()) }
    /// ```
    pub fn with_rules_of<S: Schema>(self, schema: &S) -> DeleteWithRules<'a, D> {
        let rules = Rules::of_schema(&self.collection, schema);
        self.ruled(rules)
    }

    /// The same with the rules of the named models only: one model, or a tuple of up to twelve.
    ///
    /// Name every model that may refer to the documents, or to what is deleted with them: the rules of others are not
    /// known, and no error tells. [`with_rules_of`](Self::with_rules_of) forgets none. Their collections are those around
    /// this one: in its database, with its prefix, and under the names that the struct gives them which opened it.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User> }
    /// # #[derive(Document)]
    /// # #[document(collection = "posts")]
    /// # struct Post { id: Id<Post>, #[field(on_delete = "cascade")] author: Ref<User> }
    /// # async fn f(users: odmium::Collection<User>, id: Id<User>) -> odmium::Result<()> {
    /// let done = users.delete_one(User.id.eq(id)).with_rules::<(User, Post)>().await?;
    /// # drop(done);
    /// # Ok(()) }
    /// ```
    pub fn with_rules<M: Referrers>(self) -> DeleteWithRules<'a, D> {
        let rules = Ok(Rules::of_models(&self.collection, M::rules()));
        self.ruled(rules)
    }

    fn ruled(self, rules: Result<Rules>) -> DeleteWithRules<'a, D> {
        let Self { collection, filter, many, options, session } = self;
        DeleteWithRules { collection, filter, many, options, session, rules }
    }
}

impl<D: Document> DeleteWithRules<'_, D> {
    async fn run(self) -> Result<DeletedWithRules> {
        let Self { collection, filter, many, options, session, rules } = self;
        let (filter, rules) = (filter.into_query()?, rules?);
        let work = || (many, options.clone());
        let begin = match session {
            Some(session) if session.in_transaction() => {
                return Work::new(session, &rules).run(&filter, work()).await;
            }
            Some(session) => session.begin(&collection.database()),
            None => collection.database().begin(),
        };
        let begin = match &options.write_concern {
            Some(concern) => begin.write_concern(concern.clone()),
            None => begin,
        };
        transaction!(begin, |tx| { Work::new(tx.session(), &rules).run(&filter, work()).await }).await
    }
}

action!(DeleteWithRules<D> where [D: Document] => DeletedWithRules);
