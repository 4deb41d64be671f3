//! The right spelling of what the other folders do wrong.

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users", index(address.city, -age), ttl(expires_at, after = "7d"))]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    address: Address,
    nick: Option<String>,
    expires_at: Option<DateTime>,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

async fn uses(users: Collection<User>, id: Id<User>) -> odmium::Result<()> {
    users.sync_indexes().await?;
    users.find(User.age.gte(18) & User.address.city.eq("Paris")).sort(User.name.asc()).await?;
    users.update_one(User.id.eq(id), (User.age.inc(1), User.address.city.set("Rome"), User.nick.unset())).await?;
    Ok(())
}

fn main() {
    let _ = uses;
}
