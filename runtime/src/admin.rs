//! What is done to databases and collections as a whole, and commands that have no method of their own.
//!
//! The actions are made by methods of [`Database`](struct@crate::Database), [`Collection`](crate::Collection) and
//! [`Client`](crate::Client), and run when they are awaited.

mod aggregate;
mod collection;
mod command;
mod create;
mod current_op;
mod cursor_command;
mod db_ref;
mod list;
mod map_reduce;
mod modify;
mod profile;
mod validate;

use mongodb::bson::{Document, serialize_to_bson};
use serde::Serialize;

pub use self::{
    collection::Rename,
    command::{IntoCommand, RunCommand},
    create::CreateCollection,
    current_op::CurrentOp,
    cursor_command::RunCursorCommand,
    db_ref::DbRef,
    list::{CollectionInfo, CollectionKind, ListCollections},
    map_reduce::{MapReduce, Output},
    modify::{IndexChange, Modify},
    profile::{Profiling, ProfilingLevel, SetProfiling},
    validate::{Validate, Validation},
};

use crate::error::Error;

/// What untyped operations give: anything that can be read from a document, also a `RawDocumentBuf`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a document",
    label = "not a type of rows",
    note = "derive `Document`, `Embedded` or use `odmium::bson::Document` or `RawDocumentBuf`"
)]
pub trait Row: crate::codec::DecodeOwned + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: crate::codec::DecodeOwned + Send + 'static> Row for T {}

/// Adds one of the driver's option structs to a command.
fn insert_option(command: &mut Document, key: &str, option: impl Serialize, invalid: &mut Option<Error>) {
    match serialize_to_bson(&option) {
        Ok(option) => drop(command.insert(key, option)),
        Err(error) => *invalid = Some(Error::argument(error.to_string())),
    }
}

/// Makes an action awaitable, by its `run`: `awaitable!(Rename<'a, D: Record> in [collection] => Collection<D>)`, under
/// what is set on the database or collection of that field, if one is named.
macro_rules! awaitable {
    ($action:ident $(<$life:lifetime $(, $generic:ident: $bound:path)?>)? => $output:ty) => {
        impl $(<$life $(, $generic: $bound + $life)?>)? std::future::IntoFuture
            for $action $(<$life $(, $generic)?>)?
        {
            type Output = $crate::error::Result<$output>;
            type IntoFuture = $crate::admin::awaitable!(@future $($life)?);

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.run())
            }
        }

        $crate::admin::awaitable!(@debug $action $(<$life $(, $generic)?>)?);
    };
    ($action:ident $(<$life:lifetime $(, $generic:ident: $bound:path)?>)? in [$place:ident] => $output:ty) => {
        impl $(<$life $(, $generic)?>)? $action $(<$life $(, $generic)?>)? {
            /// How long the operation may take, with all its retries; zero is without limit. It fails with a
            /// [timeout](crate::Error::is_timeout) then, and a write may have been carried out.
            pub fn timeout(mut self, limit: std::time::Duration) -> Self {
                self.$place.scope_mut().set_timeout(limit);
                self
            }
        }

        impl $(<$life $(, $generic: $bound + $life)?>)? std::future::IntoFuture
            for $action $(<$life $(, $generic)?>)?
        {
            type Output = $crate::error::Result<$output>;
            type IntoFuture = $crate::admin::awaitable!(@future $($life)?);

            fn into_future(self) -> Self::IntoFuture {
                if self.$place.scope().is_plain() {
                    return Box::pin(self.run());
                }
                let place = self.$place.clone();
                Box::pin(place.scoped(stringify!($action), Box::pin(self.run())))
            }
        }

        $crate::admin::awaitable!(@debug $action $(<$life $(, $generic)?>)?);
    };
    (@debug $action:ident $(<$life:lifetime $(, $generic:ident)?>)?) => {
        impl $(<$life $(, $generic)?>)? std::fmt::Debug for $action $(<$life $(, $generic)?>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($action)).finish_non_exhaustive()
            }
        }
    };
    (@future) => { futures_util::future::BoxFuture<'static, Self::Output> };
    (@future $life:lifetime) => { futures_util::future::BoxFuture<$life, Self::Output> };
}

/// A cursor of ours over what a driver's action gives, in the session when there is one.
macro_rules! cursor_of {
    ($session:expr, $action:expr) => {
        $crate::Cursor::new($crate::cursor::source_of!($session, $action), $crate::cursor::Whole)
    };
}

pub(crate) use {awaitable, cursor_of};
