//! The compiler's words for a method of a stream, or of documents, where the action that gives them is not awaited.

use std::{future::Ready, marker::PhantomData};

use super::Find;
use crate::error::Result;

/// A stream that is open.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this stream is not open yet",
    label = "`.await` is missing before this",
    note = "an action is sent when it is awaited: `let mut stream = users.watch().await?;`"
)]
pub trait Opened {}

/// Documents that are there.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "nothing is found before the find is awaited",
    label = "`.await` is missing before this",
    note = "all documents: `users.find(filter).await?`; one by one: `let mut cursor = users.find(filter).cursor().await?;`"
)]
pub trait Found {}

/// Methods of what an action gives, and the trait that says what it lacks: `unopened! { [Opened] next(A) -> u8; }` within an impl
/// block.
macro_rules! unopened {
    ([$there:ident] $($method:ident($($argument:ident),*) -> $output:ty;)*) => {$(
        #[doc(hidden)]
        #[allow(clippy::should_implement_trait, reason = "the names are those of the stream")]
        pub fn $method<$($argument),*>(&mut self, $(_: $argument),*) -> $output
        where
            Self: $crate::action::$there,
        {
            unreachable!("this is not awaited")
        }
    )*};
}

/// A stream that is not open yet.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this stream is open already: what it gives is said before",
    label = "move this before the `.await` that opens the stream",
    note = "`users.watch().full_document().await?`; a consumer: `users.watch().consumer(\"mails\", &places).await?`"
)]
pub trait NotOpened {}

/// Methods of the action that opens this: `opened! { skip(A) }` within an impl block.
macro_rules! opened {
    ($($method:ident($($argument:ident),*))*) => {$(
        #[doc(hidden)]
        pub fn $method<$($argument),*>(self, $(_: $argument),*) -> Self
        where
            Self: $crate::action::NotOpened,
        {
            unreachable!("the stream is open")
        }
    )*};
}

pub(crate) use {opened, unopened};

/// Methods of the `Vec` and of the cursor.
impl<D, O, R> Find<'_, D, O, R> {
    unopened! {
        [Found]
        len() -> usize;
        is_empty() -> bool;
        iter() -> std::slice::Iter<'static, O>;
        try_next() -> Ready<Result<Option<O>>>;
        next() -> Ready<Option<Result<O>>>;
    }
}

/// For a loop over what is not awaited. The bound is not on `Self`, as the words of `Iterator` would be shown then, and it is
/// not `IntoIterator`, which has an impl for every iterator beside this one.
#[doc(hidden)]
impl<D, O, R> Iterator for Find<'_, D, O, R>
where
    PhantomData<O>: Found,
{
    type Item = O;

    fn next(&mut self) -> Option<O> {
        unreachable!("this is not awaited")
    }
}
