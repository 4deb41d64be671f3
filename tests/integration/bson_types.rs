//! Every BSON type goes to the server and comes back, and is found there.

use odmium::{
    Database,
    bson::{
        Binary, Bson, Decimal128, Document as Bag, JavaScriptCodeWithScope, Regex, Timestamp, Uuid,
        UuidRepresentation, binary::Vector, doc,
    },
    codec::{
        CSharpLegacyUuid, ExtendedJson, JavaLegacyUuid, JavaScript, MaxKey, MinKey, PythonLegacyUuid, Symbol,
        from_extended_json, to_extended_json,
    },
    filter::BsonType,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "everything")]
struct Everything {
    id: JavaLegacyUuid,
    #[field(as = CSharpLegacyUuid)]
    csharp: Uuid,
    #[field(as = PythonLegacyUuid)]
    python: Option<Uuid>,
    standard: Uuid,
    code: JavaScript,
    scoped: JavaScriptCodeWithScope,
    regex: Regex,
    moment: Timestamp,
    least: MinKey,
    most: MaxKey,
    symbol: Symbol,
    price: Decimal128,
    #[field(as = Vector)]
    embedding: Vec<f32>,
    #[field(as = Vector)]
    bits: Vec<bool>,
    any: Bson,
}

fn everything(number: u8) -> Everything {
    let uuid = Uuid::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, number]);
    Everything {
        id: uuid.into(),
        csharp: uuid,
        python: (number > 1).then_some(uuid),
        standard: uuid,
        code: JavaScript("x + 1".into()),
        scoped: JavaScriptCodeWithScope { code: "x".into(), scope: doc! { "x": 1_i64 } },
        regex: Regex {
            pattern: "^a".to_owned().try_into().unwrap(),
            options: "i".to_owned().try_into().unwrap(),
        },
        moment: Timestamp { time: 7, increment: 8 },
        least: MinKey,
        most: MaxKey,
        symbol: Symbol("s".into()),
        price: "1.10".parse().unwrap(),
        embedding: vec![0.5, f32::MIN],
        bits: vec![true, false, true],
        any: Bson::Undefined,
    }
}

// covers: M55
#[odmium::test]
async fn every_type_goes_to_the_server_and_comes_back(db: Database) -> odmium::Result<()> {
    let all = db.collection::<Everything>();
    let stored: Vec<_> = (1..4).map(everything).collect();
    all.insert_many(&stored).await?;
    assert_eq!(all.find(Filter::everything()).sort(Everything.standard.asc()).await?, stored);

    let uuid = stored[1].standard;
    assert_eq!(all.get(JavaLegacyUuid(uuid)).await?.as_ref(), Some(&stored[1]));
    for filter in [
        Everything.csharp.eq(uuid),
        Everything.python.eq(uuid),
        Everything.standard.eq(uuid),
        Everything.csharp.is_in([uuid]) & Everything.most.eq(MaxKey) & Everything.least.eq(MinKey),
    ] {
        assert_eq!(all.find(filter).await?, [stored[1].clone()]);
    }
    assert_eq!(all.count(Everything.python.is_none()).await?, 1);
    assert_eq!(all.count(Everything.embedding.eq(vec![0.5, f32::MIN])).await?, 3);
    assert_eq!(all.count(Everything.symbol.is_type(BsonType::Symbol)).await?, 3);
    assert_eq!(all.count(Everything.any.is_type(BsonType::Undefined)).await?, 3);
    all.update_one(
        Everything.standard.eq(uuid),
        (Everything.csharp.set(Uuid::from_bytes([9; 16])), Everything.bits.set(vec![true; 9])),
    )
    .await?;

    // What another driver sees.
    let raw =
        db.collection_named::<Bag>("everything").find_one(Filter::raw(doc! { "standard": uuid })).await?;
    let raw = raw.unwrap();
    let csharp =
        Binary::from_uuid_with_representation(Uuid::from_bytes([9; 16]), UuidRepresentation::CSharpLegacy);
    assert_eq!(raw.get("csharp"), Some(&csharp.into()));
    let java = Binary::from_uuid_with_representation(uuid, UuidRepresentation::JavaLegacy);
    assert_eq!(raw.get("_id"), Some(&java.into()));
    assert_eq!(all.distinct(Everything.standard, Filter::everything()).await?.len(), 3);

    // And as JSON.
    let first = all.find_one(Everything.standard.eq(stored[0].standard)).await?.unwrap();
    let json = to_extended_json(&first, ExtendedJson::Canonical).unwrap();
    assert_eq!(from_extended_json::<Everything>(json).unwrap(), first);
    // The relaxed form does not tell the width of a number; only a field knows it.
    let json = to_extended_json(&first, ExtendedJson::Relaxed).unwrap();
    let scoped = JavaScriptCodeWithScope { scope: doc! { "x": 1 }, ..first.scoped.clone() };
    assert_eq!(from_extended_json::<Everything>(json).unwrap(), Everything { scoped, ..first });
    Ok(())
}
