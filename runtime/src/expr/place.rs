//! Which places have a value that an expression can read.

use mongodb::bson::{Bson, doc};

use super::{Rendered, number::Undecided, object::below, render};
use crate::path::{
    AnyElement, AtIndex, AtKey, Dynamic, EachElement, Flat, FoundElement, InOption, Lost, Name, Path,
    PickedElement, Reason, Root, Sub, Through, usable,
};

/// A place with one value, beside an operand of type `R`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path stands for elements of an array, and an expression reads one value",
    label = "not one value",
    note = "what each element gives: `Order.items.expr().map(|item| item.get(Item.qty))`",
    note = "the element of a number: `Order.items.at(0)`"
)]
pub trait Single<R = ()>: Path {}

impl<W: Reason, R> Single<R> for Lost<W> {}
#[diagnostic::do_not_recommend]
impl<R> Single<R> for Root {}
#[diagnostic::do_not_recommend]
impl<R> Single<R> for Dynamic {}
#[diagnostic::do_not_recommend]
impl<R> Single<R> for AtIndex {}
#[diagnostic::do_not_recommend]
impl<R> Single<R> for AtKey {}
impl<P: Single<R>, M, N, R> Single<R> for Sub<P, M, N> where Self: Path {}
impl<P: Single<R>, N, R> Single<R> for Flat<P, N> where Self: Path {}
impl<P: Single<R>, R> Single<R> for InOption<P> where Self: Path {}

/// As for the [operators](super::number): the compiler gives up once it knows both sides.
macro_rules! elements {
    ($($place:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<P> Single<Undecided> for $place<P> where Self: Path {}
        #[diagnostic::do_not_recommend]
        impl<P> Single<[Undecided; 0]> for $place<P> where Self: Path {}
    )*};
}

elements!(AnyElement EachElement FoundElement PickedElement Through);

/// The value at a place.
pub(super) fn value(name: Name) -> Rendered {
    let name = usable(name)?;
    Ok(match name.split_once('.') {
        None => render::path(&name),
        Some((first, rest)) => value_below(render::path(first), rest),
    })
}

/// The value at a path below another value.
pub(super) fn value_below(value: Bson, name: &str) -> Bson {
    if !name.split('.').any(is_number) {
        return below(value, name);
    }
    // To an expression, a number in a path is a key of a document and never a position in an array.
    name.split('.').fold(value, |value, key| {
        let field = below(value.clone(), key);
        match key.parse::<i32>() {
            Ok(position) => {
                let element = doc! { "$arrayElemAt": [value.clone(), position] };
                doc! { "$cond": [{ "$isArray": [value] }, element, field] }.into()
            }
            Err(_) => field,
        }
    })
}

/// Whether a key may be a position in an array.
pub(super) fn is_number(key: &str) -> bool {
    key.parse::<i32>().is_ok()
}
