//! Writing: a straight line of calls.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Expand, header};
use crate::{
    ir::{Field, Role},
    krate::inside,
};

impl Expand<'_> {
    pub(super) fn encode_struct(&self, fields: &[Field]) -> TokenStream {
        let writes = fields.iter().map(|field| {
            let ident = &field.ident;
            self.write(field, &|span| {
                // The place of the span, the names as they were written.
                let mut ident = ident.clone();
                ident.set_span(span.resolved_at(ident.span()));
                quote_spanned!(span.resolved_at(Span::call_site())=> &self.#ident)
            })
        });
        self.encode_impl(&quote!(#(#writes)*))
    }

    /// Both traits of a value that is a document.
    pub(super) fn encode_impl(&self, body: &TokenStream) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.codec();
        quote! {
            #[automatically_derived]
            impl #generics #p::EncodeDocument for #ty #clause {
                fn encode_fields(&self, __document: &mut #p::DocumentWriter) {
                    #body
                }
            }
            #[automatically_derived]
            impl #generics #p::Encode for #ty #clause {
                #[inline]
                fn encode(&self, __slot: #p::Slot<'_>) {
                    #p::encode_document(self, __slot)
                }
            }
        }
    }

    /// Writes one field; `value` is a reference to it, for errors at a span.
    pub(super) fn write(&self, field: &Field, place: &dyn Fn(Span) -> TokenStream) -> TokenStream {
        let p = inside();
        let (ty, value) = (&field.ty, place(Span::call_site()));
        let stored = match &field.role {
            Role::Skipped(_) => return TokenStream::new(),
            Role::Flattened => return quote!(<#ty as #p::Flatten>::write(#value, __document);),
            Role::Stored(stored) => stored,
        };
        let header = header(&stored.key.text);
        let codec = self.codec(field, stored);
        let write = match self.is_wide() {
            true => quote!(#p::wide::write(<#ty as #codec>::write, #value, __document, #header);),
            false => quote!(<#ty as #codec>::write(#value, __document, #header);),
        };
        match &stored.skip_if {
            None => write,
            Some(predicate) => {
                let value = place(predicate.span());
                let holds = quote_spanned!(predicate.span()=> #predicate(#value));
                quote!(if !#holds { #write })
            }
        }
    }
}
