//! How many documents a relation leads to.

use std::{collections::BTreeMap, marker::PhantomData};

use crate::{
    codec::{DocumentReader, MapKey, RawValue, map_key},
    error::DecodeError,
    index::{Many, One},
    path::{AtIndex, AtKey, Dynamic, Readable, StaticPath},
};

/// How many documents a relation leads to, and so what it gives: [`Optional`], [`Required`], [`List`] or
/// [`ByKey`].
pub trait Shape: 'static {
    /// What it gives of targets of type `T`.
    type Of<T: Send + 'static>: Send + 'static;

    /// The same where a missing document is an error.
    type Required: Shape;

    /// Whether there is one document at most.
    #[doc(hidden)]
    const SINGLE: bool;

    /// Whether each document stands under the key of its reference.
    #[doc(hidden)]
    const KEYED: bool = false;

    /// Reads what was loaded.
    #[doc(hidden)]
    fn read<T: Send + 'static>(
        value: Option<RawValue<'_>>,
        read: impl FnMut(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<Self::Of<T>, DecodeError>;
}

/// One document or none: gives `Option<T>`.
#[derive(Clone, Copy, Debug)]
pub enum Optional {}

/// One document, without which loading fails: gives `T`.
#[derive(Clone, Copy, Debug)]
pub enum Required {}

/// Any number: gives `Vec<T>`.
#[derive(Clone, Copy, Debug)]
pub enum List {}

/// Any number, each under the key that its reference has in a map: gives `BTreeMap<K, T>`.
#[derive(Clone, Copy, Debug)]
pub struct ByKey<K>(PhantomData<fn() -> K>);

fn one<T>(
    value: Option<RawValue<'_>>,
    read: impl FnMut(&[u8]) -> Result<T, DecodeError>,
) -> Result<Option<T>, DecodeError> {
    value.map(|value| value.document().map(|document| document.bytes())).transpose()?.map(read).transpose()
}

impl Shape for Optional {
    type Of<T: Send + 'static> = Option<T>;
    type Required = Required;
    const SINGLE: bool = true;

    fn read<T: Send + 'static>(
        value: Option<RawValue<'_>>,
        read: impl FnMut(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        one(value, read)
    }
}

impl Shape for Required {
    type Of<T: Send + 'static> = T;
    type Required = Self;
    const SINGLE: bool = true;

    fn read<T: Send + 'static>(
        value: Option<RawValue<'_>>,
        read: impl FnMut(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        one(value, read)?.ok_or_else(|| DecodeError::custom("the related document is missing"))
    }
}

impl Shape for List {
    type Of<T: Send + 'static> = Vec<T>;
    type Required = Self;
    const SINGLE: bool = false;

    fn read<T: Send + 'static>(
        value: Option<RawValue<'_>>,
        mut read: impl FnMut(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let Some(value) = value else { return Ok(Vec::new()) };
        let mut elements: DocumentReader<'_> = value.array()?;
        let mut all = Vec::new();
        while let Some(document) = elements.take_document()? {
            all.push(read(document)?);
        }
        Ok(all)
    }
}

impl<K: MapKey + Ord + Send + 'static> Shape for ByKey<K> {
    type Of<T: Send + 'static> = BTreeMap<K, T>;
    type Required = Self;
    const SINGLE: bool = false;
    const KEYED: bool = true;

    fn read<T: Send + 'static>(
        value: Option<RawValue<'_>>,
        mut read: impl FnMut(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<BTreeMap<K, T>, DecodeError> {
        let Some(value) = value else { return Ok(BTreeMap::new()) };
        let mut entries = value.document()?;
        let mut all = BTreeMap::new();
        while let Some((key, document)) = entries.next_entry()? {
            all.insert(map_key(&entries, key)?, read(document.document()?.bytes())?);
        }
        Ok(all)
    }
}

/// What a path through an array makes of a shape: any element, so any number.
#[doc(hidden)]
pub trait Spread {
    type Of<S: Shape>: Shape;
}

impl Spread for One {
    type Of<S: Shape> = S;
}

impl Spread for Many {
    type Of<S: Shape> = List;
}

/// A place at which a reference can stand.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path goes through an array without saying which elements it reads",
    label = "not a place that can be read",
    note = "references within an array of documents: `with(Order.lines.elements().product)`"
)]
pub trait Reach: Readable {
    type Of<S: Shape>: Shape;
}

#[diagnostic::do_not_recommend]
impl<P: StaticPath<Multiplicity: Spread> + Readable> Reach for P {
    type Of<S: Shape> = <P::Multiplicity as Spread>::Of<S>;
}

macro_rules! chosen {
    ($($place:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Reach for $place {
            type Of<S: Shape> = S;
        }
    )*};
}

chosen!(Dynamic AtIndex AtKey);
