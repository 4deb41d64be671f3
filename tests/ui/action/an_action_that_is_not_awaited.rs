//! Nothing is sent before an action is awaited.

#![deny(unused_must_use)]

use odmium::{Client, Collection, Database, gridfs::Bucket, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
}

async fn f(client: Client, db: Database, users: Collection<User>, files: Bucket, user: User) {
    users.insert(&user);
    users.find(User.age.gt(1)).limit(3);
    users.update_one(User.age.gt(1), User.age.inc(1));
    users.delete_many(User.age.gt(1));
    users.aggregate().filter(User.age.gt(1));
    users.aggregate().out();
    users.watch();
    users.sync_indexes();
    db.drop();
    files.open_upload_stream("a");
    client.start_session();
}

fn main() {}
