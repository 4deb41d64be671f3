//! What is declared about collections: databases of a program, several models in one collection, special collections.

mod databases;
mod kinds;
mod limits;
mod merges;
mod neighbours;
mod no_escape;
mod rules;
mod special;
mod tenants;
mod together;
mod validators;
