//! `#[field(as = type)]`: integers and durations that no BSON type holds as they are.

use std::{marker::PhantomData, time::Duration};

use mongodb::bson::{Decimal128, spec::ElementType};

use super::{Bridge, Decode, Encode, RawValue, Slot, decimal};
use crate::error::DecodeError;

/// `#[field(as = S)]`: stored as the BSON type of `S`.
pub struct As<S>(PhantomData<fn() -> S>);

impl<S> std::fmt::Debug for As<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("As")
    }
}

/// A type that `#[field(as = S)]` can store as `S`.
///
/// Here for `u64`, `usize` and `isize` as `i64` (refused above its range), `String` or `Decimal128`, for `u128` and
/// `i128` as `String` or `Decimal128` (34 digits), for `Duration` as `i64` (whole milliseconds) or `f64` (seconds), for
/// `bson::Uuid` and `uuid::Uuid` as a type of old UUIDs such as [`JavaLegacyUuid`](super::JavaLegacyUuid), and for `Vec<f32>`,
/// `Vec<i8>` and `Vec<bool>` as `bson::binary::Vector`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored as `{S}`",
    label = "no conversion",
    note = "integers: `as = i64`, `as = Decimal128` or `as = String`; durations: `as = i64` (milliseconds) or `as = f64` (seconds)",
    note = "another conversion: implement `odmium::codec::StoreAs`, or write `#[field(with = module)]`"
)]
pub trait StoreAs<S>: Sized {
    /// What is stored; the error follows "cannot be stored: ".
    ///
    /// # Errors
    ///
    /// When `S` cannot hold the value.
    fn store(&self) -> Result<S, String>;

    /// The value again; `None` when what is stored does not fit.
    fn load(stored: S) -> Option<Self>;

    /// Whether no field is written at all.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// What a missing field or null reads as.
    #[doc(hidden)]
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }

    /// The type, in messages.
    #[doc(hidden)]
    #[must_use]
    fn name() -> &'static str {
        let name = std::any::type_name::<Self>();
        match name.rsplit_once("::") {
            Some((_, last)) if !name.contains('<') => last,
            _ => name,
        }
    }
}

/// An optional field is stored as its value, or not at all.
impl<T: StoreAs<S>, S> StoreAs<S> for Option<T> {
    fn store(&self) -> Result<S, String> {
        match self {
            Some(value) => value.store(),
            None => Err("there is no value".to_owned()),
        }
    }

    fn load(stored: S) -> Option<Self> {
        T::load(stored).map(Some)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn missing() -> Option<Self> {
        Some(None)
    }

    fn name() -> &'static str {
        T::name()
    }
}

#[diagnostic::do_not_recommend]
impl<T: StoreAs<S>, S: Encode + for<'de> Decode<'de>> Bridge<T> for As<S> {
    fn encode(value: &T, slot: Slot<'_>) {
        if value.is_absent() {
            return slot.skip();
        }
        match value.store() {
            Ok(stored) => stored.encode(slot),
            Err(reason) => slot.fail(reason),
        }
    }

    fn decode(value: RawValue<'_>) -> Result<T, DecodeError> {
        if let (ElementType::Null | ElementType::Undefined, Some(absent)) =
            (value.element_type(), T::missing())
        {
            return Ok(absent);
        }
        T::load(S::decode(value)?).ok_or_else(|| match value.to_bson() {
            Ok(found) => value.unfit(format!("a value of `{}`", T::name()), found),
            Err(error) => error,
        })
    }

    fn missing() -> Option<T> {
        T::missing()
    }
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        impl StoreAs<i64> for $int {
            fn store(&self) -> Result<i64, String> {
                i64::try_from(*self).map_err(|_| format!("{self} does not fit an int64: use `as = Decimal128`"))
            }

            fn load(stored: i64) -> Option<Self> {
                Self::try_from(stored).ok()
            }
        }

        large!($int);
    )*};
}

macro_rules! large {
    ($($int:ty)*) => {$(
        impl StoreAs<String> for $int {
            fn store(&self) -> Result<String, String> {
                Ok(self.to_string())
            }

            fn load(stored: String) -> Option<Self> {
                stored.parse().ok()
            }
        }

        impl StoreAs<Decimal128> for $int {
            fn store(&self) -> Result<Decimal128, String> {
                self.to_string().parse().map_err(|_| format!("{self} has more digits than a decimal128 holds: use `as = String`"))
            }

            fn load(stored: Decimal128) -> Option<Self> {
                let (negative, size) = decimal::to_integer(stored)?;
                match negative {
                    false => size.try_into().ok(),
                    true => 0i128.checked_sub_unsigned(size)?.try_into().ok(),
                }
            }
        }
    )*};
}

integers!(u64 usize isize);
large!(u128 i128);

impl StoreAs<i64> for Duration {
    fn store(&self) -> Result<i64, String> {
        if !self.subsec_nanos().is_multiple_of(1_000_000) {
            return Err(format!("{self:?} is finer than a millisecond: round it, or use `as = f64`"));
        }
        i64::try_from(self.as_millis())
            .map_err(|_| format!("{self:?} is too long for milliseconds in an int64"))
    }

    fn load(stored: i64) -> Option<Self> {
        u64::try_from(stored).ok().map(Self::from_millis)
    }
}

impl StoreAs<f64> for Duration {
    fn store(&self) -> Result<f64, String> {
        Ok(self.as_secs_f64())
    }

    fn load(stored: f64) -> Option<Self> {
        Self::try_from_secs_f64(stored).ok()
    }
}
