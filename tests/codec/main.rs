//! The codec: what is written, what is read, and what is refused.

mod containers;
mod corpus;
mod depth;
mod external;
mod hostile;
mod maps;
mod numbers;
mod properties;
mod scalars;
mod support;
