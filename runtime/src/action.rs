//! The operations of a collection, one builder each.
//!
//! An action is made by a method of [`Collection`](crate::Collection), takes its options by chained methods named as in
//! the server's manual, and runs when it is awaited. Options that are not set are left to the server.

mod aggregate;
mod bulk_write;
mod count;
mod delete;
mod delete_with_rules;
mod distinct;
mod drop;
mod explain;
mod find;
mod find_one;
mod find_one_and_delete;
mod find_one_and_replace;
mod find_one_and_update;
mod find_or_insert;
mod get;
mod hint;
mod insert;
mod insert_many;
pub(crate) mod options;
mod page;
mod related;
mod replace;
mod save;
mod select;
mod target;
pub(crate) mod unopened;
mod update;
mod watch;

pub use self::{
    aggregate::{Aggregate, Run},
    bulk_write::{BulkWrite, BulkWriteAcross, BulkWriteResult, Write},
    count::{Count, EstimatedCount},
    delete::Delete,
    delete_with_rules::{DeleteWithRules, DeletedWithRules},
    distinct::{Distinct, DistinctValue},
    drop::DropCollection,
    explain::Explain,
    find::Find,
    find_one::FindOne,
    find_one_and_delete::FindOneAndDelete,
    find_one_and_replace::FindOneAndReplace,
    find_one_and_update::FindOneAndUpdate,
    find_or_insert::{FindOrInsert, FoundOrInserted},
    get::Get,
    hint::IntoHint,
    insert::Insert,
    insert_many::InsertMany,
    page::FindPage,
    related::{AggregateWith, FindOneWith, FindPageWith, FindWith, RelatedCursor},
    replace::Replace,
    save::{Save, Track},
    update::{UpdateMany, UpdateOne, UpdateResult},
    watch::Watch,
};

/// Makes an action awaitable: `action!(Find<D> where D: DecodeOwned => Vec<D>)` calls its `run`, under what is set on
/// its collection. That is the field `collection`, or the one that `in [..]` names.
macro_rules! action {
    ($action:ident<$($generic:ident),*> $(where [$($bounds:tt)*])? => $output:ty) => {
        $crate::action::action!($action<$($generic),*> in [collection] $(where [$($bounds)*])? => $output);
    };
    ($action:ident<$($generic:ident),*> in [$($path:tt)+] $(where [$($bounds:tt)*])? => $output:ty) => {
        impl<$($generic),*> $action<'_, $($generic),*> {
            /// How long the operation may take, with all its retries; zero is without limit. It fails with a
            /// [timeout](crate::Error::is_timeout) then, and a write may have been carried out.
            pub fn timeout(mut self, limit: std::time::Duration) -> Self {
                self.$($path)+.scope_mut().set_timeout(limit);
                self
            }
        }

        impl<'a, $($generic),*> std::future::IntoFuture for $action<'a, $($generic),*>
        where
            $($($bounds)*)?
        {
            type Output = $crate::error::Result<$output>;
            type IntoFuture = futures_util::future::BoxFuture<'a, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                if self.$($path)+.scope().is_plain() {
                    return Box::pin(self.run());
                }
                let collection = self.$($path)+.clone();
                Box::pin(collection.scoped(stringify!($action), Box::pin(self.run())))
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
            Some(session) => {
                let result = $action.session(session.enter()) $($($end)*)?.await;
                session.leave(result.as_ref().err());
                result
            }
        }
    };
}

/// Runs a driver's action in the session, or in one that is lent to it when there is none: for single operations, where
/// the driver's own sessions cost much.
macro_rules! in_any_session {
    ($session:expr, $collection:expr, $action:expr) => {{
        let (scope, client) = ($collection.scope(), $collection.inner().client());
        let mut held = $crate::session::Held::new($session, scope, client).await;
        let action = $action;
        let action = match held.enter() {
            Some(session) => action.session(session),
            None => action,
        };
        let result = action.await;
        held.leave(result.as_ref().err());
        result
    }};
}

pub(crate) use self::target::Target;
#[doc(hidden)]
pub use self::unopened::{Found, NotOpened, Opened};
pub(crate) use {action, in_any_session, in_session, options::setter};
