//! `Option`, smart pointers, and everything that is stored as an array.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    rc::Rc,
    sync::Arc,
};

use mongodb::bson::spec::ElementType;

use super::{Decode, DecodeDocument, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot};
use crate::error::DecodeError;

/// `None` writes no field; in an array, null.
impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        match self {
            Some(value) => value.encode(slot),
            None => slot.skip(),
        }
    }
}

/// A missing field and null read as `None`.
impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    const LIKELY: Option<ElementType> = T::LIKELY;

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::Null | ElementType::Undefined => Ok(None),
            _ => T::decode(value).map(Some),
        }
    }

    #[inline]
    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        (**self).encode(slot);
    }
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        impl<T: Encode + ?Sized> Encode for $pointer<T> {
            #[inline]
            fn encode(&self, slot: Slot<'_>) {
                (**self).encode(slot);
            }
        }

        impl<T: EncodeDocument + ?Sized> EncodeDocument for $pointer<T> {
            fn encode_fields(&self, document: &mut DocumentWriter) {
                (**self).encode_fields(document);
            }
        }

        impl<'de, T: Decode<'de>> Decode<'de> for $pointer<T> {
            const LIKELY: Option<ElementType> = T::LIKELY;

            #[inline]
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                T::decode(value).map(Self::new)
            }

            fn missing() -> Option<Self> {
                T::missing().map(Self::new)
            }
        }

        impl<'de, T: DecodeDocument<'de>> DecodeDocument<'de> for $pointer<T> {
            fn decode_fields(document: &mut DocumentReader<'de>) -> Result<Self, DecodeError> {
                T::decode_fields(document).map(Self::new)
            }
        }
    )*};
}

pointers!(Box Rc Arc);

impl<T: Encode + ToOwned + ?Sized> Encode for Cow<'_, T> {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        (**self).encode(slot);
    }
}

impl<T: Encode> Encode for [T] {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        T::encode_slice(self, slot);
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        self.as_slice().encode(slot);
    }
}

impl<'de, T: Decode<'de>, const N: usize> Decode<'de> for [T; N] {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let items: Vec<T> = Vec::decode(value)?;
        let len = items.len();
        items
            .try_into()
            .map_err(|_| value.unfit(format!("an array of {N} elements"), format_args!("one of {len}")))
    }
}

/// Bytes are stored as binary data, everything else as an array.
impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        T::encode_slice(self, slot);
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    const LIKELY: Option<ElementType> = Some(ElementType::Array);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        T::decode_vec(value)
    }
}

/// Collects the elements of an array.
#[inline]
pub(super) fn elements<'de, T: Decode<'de>>(value: RawValue<'de>) -> Result<Vec<T>, DecodeError> {
    let mut reader = value.array()?;
    let all = reader.remaining();
    let mut first = None;
    reader.take_element(|value| first = Some(value))?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let mut values = Vec::with_capacity(likely_count::<T>(all, all - reader.remaining()));
    values.push(first);
    while reader.take_element(|value| values.push(value))? {}
    Ok(values)
}

/// How many elements to make room for, when the first one took so many bytes of all.
///
/// A guess: small arrays get what they need, large ones no more memory than their bytes take already.
fn likely_count<T>(all: usize, first: usize) -> usize {
    let affordable = all / size_of::<T>().max(1);
    (all / first.max(1)).min(affordable.max(4))
}

/// Borrows the bytes of binary data.
impl<'de: 'a, 'a> Decode<'de> for &'a [u8] {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        value.binary().map(|(_, bytes)| bytes)
    }
}

impl<'de: 'a, 'a> Decode<'de> for Cow<'a, [u8]> {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        value.binary().map(|(_, bytes)| Cow::Borrowed(bytes))
    }
}

/// Reads the elements of an array one by one.
struct Elements<'de, T> {
    reader: DocumentReader<'de>,
    element: PhantomData<fn() -> T>,
}

impl<'de, T: Decode<'de>> Iterator for Elements<'de, T> {
    type Item = Result<T, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let mut element = None;
        match self.reader.take_element(|value| element = Some(value)) {
            Ok(_) => element.map(Ok),
            Err(error) => Some(Err(error)),
        }
    }
}

macro_rules! sequences {
    ($($list:ident<T $(, $hasher:ident)?> [$($bound:path),*] )*) => {$(
        impl<T: Encode $(, $hasher)?> Encode for $list<T $(, $hasher)?> {
            fn encode(&self, slot: Slot<'_>) {
                slot.array(|array| self.iter().for_each(|value| array.push(value)));
            }
        }

        impl<'de, T: Decode<'de> $(+ $bound)* $(, $hasher: BuildHasher + Default)?> Decode<'de> for $list<T $(, $hasher)?> {
            const LIKELY: Option<ElementType> = Some(ElementType::Array);

            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                Elements { reader: value.array()?, element: PhantomData::<fn() -> T> }.collect()
            }
        }
    )*};
}

sequences! {
    VecDeque<T> []
    LinkedList<T> []
    BTreeSet<T> [Ord]
    HashSet<T, S> [Eq, Hash]
}

impl<'de, T: Decode<'de>> Decode<'de> for Box<[T]> {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        Vec::decode(value).map(Vec::into_boxed_slice)
    }
}
