//! The service: which file, and which kind of answer.

use std::{
    convert::Infallible,
    future::{Future, Ready},
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
    time::SystemTime,
};

use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{
        ACCEPT_RANGES, ALLOW, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY,
        X_CONTENT_TYPE_OPTIONS,
    },
    request::Parts,
};
use mongodb::bson::Bson;
use tower_service::Service;

use super::{
    FileBody, FileService, Found, HookError, Settings, Variant, coding::Accepted, headers, log, path,
};
use crate::{
    Error, ErrorKind,
    gridfs::{Bucket, Metadata},
};

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

impl<M: Metadata, B> Service<Request<B>> for FileService<M> {
    type Response = Response<FileBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let settings = self.settings.clone();
        // Requests without content, or with content that means nothing.
        let (parts, _) = request.into_parts();
        Box::pin(
            async move { Ok(settings.answer(&parts).await.unwrap_or_else(|error| failure(&parts, &*error))) },
        )
    }
}

/// What answers requests.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a bucket answers no requests by itself",
    label = "not a service",
    note = "`bucket.serve()` makes one, with its own options: `bucket.serve().cache(..)`"
)]
pub trait Served {}

/// For the compiler's message where `serve` is forgotten, which is that of `Served` only when another type lacks it.
#[doc(hidden)]
impl<M, B> Service<Request<B>> for Bucket<M>
where
    PhantomData<M>: Served,
{
    type Response = Response<FileBody>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<B>) -> Self::Future {
        unreachable!("a bucket is no service")
    }
}

impl<M: Metadata> Settings<M> {
    async fn answer(&self, request: &Parts) -> Result<Response<FileBody>, HookError> {
        match request.method {
            Method::GET | Method::HEAD => {}
            Method::OPTIONS => {
                let mut response = bare(StatusCode::NO_CONTENT);
                response.headers_mut().insert(ALLOW, METHODS);
                return Ok(response);
            }
            _ => {
                let mut response = plain(request, StatusCode::METHOD_NOT_ALLOWED);
                response.headers_mut().insert(ALLOW, METHODS);
                return Ok(response);
            }
        }
        let name = match path::name(request.uri.path(), &self.prefix) {
            Some(Ok(name)) => name,
            Some(Err(path::NotText)) => return Ok(plain(request, StatusCode::BAD_REQUEST)),
            None => return Ok(plain(request, StatusCode::NOT_FOUND)),
        };
        let (variants, is_negotiated) = match self.lookup.find(&self.bucket, &name, request).await? {
            Found::File(file) => (vec![Variant::new(*file)], false),
            Found::Variants(variants) => (variants, true),
            Found::Nothing => (Vec::new(), false),
            Found::Answer(answer) => return Ok(answer.map(|()| FileBody::empty())),
        };
        if variants.is_empty() {
            return Ok(plain(request, StatusCode::NOT_FOUND));
        }
        let varies = is_negotiated || variants.iter().any(|variant| variant.coding.is_some());
        let mut response = match preferred(variants, &Accepted::of(&request.headers)) {
            None => plain(request, StatusCode::NOT_ACCEPTABLE),
            Some(variant) => {
                let headers = self.describe(&variant, varies, request).await?;
                return self.send(*variant.file, headers, request).await;
            }
        };
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        Ok(response)
    }

    /// The headers of the whole file, by which the conditions are judged.
    async fn describe(
        &self,
        variant: &Variant<M>,
        varies: bool,
        request: &Parts,
    ) -> Result<HeaderMap, HookError> {
        let Variant { file, coding } = variant;
        let (now, mut headers) = (SystemTime::now(), HeaderMap::with_capacity(12));
        let media_type = headers::media_type(file, coding.as_ref());
        headers::write_validators(&mut headers, file, &media_type, coding.as_ref(), now);
        let caching = self.cache.caching(file, media_type.to_str().unwrap_or_default()).await?;
        caching.write(&mut headers, now);
        if varies {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(coding) = coding {
            headers::set(&mut headers, CONTENT_ENCODING, coding.name());
        }
        if let Some(disposition) = self.disposition {
            let name = file.filename.as_deref().unwrap_or_default();
            headers.insert(CONTENT_DISPOSITION, disposition.header(name));
        }
        let ranges = if self.max_ranges > 0 { "bytes" } else { "none" };
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static(ranges));
        headers.insert(CONTENT_TYPE, media_type);
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(hook) = &self.extra_headers {
            hook.extra_headers(file, request, &mut headers).await?;
        }
        Ok(headers)
    }

    /// Whether the file is still there.
    pub(super) async fn has(&self, id: Bson) -> Result<bool, Error> {
        let filter = self.bucket.fields().id.eq(id);
        Ok(self.bucket.files().count(filter).limit(1).await? > 0)
    }
}

/// What the client likes best, and the shortest of what it likes equally; `None` when it refuses all.
fn preferred<M>(variants: Vec<Variant<M>>, accepted: &Accepted) -> Option<Variant<M>> {
    let weighed = variants.into_iter().map(|it| (accepted.weight(it.coding.as_ref()), it));
    let acceptable = weighed.filter(|(weight, _)| *weight > 0);
    let best = acceptable.min_by_key(|(weight, it)| (std::cmp::Reverse(*weight), it.file.length));
    best.map(|(_, variant)| variant)
}

fn bare(status: StatusCode) -> Response<FileBody> {
    let mut response = Response::new(FileBody::empty());
    *response.status_mut() = status;
    response
}

/// An answer whose text is the name of its status.
pub(super) fn plain(request: &Parts, status: StatusCode) -> Response<FileBody> {
    let mut response = bare(status);
    let text = status.canonical_reason().unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(CONTENT_LENGTH, text.len().into());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if request.method != Method::HEAD {
        *response.body_mut() = FileBody::text(text);
    }
    response
}

/// The client gets a status; the text is for the operator.
fn failure(request: &Parts, error: &(dyn std::error::Error + Send + Sync + 'static)) -> Response<FileBody> {
    let status = match error.downcast_ref::<Error>().map(Error::kind) {
        Some(ErrorKind::FileNotFound | ErrorKind::RevisionNotFound) => StatusCode::NOT_FOUND,
        Some(ErrorKind::ServerSelection | ErrorKind::Network | ErrorKind::Timeout | ErrorKind::Closed) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    if status.is_server_error() {
        log("a request over HTTP failed", &error);
    }
    plain(request, status)
}
