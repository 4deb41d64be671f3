//! A typo in a key names the keys that there are.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users", renameall = "camelCase")]
struct User {
    id: Id<User>,
    #[field(renam = "mail")]
    email: String,
}

#[derive(Embedded)]
#[document(rename_al = "lowercase")]
enum Role {
    #[document(nam = "visitor")]
    Guest,
}

#[derive(Embedded)]
struct Address {
    #[field(defalt)]
    city: String,
}

fn main() {}
