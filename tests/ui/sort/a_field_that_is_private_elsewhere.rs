//! What is private does not sort elsewhere either.
// covers: C12

use odmium::prelude::*;


mod model {
    use odmium::prelude::*;

    #[derive(Document)]
    #[document(collection = "users")]
    pub struct User {
        pub id: Id<User>,
        password: String,
    }
}

use model::User;

fn main() {
    let _ = User.password.asc();
}
