//! How generated code names the runtime crate.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// `::odmium`, or what `crate = path` says.
pub(crate) struct Krate(Option<Path>);

impl Krate {
    pub(crate) fn new(path: Option<Path>) -> Self {
        Self(path)
    }
}

/// The hidden module that generated code may name.
impl ToTokens for Krate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match &self.0 {
            None => quote!(::odmium::__private),
            Some(path) => quote!(#path::__private),
        });
    }
}
