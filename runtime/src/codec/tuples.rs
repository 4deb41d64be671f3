//! Tuples, stored as arrays of their length; an aggregation gives them as documents with the keys `_0`, `_1` and so on.

use mongodb::bson::spec::ElementType;

use super::{Decode, DocumentReader, Encode, RawValue, Slot};
use crate::error::{DecodeError, DecodeErrorKind};

macro_rules! tuples {
    ($($len:literal: $($name:ident $key:literal)*;)*) => {$(
        impl<$($name: Encode),*> Encode for ($($name,)*) {
            #[expect(non_snake_case, reason = "the type parameters name the elements")]
            fn encode(&self, slot: Slot<'_>) {
                let ($($name,)*) = self;
                slot.array(|array| { $(array.push($name);)* });
            }
        }

        impl<'de, $($name: Decode<'de>),*> Decode<'de> for ($($name,)*) {
            #[expect(non_snake_case, reason = "the type parameters name the elements")]
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                if value.element_type() == ElementType::EmbeddedDocument {
                    let members: [Member<'de>; $len] = members(value)?;
                    let [$($name),*] = members;
                    return Ok(($(member($name, $key)?,)*));
                }
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
    1: A "_0";
    2: A "_0" B "_1";
    3: A "_0" B "_1" C "_2";
    4: A "_0" B "_1" C "_2" D "_3";
    5: A "_0" B "_1" C "_2" D "_3" E "_4";
    6: A "_0" B "_1" C "_2" D "_3" E "_4" F "_5";
}

type Member<'de> = Option<RawValue<'de>>;

/// The values of the keys `_0`, `_1` and so on, in any order. A document with none of them, but others, is no tuple.
fn members<'de, const N: usize>(value: RawValue<'de>) -> Result<[Member<'de>; N], DecodeError> {
    let (found, others) = numbered(value.document()?)?;
    // Empty is a tuple whose members are all missing.
    match !others || found.iter().any(Option::is_some) {
        true => Ok(found),
        false => Err(value.mismatch("an array")),
    }
}

/// The same, and whether there are other keys.
pub(crate) fn numbered<'de, const N: usize>(
    mut document: DocumentReader<'de>,
) -> Result<([Member<'de>; N], bool), DecodeError> {
    let mut found = [None; N];
    let mut others = false;
    while let Some((key, value)) = document.next_entry()? {
        let number = key.strip_prefix('_').and_then(|number| number.parse::<usize>().ok());
        match number.and_then(|number| found.get_mut(number)) {
            Some(place) => *place = Some(value),
            None => others = true,
        }
    }
    Ok((found, others))
}

fn member<'de, T: Decode<'de>>(value: Member<'de>, key: &'static str) -> Result<T, DecodeError> {
    match value {
        Some(value) => T::decode(value).map_err(|error| error.at(key)),
        None => T::missing().ok_or_else(|| DecodeError::new(DecodeErrorKind::Missing).at(key)),
    }
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
