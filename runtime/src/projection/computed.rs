//! Values that the server computes.

use std::marker::PhantomData;

use super::{Column, Projection, ReadColumn, column::key_of};
use crate::{
    codec::{DecodeOwned, DocumentReader},
    error::DecodeError,
    expr::Expr,
};

/// Reads a computed value.
#[derive(Debug)]
pub struct Computed<T> {
    key: String,
    value: PhantomData<fn() -> T>,
}

#[diagnostic::do_not_recommend]
impl<D, T: DecodeOwned + 'static> Column<D> for Expr<D, T> {
    type Reader = Computed<T>;

    fn add_to(self, projection: &mut Projection) -> Computed<T> {
        let key = projection.fresh_key();
        match self.to_computed() {
            Ok(value) => projection.compute(&key, value),
            Err(error) => projection.fail(error),
        }
        Computed { key, value: PhantomData }
    }
}

impl<T: DecodeOwned + 'static> ReadColumn for Computed<T> {
    type Value = T;

    fn read(&self, document: &mut DocumentReader<'_>) -> Result<T, DecodeError> {
        key_of(document, &self.key)
    }
}

impl<T> Clone for Computed<T> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), value: PhantomData }
    }
}
