//! Every name of the prelude, and of the runtime, is taken.

#![no_implicit_prelude]
#![allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unused_macros,
    reason = "the names are there to be in the way"
)]

use ::renamed_odmium::{
    Database as DeriveDatabase, Document as DeriveDocument, Embedded as DeriveEmbedded, Id as IdOf,
    View as DeriveView,
};

pub struct Option;
pub struct Result;
pub struct Vec;
pub struct Box;
pub struct String;
pub struct Cow;
pub struct Duration;
pub struct Field;
pub struct Bson;
pub struct Slot;
pub struct Id;
pub struct Index;
pub struct u8;
pub struct u64;
pub struct usize;
pub struct str;
pub struct bool;
pub type i32 = ();
pub type i64 = ();
pub type i128 = ();
pub const Some: () = ();
pub const None: () = ();
pub const Ok: () = ();
pub const Err: () = ();
pub const value: () = ();
pub const slot: () = ();
pub trait Default {}
pub trait From {}
pub trait Into {}
pub trait Clone {}
pub trait Copy {}
pub trait Debug {}
pub trait PartialEq {}
pub trait Eq {}
pub trait Iterator {}
pub trait Fn {}
pub trait Sized {}
pub trait Drop {}
pub trait Deref {}
pub trait Encode {}
pub trait Decode {}
pub trait Value {}
pub trait Keys {}
pub fn drop() {}
pub fn encode() {}
pub fn decode() {}
pub fn from() {}
pub mod std {}
pub mod core {}
pub mod alloc {}
pub mod odmium {}
pub mod __private {}
macro_rules! assert {
    () => {};
}
macro_rules! panic {
    () => {};
}
macro_rules! vec {
    () => {};
}
macro_rules! matches {
    () => {};
}

type Int = ::core::primitive::i32;
type Text = ::std::string::String;

#[derive(DeriveDocument, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(
    crate = ::renamed_odmium,
    collection = "users",
    rename_all = "camelCase",
    index(address.city, -level_of, name = "by_city"),
    index(text(user_name)),
    index(tags, partial = User.level_of.gt(5)),
    ttl(expires_at, after = "7d")
)]
pub struct User {
    pub id: IdOf<User>,
    #[field(index(unique), alias = "mail")]
    pub user_name: Text,
    #[field(version)]
    pub changes: ::core::primitive::i64,
    #[field(default = 5, skip_if = is_five)]
    pub level_of: Int,
    #[field(default)]
    pub tags: ::std::vec::Vec<Text>,
    #[field(as = ::core::primitive::i64)]
    pub size: ::core::primitive::u64,
    #[field(serde)]
    pub pair: (Int, Int),
    #[field(with = shout)]
    pub shouted: Text,
    #[field(skip)]
    pub cached: ::core::option::Option<Int>,
    pub role: Role,
    pub level: Level,
    pub payment: ::core::option::Option<Payment>,
    pub address: Address,
    #[field(flatten)]
    pub geo: Geo,
    pub expires_at: ::core::option::Option<::renamed_odmium::bson::DateTime>,
}

fn is_five(level: &Int) -> ::core::primitive::bool {
    *level == 5
}

pub mod shout {
    use ::renamed_odmium::codec::{Decode, DecodeError, Encode, RawValue, Slot};

    pub fn encode(text: &::core::primitive::str, slot: Slot<'_>) {
        text.to_uppercase().encode(slot);
    }

    pub fn decode(value: RawValue<'_>) -> ::core::result::Result<::std::string::String, DecodeError> {
        <::std::string::String as Decode<'_>>::decode(value)
    }
}

#[derive(
    DeriveEmbedded, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::default::Default,
)]
#[document(crate = ::renamed_odmium, deny_unknown)]
pub struct Address {
    pub city: Text,
    pub lines: ::std::collections::BTreeMap<Text, Int>,
}

#[derive(
    DeriveEmbedded, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::default::Default,
)]
#[document(crate = ::renamed_odmium, default)]
pub struct Geo {
    pub lat: ::core::primitive::f64,
    #[field(flatten)]
    pub more: Address,
}

