//! Bulk writes over several collections.

use std::time::Duration;

use mongodb::bson::Bson;

use super::{BulkWriteResult, Write, bulk_setters, send::Bulk};
use crate::{
    Client, Collection, Session,
    client::Operation,
    error::{Error, Result},
    model::Record,
};

impl Client {
    /// Carries out many writes on several collections, which may be in different databases.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use odmium::{action::Write, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, orders: i32 }
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, user: Id<User> }
    /// # async fn f(client: odmium::Client, order: Order) -> odmium::Result<()> {
    /// let db = client.database("shop");
    /// let result = client
    ///     .bulk_write()
    ///     .to(&db.collection::<Order>(), [Write::insert(&order)])
    ///     .to(&db.collection::<User>(), [Write::update_one(User.id.eq(order.user), User.orders.inc(1))])
    ///     .await?;
    /// assert_eq!((result.inserted, result.matched), (1, 1));
    /// # Ok(()) }
    /// ```
    pub fn bulk_write<'a>(&self) -> BulkWriteAcross<'a> {
        BulkWriteAcross {
            client: self.clone(),
            bulk: Bulk::default(),
            invalid: None,
            session: None,
            one_command: false,
            timeout: None,
        }
    }
}

/// Carries out many writes on several collections; see [`Client::bulk_write`].
///
/// As [`BulkWrite`](super::BulkWrite), in which positions count through all collections. Writes share a message only
/// with others of the same collection; ordered, only with those next to them. All servers are spoken to in this way;
/// those from 8.0 on have one command for several collections, which [`one_command`](Self::one_command) sends. The
/// collections must come from this client.
#[must_use = "nothing is sent before the action is awaited"]
pub struct BulkWriteAcross<'a> {
    client: Client,
    bulk: Bulk,
    invalid: Option<Error>,
    session: Option<&'a mut Session>,
    one_command: bool,
    timeout: Option<Duration>,
}

impl BulkWriteAcross<'_> {
    /// Adds writes on a collection.
    pub fn to<D: Record>(
        mut self,
        collection: &Collection<D>,
        writes: impl IntoIterator<Item = Write<D>>,
    ) -> Self {
        let (scope, collection) = (collection.scope(), collection.inner());
        if self.invalid.is_none() {
            self.invalid = scope.check(&collection.namespace().db, Some(collection.name())).err();
        }
        let known = self.bulk.targets.iter().position(|it| {
            it.namespace() == collection.namespace() && it.write_concern() == collection.write_concern()
        });
        let target = known.unwrap_or_else(|| {
            self.bulk.targets.push(collection.clone());
            self.bulk.targets.len() - 1
        });
        for write in writes {
            self.bulk.add(target, write, &mut self.invalid);
        }
        self
    }

    /// Sends the writes by the `bulkWrite` command of MongoDB 8.0, one for all collections up to the server's limits; an
    /// older server is refused with an [argument](Error::is_argument) error. It has one write concern for all
    /// collections.
    ///
    /// Worth it where ordered writes alternate between collections. The command is the driver's work; what is handed to
    /// it is tested here, and it as a whole on no server of that version yet.
    pub fn one_command(mut self, one: bool) -> Self {
        self.one_command = one;
        self
    }

    /// How long all of it may take; zero is without limit. It fails with a [timeout](Error::is_timeout) then, and some of
    /// the writes may have been carried out.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    async fn run(self) -> Result<BulkWriteResult<Bson>> {
        match self.invalid {
            Some(error) => Err(error),
            None if self.one_command => self.bulk.send_as_one(self.client.inner(), self.session).await,
            None => self.bulk.send(self.session).await,
        }
    }
}

bulk_setters!(BulkWriteAcross<'a>);

impl<'a> IntoFuture for BulkWriteAcross<'a> {
    type Output = Result<BulkWriteResult<Bson>>;
    type IntoFuture = futures_util::future::BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let scope = self.client.scope(self.timeout);
        Box::pin(scope.watch(Operation::of_client("BulkWrite"), Box::pin(self.run())))
    }
}

impl std::fmt::Debug for BulkWriteAcross<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BulkWriteAcross").finish_non_exhaustive()
    }
}
