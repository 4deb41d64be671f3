//! Forms are taken from pages of this site only, so that another site cannot send one in a visitor's name.

use axum::{
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::failure::Failure;

/// Browsers tell with every form where it comes from, and no page can change that.
pub(crate) async fn check(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    match reads || is_same_origin(&request) {
        true => next.run(request).await,
        false => Failure::Foreign.into_response(),
    }
}

fn is_same_origin(request: &Request) -> bool {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    // Behind a proxy that ends TLS, the scheme differs and the host is what it passes on.
    origin.split_once("://").is_some_and(|(_, from)| from == host)
}
