//! An upsert sets its key itself.
// covers: C5, X2

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(org, nick, unique), index(code, unique, partial = User.age.gte(18)))]
struct User {
    id: Id<User>,
    #[field(index(unique))]
    email: String,
    #[field(index)]
    name: String,
    org: i32,
    nick: String,
    code: String,
    age: i32,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    #[field(index(unique))]
    title: String,
    author: Id<User>,
}

fn uses(users: odmium::Collection<User>) {
    let _ = users.upsert_by(User.email, "ann@x.org", (User.age.set(30), User.email.set("bob@x.org")));
    let _ = users.upsert_by((User.org, User.nick), (7, "ann"), User.nick.set("bob"));
}

// The compiler looks at what a program uses.
fn main() {
    let _: fn(odmium::Collection<User>) = uses;
}
