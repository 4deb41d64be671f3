//! What a stage computes with.

use mongodb::bson::{Bson, doc};

use super::{Parts, Shaped, row::member};
use crate::{
    expr::{Expr, Operand, Single},
    path::{Field, Located, Presence},
    sort::SortKey,
};

/// What a stage takes as a value of a document of type `D`: a path, an [expression](Expr), a plain number, text or
/// boolean, or several of them as a document: a tuple, or the `..Shape` of a struct.
///
/// A path below an optional document gives an `Option`.
///
/// Documents are equal when they have the same fields: of two keys of several values, of which one has a null where the
/// other has nothing, the server makes two groups. `.if_null(value)` makes them one.
///
/// ```
/// # use odmium::{pipeline::Pipeline, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "zips")]
/// # struct Zip { id: String, state: String, city: String, pop: i64 }
/// #[derive(Embedded)]
/// #[document(shape)]
/// struct Place { state: String, city: String }
///
/// // A key of two values, whose fields stand in later stages.
/// let cities: Pipeline<Zip, ((String, String), i64)> = Pipeline::new()
///     .group_by((Zip.state, Zip.city), |g| (g.sum(Zip.pop),))
///     .with_fields(|rows, (key, pop)| rows.sort((key.0.asc(), pop.desc())));
/// let named: Pipeline<Zip, (Place, i64)> = Pipeline::new()
///     .group_by(PlaceShape { state: Zip.state.expr(), city: Zip.city.expr() }, |g| (g.sum(Zip.pop),))
///     .with_fields(|rows, (place, _)| rows.filter(place.state.eq("NY")));
/// # (cities.to_stages()?, named.to_stages()?);
/// # Ok::<(), odmium::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "this is no value of the documents of the stage, which are `{D}`",
    label = "not a value of `{D}`",
    note = "values are paths of `{D}`, expressions over it, and plain numbers, texts and booleans",
    note = "several of them as one document: a tuple, or the `..Shape` of a struct with `#[document(shape)]`"
)]
pub trait Input<D> {
    /// The type of the value.
    type Type;

    /// The expression.
    fn into_input(self) -> Expr<D, Self::Type>;
}

#[diagnostic::do_not_recommend]
impl<D, T> Input<D> for Expr<D, T> {
    type Type = T;

    fn into_input(self) -> Self {
        self
    }
}

impl<D, T, P: Single + Located> Input<D> for Field<D, T, P> {
    type Type = <P::Presence as Presence>::Of<T>;

    fn into_input(self) -> Expr<D, Self::Type> {
        self.expr().raw_as()
    }
}

/// A value as the stages take it that group by one: a path, or what begins with an operator, and no plain document.
pub(super) fn grouped_by(value: Bson) -> Bson {
    match value {
        Bson::Document(fields) if !fields.keys().next().is_some_and(|key| key.starts_with('$')) => {
            doc! { "$mergeObjects": [fields] }.into()
        }
        other => other,
    }
}

/// An input that differs from document to document.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is the same for all documents: nothing to tell groups apart by",
    label = "a constant, and no field",
    note = "name a field by its path, as in `User.age`, not by a text; all documents are one group by `group_all`"
)]
pub trait Varies {}

#[diagnostic::do_not_recommend]
impl<D, T> Varies for Expr<D, T> {}
#[diagnostic::do_not_recommend]
impl<D, T, P> Varies for Field<D, T, P> {}

// No inputs: that is said once, by `Input`.
#[diagnostic::do_not_recommend]
impl<D> Varies for SortKey<D> {}
#[diagnostic::do_not_recommend]
impl<S: Shaped> Varies for S {}

macro_rules! tuples {
    ($($($name:ident $number:literal)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($name),*> Varies for ($($name,)*) {}

        #[diagnostic::do_not_recommend]
        impl<Doc, $($name: Input<Doc>),*> Input<Doc> for ($($name,)*) {
            type Type = ($($name::Type,)*);

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn into_input(self) -> Expr<Doc, Self::Type> {
                let ($($name,)*) = self;
                let mut parts = Parts::new();
                $(parts.add(&member($number), $name.into_input());)*
                parts.into_expr()
            }
        }
    )*};
}

tuples! {
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
}

macro_rules! plain {
    ($($plain:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D> Input<D> for $plain {
            type Type = <Self as Operand<D>>::Type;

            fn into_input(self) -> Expr<D, Self::Type> {
                self.into_operand()
            }
        }
    )*};
}

plain!(i32 i64 f64 bool &str String mongodb::bson::DateTime mongodb::bson::Decimal128);
