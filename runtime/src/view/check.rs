//! The check of one field of a view against the model.
//!
//! Generated code calls `show::<V, _, _, _>(&path).project(..)`, and the compiler takes the first method that applies, by
//! value, by reference, then by mutable reference: the same type, then the same type in an `Option` or pointer, then a type that [`Shows`] it. Only the last one
//! asks for an impl, so that any type may stand in both, and its error is the one that is read.

use std::{marker::PhantomData, rc::Rc, sync::Arc};

use mongodb::bson::{Bson, Document, doc};

use super::{Shows, ShowsField};
use crate::{
    expr::Expr,
    filter::{Filter, List},
    path::{Always, Field, InArray, Selectable, Sometimes, StaticPath},
    projection::{Meta, Projection},
};

/// A field of a view: the model has a `T` there, the view a `V`; `A` is whether the place may be absent.
#[derive(Debug)]
pub struct Shown<A, T, V> {
    path: &'static str,
    form: Option<Bson>,
    types: PhantomData<(A, T, V)>,
}

/// Begins the check.
#[must_use]
pub fn show<V, D, T, P: StaticPath + Selectable>(_: &Field<D, T, P>) -> Shown<P::Presence, T, V> {
    Shown { path: P::NAME, form: None, types: PhantomData }
}

/// The same for the first element of an array that fulfils a filter.
pub fn show_element<V, D, A: Elements, P: StaticPath + Selectable>(
    _: &Field<D, A, P>,
    filter: Filter<A::Element>,
    projection: &mut Projection,
) -> Shown<Always, A::Element, V> {
    let form = match filter.into_document() {
        Ok(filter) => doc! { "$elemMatch": filter },
        Err(error) => {
            projection.fail(error);
            Document::new()
        }
    };
    Shown { path: P::NAME, form: Some(form.into()), types: PhantomData }
}

/// The same for a value that the server computes.
#[expect(clippy::needless_pass_by_value, reason = "generated code hands over what it wrote")]
pub fn show_expr<V, D, T>(
    expr: Expr<D, T>,
    key: &'static str,
    projection: &mut Projection,
) -> Shown<Always, T, V> {
    let form = match expr.to_computed() {
        Ok(form) => form,
        Err(error) => {
            projection.fail(error);
            Bson::Null
        }
    };
    projection.top_only("expr");
    Shown { path: key, form: Some(form), types: PhantomData }
}

/// Adds something that the server knows about a match.
pub fn show_meta<V: ShowsField<T>, T>(meta: &Meta<T>, projection: &mut Projection) {
    projection.top_only("meta");
    meta.compute(projection);
}

impl<A, T, V> Shown<A, T, V> {
    /// Selects the first elements of the array, or the last ones.
    #[must_use]
    pub fn slice(self, count: i32) -> Self
    where
        T: Elements,
    {
        self.cut(count)
    }

    /// Selects some elements after others.
    #[must_use]
    pub fn slice_from(self, skip: i32, count: u32) -> Self
    where
        T: Elements,
    {
        self.cut(vec![Bson::Int32(skip), Bson::Int64(count.into())])
    }

    fn cut(self, range: impl Into<Bson>) -> Self {
        Self { form: Some(doc! { "$slice": range }.into()), ..self }
    }

    fn whole(&self, projection: &mut Projection) {
        self.add(projection, Projection::include_here);
    }

    fn add(&self, projection: &mut Projection, fields: impl FnOnce(&mut Projection)) {
        match &self.form {
            None => projection.below(self.path, fields),
            Some(form) => projection.include_as(self.path, form.clone()),
        }
    }
}

// The only inherent one: where the path is an error, it is taken, and no second error is given.
impl<T> Shown<Always, T, T> {
    /// The same type.
    pub fn project(self, projection: &mut Projection) {
        self.whole(projection);
    }
}

/// The same type in an `Option` or pointer.
pub trait Exact {
    /// Adds the field to the projection.
    fn project(self, projection: &mut Projection);
}

impl<T, V: Wraps<T>> Exact for Shown<Always, T, V> {
    fn project(self, projection: &mut Projection) {
        self.whole(projection);
    }
}

impl<T> Exact for Shown<Sometimes, T, Option<T>> {
    fn project(self, projection: &mut Projection) {
        self.whole(projection);
    }
}

impl<T> Exact for Shown<Sometimes, Option<T>, Option<T>> {
    fn project(self, projection: &mut Projection) {
        self.whole(projection);
    }
}

/// A type that has the other one inside, or is inside of it.
pub trait Wraps<T> {}

impl<T> Wraps<T> for Option<T> {}
impl<T> Wraps<T> for Box<T> {}
impl<T> Wraps<T> for Rc<T> {}
impl<T> Wraps<T> for Arc<T> {}
impl<T> Wraps<Box<T>> for T {}
impl<T> Wraps<Rc<T>> for T {}
impl<T> Wraps<Arc<T>> for T {}
impl<T> Wraps<Option<T>> for Option<Box<T>> {}
impl<T> Wraps<Option<Box<T>>> for Option<T> {}

/// An `Option` of a type that shows it.
pub trait Fits {
    /// Adds the field to the projection.
    fn project(&self, projection: &mut Projection);
}

impl<T, V: Shows<T>> Fits for Shown<Always, T, Option<V>> {
    fn project(&self, projection: &mut Projection) {
        self.add(projection, V::project);
    }
}

impl<T, V: Shows<Option<T>>> Fits for Shown<Sometimes, Option<T>, V> {
    fn project(&self, projection: &mut Projection) {
        self.add(projection, V::project);
    }
}

/// A type that shows it, or the error.
pub trait Other<T, V> {
    /// Adds the field to the projection.
    fn project(&mut self, projection: &mut Projection)
    where
        V: ShowsField<T>;
}

impl<T, V> Other<T, V> for Shown<Always, T, V> {
    fn project(&mut self, projection: &mut Projection)
    where
        V: ShowsField<T>,
    {
        self.add(projection, V::project);
    }
}

/// The same where the place may be absent.
pub trait OtherOptional<T, V> {
    /// Adds the field to the projection.
    fn project(&mut self, projection: &mut Projection)
    where
        V: ShowsOptional<T>;
}

impl<T, V> OtherOptional<T, V> for Shown<Sometimes, T, V> {
    fn project(&mut self, projection: &mut Projection)
    where
        V: ShowsOptional<T>,
    {
        self.add(projection, V::project);
    }
}

/// Anything, where the path is refused already.
pub trait Refused {
    /// Adds nothing.
    fn project(&mut self, projection: &mut Projection);
}

impl<T, V> Refused for Shown<InArray, T, V> {
    fn project(&mut self, _: &mut Projection) {}
}

/// A type for a `T` within an optional document.
#[diagnostic::on_unimplemented(
    message = "the model's field is a `{T}` in an optional document, the view's field is `{Self}`",
    label = "the document may be absent, and the field with it",
    note = "write `Option<{T}>`, or add `#[field(default)]`"
)]
pub trait ShowsOptional<T> {
    /// As [`Shows::project`].
    fn project(projection: &mut Projection);
}

#[diagnostic::do_not_recommend]
impl<T, V: Shows<T>> ShowsOptional<T> for Option<V> {
    fn project(projection: &mut Projection) {
        V::project(projection);
    }
}

/// A field that is an array.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no array",
    label = "`slice` and `elem_match` need a `Vec` or a set in the model"
)]
pub trait Elements {
    /// Its elements.
    type Element;
}

#[diagnostic::do_not_recommend]
impl<A: List> Elements for A {
    type Element = A::Item;
}
