//! Stages that make documents of another shape: `$project`, `$set` of new fields, `$replaceWith`.

use mongodb::bson::doc;

use super::{Input, NoBase, Parts, Pipeline, Row, Shaped, basic::only, row::member, shape::projection};
use crate::{error::EncodeError, projection::Projection, view::View};

/// What [`project`](Pipeline::project) takes: a tuple of up to six values, or the generated `..Shape` of a struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no shape that is computed from `{D}`",
    label = "not a shape over `{D}`",
    note = "write a tuple of paths and expressions: `(User.name, User.age + 1)`; one of them: `(User.name,)`",
    note = "or a struct with `#[document(shape)]`: `CardShape {{ name: User.name.expr() }}`; a view: `project_as::<Card>()`",
    note = "after a stage that gives tuples, `with_fields(|rows, (user, orders)| rows.project((user.name, orders)))` names their members"
)]
pub trait ProjectShape<D> {
    /// The documents that it gives.
    type Output;

    /// Adds its fields.
    #[doc(hidden)]
    fn add_to(self, parts: &mut Parts);
}

#[diagnostic::do_not_recommend]
impl<D, S: Shaped<Source = D, Base = NoBase>> ProjectShape<D> for S {
    type Output = S::Output;

    fn add_to(self, parts: &mut Parts) {
        self.parts(parts);
    }
}

macro_rules! tuples {
    ($($($name:ident $number:literal)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Doc, $($name: Input<Doc>),*> ProjectShape<Doc> for ($($name,)*) {
            type Output = ($($name::Type,)*);

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn add_to(self, parts: &mut Parts) {
                let ($($name,)*) = self;
                $(parts.add(&member($number), $name.into_input());)*
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
}

/// What [`add_fields`](Pipeline::add_fields) takes: the generated `..Shape` of a struct that has the documents as a flattened
/// field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` adds no fields to documents of type `{D}`",
    label = "not fields beside those of `{D}`",
    note = "write the generated `..Shape` of a struct with `#[document(shape)]` that has a `{D}` as a flattened field",
    note = "for documents without the fields of `{D}`, use `project`; for another value of a field of `{D}`, `set`"
)]
pub trait AddedFields<D> {
    /// The documents that it gives.
    type Output;

    /// Adds its fields.
    #[doc(hidden)]
    fn add_to(self, parts: &mut Parts);
}

#[diagnostic::do_not_recommend]
impl<D, S: Shaped<Source = D, Base = D>> AddedFields<D> for S {
    type Output = S::Output;

    fn add_to(self, parts: &mut Parts) {
        self.parts(parts);
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Documents of computed fields (`$project`): a tuple of values, or the generated `..Shape` of a struct with
    /// `#[document(shape)]`.
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, name: String, age: i32 }
    /// #[derive(Embedded)]
    /// #[document(shape)]
    /// struct Card { name: String, next_age: i32 }
    ///
    /// let cards = Pipeline::<User>::new()
    ///     .project(CardShape { name: User.name.expr().to_upper(), next_age: User.age + 1 })
    ///     .filter(Card.next_age.gt(18));
    /// let pairs: Pipeline<User, (String, i32)> = Pipeline::new().project((User.name, User.age));
    /// # (cards.to_stages()?, pairs.to_stages()?);
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn project<P: ProjectShape<O>>(self, shape: P) -> Pipeline<S, P::Output, A> {
        self.add(|| {
            let mut parts = Parts::new();
            shape.add_to(&mut parts);
            Ok(vec![projection(parts.finish()?)])
        })
    }

    /// The fields of a [view](View) of the documents (`$project`). A view has no paths: filter and sort before.
    pub fn project_as<V: View<O>>(self) -> Pipeline<S, V, A> {
        let mut projection = Projection::default();
        projection.view::<V>(V::project);
        let projection = projection.into_document();
        self.stage("$project", projection.map_err(|error| EncodeError::argument(error.to_string())))
    }

    /// Adds computed fields (`$set`): the `..Shape` of a struct that has these documents as a flattened field.
    pub fn add_fields<P: AddedFields<O>>(self, fields: P) -> Pipeline<S, P::Output, A> {
        self.add(|| {
            let mut parts = Parts::new();
            fields.add_to(&mut parts);
            Ok(only("$set", parts.finish()?))
        })
    }

    /// A document within as the document (`$replaceWith`).
    ///
    /// The server fails where it is missing or null: of an optional one, `filter` those that have it first and say so by
    /// `.expr().raw_as::<Address>()`.
    pub fn replace_with<I: Input<O, Type: Row>>(self, document: I) -> Pipeline<S, I::Type, A> {
        self.stage("$replaceWith", document.into_input().render())
    }

    /// The same by the longer name (`$replaceRoot`).
    pub fn replace_root<I: Input<O, Type: Row>>(self, document: I) -> Pipeline<S, I::Type, A> {
        let document = document.into_input().render();
        self.stage("$replaceRoot", document.map(|root| doc! { "newRoot": root }))
    }
}
