//! GridFS over HTTP, with the feature `http`: a [`tower` service](tower_service::Service) that mounts in axum and hyper.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use odmium::{Database, http::{Caching, Disposition}, prelude::*};
//!
//! #[derive(Embedded, Debug)]
//! struct Photo { owner: String }
//!
//! # fn f(db: Database) {
//! let photos = db
//!     .bucket::<Photo>()
//!     .named("photos")
//!     .serve()
//!     .cache(Caching::max_age(Duration::from_secs(3600)))
//!     .disposition(Disposition::Inline);
//! let router = axum::Router::<()>::new().nest_service("/photos", photos);
//! # drop(router);
//! # }
//! ```
//!
//! The guide's page on GridFS over HTTP says what is answered to what, and how to mount it.

mod answer;
mod body;
mod caching;
mod coding;
mod conditions;
mod headers;
mod hooks;
mod lookup;
mod path;
mod range;
mod service;

use std::{borrow::Cow, fmt, sync::Arc};

#[doc(no_inline)]
pub use async_trait::async_trait;

pub use self::{
    body::FileBody,
    caching::Caching,
    coding::Coding,
    headers::Disposition,
    hooks::{CachePolicy, ExtraHeaders, Found, HookError, Lookup, Variant},
    lookup::{ById, ByName},
};
use crate::gridfs::{Bucket, Metadata};

/// How many ranges of one request are served, unless [`FileService::max_ranges`] says otherwise.
pub const DEFAULT_MAX_RANGES: usize = 16;

/// Serves the files of a bucket over HTTP; made by [`Bucket::serve`], cheap to clone.
///
/// GET and HEAD give a file, OPTIONS tells so, other methods are 405. Conditions and ranges follow
/// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110). The future must run within a tokio runtime.
#[must_use = "a service answers nothing until a router or a server takes it"]
pub struct FileService<M = mongodb::bson::Document> {
    settings: Arc<Settings<M>>,
}

struct Settings<M> {
    bucket: Bucket<M>,
    prefix: Cow<'static, str>,
    max_ranges: usize,
    disposition: Option<Disposition>,
    lookup: Arc<dyn Lookup<M>>,
    cache: Arc<dyn CachePolicy<M>>,
    extra_headers: Option<Arc<dyn ExtraHeaders<M>>>,
}

impl<M: Metadata> Bucket<M> {
    /// Serves the files over HTTP; see [`FileService`].
    pub fn serve(&self) -> FileService<M> {
        FileService::new(self)
    }
}

impl<M: Metadata> FileService<M> {
    /// Serves the files of a bucket: by their names, the newest revision of each, kept only with a question each time.
    pub fn new(bucket: &Bucket<M>) -> Self {
        Self {
            settings: Arc::new(Settings {
                bucket: bucket.clone(),
                prefix: "".into(),
                max_ranges: DEFAULT_MAX_RANGES,
                disposition: None,
                lookup: Arc::new(ByName::new()),
                cache: Arc::new(Caching::REVALIDATE),
                extra_headers: None,
            }),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Settings<M>)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// What stands before the file's name in the path, such as `/files`, where the router leaves it there. Other paths are
    /// 404. axum's `nest_service` takes its prefix away, `route_service` does not.
    pub fn prefix(self, prefix: impl Into<Cow<'static, str>>) -> Self {
        let prefix: Cow<'static, str> = prefix.into();
        self.with(|settings| settings.prefix = prefix.trim_end_matches('/').to_owned().into())
    }

    /// How a file is found; the default is [`ByName`].
    pub fn lookup(self, lookup: impl Lookup<M>) -> Self {
        self.with(|settings| settings.lookup = Arc::new(lookup))
    }

    /// How long a file may be kept: a [`Caching`], a closure or a policy of your own. The default is
    /// [`Caching::REVALIDATE`].
    pub fn cache(self, policy: impl CachePolicy<M>) -> Self {
        self.with(|settings| settings.cache = Arc::new(policy))
    }

    /// Headers to add or to change: a closure, or a type of your own.
    pub fn extra_headers(self, hook: impl ExtraHeaders<M>) -> Self {
        self.with(|settings| settings.extra_headers = Some(Arc::new(hook)))
    }

    /// Sends `Content-Disposition` with the file's name; without it, browsers show what they can, and take the name from the
    /// path.
    pub fn disposition(self, disposition: Disposition) -> Self {
        self.with(|settings| settings.disposition = Some(disposition))
    }

    /// How many ranges one request may ask for; the default is [`DEFAULT_MAX_RANGES`]. A request for more gets the whole file,
    /// as does each one when the number is 0.
    pub fn max_ranges(self, count: usize) -> Self {
        self.with(|settings| settings.max_ranges = count)
    }
}

impl<M> Clone for FileService<M> {
    fn clone(&self) -> Self {
        Self { settings: self.settings.clone() }
    }
}

impl<M> Clone for Settings<M> {
    fn clone(&self) -> Self {
        Self {
            bucket: self.bucket.clone(),
            prefix: self.prefix.clone(),
            max_ranges: self.max_ranges,
            disposition: self.disposition,
            lookup: self.lookup.clone(),
            cache: self.cache.clone(),
            extra_headers: self.extra_headers.clone(),
        }
    }
}

impl<M> fmt::Debug for FileService<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { bucket, prefix, max_ranges, disposition, .. } = &*self.settings;
        f.debug_struct("FileService")
            .field("bucket", bucket)
            .field("prefix", prefix)
            .field("max_ranges", max_ranges)
            .field("disposition", disposition)
            .finish_non_exhaustive()
    }
}

/// Tells the operator what the client is not told.
#[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nobody listens"))]
fn log(what: &'static str, error: &dyn fmt::Display) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: "odmium", %error, "{what}");
}
