//! Renames, aliases and rules meet.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(rename_all = "lowercase")]
enum Role {
    Guest,
    #[document(rename = "guest")]
    Visitor,
    #[document(alias = "guest")]
    Admin,
}

#[derive(Embedded)]
#[document(tag = "kind")]
enum Payment {
    Card { last4: String },
    #[document(rename = "Card")]
    Cash,
}

fn main() {}
