//! The variants are told apart by a key.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
enum Payment {
    Card { last4: String },
    Cash,
}

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    payment: Payment,
}

fn uses() -> Filter<Order> {
    Order.payment.card.last4.eq("4242")
}

fn main() {}
