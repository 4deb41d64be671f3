//! Actions that load relations beside the documents they find.

mod aggregate;
mod cursor;
mod find;
mod page;
mod run;

pub use self::{
    aggregate::AggregateWith,
    cursor::RelatedCursor,
    find::{FindOneWith, FindWith},
    page::FindPageWith,
};

/// The methods that begin to load relations, on an action with a `related` method.
macro_rules! begins_with {
    ($action:ident => $with:ident) => {
        impl<'a, D: $crate::model::Record, O: 'static, R: $crate::cursor::ReadRow<O>> $action<'a, D, O, R> {
            /// Loads what a reference leads to beside each document: a pair of both. Further ones make the tuple longer, up
            /// to twelve relations.
            ///
            /// One command for each relation, whatever the number of documents. A document that is not there gives `None`.
            ///
            /// ```no_run
            /// # use odmium::prelude::*;
            /// # #[derive(Document)]
            /// # #[document(collection = "users")]
            /// # struct User { id: Id<User>, name: String }
            /// # #[derive(Document)]
            /// # #[document(collection = "posts")]
            /// # struct Post { id: Id<Post>, author: Ref<User> }
            /// # async fn f(posts: odmium::Collection<Post>, filter: Filter<Post>) -> odmium::Result<()> {
            /// let posts: Vec<(Post, Option<User>)> = posts.find(filter).with(Post.author).await?;
            /// # Ok(()) }
            /// ```
            pub fn with<N: $crate::relation::IntoRelation<D>>(
                self,
                relation: N,
            ) -> $with<'a, D, O, R, (N::Relation,)> {
                self.related().and(relation.into_relation())
            }

            /// The same where a missing document is an error ([`is_missing_reference`](crate::Error::is_missing_reference)):
            /// gives `User` in place of `Option<User>`.
            pub fn with_required<N: $crate::relation::IntoRelation<D>>(
                self,
                relation: N,
            ) -> $with<'a, D, O, R, (<N::Relation as $crate::relation::Related<D>>::Required,)> {
                self.related().and($crate::relation::Related::into_required(relation.into_relation()))
            }

            /// Loads the documents of another model that refer to each document: `with_many(Comment.post)` gives
            /// `Vec<Comment>`. For a filter, an order or a limit, write `with(Comment.post.reverse()..)`.
            pub fn with_many<N: $crate::relation::IntoReverse<D>>(
                self,
                reference: N,
            ) -> $with<'a, D, O, R, (N::Relation,)> {
                self.related().and(reference.into_reverse())
            }
        }
    };
}

/// The methods that load further relations, on an action with a field `node`.
macro_rules! goes_on_with {
    ($action:ident { $($field:ident)* }) => {
        impl<'a, D: $crate::model::Record, O, R, L> $action<'a, D, O, R, L> {
            fn and<N: $crate::relation::Related<D>>(
                self,
                relation: N,
            ) -> $action<'a, D, O, R, <L as $crate::relation::Push<N>>::Out>
            where
                L: $crate::relation::Push<N>,
            {
                let node = $crate::relation::Node::with(self.node, relation);
                $action { $($field: self.$field,)* node, relations: std::marker::PhantomData }
            }

            /// Loads one more relation; see [`Find::with`](crate::action::Find::with).
            pub fn with<N: $crate::relation::IntoRelation<D>>(
                self,
                relation: N,
            ) -> $action<'a, D, O, R, <L as $crate::relation::Push<N::Relation>>::Out>
            where
                L: $crate::relation::Push<N::Relation>,
            {
                self.and(relation.into_relation())
            }

            /// Loads one more relation, whose missing documents are errors.
            pub fn with_required<N: $crate::relation::IntoRelation<D>>(
                self,
                relation: N,
            ) -> $action<
                'a,
                D,
                O,
                R,
                <L as $crate::relation::Push<<N::Relation as $crate::relation::Related<D>>::Required>>::Out,
            >
            where
                L: $crate::relation::Push<<N::Relation as $crate::relation::Related<D>>::Required>,
            {
                self.and($crate::relation::Related::into_required(relation.into_relation()))
            }

            /// Loads the documents that refer to each document as well.
            pub fn with_many<N: $crate::relation::IntoReverse<D>>(
                self,
                reference: N,
            ) -> $action<'a, D, O, R, <L as $crate::relation::Push<N::Relation>>::Out>
            where
                L: $crate::relation::Push<N::Relation>,
            {
                self.and(reference.into_reverse())
            }
        }
    };
}

pub(super) use {begins_with, goes_on_with};
