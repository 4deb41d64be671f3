//! How generated code names the runtime crate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

/// The hidden module that generated code may name: that of `::odmium`, or of what `crate = path` says.
#[derive(Clone)]
pub(crate) struct Krate(Option<Path>);

impl Krate {
    pub(crate) fn new(path: Option<Path>) -> Self {
        Self(path)
    }

    /// Puts `items` where [`inside`] is the short name of the hidden module, and no name gets out.
    pub(crate) fn scope(&self, items: &TokenStream) -> TokenStream {
        let inside = inside();
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #self as #inside;
                #items
            };
        }
    }
}

impl ToTokens for Krate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match &self.0 {
            None => quote!(::odmium::__private),
            // Pointing at the path: that is what is wrong when there is no such module.
            Some(path) => quote_spanned!(path.span()=> #path::__private),
        });
    }
}

/// The hidden module within [`Krate::scope`].
pub(crate) fn inside() -> Ident {
    inside_at(Span::call_site())
}

/// The same for code whose errors are to point at `span`.
pub(crate) fn inside_at(span: Span) -> Ident {
    Ident::new("__odmium", span.resolved_at(Span::call_site()))
}
