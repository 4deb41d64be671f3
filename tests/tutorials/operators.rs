//! The manual's pages on expressions, accumulators and window functions.

mod accumulators;
mod arrays;
mod calendar;
mod conditions;
mod dates;
mod elements;
mod numbers;
mod objects;
mod reduce;
mod sets;
mod texts;
mod windows;
mod zip;
