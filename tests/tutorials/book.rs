//! The pipelines of the book "Practical MongoDB Aggregations", over samples of their data.

mod changes;
mod compared;
mod foundational;
mod joining;
mod secured;
mod series;
mod summaries;
mod trends;
mod types;

use odmium::bson::Decimal128;

fn decimal(text: &str) -> Decimal128 {
    text.parse().unwrap()
}
