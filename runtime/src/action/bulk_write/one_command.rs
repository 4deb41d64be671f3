//! The one command that servers from 8.0 on have for writes on several collections, by the driver's action.
//!
//! Tested by what is handed to the driver, not against such a server.

use mongodb::{
    Namespace,
    bson::{Bson, Document},
    error::{Error as DriverError, ErrorKind as DriverKind, PartialBulkWriteResult, WriteError},
    options::{
        BulkWriteOptions, DeleteManyModel, DeleteOneModel, InsertOneModel, ReplaceOneModel, UpdateManyModel,
        UpdateModifications, UpdateOneModel, WriteConcern, WriteModel,
    },
    results::VerboseBulkWriteResult,
};

use super::{
    BulkWriteResult,
    send::Bulk,
    statement::{Kind, Statement},
    tally::Tally,
};
use crate::{
    Session,
    action::in_session,
    error::{DecodeError, Error, Result, WriteConcernFailure, WriteFailure},
};

impl Bulk {
    /// Sends everything as `bulkWrite` commands, as few as the server's limits allow.
    pub(super) async fn send_as_one(
        &self,
        client: &mongodb::Client,
        session: Option<&mut Session>,
    ) -> Result<BulkWriteResult<Bson>> {
        if self.statements.is_empty() {
            return Ok(BulkWriteResult::default());
        }
        self.check_answered()?;
        let models = self.statements.iter().map(|statement| self.model(statement));
        let models = models.collect::<Result<Vec<_>>>()?;
        let mut options = BulkWriteOptions::default();
        options.ordered = Some(self.options.ordered());
        options.bypass_document_validation = self.options.bypass_document_validation;
        options.comment = self.options.comment.clone();
        options.let_vars = self.options.let_vars.clone();
        options.write_concern = self.common_write_concern()?;
        let write = client.bulk_write(models).verbose_results().with_options(options);
        let mut tally = Tally::default();
        let stopped = match in_session!(session, write) {
            Ok(result) => {
                tally.add_verbose(result);
                None
            }
            Err(error) => tally.add_error(error)?,
        };
        tally.finish(&self.statements, stopped)
    }

    /// The command has one write concern for all collections.
    fn common_write_concern(&self) -> Result<Option<WriteConcern>> {
        if self.options.write_concern.is_some() {
            return Ok(self.options.write_concern.clone());
        }
        let mut concerns = self.targets.iter().map(|target| target.write_concern());
        let first = concerns.next().flatten();
        match concerns.all(|concern| concern == first) {
            true => Ok(first.cloned()),
            false => Err(Error::argument(
                "one command has one write concern, and these collections have several: set one on the bulk write",
            )),
        }
    }

    fn model(&self, statement: &Statement) -> Result<WriteModel> {
        let Some(target) = self.targets.get(statement.target) else {
            return Err(Error::argument("a write of the bulk write has no collection"));
        };
        let parts = Document::try_from(statement.bytes.as_ref()).map_err(DecodeError::caused_by)?;
        Ok(model(statement, target.namespace(), parts))
    }
}

/// A statement of `insert`, `update` or `delete` in the driver's form.
fn model(statement: &Statement, namespace: Namespace, mut parts: Document) -> WriteModel {
    if statement.kind == Kind::Insert {
        return InsertOneModel::builder().namespace(namespace).document(parts).build().into();
    }
    let filter = document(parts.remove("q"));
    let collation = parts.remove("collation").map(|collation| document(Some(collation)));
    let hint = parts.remove("hint");
    if statement.kind == Kind::Delete {
        return match statement.many {
            false => DeleteOneModel::builder()
                .namespace(namespace)
                .filter(filter)
                .collation(collation)
                .hint(hint)
                .build()
                .into(),
            true => DeleteManyModel::builder()
                .namespace(namespace)
                .filter(filter)
                .collation(collation)
                .hint(hint)
                .build()
                .into(),
        };
    }
    let upsert = parts.get_bool("upsert").ok();
    let sort = parts.remove("sort").map(|sort| document(Some(sort)));
    let array_filters = match parts.remove("arrayFilters") {
        Some(Bson::Array(filters)) => Some(filters),
        _ => None,
    };
    let update = match parts.remove("u") {
        Some(Bson::Array(stages)) => {
            UpdateModifications::Pipeline(stages.into_iter().map(|stage| document(Some(stage))).collect())
        }
        other => UpdateModifications::Document(document(other)),
    };
    match update {
        UpdateModifications::Document(replacement) if !is_operators(&replacement) => {
            ReplaceOneModel::builder()
                .namespace(namespace)
                .filter(filter)
                .replacement(replacement)
                .collation(collation)
                .hint(hint)
                .upsert(upsert)
                .sort(sort)
                .build()
                .into()
        }
        update if statement.many => UpdateManyModel::builder()
            .namespace(namespace)
            .filter(filter)
            .update(update)
            .array_filters(array_filters)
            .collation(collation)
            .hint(hint)
            .upsert(upsert)
            .build()
            .into(),
        update => UpdateOneModel::builder()
            .namespace(namespace)
            .filter(filter)
            .update(update)
            .array_filters(array_filters)
            .collation(collation)
            .hint(hint)
            .upsert(upsert)
            .sort(sort)
            .build()
            .into(),
    }
}

