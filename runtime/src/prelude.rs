//! What a program that uses models needs: `use odmium::prelude::*`.
//!
//! The derives `Document`, `Embedded`, `View` and `Database` with their traits, [`Id`], [`Ref`], [`Relation`], [`Filter`], [`Pipeline`],
//! [`DateTime`], and the stream extension for cursors.

pub use futures_util::TryStreamExt as _;
pub use mongodb::bson::DateTime;

#[cfg(feature = "derive")]
pub use crate::{Database, Document, Embedded, View};
pub use crate::{
    expr::Refused as _,
    filter::Filter,
    model::{Id, IndexName as _},
    path::Refused as _,
    pipeline::Pipeline,
    relation::{Ref, Relation},
    schema::Schema as _,
};
#[cfg(not(feature = "derive"))]
pub use crate::{
    model::{Document, Embedded},
    view::View,
};
