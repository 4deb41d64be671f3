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

pub(crate) use unopened;
