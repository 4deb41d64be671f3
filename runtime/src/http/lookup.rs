//! The lookups that are there.

use async_trait::async_trait;
use futures_util::future::try_join_all;
use http::request::Parts;
use mongodb::bson::{Bson, oid::ObjectId};

use super::{Coding, Found, HookError, Lookup, Variant, coding::Accepted};
use crate::{
    error::Result,
    gridfs::{Bucket, File, Metadata},
};

/// Takes the path as a file's name, and finds its newest revision. An empty name finds nothing.
#[derive(Clone, Debug, Default)]
pub struct ByName {
    siblings: Vec<Coding>,
}

impl ByName {
    /// Files as they are.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks for compressed siblings too, in codings that the client accepts: beside `app.js` for `app.js.gz`, `app.js.br`
    /// and `app.js.zst`.
    ///
    /// A sibling counts only where the plain file is there and not newer than it, so that one that was forgotten is never
    /// served in its place: upload the plain file first. Its media type and name are those of the plain file.
    #[must_use]
    pub fn siblings(mut self, codings: impl IntoIterator<Item = Coding>) -> Self {
        self.siblings = codings.into_iter().collect();
        self
    }
}

async fn newest<M: Metadata>(bucket: &Bucket<M>, name: String) -> Result<Option<File<M>>> {
    let file = bucket.fields();
    bucket.find(file.filename.eq(name)).sort((file.upload_date.desc(), file.id.desc())).first().await
}

#[async_trait]
impl<M: Metadata> Lookup<M> for ByName {
    async fn find(&self, bucket: &Bucket<M>, name: &str, request: &Parts) -> Result<Found<M>, HookError> {
        if name.is_empty() {
            return Ok(Found::Nothing);
        }
        let Some(plain) = newest(bucket, name.to_owned()).await? else { return Ok(Found::Nothing) };
        if self.siblings.is_empty() {
            return Ok(plain.into());
        }
        let accepted = Accepted::of(&request.headers);
        let wanted = self.siblings.iter().filter(|coding| accepted.weight(Some(coding)) > 0);
        let siblings = try_join_all(wanted.map(|coding| async move {
            let sibling = newest(bucket, format!("{name}.{}", coding.extension())).await?;
            Ok::<_, crate::Error>(sibling.map(|file| (file, coding)))
        }));
        let siblings = siblings.await?.into_iter().flatten();
        let current = siblings.filter(|(file, _)| file.upload_date >= plain.upload_date);
        let mut variants: Vec<_> = current
            .map(|(mut file, coding)| {
                file.filename.clone_from(&plain.filename);
                file.content_type.clone_from(&plain.content_type);
                Variant::new(file).coding(coding.clone())
            })
            .collect();
        variants.push(Variant::new(plain));
        Ok(Found::Variants(variants))
    }
}

/// Takes the path as a file's `_id`: 24 hexadecimal digits are an ObjectId, everything else a string.
#[derive(Clone, Copy, Debug, Default)]
pub struct ById;

#[async_trait]
impl<M: Metadata> Lookup<M> for ById {
    async fn find(&self, bucket: &Bucket<M>, name: &str, _: &Parts) -> Result<Found<M>, HookError> {
        let id = ObjectId::parse_str(name).map_or_else(|_| Bson::String(name.to_owned()), Bson::ObjectId);
        Ok(bucket.find(bucket.fields().id.eq(id)).first().await?.into())
    }
}
