//! What a validator has against a document, in words and as data.

use odmium::{
    Collection, Database, ErrorKind, Update,
    action::Write,
    bson::{Bson, Document, doc},
    error::BrokenRule,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "people", create(validator(Person.age.gte(0) & Person.name.exists())))]
struct Person {
    id: i32,
    name: Option<String>,
    age: i32,
}

fn person(id: i32, age: i32) -> Person {
    Person { id, name: Some("Ann".into()), age }
}

async fn people(db: &Database) -> odmium::Result<Collection<Person>> {
    let people = db.collection::<Person>();
    people.sync().await?;
    Ok(people)
}

// covers: T20
#[odmium::test]
async fn the_error_names_field_rule_and_value(db: Database) -> odmium::Result<()> {
    let people = people(&db).await?;
    let error = people.insert(&person(1, -1)).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Validation, Some(121)));
    assert!(error.is_validation() && error.is_write() && !error.is_command());
    assert_eq!(
        error.to_string(),
        "the validator of the collection refuses the document with the `_id` 1: `age` is -1, against `$gte: 0`"
    );
    let details = error.validation_details().unwrap();
    assert_eq!(details.document, Some(Bson::Int32(1)));
    let [BrokenRule { path, rule, expected, found, reason, .. }] = &*details.broken else {
        panic!("{details:?}")
    };
    assert_eq!((&**path, &**rule, expected, found), ("age", "$gte", &Some(0.into()), &Some((-1).into())));
    assert_eq!(reason.as_deref(), Some("comparison failed"));
    assert!(details.details.contains_key("details"));
    assert_eq!(error.write_failures().len(), 1);
    assert!(error.as_driver().is_some());
    Ok(())
}

// covers: T20
#[odmium::test]
async fn a_long_value_does_not_make_a_long_text(db: Database) -> odmium::Result<()> {
    let long = "é".repeat(1_000_000);
    let validator = doc! { "name": { "$in": ["Ann", &long] } };
    let error = refusal(&db, validator, doc! { "_id": 1, "name": format!("{long}!") }).await?;
    let text = error.to_string();
    assert!(text.contains("`name` is \"éé") && text.contains("against `$in: [\"Ann\", \"é"), "{text:.300}");
    assert!(text.chars().count() < 600, "{}", text.len());
    let details = error.validation_details().unwrap();
    assert_eq!(details.broken[0].found, Some(Bson::String(format!("{long}!"))));
    Ok(())
}

// covers: T20
#[odmium::test]
async fn every_way_to_write_tells_it(db: Database) -> odmium::Result<()> {
    let people = people(&db).await?;
    people.insert_many([person(1, 1), person(2, 2)]).await?;
    let is = |error: odmium::Error, id: i32| {
        assert!(error.is_validation() && error.is_write(), "{error:?}");
        assert_eq!(error.validation_details().unwrap().document, Some(Bson::Int32(id)));
        assert!(error.to_string().contains("`age` is -1, against `$gte: 0`"), "{error}");
    };
    let bad = || Person.age.set(-1);
    is(people.update_one(Person.id.eq(1), bad()).await.unwrap_err(), 1);
    is(people.replace_one(Person.id.eq(1), &person(1, -1)).await.unwrap_err(), 1);
    is(people.find_one_and_update(Person.id.eq(1), bad()).await.unwrap_err(), 1);
    let error = people.insert_many([person(3, -1), person(4, -1)]).ordered(false).await.unwrap_err();
    assert!(
        error.to_string().starts_with("the server refused 2 documents, the first is document 0: "),
        "{error}"
    );
    assert_eq!((error.kind(), error.write_failures().len()), (ErrorKind::Write, 2));
    is(error, 3);
    let write = Write::update_one(Person.id.eq(2), bad());
    is(people.bulk_write([write]).await.unwrap_err(), 2);
    let missing = Update::raw(doc! { "$unset": { "name": "" } });
    let error = people.update_many(Filter::everything(), missing).await.unwrap_err();
    assert!(error.to_string().contains("`name`: path does not exist, against `$exists: true`"), "{error}");
    Ok(())
}

async fn refusal(db: &Database, validator: Document, document: Document) -> odmium::Result<odmium::Error> {
    let raw = db.collection_named::<Document>("raw");
    raw.drop().await?;
    db.run_command(doc! { "create": "raw", "validator": validator }).await?;
    Ok(raw.insert(&document).await.unwrap_err())
}

