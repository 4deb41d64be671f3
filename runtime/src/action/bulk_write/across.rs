//! Bulk writes over several collections.

use mongodb::bson::Bson;

use super::{BulkWriteResult, Write, bulk_setters, send::Bulk};
use crate::{
    Client, Collection, Session,
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
        BulkWriteAcross { bulk: Bulk::default(), invalid: None, session: None }
    }
}

/// Carries out many writes on several collections; see [`Client::bulk_write`].
///
/// As [`BulkWrite`](super::BulkWrite), in which positions count through all collections. Writes share a message only
/// with others of the same collection; ordered, only with those next to them. All servers are spoken to in this way,
/// also those from 8.0 on, which have one command for several collections: the driver's
/// [`bulk_write`](mongodb::Client::bulk_write) sends that. The collections must come from this client.
#[must_use = "nothing is sent before the action is awaited"]
pub struct BulkWriteAcross<'a> {
    bulk: Bulk,
    invalid: Option<Error>,
    session: Option<&'a mut Session>,
}

impl BulkWriteAcross<'_> {
    /// Adds writes on a collection.
    pub fn to<D: Record>(
        mut self,
        collection: &Collection<D>,
        writes: impl IntoIterator<Item = Write<D>>,
    ) -> Self {
        let collection = collection.inner();
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

    async fn run(self) -> Result<BulkWriteResult<Bson>> {
        match self.invalid {
            Some(error) => Err(error),
            None => self.bulk.send(self.session).await,
        }
    }
}

bulk_setters!(BulkWriteAcross<'a>);

impl<'a> IntoFuture for BulkWriteAcross<'a> {
    type Output = Result<BulkWriteResult<Bson>>;
    type IntoFuture = futures_util::future::BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl std::fmt::Debug for BulkWriteAcross<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BulkWriteAcross").finish_non_exhaustive()
    }
}
