//! The codec: what is written, what is read, and what is refused.

mod attributes;
mod bridges;
mod containers;
mod corpus;
mod depth;
mod encode_errors;
mod external;
mod hostile;
mod maps;
mod numbers;
mod properties;
mod scalars;
mod support;
