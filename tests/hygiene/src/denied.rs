//! Models where every lint that a team might turn on is on: what is generated gives no warning.

#![deny(
    warnings,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    nonstandard_style,
    rust_2018_idioms,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::absolute_paths,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_docs_in_private_items,
    clippy::missing_inline_in_public_items,
    clippy::panic,
    clippy::question_mark_used,
    clippy::shadow_unrelated,
    clippy::std_instead_of_core,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm
)]

use std::collections::HashMap;

use renamed_odmium::{Collection, prelude::*};

/// A user.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(
    crate = renamed_odmium,
    collection = "users",
    rename_all = "camelCase",
    index(address.city, -age, unique),
    ttl(expires_at, after = "7d")
)]
#[non_exhaustive]
pub struct User {
    /// The id.
    pub id: Id<Self>,
    /// What they sign in with.
    #[field(index(unique), alias = "mail")]
    pub email: String,
    /// How often they were saved.
    #[field(default, version)]
    pub version: i32,
    /// In years.
    #[field(default = 18)]
    pub age: i32,
    /// What they may do.
    pub role: Role,
    /// Where they live.
    pub address: Address,
    /// Where they work.
    pub work: Option<Address>,
    /// How they pay.
    pub payment: Option<Payment>,
    /// Words about them.
    #[field(default, skip_if = Vec::is_empty)]
    pub tags: Vec<String>,
    /// How often they did what.
    pub counts: HashMap<Role, i32>,
    /// When the account ends.
    pub expires_at: Option<DateTime>,
    /// How many bytes they stored.
    #[field(as = String)]
    pub bytes: u64,
}

/// An address.
#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(crate = renamed_odmium, deny_unknown, group, shape)]
#[non_exhaustive]
pub struct Address {
    /// The city.
    pub city: String,
}

/// What a user may do.
#[derive(Embedded, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[document(crate = renamed_odmium, rename_all = "lowercase")]
#[non_exhaustive]
pub enum Role {
    /// To read.
    Guest,
    /// Everything.
    #[document(alias = "root")]
    Admin,
}

/// How urgent.
#[derive(Embedded, Clone, Copy, Debug, PartialEq, Eq)]
#[document(crate = renamed_odmium, as = i32)]
#[non_exhaustive]
pub enum Level {
    /// Not.
    Low = -1,
    /// Very.
    High = 10,
}

/// How a user pays.
#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(crate = renamed_odmium, tag = "kind")]
#[non_exhaustive]
pub enum Payment {
    /// By card.
    #[non_exhaustive]
    Card {
        /// The last four digits.
        last4: String,
        /// How urgent.
        level: Level,
    },
    /// By what an address gets.
    Post(Address),
    /// In cash.
    Cash,
}

/// A value and what it was.
#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(crate = renamed_odmium)]
#[non_exhaustive]
pub struct Versioned<T: PartialEq> {
    /// The value.
    pub value: T,
    /// The values before.
    pub history: Vec<T>,
    /// Whatever else there is.
    #[field(flatten)]
    pub rest: HashMap<String, i32>,
}

/// A row.
#[derive(Embedded, Clone, Copy, Debug, PartialEq)]
#[document(crate = renamed_odmium)]
#[non_exhaustive]
pub struct Row<'a> {
    /// The name.
    pub name: &'a str,
}

/// A view.
#[derive(View, Clone, Debug, PartialEq)]
#[view(crate = renamed_odmium, of = User)]
#[non_exhaustive]
pub struct Card {
    /// The id.
    pub id: Id<User>,
    /// What they sign in with.
    pub email: String,
    /// Where they live.
    #[field(from = address.city)]
    pub city: String,
    /// Without a sign.
    #[field(expr = User.age.expr().abs())]
    pub years: i64,
}

/// The collections.
#[derive(Database, Clone, Debug)]
#[database(crate = renamed_odmium, name = "shop")]
#[non_exhaustive]
pub struct Shop {
    /// The users.
    #[database(collection = "people")]
    pub users: Collection<User>,
}

/// What happens.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(crate = renamed_odmium, collection = "events", tag = "kind", common(at: i32), index(at))]
#[non_exhaustive]
pub enum Event {
    /// On a link.
    Click(Click),
}

/// A click.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(crate = renamed_odmium, variant_of = Event)]
#[non_exhaustive]
pub struct Click {
    /// The id.
    pub id: Id<Event>,
    /// When it was.
    pub at: i32,
}
