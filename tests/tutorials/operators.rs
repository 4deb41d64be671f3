//! The manual's pages on expressions, accumulators and window functions.

mod arrays;
mod calendar;
mod dates;
mod elements;
mod objects;
mod reduce;
mod sets;
mod texts;
