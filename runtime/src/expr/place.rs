//! Which places have a value that an expression can read.

use mongodb::bson::doc;

use super::{Rendered, object::below, render};
use crate::path::{Dynamic, Flat, Name, Path, Root, Sub, usable};

/// A place with one value.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path stands for elements of an array, and an expression reads one value",
    label = "not one value",
    note = "what each element gives: `Order.items.expr().map(|item| item.get(Item.qty))`",
    note = "the element of a number: `Order.items.at(0)`"
)]
pub trait Single: Path {}

impl Single for Root {}
impl Single for Dynamic {}
#[diagnostic::do_not_recommend]
impl<P: Single, M, N> Single for Sub<P, M, N> where Self: Path {}
#[diagnostic::do_not_recommend]
impl<P: Single, N> Single for Flat<P, N> where Self: Path {}

/// The value at a place.
pub(super) fn value(name: Name) -> Rendered {
    let name = usable(name)?;
    let is_number = |key: &str| key.parse::<i32>().is_ok();
    if !name.split('.').any(is_number) {
        return Ok(render::path(&name));
    }
    // To an expression, a number in a path is a key of a document and never a position in an array.
    let mut keys = name.split('.');
    let first = render::path(keys.next().unwrap_or_default());
    Ok(keys.fold(first, |value, key| {
        let field = below(value.clone(), key);
        match key.parse::<i32>() {
            Ok(position) => {
                let element = doc! { "$arrayElemAt": [value.clone(), position] };
                doc! { "$cond": [{ "$isArray": [value] }, element, field] }.into()
            }
            Err(_) => field,
        }
    }))
}
