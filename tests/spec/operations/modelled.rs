//! Which tests and operations can run on the model.

use odmium::bson::{Bson, Document};

use super::typed;
use crate::{
    args::Args,
    schema::{Test, TestFile},
};

/// What writes documents.
const WRITES: [&str; 10] = [
    "bulkWrite",
    "clientBulkWrite",
    "findOneAndReplace",
    "findOneAndUpdate",
    "insertMany",
    "insertOne",
    "replaceOne",
    "updateMany",
    "updateOne",
    "mapReduce",
];

/// What can run on the model.
const TYPED: [&str; 17] = [
    "bulkWrite",
    "count",
    "countDocuments",
    "createFindCursor",
    "deleteMany",
    "deleteOne",
    "distinct",
    "find",
    "findOne",
    "findOneAndDelete",
    "findOneAndReplace",
    "findOneAndUpdate",
    "insertMany",
    "insertOne",
    "replaceOne",
    "updateMany",
    "updateOne",
];

/// Whether a test opens change streams.
pub fn watches(test: &Test) -> bool {
    test.operations.iter().any(|operation| operation.name == "createChangeStream")
}

/// Whether every document of a test has the shape of the model, at every time.
pub fn fits(file: &TestFile, test: &Test) -> bool {
    // Buckets have documents of their own.
    if file.create_entities.iter().any(|entity| entity.contains_key("bucket")) {
        return false;
    }
    let data = file.initial_data.iter().flat_map(|data| &data.documents);
    let mut operations = test.operations.iter().map(|it| (it.name.as_str(), &it.arguments));
    data.into_iter().all(|it| typed::document(it).is_some())
        && operations.all(|(name, args)| keeps(name, args))
}

/// Whether an operation leaves all documents in the shape of the model.
fn keeps(name: &str, arguments: &Document) -> bool {
    let inner = arguments.get_array("callback").into_iter().flatten().chain(arguments.get("operation"));
    let inner = inner.filter_map(Bson::as_document).all(|operation| {
        let none = Document::new();
        let arguments = operation.get_document("arguments").unwrap_or(&none);
        operation.get_str("name").is_ok_and(|name| keeps(name, arguments))
    });
    let pipeline = arguments.get_array("pipeline").into_iter().flatten().filter_map(Bson::as_document);
    let writes = pipeline.into_iter().any(|stage| stage.contains_key("$out") || stage.contains_key("$merge"));
    let command = arguments.get_document("command");
    let raw =
        command.is_ok_and(|it| ["insert", "update", "findAndModify"].iter().any(|key| it.contains_key(key)));
    inner && !writes && !raw && (!WRITES.contains(&name) || takes(name, &Args::new(arguments)))
}

/// Whether an operation has a typed form.
pub fn takes(name: &str, args: &Args) -> bool {
    const OTHER: [&str; 6] = ["projection", "returnKey", "showRecordId", "arrayFilters", "let", "collation"];
    TYPED.contains(&name)
        && !OTHER.iter().any(|option| args.contains(option))
        && args.peek("filter").is_none_or(|it| it.as_document().and_then(typed::filter).is_some())
        && args.peek("update").is_none_or(|it| it.as_document().and_then(typed::update).is_some())
        && args.peek("sort").is_none_or(typed::sorts)
        && (args.peek("upsert") != Some(&Bson::Boolean(true)) || names_id(args))
        && ["document", "replacement"].iter().all(|key| args.peek(key).is_none_or(is_document))
        && list(args, "documents").iter().all(is_document)
        && list(args, "requests").iter().all(request)
}

fn is_document(value: &Bson) -> bool {
    value.as_document().and_then(typed::document).is_some()
}

/// Whether an upsert knows the `_id` of what it inserts.
fn names_id(args: &Args) -> bool {
    args.peek("filter").and_then(Bson::as_document).is_some_and(|filter| filter.get_i32("_id").is_ok())
}

fn list<'a>(args: &'a Args, key: &str) -> &'a [Bson] {
    args.peek(key).and_then(Bson::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a write of a bulk write has a typed form.
fn request(request: &Bson) -> bool {
    let parts = request.as_document().and_then(|it| it.iter().next());
    parts.is_some_and(|(name, arguments)| {
        arguments.as_document().is_some_and(|arguments| takes(name, &Args::new(arguments)))
    })
}
