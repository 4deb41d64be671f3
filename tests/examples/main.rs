//! The examples, run as programs, the commands of the README and the tables of the guide.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod guide;
mod quickstart;
mod readme;
mod support;
