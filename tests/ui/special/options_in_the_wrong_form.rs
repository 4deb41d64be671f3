//! How a collection is created, in the wrong form.
// covers: T20 C10

use odmium::{pipeline::Pipeline, prelude::*};

#[derive(Document)]
#[document(collection = "a", create)]
struct A {
    id: Id<A>,
}

#[derive(Document)]
#[document(collection = "b", create(caped(1), sharded(2), clustered(1), capped, expire_after("soon"), max_documents(1), max_documents(2)))]
struct B {
    id: Id<B>,
}

#[derive(Document)]
#[document(collection = "c", create(view(Pipeline::<A>::new().raw_stages([])), capped(1)), index(name))]
struct C {
    id: Id<C>,
    name: String,
}

#[derive(Document)]
#[document(collection = "d", create(time_series(D.name), validator(A.id.exists())))]
struct D {
    id: Id<D>,
    name: String,
}

#[derive(Document)]
#[document(collection = "e", tag = "kind")]
enum E {
    F(F),
}

#[derive(Document)]
#[document(variant_of = E, create(clustered))]
struct F {
    id: Id<E>,
}

fn main() {}
