//! The model is there all the same: its root, its collection, its filters.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field(renam = "mail")]
    email: String,
    #[field(index(uniqe))]
    age: i32,
    work: Option<Address>,
}

#[derive(Embedded)]
#[document(renam_all = "camelCase")]
struct Address {
    city: String,
}

async fn uses(db: odmium::Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.sync_indexes().await?;
    let user = users.find(User.email.eq("ann@x.org") & User.work.city.eq("Paris")).one().await?;
    users.insert(&user).await?;
    users.update_one(User.id.eq(user.id), (User.age.inc(1), User.work.unset())).await?;
    let _ = UserIndex::Id;
    Ok(())
}

fn main() {}