#[derive(DeriveEmbedded, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, rename_all = "lowercase")]
pub enum Role {
    Guest,
    #[document(alias = "root")]
    Admin,
    Some,
    None,
}

#[derive(DeriveEmbedded, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, as = i32)]
pub enum Level {
    Low = -1,
    Ok = 3,
}

#[derive(DeriveEmbedded, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, tag = "kind", deny_unknown)]
pub enum Payment {
    Card {
        value: Text,
        slot: Int,
        #[field(skip)]
        cvc: Int,
    },
    Address(Address),
    None,
}

#[derive(DeriveEmbedded, ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium)]
pub struct Versioned<T, const N: ::core::primitive::usize>
where
    T: ::core::clone::Clone,
{
    pub value: T,
    pub history: [Int; N],
    #[field(skip)]
    pub marker: ::core::marker::PhantomData<T>,
}

#[derive(DeriveEmbedded, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, group, shape)]
pub struct Grouped {
    #[field(id)]
    pub key: Text,
    #[field(flatten)]
    pub level: Nested,
    pub value: Int,
}

/// What a group has flattened.
#[derive(DeriveEmbedded, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium)]
pub struct Nested {
    pub slot: Int,
}

#[derive(DeriveEmbedded, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium)]
pub struct Row<'a> {
    pub name: &'a ::core::primitive::str,
}

#[derive(DeriveView, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[view(crate = ::renamed_odmium, of = User)]
pub struct Card<'a> {
    pub id: IdOf<User>,
    pub user_name: &'a ::core::primitive::str,
    #[field(from = address.city)]
    pub value: Text,
    #[field(default)]
    pub expires_at: ::core::option::Option<::renamed_odmium::bson::DateTime>,
    #[field(as = ::core::primitive::i64)]
    pub size: ::core::primitive::u64,
    #[field(slice = 2)]
    pub tags: ::std::vec::Vec<Text>,
    #[field(expr = User.level_of.expr())]
    pub level: Int,
    #[field(meta = "textScore", default)]
    pub score: ::core::primitive::f64,
    pub address: City,
    #[field(skip)]
    pub slot: Int,
}

#[derive(DeriveView, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[view(crate = ::renamed_odmium, of = Address)]
pub struct City {
    pub city: Text,
}

#[derive(DeriveDatabase, ::core::clone::Clone)]
#[database(crate = ::renamed_odmium, name = "shop")]
pub struct Shop {
    #[database(collection = "people", timeout = ::std::time::Duration::from_secs(5))]
    pub value: ::renamed_odmium::Collection<User>,
    #[database(bucket = "slots")]
    pub slot: ::renamed_odmium::gridfs::Bucket,
    #[database(database = "other", prefix = "old_")]
    pub r#type: Other,
}

#[derive(DeriveDatabase, ::core::clone::Clone)]
#[database(crate = ::renamed_odmium)]
pub struct Other {
    pub place: ::renamed_odmium::Collection<User>,
}

#[derive(DeriveDocument, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, collection = "events", tag = "kind", common(value: Int), index(value))]
pub enum Event {
    Some(Click),
    #[document(other)]
    None(::renamed_odmium::bson::Document),
}

#[derive(DeriveDocument, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, variant_of = Event, deny_unknown, index(slot))]
pub struct Click {
    pub id: Int,
    pub value: Int,
    pub slot: Int,
}

#[derive(DeriveDocument, ::core::fmt::Debug, ::core::cmp::PartialEq)]
#[document(crate = ::renamed_odmium, collection = "shapes", discriminator(kind = "circle"))]
pub struct Circle {
    pub id: Int,
    #[field(flatten)]
    pub rest: ::renamed_odmium::bson::Document,
}

#[derive(DeriveDocument, ::core::fmt::Debug)]
#[document(
    crate = ::renamed_odmium,
    collection = "lines",
    create(clustered, expire_after("7d"), validator(Line.value.gt(0)))
)]
pub struct Line {
    pub id: Int,
    pub value: Int,
}
