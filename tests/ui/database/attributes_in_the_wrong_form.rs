//! Attributes in the wrong form or place.
// covers: T18 C10

use odmium::{Collection, gridfs::Bucket, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
}

#[derive(Database)]
#[database(nam = "shop")]
struct Misspelt {
    #[database(colection = "people")]
    users: Collection<User>,
}

#[derive(Database)]
#[database(name = "my shop")]
struct Names {
    #[database(collection = "a$b")]
    users: Collection<User>,
    #[database(collection)]
    others: Collection<User>,
    #[field(rename = "x")]
    more: Bucket,
}

#[derive(Database)]
struct Kinds {
    #[database(bucket = "people")]
    users: Collection<User>,
    #[database(collection = "files", timeout = std::time::Duration::ZERO)]
    files: Bucket,
    #[database(prefix = "x")]
    nested: Collection<User>,
}

fn main() {}
