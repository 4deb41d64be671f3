//! One error, at the field, says which derive to add.
// covers: C14

use odmium::prelude::*;


struct Address {
    city: String,
}

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    address: Address,
}

async fn uses(users: odmium::Collection<User>) -> odmium::Result<()> {
    let user = users.find(User.name.eq("Ann")).sort(User.name.asc()).one().await?;
    users.insert(&user).await?;
    users.update_one(User.id.eq(user.id), User.name.set("Anna")).await?;
    users.sync_indexes().await?;
    Ok(())
}

fn main() {}
