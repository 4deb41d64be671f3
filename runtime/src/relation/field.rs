//! Relations that begin at a path.

use super::{
    Findable, IntoRelation, IntoReverse, List, Referring, Relation, Shape, shape::Reach, view::Loads,
};
use crate::{codec::DecodeOwned, model::Document, path::Field};

/// The relation of a reference.
type Forward<D, T, P> = Relation<D, <T as Referring>::Target, <P as Reach>::Of<<T as Referring>::Shape>>;

/// The same where the document must be there.
type Needed<D, T, P> =
    Relation<D, <T as Referring>::Target, <<P as Reach>::Of<<T as Referring>::Shape> as Shape>::Required>;

/// What stands in `with(..)`.
type With<D, T, P, R> = Relation<
    D,
    <T as Referring>::Target,
    <P as Reach>::Of<<T as Referring>::Shape>,
    <T as Referring>::Target,
    (<R as IntoRelation<<T as Referring>::Target>>::Relation,),
>;

/// What stands in `with_many(..)`.
type WithMany<D, T, P, R> = Relation<
    D,
    <T as Referring>::Target,
    <P as Reach>::Of<<T as Referring>::Shape>,
    <T as Referring>::Target,
    (<R as IntoReverse<<T as Referring>::Target>>::Relation,),
>;

/// References, as relations: `posts.find(f).with(Post.author)`.
impl<D: 'static, T: Referring, P: Reach> Field<D, T, P> {
    /// The relation to the documents that are referred to, for its options: `Post.tags.relation().sort(Tag.name.asc())`.
    pub fn relation(self) -> Forward<D, T, P> {
        Forward::<D, T, P>::new(self.name(), "_id".into()).in_map(T::IS_MAP)
    }

    /// The same, failing where a document is not there: gives `User` in place of `Option<User>`.
    pub fn required(self) -> Needed<D, T, P> {
        self.relation().required()
    }

    /// The same with a relation of the documents that are referred to: `Post.author.with(User.company)` gives
    /// `Option<(User, Option<Company>)>`.
    pub fn with<R: IntoRelation<T::Target>>(self, relation: R) -> With<D, T, P, R> {
        self.relation().with(relation)
    }

    /// The same with the documents that refer to those that are referred to, see
    /// [`Find::with_many`](crate::action::Find::with_many).
    pub fn with_many<R: IntoReverse<T::Target>>(self, reference: R) -> WithMany<D, T, P, R> {
        self.relation().with_many(reference)
    }

    /// The same, reading a [view](crate::View) of the documents that are referred to.
    pub fn select_as<V: Loads<T::Target> + DecodeOwned + 'static>(
        self,
    ) -> Relation<D, T::Target, P::Of<T::Shape>, V> {
        self.relation().select_as()
    }

    /// The way back: from a document to those that refer to it, `Comment.post.reverse()` from posts to their comments.
    ///
    /// An index over the reference serves it.
    pub fn reverse(self) -> Relation<T::Target, D, List>
    where
        D: Document,
        T: Findable,
    {
        Relation::new("_id".into(), self.name())
    }
}

impl<D: 'static, T: Referring, P: Reach> IntoRelation<D> for Field<D, T, P>
where
    Forward<D, T, P>: super::Related<D>,
{
    type Relation = Forward<D, T, P>;

    fn into_relation(self) -> Self::Relation {
        self.relation()
    }
}
