//! What goes wrong, and the status that tells it.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use odmium::Error;

use crate::pages;

#[derive(Debug)]
pub(crate) enum Failure {
    NotFound,
    /// The request came from a page of another site.
    Foreign,
    /// What was asked for is not possible as things are.
    Refused(&'static str),
    Database(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl Failure {
    fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "There is no such page."),
            Self::Foreign => (StatusCode::FORBIDDEN, "Forms are taken from pages of this site only."),
            Self::Refused(why) => (StatusCode::CONFLICT, why),
            Self::Database(error) if error.is_argument() => {
                (StatusCode::BAD_REQUEST, "This address is damaged: start again at the list.")
            }
            Self::Database(error) if error.is_gone() => {
                (StatusCode::NOT_FOUND, "Somebody deleted it just now.")
            }
            Self::Database(error) if error.is_conflict() => {
                (StatusCode::CONFLICT, "Somebody else changed it meanwhile: load it again.")
            }
            Self::Database(error) if error.is_timeout() => {
                (StatusCode::GATEWAY_TIMEOUT, "The database took too long: try again.")
            }
            Self::Database(error) if error.is_network() || error.is_server_selection() => {
                (StatusCode::SERVICE_UNAVAILABLE, "The database cannot be reached: try again in a moment.")
            }
            Self::Database(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here."),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, text) = self.parts();
        // The visitor is told what to do; what happened stays here.
        if let Self::Database(error) = &self
            && status.is_server_error()
        {
            eprintln!("{status}: {error}");
        }
        let mut response = (status, pages::message(status, text)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        }
        response
    }
}
