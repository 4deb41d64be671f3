//! What the types of operands say about null.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime},
};

use mongodb::bson::{
    Binary, Bson, DateTime, DbPointer, Decimal128, Document, JavaScriptCodeWithScope, Regex, Timestamp, Uuid,
    binary::Vector, oid::ObjectId,
};

use crate::{
    codec::{
        As, CSharpLegacyUuid, JavaLegacyUuid, JavaScript, MaxKey, Maybe, MinKey, PythonLegacyUuid, Symbol,
        Via,
    },
    model::{self, Id},
    relation::Ref,
};

/// A result of type `R` that is null where the operand is.
pub(super) type Nul<T, R> = <<T as Known>::Null as Nullness>::Of<R>;

/// A result of type `R` that is null where one of two operands is.
pub(super) type Nul2<A, B, R> = <<<A as Known>::Null as Nullness>::Or<<B as Known>::Null> as Nullness>::Of<R>;

/// Whether a value can be null or missing.
#[doc(hidden)]
pub trait Nullness {
    type Of<T>;
    type Or<N: Nullness>: Nullness;
}

/// It always has a value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Never;

/// It can be null.
#[doc(hidden)]
#[derive(Debug)]
pub struct Possible;

impl Nullness for Never {
    type Of<T> = T;
    type Or<N: Nullness> = N;
}

impl Nullness for Possible {
    type Of<T> = Option<T>;
    type Or<N: Nullness> = Self;
}

/// A type that operators work on.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "no operator works on a value of type `{Self}`",
    label = "not a type of the expression language",
    note = "compare it by `eq`, or use one of its fields by `get(Model.field)`"
)]
pub trait Known {
    type Null: Nullness;
    /// The type of the values that are not null.
    type Some;
}

/// A value that is never null: the server fails on null here.
#[diagnostic::on_unimplemented(
    message = "the server fails here when the value is null, and a value of type `{Self}` can be null",
    label = "needs a value that is never null",
    note = "say what stands for null first: `.if_null(value)`"
)]
pub trait Required: Known<Null = Never> {}

#[diagnostic::do_not_recommend]
impl<T: Known<Null = Never>> Required for T {}

macro_rules! known {
    ($($null:ident: $([$($generic:tt)*] $ty:ty $(=> $some:ty)?,)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> Known for $ty {
            type Null = $null;
            type Some = known!(@some $ty $(, $some)?);
        }
    )*)*};
    (@some $ty:ty) => { $ty };
    (@some $ty:ty, $some:ty) => { $some };
}

known! {
    Never:
        [] bool, [] i8, [] i16, [] i32, [] i64, [] u8, [] u16, [] u32, [] f32, [] f64, [] Decimal128,
        [] char, [] String, [] &'static str, [] Cow<'static, str>, [] Box<str>, [] Rc<str>, [] Arc<str>,
        [] DateTime, [] SystemTime, [] Timestamp, [] ObjectId, [M] Id<M>, [M: model::Document] Ref<M>, [] Uuid, [] Binary, [] Regex,
        [] Bson, [] Document, [K, V, S] HashMap<K, V, S>, [K, V] BTreeMap<K, V>,
        [T] Vec<T>, [T] VecDeque<T>, [T] LinkedList<T>, [T] BTreeSet<T>, [T, S] HashSet<T, S>,
        [T, const N: usize] [T; N], [T] Box<[T]>,
        [S] Via<u64, As<S>>, [S] Via<usize, As<S>>, [S] Via<isize, As<S>>, [S] Via<u128, As<S>>,
        [S] Via<i128, As<S>>, [S] Via<Duration, As<S>>, [S] Via<Uuid, As<S>>, [] DbPointer, [] JavaScriptCodeWithScope,
        [] CSharpLegacyUuid, [] JavaLegacyUuid, [] PythonLegacyUuid, [] JavaScript, [] Symbol, [] MinKey, [] MaxKey, [] Vector,;
    Possible: [T] Option<T> => T, [T] Maybe<T> => T, [T, S] Via<Option<T>, As<S>> => Via<T, As<S>>,;
}
#[cfg(feature = "chrono-0_4")]
known!(Never: [] chrono::DateTime<chrono::Utc>,;);
#[cfg(feature = "jiff-0_2")]
known!(Never: [] jiff::Timestamp,;);
#[cfg(feature = "rust_decimal-1")]
known!(Never: [] rust_decimal::Decimal,;);
#[cfg(feature = "time-0_3")]
known!(Never: [] time::OffsetDateTime,;);
#[cfg(feature = "url-2")]
known!(Never: [] url::Url,;);
#[cfg(feature = "uuid-1")]
known!(Never: [] uuid::Uuid, [S] Via<uuid::Uuid, As<S>>,;);
