//! What a database has of its own: read and write settings, a limit on time.

use mongodb::options::DatabaseOptions;

use super::Database;
use crate::client::{changed, settings};

impl Database {
    settings!("database");

    fn with(&self, change: impl FnOnce(&mut DatabaseOptions)) -> Self {
        let options = changed!(DatabaseOptions, self, change);
        let inner = self.inner.client().database_with_options(self.name(), options);
        Self { inner, scope: self.scope.clone() }
    }
}
