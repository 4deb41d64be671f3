//! The tag stands beside the fields, also of an embedded struct.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
struct Voucher {
    kind: String,
}

#[derive(Embedded)]
#[document(tag = "kind")]
enum Payment {
    Voucher(Voucher),
}

fn main() {}
