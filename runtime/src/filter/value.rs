//! Which Rust values can stand beside a field of type `T`.

mod containers;

use std::{borrow::Cow, rc::Rc, sync::Arc, time::SystemTime};

use mongodb::bson::{
    self, Binary, Bson, DateTime, Decimal128, Document, Regex, Timestamp, Uuid, oid::ObjectId,
};

use crate::{
    codec::{self, Bridge, Encode, EncodeError, Maybe, Slot, Via},
    model::Id,
};

/// A value that a field of type `T` can be compared with or set to.
///
/// A field of `String` takes `&str`, a field of `Option<T>` takes what `T` takes. Each integer field takes exactly its
/// own type, so that a literal needs no suffix: `User.score.gt(5_000_000_000)` is an `i64` where `score` is.
///
/// The derives implement it; a type with a codec written by hand implements it for itself. Operators ask for
/// [`IntoValue`].
pub trait Value<T: ?Sized> {
    /// The value as it is sent.
    ///
    /// # Errors
    ///
    /// When it cannot be written as BSON.
    fn into_bson(self) -> Result<Bson, EncodeError>;
}

/// What operators take: every [`Value`] of the field's type.
///
/// A trait of its own, so that the compiler says what is wrong, and not which types have a value.
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot take a value of type `{Self}`",
    label = "not a value for a field of type `{T}`",
    note = "the value must have the type of the field: convert it, or write a literal of that type",
    note = "a field of an `Option` takes the value itself, without `Some`; an option takes `eq_or_none(option)` in a filter, \
            `set_or_unset(option)` in an update; no value at all is `is_none()` and `unset()`",
    note = "another field, or what is computed: `Filter::expr(User.a.expr().gt(User.b))`, `UpdatePipeline::new().set(..)`",
    note = "one element of an array: `contains(value)` in a filter, `push(value)` in an update"
)]
pub trait IntoValue<T: ?Sized>: Value<T> {}

#[diagnostic::do_not_recommend]
impl<T: ?Sized, V: Value<T>> IntoValue<T> for V {}

macro_rules! direct {
    ($($ty:ty: $value:ident => $bson:expr;)*) => {$(
        impl Value<$ty> for $ty {
            #[inline]
            fn into_bson(self) -> Result<Bson, EncodeError> {
                let $value = self;
                Ok($bson)
            }
        }

        impl Value<$ty> for &$ty {
            #[inline]
            fn into_bson(self) -> Result<Bson, EncodeError> {
                let $value = self.clone();
                Ok($bson)
            }
        }
    )*};
}

direct! {
    bool: value => Bson::Boolean(value);
    i8: value => Bson::Int32(value.into());
    i16: value => Bson::Int32(value.into());
    i32: value => Bson::Int32(value);
    i64: value => Bson::Int64(value);
    u8: value => Bson::Int32(value.into());
    u16: value => Bson::Int32(value.into());
    u32: value => Bson::Int64(value.into());
    f32: value => Bson::Double(value.into());
    f64: value => Bson::Double(value);
    char: value => Bson::String(value.into());
    String: value => Bson::String(value);
    ObjectId: value => Bson::ObjectId(value);
    DateTime: value => Bson::DateTime(value);
    Decimal128: value => Bson::Decimal128(value);
    Timestamp: value => Bson::Timestamp(value);
    Binary: value => Bson::Binary(value);
    Regex: value => Bson::RegularExpression(value);
    Uuid: value => Bson::Binary(value.into());
    Document: value => Bson::Document(value);
}

/// A field of any type takes every value.
impl<V: Into<Bson>> Value<Bson> for V {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        Ok(self.into())
    }
}

/// A type that is its own value, through its codec.
macro_rules! own_value {
    ($($ty:ty),*) => {$(
        impl $crate::filter::Value<$ty> for $ty {
            fn into_bson(self) -> Result<mongodb::bson::Bson, $crate::codec::EncodeError> {
                $crate::codec::encode_to_bson(&self)
            }
        }

        impl $crate::filter::Value<$ty> for &$ty {
            fn into_bson(self) -> Result<mongodb::bson::Bson, $crate::codec::EncodeError> {
                $crate::codec::encode_to_bson(self)
            }
        }
    )*};
}
pub(crate) use own_value;

own_value!(SystemTime, bson::JavaScriptCodeWithScope, bson::DbPointer, ());

impl<T> Value<Self> for Id<T> {
    #[inline]
    fn into_bson(self) -> Result<Bson, EncodeError> {
        Ok(Bson::ObjectId(self.object_id()))
    }
}

impl<T> Value<Id<T>> for &Id<T> {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        Ok(Bson::ObjectId(self.object_id()))
    }
}

macro_rules! texts {
    ($($field:ty: $($value:ty)*, by reference $($reference:ty)*;)*) => {$(
        $(impl Value<$field> for $value {
            #[inline]
            fn into_bson(self) -> Result<Bson, EncodeError> {
                Ok(Bson::String(self.into()))
            }
        })*

        $(impl Value<$field> for $reference {
            fn into_bson(self) -> Result<Bson, EncodeError> {
                Ok(Bson::String((**self).to_owned()))
            }
        })*
    )*};
}

// `&&str` is what a reference to a list of texts gives.
texts! {
    String: &str Cow<'_, str> Box<str>, by reference &&str &Cow<'_, str> &Box<str> &Rc<str> &Arc<str>;
    Cow<'_, str>: &str String Cow<'_, str> Box<str>,
        by reference &&str &String &Cow<'_, str> &Box<str> &Rc<str> &Arc<str>;
    &str: &str String Cow<'_, str> Box<str>,
        by reference &&str &String &Cow<'_, str> &Box<str> &Rc<str> &Arc<str>;
    str: &str String Cow<'_, str> Box<str>,
        by reference &&str &String &Cow<'_, str> &Box<str> &Rc<str> &Arc<str>;
}

impl<T, V: Value<T>> Value<Option<T>> for V {
    #[inline]
    fn into_bson(self) -> Result<Bson, EncodeError> {
        self.into_bson()
    }
}

// Not `Option<T>`: whether `None` means missing, null or both is for the caller to say.
macro_rules! wrapped {
    ($($wrapper:ident $(($unsized:tt))?)*) => {$(
        impl<T $(: $unsized Sized)?, V: Value<T>> Value<$wrapper<T>> for V {
            #[inline]
            fn into_bson(self) -> Result<Bson, EncodeError> {
                self.into_bson()
            }
        }
    )*};
}

wrapped!(Maybe Box(?) Rc(?) Arc(?));

/// What is stored over a bridge is compared over the same bridge.
impl<T, B: Bridge<T>> Value<Via<T, B>> for T {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        bridged::<T, B>(&self)
    }
}

impl<T, B: Bridge<T>> Value<Via<T, B>> for &T {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        bridged::<T, B>(self)
    }
}

impl<T, B: Bridge<Option<T>>> Value<Via<Option<T>, B>> for T {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        bridged::<Option<T>, B>(&Some(self))
    }
}

fn bridged<T, B: Bridge<T>>(value: &T) -> Result<Bson, EncodeError> {
    struct Bridged<'a, T, B>(&'a T, std::marker::PhantomData<B>);
    impl<T, B: Bridge<T>> Encode for Bridged<'_, T, B> {
        fn encode(&self, slot: Slot<'_>) {
            B::encode(self.0, slot);
        }
    }
    codec::encode_to_bson(&Bridged::<T, B>(value, std::marker::PhantomData))
}
