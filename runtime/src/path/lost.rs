//! Why a path cannot go on, in the compiler's words.

use std::marker::PhantomData;

/// Why there is no path. No type is one: what lacks is said by the trait that the reason asks for.
#[doc(hidden)]
pub trait Reason: 'static {}

/// Below an element of a number or the value of a key, at a place of type `P`.
#[doc(hidden)]
#[derive(Debug)]
pub struct AfterStep<P>(PhantomData<fn() -> P>);

/// Behind a reference in a document of type `D`.
#[doc(hidden)]
#[derive(Debug)]
pub struct BehindRef<D>(PhantomData<fn() -> D>);

/// A path that is named as a whole where it is made.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "below an element of a number or the value of a key, a path goes on by `then`",
    label = "the name of this path is first known at run time",
    note = "write `.at(0).then(Item.qty)` in place of `.at(0).qty`, where `Item` is the type of the elements"
)]
pub trait Named {}

/// A document that is at hand.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the document behind a reference is in another collection: no path leads there",
    label = "not a field of the document at hand",
    note = "load it beside the document: `find(..).with(Post.author)`; in a pipeline, join it: `lookup_one(Post.author, User.id)`",
    note = "the reference itself is compared with an id: `Post.author.eq(user.id)`"
)]
pub trait AtHand {}

impl<P: 'static> Reason for AfterStep<P> where Self: Named {}
impl<D: 'static> Reason for BehindRef<D> where Self: AtHand {}
