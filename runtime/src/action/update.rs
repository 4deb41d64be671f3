//! Changing documents.

use mongodb::{
    bson::{Bson, Document, spec::ElementType},
    options::{UpdateModifications, UpdateOptions},
};

use super::{action, in_any_session, options::setters};
use crate::{
    Collection, Session,
    codec::{Decode, DecodeOwned, decode_bson},
    error::{Error, Result},
    filter::Filter,
    model::Record,
    update::Update,
};

/// What an update did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateResult<Id> {
    /// How many documents matched the filter.
    pub matched: u64,
    /// How many of them were changed; those that had the new values already are not counted.
    pub modified: u64,
    /// The `_id` of the document that was inserted because none matched.
    pub upserted_id: Option<Id>,
}

impl<Id: DecodeOwned> UpdateResult<Id> {
    pub(super) fn new(result: &mongodb::results::UpdateResult) -> Result<Self> {
        Ok(Self {
            matched: result.matched_count,
            modified: result.modified_count,
            upserted_id: result.upserted_id.as_ref().map(decode_bson).transpose()?,
        })
    }
}

/// Refuses an upsert whose document would get an ObjectId as `_id` from the server where the model has another type.
pub(super) fn check_upsert<D: Record>(filter: &Document, update: &UpdateModifications) -> Result<()> {
    let kind = <D::Id as Decode<'static>>::LIKELY;
    let UpdateModifications::Document(update) = update else { return Ok(()) };
    let is_given = match filter.get("_id") {
        Some(Bson::Document(tests)) => {
            tests.keys().next().is_none_or(|key| !key.starts_with('$') || key == "$eq")
        }
        id => id.is_some() || filter.contains_key("$and"),
    };
    let is_set = || update.values().filter_map(Bson::as_document).any(|changes| changes.contains_key("_id"));
    if kind.is_none_or(|kind| kind == ElementType::ObjectId) || is_given || is_set() {
        return Ok(());
    }
    Err(Error::argument(
        "the server would insert an ObjectId as `_id`, which this model cannot read: name it in the filter by `eq`, or \
         in the update by `set_on_insert`",
    ))
}

macro_rules! update {
    ($(#[$doc:meta])* $action:ident, $method:ident, $($setter:ident)*) => {
        $(#[$doc])*
        #[must_use = "nothing is sent before the action is awaited"]
        pub struct $action<'a, D> {
            pub(super) collection: Collection<D>,
            pub(super) filter: Filter<D>,
            pub(super) update: Update<D>,
            pub(super) options: UpdateOptions,
            pub(super) session: Option<&'a mut Session>,
        }

        impl<'a, D: Record> $action<'a, D> {
            pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>, update: Update<D>) -> Self {
                Self { collection: collection.clone(), filter, update, options: UpdateOptions::default(), session: None }
            }

            setters! {
                session upsert array_filters hint collation let_vars bypass_document_validation comment write_concern
                $($setter)*
            }

            async fn run(mut self) -> Result<UpdateResult<D::Id>> {
                let filter = self.filter.into_query()?;
                let update = self.update.into_changes(&mut self.options.array_filters)?;
                if self.options.upsert == Some(true) {
                    check_upsert::<D>(&filter, &update)?;
                }
                let collection = self.collection.inner();
                let result = in_any_session!(
                    self.session,
                    self.collection,
                    collection.$method(filter, update).with_options(self.options)
                )?;
                UpdateResult::new(&result)
            }
        }

        action!($action<D> where [D: Record] => UpdateResult<D::Id>);
    };
}

update! {
    /// Changes the first document that matches; see [`Collection::update_one`].
    ///
    /// # Errors
    ///
    /// [Argument](crate::Error::is_argument) when the changes conflict, [duplicate key](crate::Error::is_duplicate_key)
    /// when a unique index refuses the new value, [write](crate::Error::is_write) when the server refuses the change.
    /// `sort` needs server 8.0.
    UpdateOne, update_one, sort
}

update! {
    /// Changes every document that matches; see [`Collection::update_many`].
    ///
    /// # Errors
    ///
    /// As [`UpdateOne`]. Documents that were changed before the error stay changed.
    UpdateMany, update_many,
}
