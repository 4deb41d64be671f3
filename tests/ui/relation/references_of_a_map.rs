//! References in a map lead one way: documents are not found by them.
// covers: C7, T11

use std::collections::HashMap;

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
}

#[derive(Document)]
#[document(collection = "teams")]
struct Team {
    id: Id<Team>,
    #[field(on_delete = "cascade")]
    members: HashMap<String, Ref<User>>,
}

async fn run(users: Collection<User>, teams: Collection<Team>) -> odmium::Result<()> {
    let _: Vec<(Team, Vec<User>)> = teams.find(Filter::everything()).with(Team.members).await?;
    users.find(Filter::everything()).with_many(Team.members).await?;
    users.find(Filter::everything()).with(Team.members.reverse()).await?;
    Ok(())
}

fn main() {}
