//! P12: building and rendering a filter.

use std::hint::black_box;

use crate::{
    Result,
    filters::{by_hand, typed},
    measure::computations,
    report::{Goal::AtMost, Row},
};

pub(super) fn build() -> Result<Vec<Row>> {
    let (age, city) = black_box((18, "Paris"));
    assert_eq!(typed(age, city), by_hand(age, city));
    let rounds = computations(|| typed(age, city), || by_hand(age, city));
    let work = "build and render a filter of two conditions";
    Ok(vec![Row::cpu("P12", work, "doc! by hand", &rounds).goal(AtMost(1.2))])
}
