//! The macro that runs a block in a transaction.

/// Runs a block in a transaction: commits when it gives `Ok`, aborts when it gives `Err`, panics or is dropped.
///
/// It is a future: `transaction!(db, |tx| { .. }).await?`. The first argument is a
/// [`Database`](struct@crate::Database), or what [`begin`](crate::Database::begin) gives, with options. `tx` is a
/// `&mut` [`Transaction`](crate::transaction::Transaction). The error of the block is [`Error`](crate::Error), or what is
/// written behind the arrow: any type that an [`Error`](crate::Error) can be converted into. It comes out untouched.
///
/// # The block may run several times
///
/// When the server gives up a transaction for a reason that may pass (the label `TransientTransactionError`, for instance
/// a write conflict), the transaction is aborted and the block run again, after a pause that grows from a few milliseconds
/// to half a second. When it is not known whether a commit came through (`UnknownTransactionCommitResult`), the commit is
/// repeated. Both end after 120 seconds, or [`retry_for`](crate::transaction::Begin::retry_for); the last error comes out
/// then, with its labels. So the block must not do anything outside the database that may not be done twice, and it cannot
/// move values out of its surroundings. An error of an operation should leave the block: after it, the server takes no
/// more operations of this transaction.
///
/// # Examples
///
/// ```no_run
/// use odmium::{Database, prelude::*, transaction};
///
/// #[derive(Document)]
/// #[document(collection = "accounts")]
/// struct Account {
///     id: i32,
///     balance: i64,
/// }
///
/// enum Failed {
///     Poor,
///     Database(odmium::Error),
/// }
///
/// impl From<odmium::Error> for Failed {
///     fn from(error: odmium::Error) -> Self {
///         Self::Database(error)
///     }
/// }
///
/// async fn transfer(db: &Database, from: i32, to: i32, amount: i64) -> Result<(), Failed> {
///     let enough = || Account.id.eq(from) & Account.balance.gte(amount);
///     transaction!(db, |tx| -> Result<(), Failed> {
///         let paid = tx.collection::<Account>().update_one(enough(), Account.balance.inc(-amount)).await?;
///         if paid.modified == 0 {
///             return Err(Failed::Poor);
///         }
///         tx.collection::<Account>().update_one(Account.id.eq(to), Account.balance.inc(amount)).await?;
///         Ok(())
///     })
///     .await
/// }
///
/// async fn count(db: &Database) -> odmium::Result<u64> {
///     transaction!(db, |tx| tx.collection::<Account>().count(Filter::everything()).await).await
/// }
/// ```
#[macro_export]
macro_rules! transaction {
    ($on:expr, |$tx:ident| -> $result:ty $body:block $(,)?) => {
        async {
            let mut attempts = $crate::transaction::Attempts::new($on.begin());
            loop {
                #[allow(unused_braces)]
                let result: $result = match attempts.next().await {
                    ::core::result::Result::Ok($tx) => async { $body }.await,
                    ::core::result::Result::Err(error) => {
                        ::core::result::Result::Err(::core::convert::From::from(error))
                    }
                };
                if let ::core::ops::ControlFlow::Break(result) = attempts.end(result).await {
                    break result;
                }
            }
        }
    };
    ($on:expr, |$tx:ident| $body:expr $(,)?) => {
        $crate::transaction!($on, |$tx| -> $crate::Result<_> { $body })
    };
}
