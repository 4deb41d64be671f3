//! The models do what models do elsewhere.

use renamed_odmium::{
    bson::{Document, doc},
    codec::{decode, encode_to_vec},
    model::IndexName,
};

use crate::{denied, shadowed};

// covers: T1
#[test]
fn a_model_works_where_every_name_is_taken() {
    let user = shadowed::User {
        id: renamed_odmium::Id::new(),
        user_name: "ann".into(),
        changes: 0,
        level_of: 5,
        tags: vec!["a".into()],
        size: 7,
        pair: (1, 2),
        shouted: "X".into(),
        cached: None,
        role: shadowed::Role::None,
        level: shadowed::Level::Ok,
        payment: Some(shadowed::Payment::Card { value: "4242".into(), slot: 1, cvc: 0 }),
        address: shadowed::Address::default(),
        geo: shadowed::Geo::default(),
        expires_at: None,
    };
    let bytes = encode_to_vec(&user).unwrap();
    let stored: Document = decode(&bytes).unwrap();
    assert_eq!(
        stored,
        doc! {
            "_id": user.id.object_id(), "userName": "ann", "changes": 0_i64, "tags": ["a"], "size": 7_i64, "pair": [1, 2], "shouted": "X",
            "role": "none", "level": 3, "payment": { "kind": "Card", "value": "4242", "slot": 1 },
            "address": { "city": "", "lines": {} }, "lat": 0.0, "city": "", "lines": {},
        },
    );
    assert_eq!(decode::<shadowed::User>(&bytes).unwrap(), user);
    assert_eq!(shadowed::User.payment.card.value.path(), "payment.value");
    assert_eq!(shadowed::User.geo.lat.path(), "lat");
    let names: Vec<_> = shadowed::UserIndex::ALL.iter().map(|index| index.name()).collect();
    assert_eq!(names, ["_id_", "userName_1", "by_city", "userName_text", "tags_1", "expiresAt_1"]);
}

// covers: T1
#[test]
fn generic_and_borrowed_models_work_there_too() {
    let bytes = doc! { "name": "x" }.to_vec().unwrap();
    let row: shadowed::Row<'_> = decode(&bytes).unwrap();
    assert_eq!(row.name, "x");
    let versioned =
        shadowed::Versioned::<i32, 2> { value: 1, history: [2, 3], marker: std::marker::PhantomData };
    let bytes = encode_to_vec(&versioned).unwrap();
    assert_eq!(decode::<shadowed::Versioned<i32, 2>>(&bytes).unwrap(), versioned);
}

// covers: T1
#[test]
fn a_model_works_where_lints_are_denied() {
    let filter = denied::User.work.city.eq("Paris") & denied::User.payment.card.last4.eq("4242");
    assert_eq!(filter.to_document().unwrap(), doc! { "work.city": "Paris", "payment.last4": "4242" });
    let row = doc! { "name": "x" }.to_vec().unwrap();
    assert!(decode::<denied::Row<'_>>(&row).unwrap().name == "x");
}

// covers: T18
#[test]
fn a_database_works_there_too() {
    use renamed_odmium::Schema as _;

    assert_eq!(shadowed::Shop::DATABASE, Some("shop"));
    let names: Vec<_> = shadowed::Shop::MEMBERS.iter().map(|it| (it.field, it.name, it.prefix)).collect();
    assert_eq!(
        names,
        [("value", Some("people"), None), ("slot", Some("slots"), None), ("type", None, Some("old_"))]
    );
    assert_eq!(denied::Shop::MEMBERS[0].name, Some("people"));
}

// covers: T19
#[test]
fn several_models_in_one_collection_work_there_too() {
    let stored = doc! { "_id": 1, "kind": "Some", "value": 2, "slot": 3 };
    let event: shadowed::Event = decode(&stored.to_vec().unwrap()).unwrap();
    assert_eq!(event, shadowed::Event::Some(shadowed::Click { id: 1, value: 2, slot: 3 }));
    let other = doc! { "_id": 1, "kind": "x" };
    let event: shadowed::Event = decode(&other.to_vec().unwrap()).unwrap();
    assert_eq!(event, shadowed::Event::None(other));
    let click: shadowed::Click = decode(&stored.to_vec().unwrap()).unwrap();
    assert_eq!(click.slot, 3);
    let circle: shadowed::Circle =
        decode(&doc! { "_id": 1, "kind": "circle", "r": 2 }.to_vec().unwrap()).unwrap();
    assert_eq!(circle.rest, doc! { "r": 2 });
    let filter = denied::Event.at.eq(1) & denied::Event.kind.eq(denied::EventKind::Click);
    assert_eq!(filter.to_document().unwrap(), doc! { "at": 1, "kind": "Click" });
}
