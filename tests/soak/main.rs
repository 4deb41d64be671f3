//! What shows only after hundreds of operations, or while servers go down.

mod failover;
mod lab;
mod leaks;
mod leaks_transactions;
