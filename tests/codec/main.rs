//! The codec: what is written, what is read, and what is refused.

mod attributes;
mod borrowed;
mod bridges;
mod containers;
mod corpus;
mod decode_errors;
mod depth;
mod encode_errors;
mod extended_json;
mod external;
mod geojson;
mod hostile;
mod maps;
mod numbers;
mod properties;
mod rare;
mod scalars;
mod support;
mod uuids;
