//! Keys of fields, variants, enums and documents are told apart.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users", skip)]
struct User {
    id: Id<User>,
    #[field(collection = "mails")]
    email: String,
}

#[derive(Embedded)]
#[document(tag = "kind")]
struct Address {
    city: String,
}

#[derive(Embedded)]
enum Role {
    #[document(default)]
    Guest,
}

fn main() {}
