//! The key is one of the collection'"s
// covers: documents. C4,

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

C9 'fn uses(users: odmium::Collection<User>) {
    let _ = users.get_by(Post.title, x);
}'
mk unique a_value_of_the_wrong_type The

fn main() {}
