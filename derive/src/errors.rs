//! Collecting every error of a model, so that all of them are reported in one run.

use std::{cell::RefCell, fmt::Display};

use quote::ToTokens;

/// The errors found so far. Dropping it unread is a bug of the macro.
pub(crate) struct Errors {
    list: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { list: RefCell::new(Some(Vec::new())) }
    }

    /// Adds an error at the place of `tokens`.
    pub(crate) fn at(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds an error with a second place that explains it.
    pub(crate) fn at_both(
        &self,
        tokens: impl ToTokens,
        message: impl Display,
        other: impl ToTokens,
        note: &str,
    ) {
        let mut error = syn::Error::new_spanned(tokens, message);
        error.combine(syn::Error::new_spanned(other, note));
        self.push(error);
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(list) = self.list.borrow_mut().as_mut() {
            list.push(error);
        }
    }

    /// The value, or adds the error.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// How many there are so far.
    pub(crate) fn count(&self) -> usize {
        self.list.borrow().as_ref().map_or(0, Vec::len)
    }

    /// All errors in one.
    pub(crate) fn finish(self) -> syn::Result<()> {
        let list = self.list.borrow_mut().take().unwrap_or_default();
        match list.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        }) {
            None => Ok(()),
            Some(error) => Err(error),
        }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.list.borrow().is_some() {
            panic!("the errors of a model were not reported");
        }
    }
}
