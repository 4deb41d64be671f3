//! The numbers of the variants fit an int32.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(as = i32)]
#[repr(i64)]
enum Level {
    Low = 1,
    High = 5_000_000_000,
}

fn main() {}
