//! The operations of a collection, one builder each.
//!
//! An action is made by a method of [`Collection`](crate::Collection), takes its options by chained methods named as in
//! the server's manual, and runs when it is awaited. Options that are not set are left to the server.

mod bulk_write;
mod count;
mod delete;
mod drop;
mod find;
mod find_one_and_update;
mod get;
mod hint;
mod insert;
mod insert_many;
pub(crate) mod options;
mod replace;
mod update;

pub use self::{
    bulk_write::{BulkWrite, BulkWriteAcross, BulkWriteResult, Write},
    count::{Count, EstimatedCount},
    delete::Delete,
    drop::DropCollection,
    find::Find,
    find_one_and_update::FindOneAndUpdate,
    get::Get,
    hint::IntoHint,
    insert::Insert,
    insert_many::InsertMany,
    replace::Replace,
    update::{UpdateMany, UpdateOne, UpdateResult},
};

/// Makes an action awaitable: `action!(Find<D> where D: DecodeOwned => Vec<D>)` calls its `run`.
macro_rules! action {
    ($action:ident<$($generic:ident),*> $(where [$($bounds:tt)*])? => $output:ty) => {
        impl<'a, $($generic),*> std::future::IntoFuture for $action<'a, $($generic),*>
        where
            $($($bounds)*)?
        {
            type Output = $crate::error::Result<$output>;
            type IntoFuture = futures_util::future::BoxFuture<'a, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.run())
            }
        }

        impl<$($generic),*> std::fmt::Debug for $action<'_, $($generic),*> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($action)).finish_non_exhaustive()
            }
        }
    };
}

/// Runs a driver's action in the session, when there is one.
macro_rules! in_session {
    ($session:expr, $action:expr $(, $($end:tt)*)?) => {
        match $session {
            None => $action $($($end)*)?.await,
            Some(session) => $action.session(session.inner_mut()) $($($end)*)?.await,
        }
    };
}

use action;
pub(crate) use in_session;