// covers: T20
#[odmium::test]
async fn a_schema_is_told_by_the_places_that_do_not_fit(db: Database) -> odmium::Result<()> {
    let schema = doc! { "$jsonSchema": {
        "required": ["name", "tags"],
        "additionalProperties": false,
        "properties": {
            "_id": {},
            "name": { "bsonType": "string", "description": "who it is" },
            "age": { "minimum": 18 },
            "tags": { "items": { "bsonType": "string", "maxLength": 3 } },
            "home": { "required": ["city"], "properties": { "zip": { "enum": ["a", "b"] } } },
        },
        "dependencies": { "age": ["consent"] },
    } };
    let cases = [
        (doc! { "_id": 1, "tags": [] }, &["`name` is missing (`required`)"][..]),
        (doc! { "_id": 1, "name": 5, "tags": [] }, &["`name` is 5, against `bsonType: \"string\"`"]),
        (
            doc! { "_id": 1, "name": "A", "tags": [], "x": 1 },
            &["`x` is not among the properties (`additionalProperties`)"],
        ),
        (
            doc! { "_id": 1, "name": "A", "tags": ["ok", "long text"] },
            &["`tags.1` is \"long text\", against `maxLength: 3`"],
        ),
        (
            doc! { "_id": 1, "name": "A", "tags": [], "age": 3 },
            &[
                "`age` is 3, against `minimum: 18`",
                "`consent` is missing, as `age` needs it (`dependencies`)",
            ],
        ),
        (
            doc! { "_id": 1, "name": "A", "tags": [], "home": { "zip": "c" } },
            &["`home.city` is missing", "`home.zip` is \"c\", against `enum: [\"a\", \"b\"]`"],
        ),
    ];
    for (document, parts) in cases {
        let error = refusal(&db, schema.clone(), document.clone()).await?;
        for part in parts {
            assert!(
                error.to_string().contains(part),
                "{document}: {error}\n{:?}",
                error.validation_details()
            );
        }
        assert_eq!(error.validation_details().unwrap().broken.len(), parts.len(), "{error}");
    }
    Ok(())
}

// covers: T20
#[odmium::test]
async fn conditions_of_every_form_are_told(db: Database) -> odmium::Result<()> {
    let cases = [
        (
            doc! { "$or": [{ "a": 1 }, { "b": { "$in": [1, 2] } }] },
            doc! { "_id": 1, "a": 2 },
            &["`a` is 2, against `$eq: 1`", "`b`: field was missing, against `$in: [1, 2]`"][..],
        ),
        (doc! { "a": { "$not": { "$gt": 5 } } }, doc! { "_id": 1, "a": 9 }, &["`a` is 9"]),
        (doc! { "$nor": [{ "a": 1 }] }, doc! { "_id": 1, "a": 1 }, &["`a` is 1, against `not $eq: 1`"]),
        (
            doc! { "a.b": { "$type": "string" } },
            doc! { "_id": 1, "a": { "b": 1 } },
            &["`a.b` is 1, against `$type: \"string\"`"],
        ),
        (
            doc! { "a": { "$regex": "^x" } },
            doc! { "_id": 1, "a": "y" },
            &["`a` is \"y\", against `$regex: \"^x\"`"],
        ),
        (
            doc! { "$expr": { "$gt": ["$a", "$b"] } },
            doc! { "_id": 1, "a": 1, "b": 2 },
            &["the document", "`$expr: "],
        ),
        (doc! { "a": { "$size": 2 } }, doc! { "_id": 1, "a": [1] }, &["`a` is [1], against `$size: 2`"]),
        (
            doc! { "a": { "$elemMatch": { "$gt": 5 } } },
            doc! { "_id": 1, "a": [1, 2] },
            &["`a` is [1, 2], against `$elemMatch: "],
        ),
        (
            doc! { "$jsonSchema": { "anyOf": [{ "required": ["x"] }, { "required": ["y"] }] } },
            doc! { "_id": 1 },
            &["`x` is missing", "`y` is missing"],
        ),
        (
            doc! { "$jsonSchema": { "patternProperties": { "^n": { "bsonType": "int" } } } },
            doc! { "_id": 1, "n1": "x" },
            &["`n1` is \"x\", against `bsonType: \"int\"`"],
        ),
        (
            doc! { "$jsonSchema": { "minProperties": 3 } },
            doc! { "_id": 1 },
            &["the document", "`minProperties: 3`"],
        ),
    ];
    for (validator, document, parts) in cases {
        let error = refusal(&db, validator.clone(), document).await?;
        for part in parts {
            assert!(
                error.to_string().contains(part),
                "{validator}: {error}\n{:?}",
                error.validation_details()
            );
        }
    }
    Ok(())
}
