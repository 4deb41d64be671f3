//! What a server accepts at most.

use mongodb::bson::Document;

/// What a server accepts at most, by its own account. See [`Client::limits`](crate::Client::limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The size of one document, in bytes.
    pub max_bson_size: usize,
    /// The size of one message, in bytes.
    pub max_message_size: usize,
    /// How many writes fit into one message.
    pub max_write_batch_size: usize,
    /// The oldest version of the protocol that the server speaks.
    pub min_wire_version: i32,
    /// The newest version of the protocol that the server speaks; 17 is that of MongoDB 6.0.
    pub max_wire_version: i32,
}

impl Limits {
    /// What the answer to `hello` says; what it leaves out is as the protocol defines it.
    pub(crate) fn of(hello: &Document) -> Self {
        let number = |name: &str| hello.get_i32(name).ok();
        let size =
            |name: &str, default| number(name).and_then(|n| usize::try_from(n).ok()).unwrap_or(default);
        Self {
            max_bson_size: size("maxBsonObjectSize", 16 * 1024 * 1024),
            max_message_size: size("maxMessageSizeBytes", 48_000_000),
            max_write_batch_size: size("maxWriteBatchSize", 100_000),
            min_wire_version: number("minWireVersion").unwrap_or(0),
            max_wire_version: number("maxWireVersion").unwrap_or(0),
        }
    }
}
