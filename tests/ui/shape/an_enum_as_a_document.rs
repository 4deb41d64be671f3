//! A document with a collection is a struct.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(tag = "kind")]
enum Payment {
    Card { last4: String },
    Cash,
}

#[derive(Document)]
enum Role {
    Guest,
}

fn uses(payments: odmium::Collection<Payment>, roles: odmium::Collection<Role>) {
    let _ = payments.find(Payment.card.last4.eq("4242"));
    let _ = roles.find(Filter::everything());
}

fn main() {}
