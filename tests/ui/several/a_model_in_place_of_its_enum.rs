//! A collection of several models and that of one of them are two types.
// covers: T19

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "events", tag = "kind")]
enum Event {
    Click(Click),
    Scroll(Scroll),
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Click {
    id: Id<Event>,
    x: i32,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Scroll {
    id: Id<Event>,
    y: i32,
}

async fn f(events: Collection<Event>, clicks: Collection<Click>) -> odmium::Result<()> {
    events.insert(&Click { id: Id::new(), x: 1 }).await?;
    events.find(Click.x.gt(1)).await?;
    events.find(Event.x.gt(1)).await?;
    events.update_one(Filter::everything(), Click.x.set(1)).await?;
    clicks.find(Scroll.y.gt(1)).await?;
    let _: Vec<Click> = events.find(Filter::everything()).await?;
    Ok(())
}

fn main() {}
