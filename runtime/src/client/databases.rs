//! The databases of a deployment.

use futures_util::future::BoxFuture;
use mongodb::{
    bson::{Bson, Document},
    results::DatabaseSpecification,
};

use super::{Client, Operation};
use crate::{Session, action::in_session, error::Result};

impl Client {
    /// The databases, with their size on disk.
    pub fn list_databases<'a>(&self) -> ListDatabases<'a> {
        ListDatabases { client: self.clone(), options: Options::default(), session: None }
    }

    /// The names of the databases, which the server knows without looking at their size.
    pub fn list_database_names<'a>(&self) -> ListDatabaseNames<'a> {
        ListDatabaseNames { client: self.clone(), options: Options::default(), session: None }
    }
}

#[derive(Debug, Default)]
struct Options {
    filter: Option<Document>,
    authorized_databases: Option<bool>,
    comment: Option<Bson>,
}

macro_rules! list_databases {
    ($(#[$text:meta])* $list:ident by $method:ident => $output:ty) => {
        $(#[$text])*
        ///
        /// # Errors
        ///
        /// When the server refuses it or cannot be reached.
        #[derive(Debug)]
        #[must_use = "nothing is sent before the action is awaited"]
        pub struct $list<'a> {
            client: Client,
            options: Options,
            session: Option<&'a mut Session>,
        }

        impl<'a> $list<'a> {
            /// Which databases: a condition on `name`, `sizeOnDisk`, `empty` or `shards`.
            pub fn filter(mut self, filter: Document) -> Self {
                self.options.filter = Some(filter);
                self
            }

            /// Whether to give only those that the user may read (the default for a user who may not list all), or to
            /// fail for such a user.
            pub fn authorized_databases(mut self, only: bool) -> Self {
                self.options.authorized_databases = Some(only);
                self
            }

            /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
            pub fn comment(mut self, comment: impl Into<Bson>) -> Self {
                self.options.comment = Some(comment.into());
                self
            }

            /// Runs the operation in a session. Not in a transaction, where the server refuses it.
            pub fn session(mut self, session: &'a mut Session) -> Self {
                self.session = Some(session);
                self
            }

            async fn run(self) -> Result<$output> {
                let Options { filter, authorized_databases, comment } = self.options;
                let mut list = self.client.inner.$method();
                if let Some(filter) = filter {
                    list = list.filter(filter);
                }
                if let Some(only) = authorized_databases {
                    list = list.authorized_databases(only);
                }
                if let Some(comment) = comment {
                    list = list.comment(comment);
                }
                Ok(in_session!(self.session, list)?)
            }
        }

        impl<'a> IntoFuture for $list<'a> {
            type Output = Result<$output>;
            type IntoFuture = BoxFuture<'a, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                let scope = self.client.scope(None);
                Box::pin(scope.watch(Operation::of_client(stringify!($list)), Box::pin(self.run())))
            }
        }
    };
}

list_databases! {
    /// Lists the databases; see [`Client::list_databases`].
    ListDatabases by list_databases => Vec<DatabaseSpecification>
}

list_databases! {
    /// Lists the names of the databases; see [`Client::list_database_names`].
    ListDatabaseNames by list_database_names => Vec<String>
}
