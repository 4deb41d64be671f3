//! Documents between two stages: models, and tuples for the quick case.

use mongodb::bson::{Bson, Document, doc};

use crate::{
    model::Embedded,
    path::{D0, D1, D2, D3, D4, D5, Field, FieldSet, Keys, Leads, Root, StaticPath, Sub},
};

/// Documents whose fields have paths: models, tuples, and [`bson::Document`](Document), which has none.
#[diagnostic::on_unimplemented(
    message = "the documents here are `{Self}`, which has no paths",
    label = "no paths of `{Self}`",
    note = "paths are those of structs with `#[derive(Embedded)]` or `#[derive(Document)]`, and of tuples; a view has none"
)]
pub trait Row: 'static {
    /// A field for each member: `(city, users)`, or the root of a model.
    type Fields;

    /// The paths.
    fn fields() -> Self::Fields;
}

/// Documents to which a stage adds a value: a model becomes a pair, a tuple gets one member more.
#[diagnostic::on_unimplemented(
    message = "nothing can be added to documents of type `{Self}`",
    label = "not a model, and no tuple with fewer than six members",
    note = "a view has no place for it: unwind and look up before `project_as`"
)]
pub trait Append<T>: 'static {
    /// The documents with the value.
    type Output;

    /// How many members a tuple has; none for what is no tuple.
    #[doc(hidden)]
    const MEMBERS: Option<usize>;
}

#[diagnostic::do_not_recommend]
impl<M: Embedded + 'static> Row for M {
    type Fields = &'static M::Fields<M, Root>;

    fn fields() -> Self::Fields {
        FieldSet::FIELDS
    }
}

#[diagnostic::do_not_recommend]
impl Row for Document {
    type Fields = ();

    fn fields() {}
}

#[diagnostic::do_not_recommend]
impl<M: Embedded + 'static, T> Append<T> for M {
    type Output = (M, T);
    const MEMBERS: Option<usize> = None;
}

#[diagnostic::do_not_recommend]
impl<T> Append<T> for Document {
    type Output = (Self, T);
    const MEMBERS: Option<usize> = None;
}

/// The place of a member.
type Member<Tuple, N> = Sub<Root, Tuple, N>;

macro_rules! tuples {
    ($($tuple:ty: $([$name:ident $number:ident $key:literal])*;)*) => {$(
        impl<$($name),*> Keys for ($($name,)*) {
            const KEYS: &'static [&'static str] = &[$($key),*];
        }

        #[diagnostic::do_not_recommend]
        impl<$($name: 'static),*> Row for ($($name,)*) {
            type Fields = ($(Field<Self, $name, Member<Self, $number>>,)*);

            fn fields() -> Self::Fields {
                ($(Field::<Self, $name, Member<Self, $number>>::NEW,)*)
            }
        }

        // The members of a tuple that is a member itself: `key.0`.
        #[diagnostic::do_not_recommend]
        impl<$($name: 'static),*> Leads for ($($name,)*) {
            type Fields<Doc: 'static, Place: StaticPath> = ($(Field<Doc, $name, Sub<Place, $tuple, $number>>,)*);
        }

        impl<Doc: 'static, Place: StaticPath, $($name: 'static),*> FieldSet
            for ($(Field<Doc, $name, Sub<Place, $tuple, $number>>,)*)
        {
            const NEW: Self = ($(Field::<Doc, $name, Sub<Place, $tuple, $number>>::NEW,)*);
            const FIELDS: &'static Self = &Self::NEW;
        }
    )*};
}

tuples! {
    (A,): [A D0 "_0"];
    (A, B,): [A D0 "_0"] [B D1 "_1"];
    (A, B, C,): [A D0 "_0"] [B D1 "_1"] [C D2 "_2"];
    (A, B, C, D,): [A D0 "_0"] [B D1 "_1"] [C D2 "_2"] [D D3 "_3"];
    (A, B, C, D, E,): [A D0 "_0"] [B D1 "_1"] [C D2 "_2"] [D D3 "_3"] [E D4 "_4"];
    (A, B, C, D, E, F,): [A D0 "_0"] [B D1 "_1"] [C D2 "_2"] [D D3 "_3"] [E D4 "_4"] [F D5 "_5"];
}

macro_rules! append {
    ($($members:literal: $($name:ident)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($name: 'static,)* Added> Append<Added> for ($($name,)*) {
            type Output = ($($name,)* Added);
            const MEMBERS: Option<usize> = Some($members);
        }
    )*};
}

append! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
}

/// The key of a member of a tuple.
pub(super) fn member(number: usize) -> String {
    format!("_{number}")
}

/// Where a stage writes the values that it adds, and the stages that make them members of a tuple.
pub(super) struct Slots {
    /// How many members there are before; none for what is no tuple.
    members: Option<usize>,
    added: usize,
}

impl Slots {
    /// Before documents of type `O`.
    pub(super) fn of<O: Append<T>, T>() -> Self {
        Self { members: O::MEMBERS, added: 0 }
    }

    /// The key of the next value.
    pub(super) fn next(&mut self) -> String {
        self.added += 1;
        match self.members {
            Some(members) => member(members + self.added - 1),
            // A key that no model has: the model's own keys are still beside it.
            None => format!("__{}", self.added),
        }
    }

    /// What makes a pair of a model and the values beside its fields; nothing for a tuple.
    pub(super) fn finish(self) -> Vec<Document> {
        if self.members.is_some() {
            return Vec::new();
        }
        let mut tuple = doc! { "_0": "$$ROOT" };
        let mut moved = Vec::new();
        for number in 1..=self.added {
            tuple.insert(member(number), format!("$__{number}"));
            moved.push(Bson::String(format!("_0.__{number}")));
        }
        vec![doc! { "$replaceWith": tuple }, doc! { "$unset": moved }]
    }
}
