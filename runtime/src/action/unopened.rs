//! The compiler's words for a method of a stream where the action that opens it is not awaited.

/// A stream that is open.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this stream is not open yet",
    label = "`.await` is missing before this",
    note = "an action is sent when it is awaited: `let mut stream = users.watch().await?;`"
)]
pub trait Opened {}

/// Methods of what an action opens: `unopened! { next(A) -> u8; }` within an impl block.
macro_rules! unopened {
    ($($method:ident($($argument:ident),*) -> $output:ty;)*) => {$(
        #[doc(hidden)]
        #[allow(clippy::should_implement_trait, reason = "the names are those of the stream")]
        pub fn $method<$($argument),*>(&mut self, $(_: $argument),*) -> $output
        where
            Self: $crate::action::Opened,
        {
            unreachable!("the stream is not open")
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
