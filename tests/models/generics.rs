//! Parameters: types with bounds, constants, defaults, lifetimes.

use std::{borrow::Cow, collections::HashMap, fmt::Debug, marker::PhantomData};

use odmium::{
    bson::doc,
    codec::{DecodeOwned, Encode},
    prelude::*,
};

use super::{read, same, stored};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Versioned<T, const N: usize = 2>
where
    T: Clone + PartialEq,
{
    value: T,
    history: [i32; N],
    former: Option<T>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "pages", index(title.value, -count.value), index(count.history))]
struct Page {
    id: i32,
    title: Versioned<String>,
    count: Versioned<i64, 3>,
    place: Versioned<Place, 0>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Place {
    city: String,
}

fn page() -> Page {
    Page {
        id: 1,
        title: Versioned { value: "a".into(), history: [1, 2], former: None },
        count: Versioned { value: 5, history: [1, 2, 3], former: Some(4) },
        place: Versioned { value: Place { city: "Rome".into() }, history: [], former: None },
    }
}

// covers: T1
#[test]
fn a_generic_model_is_stored_and_has_paths() {
    same(
        &page(),
        &doc! {
            "_id": 1,
            "title": { "value": "a", "history": [1, 2] },
            "count": { "value": 5_i64, "history": [1, 2, 3], "former": 4_i64 },
            "place": { "value": { "city": "Rome" }, "history": [] },
        },
    );
    assert_eq!(Page.title.value.path(), "title.value");
    assert_eq!(Page.place.value.city.path(), "place.value.city");
    assert_eq!(Page.place.former.city.path(), "place.former.city");
    assert_eq!(Page.count.value.gt(5).to_document().unwrap(), doc! { "count.value": { "$gt": 5_i64 } });
    let place = Versioned { value: Place { city: "Rome".into() }, history: [], former: None };
    assert_eq!(
        Page.place.eq(&place).to_document().unwrap(),
        doc! { "place": { "value": { "city": "Rome" }, "history": [] } },
    );
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "wrapped", index(inner), index(extra.city, unique, name = "by_city"))]
struct Wrapped<K: Ord + Debug, T>
where
    T: Debug + Send,
{
    id: Id<Self>,
    inner: T,
    keys: Vec<K>,
    extra: Place,
    #[field(skip)]
    marker: PhantomData<K>,
}

// covers: T1
#[test]
fn a_generic_document_has_its_paths_by_fields() {
    use odmium::{Document, model::IndexName};
    type Concrete = Wrapped<String, i32>;
    let fields = Concrete::fields();
    assert_eq!(fields.inner.gte(5).to_document().unwrap(), doc! { "inner": { "$gte": 5 } });
    assert_eq!(fields.extra.city.path(), "extra.city");
    let names: Vec<_> = Concrete::indexes().iter().map(|index| index.name().to_owned()).collect();
    assert_eq!(names, ["inner_1", "by_city"]);
    assert_eq!(
        WrappedIndex::ALL.iter().map(|index| index.name()).collect::<Vec<_>>(),
        ["_id_", "inner_1", "by_city"]
    );
    let value = Concrete {
        id: Id::new(),
        inner: 1,
        keys: vec!["k".into()],
        extra: Place { city: "Rome".into() },
        marker: PhantomData,
    };
    same(
        &value,
        &doc! { "_id": value.id.object_id(), "inner": 1, "keys": ["k"], "extra": { "city": "Rome" } },
    );
}

fn by_inner<T>(value: T) -> Filter<Wrapped<String, T>>
where
    T: Debug + Send + Encode + DecodeOwned + odmium::filter::Value<T> + 'static,
{
    use odmium::Document;
    Wrapped::<String, T>::fields().inner.eq(value)
}

// covers: T1
#[test]
fn generic_code_builds_filters() {
    assert_eq!(by_inner(5).to_document().unwrap(), doc! { "inner": 5 });
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Extended<T> {
    name: String,
    #[field(flatten)]
    more: T,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "kind")]
enum Either<L, R> {
    Left(L),
    Right { right: R },
}

