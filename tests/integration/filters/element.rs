//! The manual's pages on `$exists` and `$type`, and what is missing, null or either.

use odmium::{
    Database,
    bson::{Bson, doc},
    codec::Maybe,
    filter::BsonType,
    prelude::*,
};

use super::agree::{agree, case, holding};

#[derive(Document, Debug)]
#[document(collection = "addressBook")]
struct Address {
    id: i32,
    zip: Bson,
    note: Maybe<i32>,
    #[field(as = i64)]
    size: Option<u64>,
}

// covers: T5
#[odmium::test]
async fn existence_and_types(db: Database) -> odmium::Result<()> {
    let book = holding::<Address>(
        &db,
        [
            doc! { "_id": 1, "zip": "90698345", "note": 1 },
            doc! { "_id": 2, "zip": 43_339_374.0, "note": null },
            doc! { "_id": 3, "zip": 3_921_412_i64, "size": 3_i64 },
            doc! { "_id": 4, "zip": 87_920_333, "size": null },
            doc! { "_id": 5, "zip": ["834847278", "1893289032"] },
            doc! { "_id": 6, "zip": null },
        ],
    )
    .await?;
    let cases = [
        case(Address.zip.is_type(BsonType::String), doc! { "zip": { "$type": "string" } }, [1, 5]),
        case(Address.zip.is_type(BsonType::Double), doc! { "zip": { "$type": "double" } }, [2]),
        case(Address.zip.is_type(BsonType::Int32), doc! { "zip": { "$type": "int" } }, [4]),
        case(Address.zip.is_type(BsonType::Int64), doc! { "zip": { "$type": "long" } }, [3]),
        case(Address.zip.is_type(BsonType::Number), doc! { "zip": { "$type": "number" } }, [2, 3, 4]),
        case(Address.zip.is_type(BsonType::Array), doc! { "zip": { "$type": "array" } }, [5]),
        case(
            Address.zip.is_type([BsonType::String, BsonType::Double]),
            doc! { "zip": { "$type": ["string", "double"] } },
            [1, 2, 5],
        ),
        case(Address.zip.is_type([]), doc! { "_id": { "$in": [] } }, []),
        case(Address.note.exists(), doc! { "note": { "$exists": true } }, [1, 2]),
        case(!Address.note.exists(), doc! { "note": { "$exists": false } }, [3, 4, 5, 6]),
        case(Address.note.is_missing(), doc! { "note": { "$exists": false } }, [3, 4, 5, 6]),
        case(Address.note.is_null(), doc! { "note": { "$type": "null" } }, [2]),
        case(Address.note.is_none(), doc! { "note": null }, [2, 3, 4, 5, 6]),
        case(Address.note.is_some(), doc! { "note": { "$ne": null } }, [1]),
        case(Address.note.eq_or_none(Some(1)), doc! { "note": 1 }, [1]),
        case(Address.note.eq_or_none(None::<i32>), doc! { "note": null }, [2, 3, 4, 5, 6]),
        case(Address.size.is_none(), doc! { "size": null }, [1, 2, 4, 5, 6]),
        case(
            Address.size.is_some() & Address.size.gt(2),
            doc! { "size": { "$ne": null, "$gt": 2_i64 } },
            [3],
        ),
        case(Address.size.eq_or_none(Some(3)), doc! { "size": 3_i64 }, [3]),
    ];
    agree(&book, cases).await
}

/// Every name is one that the server knows.
#[odmium::test]
async fn every_type_is_known_to_the_server(db: Database) -> odmium::Result<()> {
    use BsonType::*;
    let book = db.collection::<Address>();
    let all = [
        Double, String, Document, Array, Binary, ObjectId, Bool, DateTime, Null, Regex, JavaScript, Int32,
        Timestamp, Int64, Decimal128, MinKey, MaxKey, Number,
    ];
    assert_eq!(book.count(Address.zip.is_type(all)).await?, 0);
    Ok(())
}
