//! Models in a crate that knows odmium under another name.
