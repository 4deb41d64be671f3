//! The drivers' GridFS tests.

use std::{collections::HashMap, fs, path::Path};

use odmium::{
    Database, Filter, Update,
    bson::{Bson, Document},
};

/// What a step of a test gives, or whether it failed.
type Given = odmium::Result<Bson>;

// covers: M46, M48, M51, M53
#[odmium::test]
#[cfg_attr(
    not(spec_tests),
    ignore = "no data: ODMIUM_SPEC_TESTS names the folder of the drivers' spec tests"
)]
async fn the_drivers_tests_pass(db: Database) -> odmium::Result<()> {
    let folder = Path::new(env!("ODMIUM_SPEC_TESTS")).join("gridfs/tests");
    let mut tests = 0;
    for file in fs::read_dir(&folder).unwrap() {
        let content = fs::read_to_string(file.unwrap().path()).unwrap();
        let suite: Document = serde_json::from_str(&content).unwrap();
        for test in documents(&suite, "tests") {
            let name = test.get_str("description").unwrap();
            reset(&db, &suite).await?;
            let mut saved = HashMap::new();
            for step in documents(test, "operations") {
                let given = run(&db, step).await;
                if step.contains_key("expectError") {
                    assert!(given.is_err(), "{name}: {given:?}");
                    continue;
                }
                let given = given.unwrap_or_else(|error| panic!("{name}: {error:?}"));
                if let Some(expected) = step.get("expectResult") {
                    assert!(matches(expected, Some(&given), &saved), "{name}: {given} is not {expected}");
                }
                if let Ok(entity) = step.get_str("saveResultAsEntity") {
                    saved.insert(entity.to_owned(), given);
                }
            }
            for outcome in documents(test, "outcome") {
                let collection = db.collection_named::<Document>(outcome.get_str("collectionName").unwrap());
                let stored = collection.find(Filter::everything()).await?;
                let expected: Vec<Document> = documents(outcome, "documents").cloned().collect();
                assert_eq!(stored, expected, "{name}");
            }
            tests += 1;
        }
    }
    assert!(tests > 0, "no tests in {}", folder.display());
    Ok(())
}

fn documents<'a>(from: &'a Document, key: &str) -> impl Iterator<Item = &'a Document> {
    from.get_array(key).into_iter().flatten().filter_map(Bson::as_document)
}

async fn reset(db: &Database, suite: &Document) -> odmium::Result<()> {
    for data in documents(suite, "initialData") {
        let collection = db.collection_named::<Document>(data.get_str("collectionName").unwrap());
        collection.delete_all().await?;
        collection.insert_many(documents(data, "documents")).await?;
    }
    Ok(())
}

async fn run(db: &Database, step: &Document) -> Given {
    let empty = Document::new();
    let arguments = step.get_document("arguments").unwrap_or(&empty);
    let filter = || Filter::raw(arguments.get_document("filter").unwrap().clone());
    let bucket = db.bucket::<Document>();
    let object = step.get_str("object").unwrap();
    let part = if object.contains("chunks") { "fs.chunks" } else { "fs.files" };
    let collection = db.collection_named::<Document>(part);
    let text = |key: &str| arguments.get_str(key).unwrap();
    match step.get_str("name").unwrap() {
        "delete" => bucket.delete(arguments["id"].clone()).await?,
        "deleteByName" => bucket.delete_by_name(text("filename")).await?,
        "download" => {
            let bytes = bucket.open_download_stream(arguments["id"].clone()).await?.read_all().await?;
            return Ok(hex(&bytes).into());
        }
        "upload" => {
            let source = arguments.get_document("source").unwrap().get_str("$$hexBytes").unwrap();
            let chunk_size = arguments.get_i32("chunkSizeBytes").unwrap_or(4) as u32;
            return bucket.upload_from(text("filename"), &bytes(source)[..]).chunk_size(chunk_size).await;
        }
        "find" => {
            let found = collection.find(filter()).await?;
            return Ok(Bson::Array(found.into_iter().map(Bson::Document).collect()));
        }
        "deleteOne" => {
            collection.delete_one(filter()).await?;
            return Ok(step["expectResult"].clone());
        }
        "updateOne" => update(&collection, arguments).await?,
        "bulkWrite" => {
            for request in documents(arguments, "requests") {
                update(&collection, request.get_document("updateOne").unwrap()).await?;
            }
            return Ok(step["expectResult"].clone());
        }
        other => panic!("the operation {other} is not known here"),
    }
    Ok(step.get("expectResult").cloned().unwrap_or(Bson::Null))
}

async fn update(collection: &odmium::Collection<Document>, arguments: &Document) -> odmium::Result<()> {
    let filter = Filter::raw(arguments.get_document("filter").unwrap().clone());
    let update = Update::raw(arguments.get_document("update").unwrap().clone());
    collection.update_one(filter, update).await.map(drop)
}

/// Whether a value is as expected, by the operators that these tests use.
fn matches(expected: &Bson, given: Option<&Bson>, saved: &HashMap<String, Bson>) -> bool {
    if let Some((key, value)) = expected.as_document().and_then(|document| document.iter().next()) {
        match key.as_str() {
            "$$exists" => return given.is_some() == value.as_bool().unwrap(),
            "$$type" => {
                return match value.as_str().unwrap() {
                    "objectId" => given.and_then(Bson::as_object_id).is_some(),
                    "date" => given.and_then(Bson::as_datetime).is_some(),
                    other => panic!("the type {other} is not known here"),
                };
            }
            "$$matchesEntity" => return given == saved.get(value.as_str().unwrap()),
            "$$matchesHexBytes" => return given == Some(value),
            _ => {}
        }
    }
    match (expected, given) {
        (Bson::Document(expected), Some(Bson::Document(given))) => {
            expected.iter().all(|(key, value)| matches(value, given.get(key), saved))
        }
        (Bson::Array(expected), Some(Bson::Array(given))) => {
            let mut pairs = expected.iter().zip(given);
            expected.len() == given.len() && pairs.all(|(value, given)| matches(value, Some(given), saved))
        }
        (Bson::Int32(expected), Some(Bson::Int64(given))) => i64::from(*expected) == *given,
        (expected, given) => Some(expected) == given,
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
