//! The typed layer against a real server.

#![expect(missing_docs, reason = "tests")]

mod crud;
