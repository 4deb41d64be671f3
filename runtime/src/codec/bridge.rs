//! Field types that have no codec of their own: `#[field(serde)]`, `#[field(with = module)]`, `#[field(as = type)]`.

use std::marker::PhantomData;

use mongodb::bson::{Bson, deserialize_from_bson, serialize_to_bson};
use serde::{Serialize, de::DeserializeOwned};

use super::{Encode, RawValue, Slot};
use crate::error::DecodeError;

/// The type of a path whose field is stored by a bridge: Rust sees `T`, BSON what `B` makes of it.
pub struct Via<T, B>(PhantomData<fn() -> (T, B)>);

impl<T, B> std::fmt::Debug for Via<T, B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Via")
    }
}

/// How a bridged field is stored.
#[diagnostic::on_unimplemented(
    message = "the field type `{T}` cannot be stored this way",
    label = "not stored by this attribute",
    note = "`serde` needs `Serialize` and `DeserializeOwned`; `as = type` works for integers and durations"
)]
pub trait Bridge<T> {
    /// Writes the value.
    fn encode(value: &T, slot: Slot<'_>);

    /// Reads the value.
    fn decode(value: RawValue<'_>) -> Result<T, DecodeError>;

    /// What a missing field reads as.
    #[must_use]
    fn missing() -> Option<T> {
        None
    }
}

/// `#[field(with = module)]`, as it is generated: the `I`th such field of a model.
pub trait FieldBridge<const I: usize> {
    /// The type of the field.
    type Value;

    /// Writes the value.
    fn encode(value: &Self::Value, slot: Slot<'_>);

    /// Reads the value.
    fn decode(value: RawValue<'_>) -> Result<Self::Value, DecodeError>;
}

/// `#[field(with = module)]`: through the functions of a module, for the `I`th such field of the model `M`.
#[doc(hidden)]
pub struct With<M, const I: usize>(PhantomData<fn() -> M>);

impl<M, const I: usize> std::fmt::Debug for With<M, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("With")
    }
}

impl<M: FieldBridge<I>, const I: usize> Bridge<M::Value> for With<M, I> {
    fn encode(value: &M::Value, slot: Slot<'_>) {
        <M as FieldBridge<I>>::encode(value, slot);
    }

    fn decode(value: RawValue<'_>) -> Result<M::Value, DecodeError> {
        <M as FieldBridge<I>>::decode(value)
    }
}

/// `#[field(serde)]`: through the type's `Serialize` and `Deserialize`.
#[derive(Debug)]
pub struct Serde;

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Bridge<T> for Serde {
    fn encode(value: &T, slot: Slot<'_>) {
        match serialize_to_bson(value) {
            // As for `Option` fields: no value is no field.
            Ok(Bson::Null) => slot.skip(),
            Ok(bson) => bson.encode(slot),
            Err(error) => {
                let reason = format!("serde refused it: {error}");
                slot.fail_with(reason, Some(error.into()));
            }
        }
    }

    fn decode(value: RawValue<'_>) -> Result<T, DecodeError> {
        let value = match value.to_bson()? {
            Bson::Undefined => Bson::Null,
            value => value,
        };
        deserialize_from_bson(value).map_err(DecodeError::caused_by)
    }

    fn missing() -> Option<T> {
        deserialize_from_bson(Bson::Null).ok()
    }
}
