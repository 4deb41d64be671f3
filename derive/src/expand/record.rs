//! What makes a model a document of a collection: its id, its name, its indexes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Expand, generics::Forms};
use crate::{ir::Collection, krate::inside, lower::beside};

impl Expand<'_> {
    /// The index enum that stands beside the struct, and the hidden impls; nothing for embedded documents.
    pub(super) fn collection(&self) -> (TokenStream, TokenStream) {
        let Some(Collection { name, id, indexes }) = &self.model.collection else {
            return Default::default();
        };
        let p = inside();
        let Forms { static_ty, borrowed_ty, .. } = &self.forms;
        let (generics, clause) = self.forms.owned();
        let id = self.forms.static_type(id);
        let enum_name = beside(&self.model.ident, "Index");
        let (index_enum, index_impl) = self.index_enum(&enum_name, indexes);
        let (searches, indexes) = (self.searches(indexes), self.indexes(indexes));
        let inside = quote! {
            #[automatically_derived]
            impl #generics #p::Record for #static_ty #clause {
                type Id = #id;
                type Borrowed<'__de> = #borrowed_ty;
            }
            #[automatically_derived]
            impl #generics #p::Document for #static_ty #clause {
                const COLLECTION: &'static #p::str = #name;
                type Index = #enum_name;
                fn indexes() -> #p::Vec<#p::Index<Self>> {
                    #indexes
                }
            }
            #index_impl
            #searches
        };
        (index_enum, inside)
    }
}
