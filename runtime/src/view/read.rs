//! How the fields of a view are read: by the keys that its paths have.

use std::marker::PhantomData;

use crate::{
    codec::{Bridge, Decode, DocumentReader},
    error::DecodeError,
    path::{Field, StaticPath},
    projection::{Found, first_element, missing},
};

/// What a view's field can be: every type that is [`Decode`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a document",
    label = "not a BSON type",
    note = "part of a document: add `#[derive(View)]` and `#[view(of = ..)]` to the struct",
    note = "a field that the model stores by `as` or `serde`: write the same attribute here"
)]
pub trait Viewed<'de>: Sized {
    /// As [`Stored::take`](crate::codec::Stored::take).
    fn take(
        document: &mut DocumentReader<'de>,
        header: &'static [u8],
        place: &mut Option<Self>,
    ) -> Result<(), DecodeError>;

    /// As [`Stored::read`](crate::codec::Stored::read).
    fn read(document: &DocumentReader<'de>, place: &mut Option<Self>) -> Result<(), DecodeError>;

    /// As [`Stored::require`](crate::codec::Stored::require).
    fn require(found: Option<Self>, key: &'static str) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Viewed<'de> for T {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take(
        document: &mut DocumentReader<'de>,
        header: &'static [u8],
        place: &mut Option<Self>,
    ) -> Result<(), DecodeError> {
        document.take(header, place)
    }

    fn read(document: &DocumentReader<'de>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(document.value()?);
        Ok(())
    }

    #[inline]
    fn require(found: Option<Self>, key: &'static str) -> Result<Self, DecodeError> {
        match found {
            Some(value) => Ok(value),
            None => T::missing().ok_or_else(|| missing(key)),
        }
    }
}

/// The key of a field of the model itself.
#[must_use]
pub const fn key<D, T, P: StaticPath>(_: &Field<D, T, P>) -> &'static str {
    P::NAME
}

/// The first bytes of its element.
#[inline]
#[must_use]
pub fn header<D, T, P: StaticPath>(_: &Field<D, T, P>) -> &'static [u8] {
    Header::<P>::BYTES
}

struct Header<P>(PhantomData<P>);

impl<P: StaticPath> Header<P> {
    const BUFFER: [u8; 514] = {
        let name = P::NAME.as_bytes();
        let mut buffer = [0; 514];
        let (_, rest) = buffer.split_at_mut(1);
        let (place, _) = rest.split_at_mut(name.len());
        place.copy_from_slice(name);
        buffer
    };
    const BYTES: &'static [u8] = Self::BUFFER.split_at(P::NAME.len() + 2).0;
}

/// The value at a path below the model.
pub fn read_at<'de, V: Decode<'de>, D, T, P: StaticPath>(
    document: &DocumentReader<'de>,
    _: &Field<D, T, P>,
) -> Result<V, DecodeError> {
    read_key(document, P::NAME)
}

/// The value of a key that no path has.
pub fn read_key<'de, V: Decode<'de>>(
    document: &DocumentReader<'de>,
    path: &'static str,
) -> Result<V, DecodeError> {
    match Found::at(&mut document.restart(), path)? {
        Found::Value(value) => V::decode(value).map_err(|error| error.at(path)),
        Found::NoField | Found::NoParent => V::missing().ok_or_else(|| missing(path)),
    }
}

/// The value at a path over a bridge.
pub fn read_by<B: Bridge<V>, V, D, T, P: StaticPath>(
    document: &DocumentReader<'_>,
    _: &Field<D, T, P>,
) -> Result<V, DecodeError> {
    match Found::at(&mut document.restart(), P::NAME)? {
        Found::Value(value) => B::decode(value).map_err(|error| error.at(P::NAME)),
        Found::NoField | Found::NoParent => B::missing().ok_or_else(|| missing(P::NAME)),
    }
}

/// The first element of the array at a path.
pub fn first_at<'de, V: Decode<'de>, D, T, P: StaticPath>(
    document: &DocumentReader<'de>,
    _: &Field<D, T, P>,
) -> Result<Option<V>, DecodeError> {
    first_element(&mut document.restart(), P::NAME)
}
