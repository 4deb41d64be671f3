//! The typed layer against a real server.

mod actions;
mod crud;
mod cursors;
mod dynamic;
mod errors;
mod failures;
mod filters;
mod indexes;
mod sessions;
mod updates;
mod views;
mod views_actions;
mod views_select;
