//! A model that is no variant, and a field of one variant on another.
// covers: T19

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "events", tag = "kind")]
enum Event {
    Click(Click),
    Purchase(Purchase),
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Click {
    id: Id<Event>,
    url: String,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Purchase {
    id: Id<Event>,
    total: i64,
}

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
}

fn main() {
    let _ = |events: Collection<Event>| {
        let _ = events.of::<User>();
        let _ = events.of::<Click>().find(Purchase.total.gt(5));
        let _ = events.find(Event.click.total.gt(5));
        let _ = events.find(Event.kind.eq("click"));
    };
}
