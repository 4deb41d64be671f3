//! References between documents, and loading what they lead to.
//!
//! A field of type [`Ref<User>`](Ref) holds the `_id` of a `User`. `with` loads the documents beside those that were found,
//! by one command for each relation, however many documents there are:
//!
//! ```no_run
//! use odmium::prelude::*;
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, name: String }
//!
//! #[derive(Document)]
//! #[document(collection = "posts")]
//! struct Post { id: Id<Post>, title: String, author: Ref<User>, tags: Vec<Ref<Tag>> }
//!
//! #[derive(Document)]
//! #[document(collection = "tags")]
//! struct Tag { id: Id<Tag>, name: String }
//!
//! #[derive(Document)]
//! #[document(collection = "comments")]
//! struct Comment { id: Id<Comment>, post: Ref<Post>, at: DateTime }
//!
//! # async fn f(posts: odmium::Collection<Post>, filter: Filter<Post>) -> odmium::Result<()> {
//! let posts: Vec<(Post, Option<User>, Vec<Tag>, Vec<Comment>)> = posts
//!     .find(filter)
//!     .with(Post.author)
//!     .with(Post.tags)
//!     .with(Comment.post.reverse().sort(Comment.at.desc()).limit(3))
//!     .await?;
//! # Ok(()) }
//! ```
//!
//! Documents never change their shape: there is no lazy loading. The guide has a page on it, `relations`.

mod batch;
mod field;
mod found;
mod key;
mod link;
mod lookup;
mod plan;
mod read;
mod reference;
mod rules;
mod shape;
mod split;
mod view;

pub(crate) use self::{
    batch::{Context, Reads, load},
    key::{Key, keys_at},
    lookup::{arrange, stages},
    plan::{Node, Plan},
    split::chunks,
};
pub use self::{
    link::{Referring, Relation},
    read::{IntoRelation, IntoReverse, Related},
    reference::{PlainId, Ref, RefTo},
    rules::{DeleteRule, OnDelete, Referrers, Unset},
    shape::{ByKey, List, Optional, Required, Shape},
    view::Loads,
};
// Named by generated code and bounds only.
#[doc(hidden)]
pub use self::{
    link::{Element, Findable},
    read::{Beside, Push, Thirteenth},
    view::{Gives, Holds, read_related, related},
};
