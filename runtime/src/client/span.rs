//! One span of the `tracing` crate for each operation, with the feature `tracing`.

use crate::error::Error;

#[cfg(not(feature = "tracing"))]
mod off {
    /// Nothing.
    #[derive(Debug)]
    pub(crate) struct Span;

    pub(crate) fn enabled() -> bool {
        false
    }

    pub(crate) fn of(_: &'static str, _: &str, _: Option<&str>) -> Span {
        Span
    }

    pub(crate) fn documents(_: usize) {}

    impl Span {
        #[expect(clippy::unused_self, reason = "the other one has something to do")]
        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        #[expect(clippy::unused_self, reason = "the other one has something to do")]
        pub(crate) fn end(&self, _: Option<&super::Error>) {}
    }
}

#[cfg(feature = "tracing")]
mod on {
    use std::time::Instant;

    use tracing::{Level, field};

    #[derive(Debug)]
    pub(crate) struct Span(tracing::Span, Instant);

    pub(crate) fn enabled() -> bool {
        tracing::enabled!(target: "odmium", Level::DEBUG)
    }

    pub(crate) fn of(name: &'static str, database: &str, collection: Option<&str>) -> Span {
        let span = tracing::debug_span!(
            target: "odmium",
            "odmium.operation",
            operation = name,
            db = database,
            collection,
            documents = field::Empty,
            duration_us = field::Empty,
            error = field::Empty,
        );
        Span(span, Instant::now())
    }

    /// How many documents the current operation read or wrote.
    pub(crate) fn documents(count: usize) {
        // Otherwise the current span is the caller's.
        if enabled() {
            tracing::Span::current().record("documents", count);
        }
    }

    impl Span {
        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        /// The kind of an error and not its text, which may hold values.
        pub(crate) fn end(&self, error: Option<&super::Error>) {
            let micros = u64::try_from(self.1.elapsed().as_micros()).unwrap_or(u64::MAX);
            self.0.record("duration_us", micros);
            if let Some(error) = error {
                self.0.record("error", field::debug(error.kind()));
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{Span, documents, enabled, of};
#[cfg(feature = "tracing")]
pub(crate) use on::{Span, documents, enabled, of};
