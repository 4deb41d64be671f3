//! The same within `Option`, `Vec`, maps and variants.
// covers: C14

use odmium::prelude::*;


use std::collections::HashMap;

struct Address;

#[derive(Embedded)]
struct Places {
    home: Option<Address>,
    all: Vec<Address>,
    named: HashMap<String, Address>,
}

#[derive(Embedded)]
#[document(tag = "kind")]
enum Place {
    At { address: Address },
}

fn main() {}
