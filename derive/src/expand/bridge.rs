//! Fields that are stored over a bridge: `serde`, `as = type`, `with = module`.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

use super::Expand;
use crate::{
    ir::{Codec, Field, Stored},
    krate::inside,
};

impl Expand<'_> {
    /// The trait by which a field is stored.
    pub(super) fn codec(&self, field: &Field, stored: &Stored) -> TokenStream {
        let p = inside();
        match self.bridge(field, stored, &p, &self.forms.ty) {
            None if stored.path.is_some() => quote!(#p::Viewed),
            None => quote!(#p::Stored),
            Some(bridge) => quote!(#p::StoredBy<#bridge>),
        }
    }

    /// The bridge over which a field is stored, if it is over one; `p` is the hidden module, `model` the model there.
    pub(super) fn bridge(
        &self,
        field: &Field,
        stored: &Stored,
        p: &impl ToTokens,
        model: &impl ToTokens,
    ) -> Option<TokenStream> {
        match &stored.codec {
            Codec::Own => None,
            Codec::Serde => Some(quote!(#p::Serde)),
            Codec::As(ty) => Some(quote!(#p::As<#ty>)),
            Codec::With(_) => {
                let number = self.with_fields().position(|(other, _)| std::ptr::eq(other, field))?;
                let number = Literal::usize_unsuffixed(number);
                Some(quote!(#p::With<#model, #number>))
            }
        }
    }

    /// For each `#[field(with = module)]`, an impl that calls the module's functions.
    pub(super) fn bridges(&self) -> TokenStream {
        let p = inside();
        let model = &self.forms.ty;
        let (generics, where_clause) = self.forms.codec();
        let impls = self.with_fields().enumerate().map(|(number, (field, module))| {
            let (number, ty) = (Literal::usize_unsuffixed(number), &field.ty);
            let encode = quote_spanned!(module.span()=> #module::encode);
            let decode = quote_spanned!(module.span()=> #module::decode);
            quote! {
                #[automatically_derived]
                impl #generics #p::FieldBridge<#number> for #model #where_clause {
                    type Value = #ty;
                    fn encode(__value: &#ty, __slot: #p::Slot<'_>) {
                        #encode(__value, __slot)
                    }
                    fn decode(__value: #p::RawValue<'_>) -> #p::Result<#ty, #p::DecodeError> {
                        #decode(__value)
                    }
                }
            }
        });
        impls.collect()
    }

    fn with_fields(&self) -> impl Iterator<Item = (&Field, &Path)> {
        self.model.field_lists().into_iter().flatten().filter_map(|field| match &field.stored()?.codec {
            Codec::With(module) => Some((field, module)),
            _ => None,
        })
    }
}
