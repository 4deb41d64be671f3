//! The typed layer against a real server.

mod actions;
mod crud;
mod cursors;
mod dynamic;
mod errors;
mod expr;
mod failures;
mod filters;
mod indexes;
mod patches;
mod sessions;
mod update_paths;
mod updates;
mod views;
mod views_actions;
mod views_select;
