//! What a stream gives is said before it is opened.
// covers: T22

use odmium::{Collection, bson::Document, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
}

async fn f(users: Collection<User>, places: Collection<Document>) -> odmium::Result<()> {
    let _ = users.watch().await?.consumer("mails", &places);
    let _ = users.watch().await?.full_document();
    Ok(())
}

fn main() {}
