//! The examples, run as programs, and the commands of the README.

mod quickstart;
mod readme;
mod support;
