//! Which type of a view's field can show which type of a model's field.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque},
    rc::Rc,
    sync::Arc,
};

use mongodb::bson::{
    self, Binary, Bson, DateTime, Decimal128, Document, Regex, Timestamp, Uuid, oid::ObjectId,
};

use crate::{codec::Maybe, model::Id, projection::Projection};

/// A type that a view's field can have where the model's field is a `T`.
///
/// A field may always have exactly the model's type, or an `Option` of it. Beyond that a view may read a number into a
/// wider one, a text into another owner (`&str`, `Cow<str>`, `Arc<str>`), a list into another list, anything into
/// [`Bson`], and an embedded document into a view of it. Implement it, with nothing in it, for a type with a codec of its
/// own.
pub trait Shows<T> {
    /// Adds it to a projection: all of it, or for a view its fields.
    #[doc(hidden)]
    fn project(projection: &mut Projection) {
        projection.include_here();
    }

    /// The same for an element of an array.
    #[doc(hidden)]
    fn project_element(projection: &mut Projection) {
        Self::project(projection);
    }
}

/// What the check of a field asks for: every [`Shows`].
///
/// A trait of its own, so that the compiler says what is wrong, and not which types show others.
#[diagnostic::on_unimplemented(
    message = "the model's field is `{T}`, the view's field is `{Self}`",
    label = "a field of the view that does not fit the model",
    note = "write `{T}`, or a type that holds every `{T}`: a wider number, `Option<{T}>`, a view of it",
    note = "from an `Option` to what it holds: add `#[field(default)]`; from an `Option` of an `Option` to one: `.flatten()`"
)]
#[doc(hidden)]
pub trait ShowsField<T>: Shows<T> {}

#[diagnostic::do_not_recommend]
impl<T, V: Shows<T>> ShowsField<T> for V {}

macro_rules! leaves {
    ($($view:ty: $($model:ty)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Shows<$model> for $view {}
    )*)*};
}

leaves! {
    bool: bool;
    char: char;
    i8: i8;
    u8: u8;
    i16: i8 u8 i16;
    u16: u8 u16;
    i32: i8 u8 i16 u16 i32;
    u32: u8 u16 u32;
    i64: i8 u8 i16 u16 i32 u32 i64;
    f32: i8 u8 i16 u16 f32;
    f64: i8 u8 i16 u16 i32 u32 f32 f64;
    String: String Box<str> Arc<str> Rc<str> Cow<'static, str> &'static str char;
    Box<str>: String Box<str> Arc<str> Rc<str> Cow<'static, str> &'static str;
    Arc<str>: String Box<str> Arc<str> Rc<str> Cow<'static, str> &'static str;
    Rc<str>: String Box<str> Arc<str> Rc<str> Cow<'static, str> &'static str;
    Cow<'static, str>: String Box<str> Arc<str> Rc<str> Cow<'static, str> &'static str;
    &'static str: String Box<str> Arc<str> Rc<str> Cow<'static, str> &'static str;
    &'static [u8]: Vec<u8> Cow<'static, [u8]> &'static [u8];
    Cow<'static, [u8]>: Vec<u8> Cow<'static, [u8]> &'static [u8];
    ObjectId: ObjectId;
    DateTime: DateTime;
    Decimal128: Decimal128;
    Timestamp: Timestamp;
    Binary: Binary;
    Regex: Regex;
    Uuid: Uuid;
    Document: Document;
    bson::RawDocumentBuf: bson::RawDocumentBuf Document;
    std::time::SystemTime: std::time::SystemTime DateTime;
}

#[cfg(feature = "chrono-0_4")]
leaves!(chrono::DateTime<chrono::Utc>: chrono::DateTime<chrono::Utc> DateTime;);
#[cfg(feature = "jiff-0_2")]
leaves!(jiff::Timestamp: jiff::Timestamp DateTime;);
#[cfg(feature = "time-0_3")]
leaves!(time::OffsetDateTime: time::OffsetDateTime DateTime;);
#[cfg(feature = "rust_decimal-1")]
leaves!(rust_decimal::Decimal: rust_decimal::Decimal;);
#[cfg(feature = "url-2")]
leaves!(url::Url: url::Url;);
#[cfg(feature = "uuid-1")]
leaves!(uuid::Uuid: uuid::Uuid;);

#[diagnostic::do_not_recommend]
impl<T> Shows<T> for Bson {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> Shows<Self> for Id<T> {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> Shows<Id<T>> for ObjectId {}

macro_rules! inside {
    ($project:ident $project_element:ident: $([$($generic:tt)*] $view:ty: $model:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, V: Shows<T>, $($generic)*> Shows<$model> for $view {
            fn project(projection: &mut Projection) {
                V::$project(projection);
            }

            fn project_element(projection: &mut Projection) {
                V::$project_element(projection);
            }
        }
    )*};
}

inside! { project project_element:
    [] Box<V>: T;
    [] Rc<V>: T;
    [] Arc<V>: T;
}

inside! { project_element project_element:
    [] Vec<V>: Vec<T>;
    [] Vec<V>: VecDeque<T>;
    [] Vec<V>: LinkedList<T>;
    [] Vec<V>: BTreeSet<T>;
    [S] Vec<V>: HashSet<T, S>;
    [const N: usize] Vec<V>: [T; N];
    [const N: usize] [V; N]: [T; N];
    [] VecDeque<V>: VecDeque<T>;
    [] LinkedList<V>: LinkedList<T>;
    [] BTreeSet<V>: BTreeSet<T>;
    [S] HashSet<V, S>: HashSet<T, S>;
}

// Where a projection names the fields of a document, the server leaves out what is null instead: it shortens an array,
// and makes null the same as missing.
macro_rules! nullable {
    ($($view:ident: $model:ident, $project:path;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T, V: Shows<T>> Shows<$model<T>> for $view<V> {
            fn project(projection: &mut Projection) {
                $project(projection);
            }

            fn project_element(projection: &mut Projection) {
                projection.include_here();
            }
        }
    )*};
}

nullable! {
    Option: Option, V::project;
    Option: Maybe, V::project;
    Maybe: Maybe, Projection::include_here;
}

// The fields of a view below a key that is not known cannot be named: the values travel whole.
macro_rules! maps {
    ($([$($generic:tt)*] $view:ty: $model:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<K, T, V: Shows<T>, $($generic)*> Shows<$model> for $view {}
    )*};
}

maps! {
    [S] HashMap<K, V, S>: HashMap<K, T, S>;
    [S] BTreeMap<K, V>: HashMap<K, T, S>;
    [] BTreeMap<K, V>: BTreeMap<K, T>;
    [] HashMap<K, V>: BTreeMap<K, T>;
}
