//! The document before or after a change, in the types of events.

use crate::{
    codec::{Decode, DecodeOwned, RawValue},
    error::DecodeError,
    model::Record,
};

/// The document before or after a change was not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NoImage;

/// An image that is there.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this stream does not ask for this image of the document",
    label = "`NoImage`: there is no document here",
    note = "the document after an update: open the stream with `.full_document()`, and it is an `Option<{D}>`",
    note = "the document before a change: open it with `.before_change()`; the collection must be declared \
            with `pre_and_post_images`"
)]
pub trait AskedFor<D> {}

macro_rules! refused {
    ($($method:ident($($argument:ident),*);)*) => {
        /// What an `Option` of the document has, for the compiler's message.
        impl NoImage {$(
            #[doc(hidden)]
            pub fn $method<D, $($argument),*>(&self, $(_: $argument),*) -> D
            where
                Self: AskedFor<D>,
            {
                unreachable!("there is no image")
            }
        )*}
    };
}

refused! {
    unwrap();
    expect(A);
    unwrap_or(A);
    unwrap_or_default();
    unwrap_or_else(A);
    is_some();
    is_none();
    is_some_and(A);
    as_ref();
    as_mut();
    map(A);
    and_then(A);
    ok_or(A);
    ok_or_else(A);
    cloned();
}

/// What an event has for the document before or after a change: [`NoImage`] when it was not asked for, an `Option` when the
/// server may not have it, or the document itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no image of a `{D}`",
    label = "not what a change stream gives for the document before or after a change",
    note = "it is `NoImage`, `Option<{D}>` or `{D}`, as the stream asks for it: `full_document()`, \
            `full_document_required()`, `before_change()`, .."
)]
pub trait Image<D>: Sized + 'static {
    /// Reads it.
    #[doc(hidden)]
    fn read(value: Option<RawValue<'_>>) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<D> Image<D> for NoImage {
    fn read(_: Option<RawValue<'_>>) -> Result<Self, DecodeError> {
        Ok(Self)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Record + DecodeOwned> Image<D> for Option<D> {
    fn read(value: Option<RawValue<'_>>) -> Result<Self, DecodeError> {
        value.map_or(Ok(None), <Self as Decode<'_>>::decode)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Record + DecodeOwned> Image<D> for D {
    fn read(value: Option<RawValue<'_>>) -> Result<Self, DecodeError> {
        match value {
            Some(value) => D::decode(value),
            None => Err(DecodeError::custom("the event does not carry it, or a stage has removed it")),
        }
    }
}
