//! Change streams: what others change, as it happens.
//!
//! [`Collection::watch`](crate::Collection::watch), [`Database::watch`](crate::Database::watch) and
//! [`Client::watch`](crate::Client::watch) give a [`Watch`](crate::action::Watch): options are set on it, and `.await` opens the
//! [`ChangeStream`]. It needs a replica set (of one server at least) or a sharded cluster.
//!
//! ```no_run
//! use odmium::{change_stream::{Change, Event}, prelude::*};
//!
//! #[derive(Document, Debug)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, email: String }
//!
//! # async fn f(db: odmium::Database) -> odmium::Result<()> {
//! let users = db.collection::<User>();
//! let mut stream = users.watch().filter(Change::updated(User.email)).full_document().await?;
//! while let Some(event) = stream.try_next().await? {
//!     if let Event::Updated { id, changes, document, .. } = event {
//!         println!("{id}: {:?}, the user is {document:?}", changes.get(User.email)?);
//!     }
//! }
//! # Ok(()) }
//! ```

mod changes;
mod consumer;
mod event;
mod filter;
mod image;
mod info;
mod kind;
mod options;
mod read;
mod resume;
mod stream;
mod token;

#[doc(hidden)]
pub use self::changes::FieldValue;
pub use self::{
    changes::Changes,
    consumer::{Consumer, OpenConsumer},
    event::Event,
    filter::Change,
    image::{Image, NoImage},
    info::{Info, Namespace},
    kind::OperationType,
    options::{BeforeChange, FullDocument},
    stream::ChangeStream,
    token::ResumeToken,
};
pub(crate) use self::{
    options::{StageOptions, Start},
    resume::Plan,
};
