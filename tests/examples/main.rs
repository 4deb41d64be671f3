//! The examples, run as programs, the commands of the README and the tables of the guide.

mod analytics;
mod bulk_write;
mod files;
mod guide;
mod monitoring;
mod motor;
mod quickstart;
mod readme;
mod support;
mod tail_oplog;
mod web;
