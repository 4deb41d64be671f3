//! Which fields have a unique index of their own: what `get_by` takes.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Expand;
use crate::{
    ir::{Field, Index, Shape},
    krate::inside,
};

impl Expand<'_> {
    /// An impl for `_id`, and for each unique index over fields of the model itself that holds every document.
    pub(super) fn unique_keys(&self, indexes: &[Index]) -> TokenStream {
        let fields = match &self.model.shape {
            Shape::Struct(fields) => fields,
            Shape::Several(_) => return self.unique_id(),
            _ => return TokenStream::new(),
        };
        let stored: Vec<&Field> = fields.iter().filter(|field| field.stored().is_some()).collect();
        let id = stored.iter().position(|field| field.stored().is_some_and(|it| it.key.text == "_id"));
        let declared = indexes.iter().filter(|index| index.unique && index.partial.is_none());
        let declared = declared.filter_map(|index| {
            let position = |path: &[syn::Ident]| match path {
                [name] => stored.iter().position(|field| field.ident == *name),
                _ => None,
            };
            index.keys.iter().map(|key| position(&key.path)).collect::<Option<Vec<usize>>>()
        });
        let mut seen = HashSet::new();
        let keys = id.map(|id| vec![id]).into_iter().chain(declared);
        let keys = keys.filter(|key| seen.insert(key.clone()));

        let p = inside();
        let impls = keys.map(|key| {
            let places = key.iter().map(|number| self.place(&p, &quote!(#p::Root), *number));
            let places: Vec<TokenStream> = places.collect();
            let key = match places.as_slice() {
                [place] => place.clone(),
                places => quote!((#(#places),*)),
            };
            self.unique_key(&key)
        });
        impls.collect()
    }

    fn unique_key(&self, key: &TokenStream) -> TokenStream {
        let p = inside();
        let ty = &self.forms.static_ty;
        let (generics, clause) = self.forms.owned();
        quote! {
            #[automatically_derived]
            impl #generics #p::Unique<#key> for #ty #clause {}
        }
    }

    /// Of the enum of a collection: its key number 1.
    fn unique_id(&self) -> TokenStream {
        let p = inside();
        self.unique_key(&self.place(&p, &quote!(#p::Root), 1))
    }
}
