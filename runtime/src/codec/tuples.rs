//! Tuples, stored as arrays of their length.

use mongodb::bson::spec::ElementType;

use super::{Decode, Encode, RawValue, Slot};
use crate::error::DecodeError;

macro_rules! tuples {
    ($($len:literal: $($name:ident)*;)*) => {$(
        impl<$($name: Encode),*> Encode for ($($name,)*) {
            #[expect(non_snake_case, reason = "the type parameters name the elements")]
            fn encode(&self, slot: Slot<'_>) {
                let ($($name,)*) = self;
                slot.array(|array| { $(array.push($name);)* });
            }
        }

        impl<'de, $($name: Decode<'de>),*> Decode<'de> for ($($name,)*) {
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                let mut elements = value.array()?;
                let wrong = || value.unfit(concat!("an array of ", $len, " elements"), "one of another length");
                let tuple = ($({
                    elements.next_known(&[])?.ok_or_else(wrong)?;
                    elements.value::<$name>()?
                },)*);
                match elements.next_known(&[])? {
                    None => Ok(tuple),
                    Some(_) => Err(wrong()),
                }
            }
        }
    )*};
}

tuples! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
}

/// Stored as null, for type parameters that carry nothing.
impl Encode for () {
    fn encode(&self, slot: Slot<'_>) {
        slot.null();
    }
}

impl<'de> Decode<'de> for () {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.element_type() {
            ElementType::Null => Ok(()),
            _ => Err(value.mismatch("null")),
        }
    }
}
