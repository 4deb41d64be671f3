//! The typed layer against a real server.

mod actions;
mod client_databases;
mod client_monitoring;
mod client_options;
mod client_servers;
mod client_timeouts;
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
