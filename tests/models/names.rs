//! Names that mean something elsewhere: to Rust, to the derive, or to nobody.

use odmium::{bson::doc, prelude::*};

use super::same;

#[derive(Embedded, Clone, Debug, Default, PartialEq)]
#[allow(non_snake_case)]
struct Odd {
    r#type: i32,
    r#match: i32,
    r#async: i32,
    union: i32,
    None: i32,
    Some: i32,
    Ok: i32,
    Self_: i32,
    self_: i32,
    document: i32,
    __document: i32,
    value: i32,
    __value: i32,
    index: i32,
    __index: i32,
    __key: i32,
    slot: i32,
    key: i32,
    path: i32,
    eq: i32,
    a: i32,
    _b: i32,
    _1: i32,
    größe: i32,
    名: i32,
    Odd: i32,
    OddFields: i32,
    i32: i32,
    String: i32,
    deref: i32,
    clone: i32,
    new: i32,
}

// covers: T1
#[test]
fn odd_field_names_are_keys_as_they_are() {
    let odd = Odd { r#type: 1, __index: 2, größe: 3, _1: 4, clone: 5, ..Odd::default() };
    same(
        &odd,
        &doc! {
            "type": 1, "match": 0, "async": 0, "union": 0, "None": 0, "Some": 0, "Ok": 0, "Self_": 0, "self_": 0,
            "document": 0, "__document": 0, "value": 0, "__value": 0, "index": 0, "__index": 2, "__key": 0, "slot": 0,
            "key": 0, "path": 0, "eq": 0, "a": 0, "_b": 0, "_1": 4, "größe": 3, "名": 0, "Odd": 0, "OddFields": 0,
            "i32": 0, "String": 0, "deref": 0, "clone": 5, "new": 0,
        },
    );
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "odds", index(r#type, odd.r#match, -größe), index(_1), index(id), index(r#type, odd.r#match, -größe, unique))]
struct Holder {
    id: Id<Holder>,
    odd: Odd,
    r#type: i32,
    größe: i32,
    _1: i32,
}

// covers: T1
#[test]
fn odd_field_names_are_paths() {
    assert_eq!(Holder.r#type.path(), "type");
    assert_eq!(Holder.odd.r#match.path(), "odd.match");
    assert_eq!(Holder.odd.None.path(), "odd.None");
    assert_eq!(Holder.odd.eq.path(), "odd.eq");
    assert_eq!(Holder.odd.deref.path(), "odd.deref");
    assert_eq!(Holder.odd.clone.path(), "odd.clone");
    assert_eq!(Holder.odd.path.path(), "odd.path");
    assert_eq!(Holder.odd.größe.path(), "odd.größe");
    assert_eq!(Holder.id.path(), "_id");
    let filter = Holder.odd.eq.eq(1) & Holder.odd.clone.gt(2);
    assert_eq!(filter.to_document().unwrap(), doc! { "odd.eq": 1, "odd.clone": { "$gt": 2 } });
}

// covers: T15
#[test]
fn indexes_over_odd_names_have_variants_of_their_own() {
    use odmium::model::IndexName;
    let names: Vec<_> = HolderIndex::ALL.iter().map(|index| index.name()).collect();
    assert_eq!(
        names,
        ["_id_", "type_1_odd.match_1_größe_-1", "_1_1", "_id_1", "type_1_odd.match_1_größe_-1"],
    );
    assert_eq!(HolderIndex::TypeOddMatchGröße as usize, 1);
    assert_eq!(HolderIndex::Index1 as usize, 2);
    assert_eq!(HolderIndex::Id2 as usize, 3);
    assert_eq!(HolderIndex::TypeOddMatchGröße2 as usize, 4);
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "type")]
enum Shape {
    Crate {
        document: i32,
        slot: i32,
        r#type_: i32,
    },
    Super {
        __document: i32,
    },
    None {
        some: i32,
    },
    Type {
        value: i32,
    },
    #[allow(non_camel_case_types)]
    r#loop {
        a: i32,
    },
    HttpGet {
        a: i32,
    },
    #[allow(non_camel_case_types)]
    Http_Get {
        a: i32,
    },
}

// covers: T2
#[test]
fn odd_variant_names_are_paths_and_tags() {
    #[derive(Document)]
    #[document(collection = "shapes")]
    struct Holder {
        id: Id<Holder>,
        shape: Shape,
    }
    assert_eq!(Holder.shape.r#type.path(), "shape.type");
    assert_eq!(Holder.shape.crate_.document.path(), "shape.document");
    assert_eq!(Holder.shape.super_.__document.path(), "shape.__document");
    assert_eq!(Holder.shape.none.some.path(), "shape.some");
    assert_eq!(Holder.shape.type_.value.path(), "shape.value");
    assert_eq!(Holder.shape.r#loop.a.path(), "shape.a");
    assert_eq!(Holder.shape.http_get.a.path(), "shape.a");
    assert_eq!(Holder.shape.http__get.a.path(), "shape.a");
    same(
        &Shape::Crate { document: 1, slot: 2, r#type_: 3 },
        &doc! { "type": "Crate", "document": 1, "slot": 2, "type_": 3 },
    );
    same(&Shape::r#loop { a: 1 }, &doc! { "type": "loop", "a": 1 });
}

// covers: T1
#[test]
fn a_field_may_be_called_like_its_type_or_its_model() {
    #[derive(Embedded, Clone, Debug, PartialEq)]
    #[allow(non_snake_case)]
    struct Place {
        Place: i32,
        i64: i64,
    }
    #[derive(Document)]
    #[document(collection = "homes")]
    #[allow(non_snake_case)]
    struct Home {
        id: Id<Home>,
        Place: Place,
        Home: i32,
    }
    assert_eq!(Home.Place.Place.path(), "Place.Place");
    assert_eq!(Home.Home.path(), "Home");
    same(&Place { Place: 1, i64: 2 }, &doc! { "Place": 1, "i64": 2_i64 });
}
