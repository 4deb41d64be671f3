//! The typed layer against a real server.

mod actions;
mod admin;
mod bulk_write;
mod collections;
mod commands;
mod crud;
mod cursors;
mod dynamic;
mod errors;
mod failures;
mod filters;
mod indexes;
mod patches;
mod sessions;
mod update_paths;
mod updates;
