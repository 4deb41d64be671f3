//! What an application decides by itself: which file, how long it is kept, further headers.

use async_trait::async_trait;
use http::{HeaderMap, Response, request::Parts};

use super::{Caching, Coding};
use crate::gridfs::{Bucket, File, Metadata};

/// An error of a hook: this crate's, or any other. The client sees a status and nothing of the text.
///
/// [File not found](crate::Error::is_file_not_found) and revision not found are answered by 404; a server that cannot be
/// reached or takes too long by 503; everything else by 500.
pub type HookError = Box<dyn std::error::Error + Send + Sync>;

/// Finds the file that a request is for; [`ByName`](super::ByName) unless [another](super::FileService::lookup) is set.
///
/// Rights are best checked here, where the name is decoded and the file is known: what stands before the service in a
/// router sees `a%2Fb` and `a/b` as two paths.
///
/// ```
/// use odmium::{
///     gridfs::Bucket,
///     http::{Found, HookError, Lookup, async_trait},
///     prelude::*,
/// };
///
/// #[derive(Embedded, Clone, Debug)]
/// struct Photo { owner: String }
///
/// /// Another revision by the query: `/cat.jpg?-2` is the one before the newest.
/// struct ByRevision;
///
/// #[async_trait]
/// impl Lookup<Photo> for ByRevision {
///     async fn find(
///         &self,
///         bucket: &Bucket<Photo>,
///         name: &str,
///         request: &http::request::Parts,
///     ) -> Result<Found<Photo>, HookError> {
///         let revision = request.uri.query().unwrap_or("-1").parse()?;
///         let download = bucket.open_download_stream_by_name(name).revision(revision).await?;
///         Ok(download.file().clone().into())
///     }
/// }
/// ```
#[async_trait]
pub trait Lookup<M: Metadata>: Send + Sync + 'static {
    /// Finds the file by its name: the path behind the [prefix](super::FileService::prefix), decoded, without the slash
    /// at its start. The name can be any text, also an empty one.
    ///
    /// It is called for GET and HEAD only.
    async fn find(&self, bucket: &Bucket<M>, name: &str, request: &Parts) -> Result<Found<M>, HookError>;
}

/// What a [`Lookup`] found.
#[derive(Debug)]
#[non_exhaustive]
pub enum Found<M> {
    /// The file.
    File(Box<File<M>>),
    /// The same content in several codings, of which the client gets the one that it likes best; the shortest of several.
    /// None at all is 404.
    Variants(Vec<Variant<M>>),
    /// No such file: 404.
    Nothing,
    /// An answer without content, such as 403 or a redirection; its headers are sent as they are.
    Answer(Response<()>),
}

/// A file in one coding.
#[derive(Debug)]
pub struct Variant<M> {
    pub(super) file: Box<File<M>>,
    pub(super) coding: Option<Coding>,
}

impl<M: Metadata> Variant<M> {
    /// A file in the coding that is stored as `contentEncoding` in its metadata or its document, or in none.
    #[must_use]
    pub fn new(file: File<M>) -> Self {
        Self { coding: Coding::of(&file), file: file.into() }
    }

    /// Says in which coding the content is.
    #[must_use]
    pub fn coding(mut self, coding: Coding) -> Self {
        self.coding = Some(coding);
        self
    }
}

impl<M> From<File<M>> for Found<M> {
    fn from(file: File<M>) -> Self {
        Self::File(file.into())
    }
}

impl<M> From<Option<File<M>>> for Found<M> {
    fn from(file: Option<File<M>>) -> Self {
        file.map_or(Self::Nothing, Into::into)
    }
}

/// How long a file may be kept by who received it; [`Caching::REVALIDATE`] unless [another](super::FileService::cache)
/// is set.
///
/// A [`Caching`] is one, and so is a closure:
///
/// ```
/// # use odmium::{bson::Document, gridfs::File, http::{CachePolicy, Caching}};
/// # use std::time::Duration;
/// let images = |_: &File<Document>, media_type: &str| match media_type.starts_with("image/") {
///     true => Caching::max_age(Duration::from_secs(3600)),
///     false => Caching::REVALIDATE,
/// };
/// # fn check(_: impl CachePolicy<Document>) {}
/// # check(images);
/// ```
#[async_trait]
pub trait CachePolicy<M: Metadata>: Send + Sync + 'static {
    /// Decides for a file and its media type, stored or guessed.
    async fn caching(&self, file: &File<M>, media_type: &str) -> Result<Caching, HookError>;
}

#[async_trait]
impl<M, F> CachePolicy<M> for F
where
    M: Metadata,
    F: Fn(&File<M>, &str) -> Caching + Send + Sync + 'static,
{
    async fn caching(&self, file: &File<M>, media_type: &str) -> Result<Caching, HookError> {
        Ok(self(file, media_type))
    }
}

#[async_trait]
impl<M: Metadata> CachePolicy<M> for Caching {
    async fn caching(&self, _: &File<M>, _: &str) -> Result<Caching, HookError> {
        Ok(*self)
    }
}

/// Adds headers to the answers that have a file's content, or would have it (HEAD, 304), or changes them.
///
/// A closure is one: `|file: &File<Photo>, headers: &mut HeaderMap| { .. }`.
#[async_trait]
pub trait ExtraHeaders<M: Metadata>: Send + Sync + 'static {
    /// Changes the headers. Conditions of the request are compared with the `ETag` and the `Last-Modified` that stand
    /// there afterwards. `Content-Length` and `Content-Range` are set after it.
    async fn extra_headers(
        &self,
        file: &File<M>,
        request: &Parts,
        headers: &mut HeaderMap,
    ) -> Result<(), HookError>;
}

#[async_trait]
impl<M, F> ExtraHeaders<M> for F
where
    M: Metadata,
    F: Fn(&File<M>, &mut HeaderMap) + Send + Sync + 'static,
{
    async fn extra_headers(
        &self,
        file: &File<M>,
        _: &Parts,
        headers: &mut HeaderMap,
    ) -> Result<(), HookError> {
        self(file, headers);
        Ok(())
    }
}
