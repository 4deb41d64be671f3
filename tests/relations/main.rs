//! References between documents, against a real server.

mod agree;
mod batches;
mod blog;
mod cascades;
mod many;
mod maps;
mod nested;
mod reference;
mod required;
mod rules;
mod sessions;
mod sources;
mod stress;
mod views;
