//! Writing: a straight line of calls.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Expand, header};
use crate::ir::{Field, Role};

impl Expand<'_> {
    pub(super) fn encode_struct(&self, fields: &[Field]) -> TokenStream {
        let writes = fields.iter().map(|field| {
            let ident = &field.ident;
            self.write(field, &quote!(&self.#ident))
        });
        self.encode_impl(&quote!(#(#writes)*))
    }

    /// Both traits of a value that is a document.
    pub(super) fn encode_impl(&self, body: &TokenStream) -> TokenStream {
        let p = &self.model.krate;
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.codec(p);
        quote! {
            #[automatically_derived]
            impl #generics #p::EncodeDocument for #ty #clause {
                fn encode_fields(&self, __document: &mut #p::DocumentWriter<'_>) {
                    #body
                }
            }
            #[automatically_derived]
            impl #generics #p::Encode for #ty #clause {
                fn encode(&self, __slot: #p::Slot<'_>) {
                    #p::encode_document(self, __slot)
                }
            }
        }
    }

    /// Writes one field; `value` is a reference to it.
    pub(super) fn write(&self, field: &Field, value: &TokenStream) -> TokenStream {
        let p = &self.model.krate;
        let ty = &field.ty;
        let stored = match &field.role {
            Role::Skipped(_) => return TokenStream::new(),
            Role::Flattened => return quote!(<#ty as #p::Flatten<'_>>::write(#value, __document);),
            Role::Stored(stored) => stored,
        };
        if crate::check::undecided(field).is_some() {
            return TokenStream::new();
        }
        let header = header(&stored.key);
        let write = match self.bridge(field, stored) {
            None => quote!(<#ty as #p::Stored<'_>>::write(#value, __document, #header);),
            Some(bridge) => quote!(#p::bridged::write::<#bridge, #ty>(#value, __document, #header);),
        };
        match &stored.skip_if {
            None => write,
            Some(predicate) => quote!(if !#predicate(#value) { #write }),
        }
    }
}
