//! The indexes of a bucket.

use std::sync::atomic::Ordering;

use futures_util::TryStreamExt;
use mongodb::{
    IndexModel,
    bson::{Bson, Document, RawDocumentBuf, doc},
    options::{FindOneOptions, IndexOptions, ReadPreference, SelectionCriteria},
};

use super::{Bucket, Metadata};
use crate::{Error, error::Result};

/// Codes of the server: `NamespaceNotFound`, `IndexOptionsConflict`, `IndexKeySpecsConflict`.
const NO_COLLECTION: i32 = 26;
const OTHER_OPTIONS: [i32; 2] = [85, 86];

impl<M: Metadata> Bucket<M> {
    /// Creates the indexes of an empty bucket, once for each handle.
    ///
    /// Outside of every session: a transaction cannot create indexes on collections that exist.
    pub(super) async fn create_indexes(&self) -> Result<()> {
        if self.indexed.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut options = FindOneOptions::default();
        options.projection = Some(doc! { "_id": 1 });
        options.selection_criteria = Some(SelectionCriteria::ReadPreference(ReadPreference::Primary));
        let found = self.files.inner().find_one(doc! {}).with_options(options).await?;
        if found.is_none() {
            create(self.files.inner(), doc! { "filename": 1, "uploadDate": 1 }, false).await?;
            create(self.chunks.inner(), doc! { "files_id": 1, "n": 1 }, true).await?;
        }
        self.set_indexed(true);
        Ok(())
    }
}

async fn create(
    collection: &mongodb::Collection<RawDocumentBuf>,
    keys: Document,
    unique: bool,
) -> Result<()> {
    let is_there = match collection.list_indexes().await {
        Ok(mut indexes) => loop {
            match indexes.try_next().await? {
                None => break false,
                Some(index) if same(&index.keys, &keys) => break true,
                Some(_) => {}
            }
        },
        Err(error) => match Error::from(error) {
            error if error.code() == Some(NO_COLLECTION) => false,
            error => return Err(error),
        },
    };
    if is_there {
        return Ok(());
    }
    let options = IndexOptions::builder().unique(unique.then_some(true)).build();
    let index = IndexModel::builder().keys(keys).options(options).build();
    match collection.create_index(index).await.map_err(Error::from) {
        // Somebody was faster, with a form of their own.
        Err(error) if error.code().is_some_and(|code| OTHER_OPTIONS.contains(&code)) => Ok(()),
        result => result.map(drop),
    }
}

/// Other drivers may have written the directions as numbers of another type.
fn same(keys: &Document, wanted: &Document) -> bool {
    let number = |value: &Bson| match value {
        Bson::Int32(number) => Some(f64::from(*number)),
        Bson::Int64(number) => Some(*number as f64),
        Bson::Double(number) => Some(*number),
        _ => None,
    };
    let pairs = || keys.iter().zip(wanted);
    keys.len() == wanted.len()
        && pairs()
            .all(|((key, value), (wanted, direction))| key == wanted && number(value) == number(direction))
}
