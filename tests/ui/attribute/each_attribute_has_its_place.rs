//! `document` is for models and variants, `field` for fields.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
#[field(rename_all = "camelCase")]
struct User {
    id: Id<User>,
    #[document(rename = "mail")]
    email: String,
}

#[derive(Embedded)]
#[field(tag = "kind")]
enum Role {
    #[field(rename = "visitor")]
    Guest,
}

#[derive(Embedded)]
struct Voucher {
    code: String,
}

#[derive(Embedded)]
#[document(tag = "kind")]
enum Payment {
    Voucher(#[field(rename = "v")] Voucher),
}

fn main() {}
