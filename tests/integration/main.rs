//! The typed layer against a real server.

mod actions;
mod aggregation;
mod crud;
mod cursors;
mod dynamic;
mod errors;
mod explain;
mod expr;
mod failures;
mod filters;
mod indexes;
mod page_order;
mod pages;
mod patches;
mod sessions;
mod sorting;
mod tracked;
mod unique;
mod update_paths;
mod updates;
mod views;
mod views_actions;
mod views_select;
