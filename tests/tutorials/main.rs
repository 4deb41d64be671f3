//! The examples of the pages on expressions, accumulators and window functions of the server's manual, and the
//! pipelines of the book "Practical MongoDB Aggregations": each in its raw form beside the typed one.

mod book;
mod operators;
mod support;
