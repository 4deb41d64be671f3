//! Models where names cannot be relied on: odmium is known by another name only, and in [`shadowed`] there is no
//! prelude, and most names that generated code could be tempted to use mean something else.

#![deny(future_incompatible)]

pub mod denied;
pub mod shadowed;
#[cfg(test)]
mod tests;
