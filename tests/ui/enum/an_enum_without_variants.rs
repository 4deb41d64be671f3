//! There is no value to store.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
enum Never {}

fn main() {}
