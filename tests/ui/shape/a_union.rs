//! The bytes of a union do not tell what they are.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
union Number {
    int: i32,
    float: f32,
}

fn main() {}
