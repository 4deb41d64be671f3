//! P12: building and rendering a filter.

use odmium::{bson::Document, bson::doc, prelude::*};

use crate::{
    Result,
    measure::computations,
    report::{Goal::AtMost, Row, Unit},
};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    age: i32,
    address: Address,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

/// A filter by typed paths, as the document that is sent.
pub fn typed(age: i32, city: &str) -> Document {
    let filter = User.age.gte(age) & User.address.city.eq(city);
    filter.into_document().unwrap()
}

/// The same written out.
pub fn by_hand(age: i32, city: &str) -> Document {
    doc! { "age": { "$gte": age }, "address.city": city }
}

pub(super) fn build() -> Result<Vec<Row>> {
    assert_eq!(typed(18, "Paris"), by_hand(18, "Paris"));
    let (age, city) = std::hint::black_box((18, "Paris"));
    let rounds = computations(|| typed(age, city), || by_hand(age, city));
    let work = "build and render a filter of two conditions";
    Ok(vec![Row::cpu("P12", work, "doc! by hand", &rounds).goal(AtMost(1.2))])
}