fn is_operators(update: &Document) -> bool {
    update.keys().next().is_some_and(|key| key.starts_with('$'))
}

fn document(value: Option<Bson>) -> Document {
    match value {
        Some(Bson::Document(document)) => document,
        _ => Document::new(),
    }
}

impl Tally {
    fn add_verbose(&mut self, done: VerboseBulkWriteResult) {
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        self.result.matched += count(done.summary.matched_count);
        self.result.modified += count(done.summary.modified_count);
        self.result.deleted += count(done.summary.deleted_count);
        self.result.upserted += count(done.summary.upserted_count);
        self.inserted.extend(done.insert_results.into_keys());
        let upserts = done.update_results.into_iter();
        self.result.upserted_ids.extend(upserts.filter_map(|(index, it)| Some((index, it.upserted_id?))));
    }

    /// Adds what the error tells about single writes, and gives the one that ended all; an error that tells nothing is
    /// the whole result.
    fn add_error(&mut self, error: DriverError) -> Result<Option<Error>> {
        let bulk = match error.kind.as_ref() {
            DriverKind::BulkWrite(bulk) => bulk,
            DriverKind::IncompatibleServer { .. } => {
                return Err(Error::argument(
                    "this server has no command for a whole bulk write: it needs MongoDB 8.0, leave `one_command` out",
                ));
            }
            _ => return Err(error.into()),
        };
        if let Some(PartialBulkWriteResult::Verbose(done)) = bulk.partial_result.clone() {
            self.add_verbose(done);
        }
        let failure = |(index, it): (&usize, &WriteError)| {
            WriteFailure::new(*index, it.code, it.message.clone(), it.details.clone())
        };
        self.failures.extend(bulk.write_errors.iter().map(failure));
        self.concerns.extend(bulk.write_concern_errors.iter().map(WriteConcernFailure::new));
        let source =
            std::error::Error::source(&error).and_then(|source| source.downcast_ref::<DriverError>());
        Ok(source.cloned().map(Error::from))
    }
}

#[cfg(test)]
mod tests {
    use mongodb::{
        Namespace,
        bson::{Document, RawDocumentBuf, doc, serialize_to_bson},
    };

    use super::{Kind, Statement, model};

    fn rendered(kind: Kind, many: bool, parts: Document) -> Document {
        let bytes = RawDocumentBuf::try_from(&parts).unwrap();
        let statement = Statement { kind, many, target: 0, bytes };
        let model = model(&statement, Namespace::new("shop", "orders"), parts);
        serialize_to_bson(&model).unwrap().as_document().unwrap().clone()
    }

    #[test]
    fn every_kind_of_write_has_its_model() {
        let cases = [
            (Kind::Insert, false, doc! { "_id": 1, "q": 2 }, doc! { "document": { "_id": 1, "q": 2 } }),
            (
                Kind::Update,
                false,
                doc! { "q": { "a": 1 }, "u": { "$set": { "b": 1 } }, "upsert": true, "sort": { "a": 1 },
                "arrayFilters": [{ "x": 1 }], "hint": "a_1", "collation": { "locale": "en" } },
                doc! { "filter": { "a": 1 }, "updateMods": { "$set": { "b": 1 } }, "arrayFilters": [{ "x": 1 }],
                "collation": { "locale": "en" }, "hint": "a_1", "upsert": true, "sort": { "a": 1 }, "multi": false },
            ),
            (
                Kind::Update,
                true,
                doc! { "q": {}, "u": [{ "$set": { "b": "$a" } }], "multi": true, "hint": { "a": 1 } },
                doc! { "filter": {}, "updateMods": [{ "$set": { "b": "$a" } }], "hint": { "a": 1 }, "multi": true },
            ),
            (
                Kind::Update,
                false,
                doc! { "q": { "a": 1 }, "u": { "b": 1 }, "upsert": false },
                doc! { "filter": { "a": 1 }, "updateMods": { "b": 1 }, "upsert": false, "multi": false },
            ),
            (
                Kind::Delete,
                false,
                doc! { "q": { "a": 1 }, "limit": 1, "hint": "a_1" },
                doc! { "filter": { "a": 1 }, "hint": "a_1", "multi": false },
            ),
            (
                Kind::Delete,
                true,
                doc! { "q": {}, "limit": 0, "collation": { "locale": "en" } },
                doc! { "filter": {}, "collation": { "locale": "en" }, "multi": true },
            ),
        ];
        for (kind, many, parts, expected) in cases {
            // Whether a write is about many documents, the driver adds where it puts the operation together.
            let mut found = rendered(kind, many, parts);
            if kind != Kind::Insert {
                found.insert("multi", many);
            }
            let sorted = |document: &Document| {
                let mut fields: Vec<_> = document.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                fields.sort_by(|a, b| a.0.cmp(&b.0));
                fields
            };
            assert_eq!(sorted(&found), sorted(&expected));
        }
    }
}
