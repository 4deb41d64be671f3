//! Twelve relations stand beside a document.
// covers: T11

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    boss: Ref<User>,
}

async fn run(users: Collection<User>) -> odmium::Result<()> {
    let twelve = users
        .find(Filter::everything())
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss)
        .with(User.boss);
    twelve.with(User.boss).await?;
    Ok(())
}

fn main() {}
