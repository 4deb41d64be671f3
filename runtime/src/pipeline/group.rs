//! `$group`.

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document, doc};

use super::{Acc, Accumulated, Group, Input, NoBase, Parts, Pipeline, Varies, basic::only, row::member};
use crate::{error::EncodeError, expr::Fits};

/// What a group computes: the generated `..Group` of a struct, or a tuple of up to five accumulators. `K` is the type of
/// the key, which is the first member of what a tuple gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not computed of groups of `{D}` with a key of type `{K}`",
    label = "not a group of `{D}`",
    note = "write the generated struct, `CityStatsGroup {{ users: g.count() }}`, of a struct with `#[document(group)]`",
    note = "its field that is marked by `#[field(id)]` takes the key, and has the key's type: `{K}`",
    note = "or a tuple of accumulators: `(g.count(), g.avg(User.age))`; one of them: `(g.count(),)`"
)]
pub trait GroupShape<D, K> {
    /// The documents that it gives.
    type Output;

    /// Whether the key moves from `_id` to the first member.
    #[doc(hidden)]
    const IS_TUPLE: bool;

    /// Adds its fields; their number is returned.
    #[doc(hidden)]
    fn add_to(self, parts: &mut Parts) -> usize;
}

/// What is computed of all documents as one group: the same without a key.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not computed of all `{D}` as one group",
    label = "this needs a `..Group` of a struct without a field for a key, or a tuple of accumulators",
    note = "all documents as one group have no key: remove the field that is marked by `#[field(id)]`, or use `group_by`"
)]
pub trait Summary<D> {
    type Output;
    fn add_to(self, parts: &mut Parts);
}

/// A group's output has a field for a key of type `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct KeyOf<T>(PhantomData<T>);

/// A group's output has no field for the key.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoKey {}

/// Whether keys of type `K` are kept.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the groups have a key of type `{K}`, which does not fit the struct's field for it: `{Self}`",
    label = "the key of the groups has another type",
    note = "the field with the key \"_id\" takes the key: give it the type `{K}`, or group by a value of its type"
)]
pub trait Accepts<K> {}

#[diagnostic::do_not_recommend]
impl<T, K: Fits<T>> Accepts<K> for KeyOf<T> {}
#[diagnostic::do_not_recommend]
impl<K> Accepts<K> for NoKey {}

#[diagnostic::do_not_recommend]
impl<D, K, S: Accumulated<Source = D, Base = NoBase, Key: Accepts<K>>> GroupShape<D, K> for S {
    type Output = S::Output;
    const IS_TUPLE: bool = false;

    fn add_to(self, parts: &mut Parts) -> usize {
        self.parts(parts);
        0
    }
}

#[diagnostic::do_not_recommend]
impl<D, S: Accumulated<Source = D, Base = NoBase, Key = NoKey>> Summary<D> for S {
    type Output = S::Output;

    fn add_to(self, parts: &mut Parts) {
        self.parts(parts);
    }
}

/// Nothing but the key: its different values.
#[diagnostic::do_not_recommend]
impl<D, K> GroupShape<D, K> for () {
    type Output = (K,);
    const IS_TUPLE: bool = true;

    fn add_to(self, _: &mut Parts) -> usize {
        0
    }
}

macro_rules! tuples {
    ($($members:literal: $($name:ident $number:literal $alone:literal)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Doc, K, $($name),*> GroupShape<Doc, K> for ($(Acc<Doc, $name>,)*) {
            type Output = (K, $($name,)*);
            const IS_TUPLE: bool = true;

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn add_to(self, parts: &mut Parts) -> usize {
                let ($($name,)*) = self;
                $(parts.add(&member($number), $name);)*
                $members
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Doc, $($name),*> Summary<Doc> for ($(Acc<Doc, $name>,)*) {
            type Output = ($($name,)*);

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn add_to(self, parts: &mut Parts) {
                let ($($name,)*) = self;
                $(parts.add(&member($alone), $name);)*
            }
        }
    )*};
}

tuples! {
    1: A 1 0;
    2: A 1 0 B 2 1;
    3: A 1 0 B 2 1 C 3 2;
    4: A 1 0 B 2 1 C 3 2 D 4 3;
    5: A 1 0 B 2 1 C 3 2 D 4 3 E 5 4;
}

impl<S, O, A> Pipeline<S, O, A> {
    /// One document for each value of a key (`$group`).
    ///
    /// A key of several values is a tuple, `(User.city, User.age)`, or the `..Shape` of a struct; see [`Input`].
    /// `|_| ()` gives the different keys alone.
    ///
    /// The function gets the accumulators and puts together what is computed: the generated `..Group` of a struct with
    /// `#[document(group)]`, whose field with the key `_id` takes the key, or a tuple, of which the key becomes the first
    /// member.
    pub fn group_by<I: Input<O> + Varies, G: GroupShape<O, I::Type>>(
        self,
        key: I,
        group: impl FnOnce(Group<O>) -> G,
    ) -> Pipeline<S, G::Output, A> {
        self.add(|| {
            let key = key.into_input().render()?;
            let mut fields = doc! { "_id": key };
            let (parts, rename) = grouped(group)?;
            fields.extend(parts);
            Ok([only("$group", fields), rename].concat())
        })
    }

    /// All documents as one group; no document where there are none (`$group` by null).
    pub fn group_all<G: Summary<O>>(self, group: impl FnOnce(Group<O>) -> G) -> Pipeline<S, G::Output, A> {
        self.add(|| {
            let mut parts = Parts::new();
            group(Group::new()).add_to(&mut parts);
            let mut fields = doc! { "_id": Bson::Null };
            fields.extend(parts.finish()?);
            Ok(only("$group", fields))
        })
    }
}

/// What a group computes, and the stage that makes a tuple of it.
pub(super) fn grouped<O, K, G: GroupShape<O, K>>(
    group: impl FnOnce(Group<O>) -> G,
) -> Result<(Document, Vec<Document>), EncodeError> {
    let mut parts = Parts::new();
    let members = group(Group::new()).add_to(&mut parts);
    let mut tuple = doc! { "_id": 0, "_0": "$_id" };
    tuple.extend((1..=members).map(|number| (member(number), Bson::Int32(1))));
    Ok((parts.finish()?, if G::IS_TUPLE { only("$project", tuple) } else { Vec::new() }))
}
