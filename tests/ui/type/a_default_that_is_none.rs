//! A default is of the type of the field.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
enum Role {
    Guest,
}

#[derive(Embedded)]
struct User {
    #[field(default = "five")]
    tries: i32,
    #[field(default)]
    role: Role,
    #[field(skip)]
    other: Role,
    #[field(skip_if = is_zero)]
    level: i64,
}

fn is_zero(level: &i32) -> bool {
    *level == 0
}

fn main() {}