// covers: T1 T2
#[test]
fn a_parameter_can_be_flattened_or_be_what_a_variant_holds() {
    let extended = Extended { name: "a".into(), more: Place { city: "Rome".into() } };
    same(&extended, &doc! { "name": "a", "city": "Rome" });
    let map = Extended { name: "a".into(), more: HashMap::from([("x".to_owned(), 1)]) };
    same(&map, &doc! { "name": "a", "x": 1 });
    same::<Either<Place, i32>>(&Either::Right { right: 5 }, &doc! { "kind": "Right", "right": 5 });
    same::<Either<Place, i32>>(
        &Either::Left(Place { city: "Rome".into() }),
        &doc! { "kind": "Left", "city": "Rome" },
    );
    #[derive(Document)]
    #[document(collection = "holders")]
    struct Holder {
        id: i32,
        extended: Extended<Place>,
        either: Either<Place, i32>,
    }
    assert_eq!(Holder.extended.more.city.path(), "extended.city");
    assert_eq!(Holder.either.left.city.path(), "either.city");
    assert_eq!(Holder.either.right.right.path(), "either.right");
}

#[derive(Embedded, Debug, PartialEq)]
struct Row<'a, 'b: 'a> {
    name: &'a str,
    bytes: Cow<'b, str>,
    place: BorrowedPlace<'b>,
}

#[derive(Embedded, Debug, PartialEq)]
struct BorrowedPlace<'de> {
    city: &'de str,
}

#[derive(Document, Debug, PartialEq)]
#[document(collection = "rows", index(place.city))]
struct BorrowedDocument<'a> {
    id: i32,
    place: BorrowedPlace<'a>,
    row: Option<Row<'a, 'a>>,
}

// covers: T1
#[test]
fn a_model_with_lifetimes_borrows_and_has_paths() {
    let bytes = doc! { "_id": 1, "place": { "city": "Rome" } }.to_vec().unwrap();
    let document: BorrowedDocument<'_> = odmium::codec::decode(&bytes).unwrap();
    assert_eq!(document, BorrowedDocument { id: 1, place: BorrowedPlace { city: "Rome" }, row: None });
    assert_eq!(BorrowedDocument.place.city.path(), "place.city");
    assert_eq!(BorrowedDocument.row.place.city.path(), "row.place.city");
    assert_eq!(BorrowedDocument.place.city.eq("Rome").to_document().unwrap(), doc! { "place.city": "Rome" });
    let row = Row { name: "a", bytes: "b".into(), place: BorrowedPlace { city: "c" } };
    assert_eq!(stored(&row), doc! { "name": "a", "bytes": "b", "place": { "city": "c" } });
}

mod text {
    use odmium::codec::{Decode, DecodeError, Encode, RawValue, Slot};

    pub(super) fn encode<T: ToString>(value: &T, slot: Slot<'_>) {
        value.to_string().encode(slot);
    }

    pub(super) fn decode<T: std::str::FromStr>(value: RawValue<'_>) -> Result<T, DecodeError> {
        let text = String::decode(value)?;
        text.parse().map_err(|_| value.unfit("a text that reads as the type", &text))
    }
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Bridged<T, U: ToString + std::str::FromStr> {
    #[field(with = text)]
    count: u16,
    #[field(with = text)]
    other: U,
    value: T,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "kind")]
enum BridgedVariants {
    A {
        #[field(with = text)]
        value: u16,
    },
    B {
        #[field(with = text, rename = "b")]
        value: i32,
    },
}

// covers: T1 T3
#[test]
fn bridges_work_beside_parameters_and_in_variants() {
    same(&Bridged { count: 5, other: 7_u8, value: 1 }, &doc! { "count": "5", "other": "7", "value": 1 });
    same(&BridgedVariants::A { value: 5 }, &doc! { "kind": "A", "value": "5" });
    same(&BridgedVariants::B { value: -5 }, &doc! { "kind": "B", "b": "-5" });
    assert_eq!(BridgedVariants.a.value.path(), "value");
    assert_eq!(BridgedVariants.b.value.eq(7).to_document().unwrap(), doc! { "b": "7" });
    let error = read::<BridgedVariants>(&doc! { "kind": "A", "value": "x" }).unwrap_err();
    assert!(error.to_string().contains("value"), "{error}");
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Empty<T> {
    #[field(skip)]
    marker: PhantomData<T>,
}

// covers: T1
#[test]
fn a_model_without_stored_fields_is_an_empty_document() {
    same(&Empty::<i32> { marker: PhantomData }, &doc! {});
    #[derive(Embedded, Clone, Debug, PartialEq)]
    struct Nothing {}
    same(&Nothing {}, &doc! {});
}
