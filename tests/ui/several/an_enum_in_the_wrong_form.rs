//! An enum over the models of a collection, in the wrong form.
// covers: T19 C10

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "a")]
enum Empty {}

#[derive(Document)]
enum Nameless {
    A(A),
}

#[derive(Document)]
#[document(variant_of = Nameless)]
struct A {
    id: Id<A>,
}

#[derive(Document)]
#[document(collection = "c", tag = "$kind", comon(at: DateTime))]
enum Contents {
    Unit,
    Named { id: i32 },
    Two(i32, i32),
    #[document(alias = "old")]
    B(B),
}

#[derive(Document)]
#[document(variant_of = Contents, collection = "c", discriminator(kind = "B"))]
struct B {
    id: Id<B>,
}

#[derive(Document)]
#[document(collection = "d", discriminator(kind))]
struct C {
    id: Id<C>,
}

#[derive(Document)]
#[document(collection = "d", discriminator(kind = "d"))]
struct D {
    id: Id<D>,
    kind: String,
}

#[derive(Document)]
#[document(collection = "e", tag = "kind", common(id: i32, at: DateTime, at: DateTime))]
enum Others {
    #[document(rename = "A")]
    E(E),
    A(E),
    #[document(other)]
    Rest(odmium::bson::Document),
    #[document(other)]
    More(odmium::bson::Document),
}

#[derive(Document)]
#[document(variant_of = Others)]
struct E {
    id: i32,
    at: DateTime,
}

fn main() {}
