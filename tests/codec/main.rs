//! The codec: what is written, what is read, and what is refused.

#![expect(missing_docs, reason = "tests")]

mod containers;
mod external;
mod maps;
mod numbers;
mod scalars;
mod support;
