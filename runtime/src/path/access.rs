//! Which places can be read, and which can be written.

use super::{
    AnyElement, AtIndex, AtKey, Dynamic, EachElement, Flat, FoundElement, InOption, Lost, Path,
    PickedElement, Reason, Root, Sub,
};

/// A place that filters, sorts and projections can name.
#[diagnostic::on_unimplemented(
    message = "this path goes through an array without saying which elements it reads",
    label = "not a place that can be read",
    note = "one element that fulfils conditions: `items.any(Item.qty.gt(2) & Item.sku.eq(\"A\"))`; one by its \
            number: `at(0)`; any element, each condition by itself: `elements()`",
    note = "`each()`, `found()` and `update_where()` stand in updates only"
)]
pub trait Readable: Path {}

/// A place that updates can write.
#[diagnostic::on_unimplemented(
    message = "this path goes through an array without saying which elements it writes",
    label = "not a place that an update can write",
    note = "every element: `each()`; one by its number: `at(0)`; the one that the filter found: `found()`; those that \
            fulfil a condition: `update_where(condition, |item| ..)`"
)]
pub trait Writable: Path {}

impl<W: Reason> Readable for Lost<W> where Self: Path {}
impl<W: Reason> Writable for Lost<W> where Self: Path {}

#[diagnostic::do_not_recommend]
impl Readable for Root {}
#[diagnostic::do_not_recommend]
impl Readable for Dynamic {}
#[diagnostic::do_not_recommend]
impl Readable for AtIndex {}
#[diagnostic::do_not_recommend]
impl Readable for AtKey {}
impl<P: Readable, M, N> Readable for Sub<P, M, N> where Self: Path {}
impl<P: Readable> Readable for InOption<P> where Self: Path {}
impl<P: Readable, N> Readable for Flat<P, N> where Self: Path {}
#[diagnostic::do_not_recommend]
impl<P: Readable> Readable for AnyElement<P> where Self: Path {}

#[diagnostic::do_not_recommend]
impl Writable for Root {}
#[diagnostic::do_not_recommend]
impl Writable for Dynamic {}
#[diagnostic::do_not_recommend]
impl Writable for AtIndex {}
#[diagnostic::do_not_recommend]
impl Writable for AtKey {}
impl<P: Writable, M, N> Writable for Sub<P, M, N> where Self: Path {}
impl<P: Writable> Writable for InOption<P> where Self: Path {}
impl<P: Writable, N> Writable for Flat<P, N> where Self: Path {}
#[diagnostic::do_not_recommend]
impl<P: Writable> Writable for EachElement<P> where Self: Path {}
#[diagnostic::do_not_recommend]
impl<P: Writable> Writable for FoundElement<P> where Self: Path {}
#[diagnostic::do_not_recommend]
impl<P: Writable> Writable for PickedElement<P> where Self: Path {}
