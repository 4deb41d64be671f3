//! From what was loaded to tuples.

use super::{
    Findable, List, Relation,
    plan::{Node, Plan},
    shape::Reach,
};
use crate::{
    codec::{DocumentReader, RawValue, numbered},
    cursor::ReadRow,
    error::{DecodeError, Result},
    model::Document,
    path::Field,
};

/// A relation that is ready to be loaded beside documents of type `D`: every [`Relation`].
pub trait Related<D>: Sized + 'static {
    /// What it gives beside each document.
    type Output: Send + 'static;

    /// The same where a missing document is an error.
    #[doc(hidden)]
    type Required: Related<D>;

    #[doc(hidden)]
    #[expect(private_interfaces, reason = "called by this crate")]
    fn into_plan(self) -> Result<Plan>;

    #[doc(hidden)]
    fn into_required(self) -> Self::Required;

    #[doc(hidden)]
    fn read(value: Option<RawValue<'_>>) -> Result<Self::Output, DecodeError>;
}

/// What `with` takes: a path that is a [`Ref`](super::Ref) or an array of them, or a [`Relation`].
#[diagnostic::on_unimplemented(
    message = "this is no relation of `{D}`",
    label = "not a relation that begins at `{D}`",
    note = "write a reference of `{D}`: `with(Post.author)`; the documents that refer to it: `with_many(Comment.post)`",
    note = "references are fields of type `Ref<User>`, `Option<Ref<User>>`, `Vec<Ref<User>>`, `HashMap<String, Ref<User>>`; other keys: \
            `Relation::on(Order.sku, Product.sku)`",
    note = "several relations: one `with` after the other"
)]
pub trait IntoRelation<D> {
    /// The relation.
    type Relation: Related<D>;

    /// As a relation.
    fn into_relation(self) -> Self::Relation;
}

#[diagnostic::do_not_recommend]
impl<D, F, S, O, L> IntoRelation<D> for Relation<D, F, S, O, L>
where
    Self: Related<D>,
{
    type Relation = Self;

    fn into_relation(self) -> Self {
        self
    }
}

/// What `with_many` takes: a path of another model that refers to `D`.
#[diagnostic::on_unimplemented(
    message = "this does not refer to `{D}`",
    label = "not a reference to `{D}`",
    note = "write the field of the other model that holds a `Ref<{D}>` or an array of them: `with_many(Comment.post)`",
    note = "the references of a map lead one way only"
)]
pub trait IntoReverse<D> {
    /// The relation.
    type Relation: Related<D>;

    /// As a relation.
    fn into_reverse(self) -> Self::Relation;
}

#[diagnostic::do_not_recommend]
impl<D, C, T, P> IntoReverse<D> for Field<C, T, P>
where
    D: Document,
    C: Document,
    T: Findable<Target = D>,
    P: Reach,
    Relation<D, C, List>: Related<D>,
{
    type Relation = Relation<D, C, List>;

    fn into_reverse(self) -> Self::Relation {
        self.reverse()
    }
}

/// A tuple with one relation more, up to twelve.
#[doc(hidden)]
pub trait Push<R> {
    type Out;
}

/// What stands beside a document of type `D` that is read as an `O`: a tuple of relations.
#[doc(hidden)]
pub trait Beside<D, O>: 'static {
    /// `O` alone, or the tuple of it and what the relations give.
    type Output: Send + 'static;

    /// Reads what the loading has put together.
    fn read_row<R: ReadRow<O>>(read: &R, row: &[u8]) -> Result<Self::Output, DecodeError>
    where
        O: 'static;
}

impl<D, O: Send + 'static> Beside<D, O> for () {
    type Output = O;

    fn read_row<R: ReadRow<O>>(read: &R, row: &[u8]) -> Result<O, DecodeError> {
        read.read(row)
    }
}

impl<R> Push<R> for () {
    type Out = (R,);
}

macro_rules! tuples {
    ($($($name:ident $number:literal)* => $count:literal;)*) => {$(
        impl<D, O, $($name),*> Beside<D, O> for ($($name,)*)
        where
            O: Send + 'static,
            $($name: Related<D>,)*
        {
            type Output = (O, $($name::Output,)*);

            fn read_row<R: ReadRow<O>>(read: &R, row: &[u8]) -> Result<Self::Output, DecodeError> {
                let (mut members, _) = numbered::<$count>(DocumentReader::new(row)?)?;
                let document = match members[0].take() {
                    Some(document) => read.read(document.document()?.bytes())?,
                    None => return Err(DecodeError::custom("the document itself is missing")),
                };
                Ok((document, $($name::read(members[$number].take())?,)*))
            }
        }
    )*};
}

tuples! {
    A 1 => 2;
    A 1 B 2 => 3;
    A 1 B 2 C 3 => 4;
    A 1 B 2 C 3 E 4 => 5;
    A 1 B 2 C 3 E 4 F 5 => 6;
    A 1 B 2 C 3 E 4 F 5 G 6 => 7;
    A 1 B 2 C 3 E 4 F 5 G 6 H 7 => 8;
    A 1 B 2 C 3 E 4 F 5 G 6 H 7 I 8 => 9;
    A 1 B 2 C 3 E 4 F 5 G 6 H 7 I 8 J 9 => 10;
    A 1 B 2 C 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 => 11;
    A 1 B 2 C 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 => 12;
    A 1 B 2 C 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 => 13;
}

macro_rules! push {
    ($($($name:ident)*;)*) => {$(
        impl<$($name,)* Added> Push<Added> for ($($name,)*) {
            type Out = ($($name,)* Added);
        }
    )*};
}

push! {
    A;
    A B;
    A B C;
    A B C E;
    A B C E F;
    A B C E F G;
    A B C E F G H;
    A B C E F G H I;
    A B C E F G H I J;
    A B C E F G H I J K;
    A B C E F G H I J K L;
}

/// A relation behind the twelfth, which nothing is: an impl that asks for it gives an error of its own.
#[diagnostic::on_unimplemented(
    message = "twelve relations stand beside a document, and no more",
    label = "one relation too many",
    note = "a view has as many as it has fields: declare one by `#[derive(View)]`, and read it by `load_as`"
)]
#[doc(hidden)]
pub trait Thirteenth {}

impl<A, B, C, E, F, G, H, I, J, K, L, M, Added: Thirteenth> Push<Added>
    for (A, B, C, E, F, G, H, I, J, K, L, M)
{
    type Out = Self;
}

impl Node {
    /// Adds a relation, or the reason why it is none.
    pub(crate) fn with<D, R: Related<D>>(node: Result<Self>, relation: R) -> Result<Self> {
        let mut node = node?;
        node.add(relation.into_plan()?);
        Ok(node)
    }
}
