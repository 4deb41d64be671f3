//! The examples of the pages on expressions, accumulators and window functions of the server's manual, and the
//! pipelines of the book "Practical MongoDB Aggregations": each as it stands there, beside the typed one.

mod elements;
mod reduce;
mod support;
