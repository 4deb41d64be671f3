//! `UserPatch`: the changes that a client may ask for, field by field.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

use super::Expand;
use crate::{
    ir::{Field, Shape},
    krate::inside,
    lower::beside,
};

impl Expand<'_> {
    /// The struct beside the model, and its impls; nothing unless it is asked for.
    pub(super) fn patch(&self) -> (TokenStream, TokenStream) {
        let (Some(positions), Shape::Struct(fields)) = (&self.model.patch, &self.model.shape) else {
            return Default::default();
        };
        let fields: Vec<&Field> = positions.iter().map(|at| &fields[*at]).collect();
        let name = beside(&self.model.ident, "Patch");
        let (p, vis, model) = (&self.model.krate, &self.model.vis, self.model.ident.unraw());
        // Serde takes paths as texts.
        let hidden = p.to_token_stream().to_string().replace(' ', "");
        let (serde, is_keep) = (format!("{hidden}::serde"), format!("{hidden}::Patch::is_keep"));
        let members = fields.iter().filter_map(|field| {
            let Field { ident, vis, ty, docs, .. } = field;
            let key = &field.stored()?.key.text;
            Some(quote! {
                #docs
                #[serde(default, rename = #key, skip_serializing_if = #is_keep)]
                #vis #ident: #p::Patch<#ty>,
            })
        });
        let about = format!(" Changes of a `{model}`, each field of it kept or set; an update, and JSON.");
        let outside = quote! {
            #[doc = #about]
            #[derive(#p::Default, #p::serde::Serialize, #p::serde::Deserialize)]
            #[serde(crate = #serde, deny_unknown_fields)]
            #[allow(missing_debug_implementations, clippy::exhaustive_structs)]
            #vis struct #name {
                #(#members)*
            }
        };
        (outside, self.patch_impls(&name, &fields))
    }

    fn patch_impls(&self, name: &Ident, fields: &[&Field]) -> TokenStream {
        let (p, model) = (inside(), &self.forms.static_ty);
        let writes = fields.iter().map(|field| {
            let ident = &field.ident;
            let write = self.write(field, &|_| quote!(__value));
            quote!(if let #p::Patch::Set(__value) = &self.#ident { #write })
        });
        let set = fields.iter().filter_map(|field| {
            let (ident, key) = (&field.ident, &field.stored()?.key.text);
            Some(quote!((#key, self.#ident.is_set())))
        });
        quote! {
            #[automatically_derived]
            impl #p::EncodeDocument for #name {
                fn encode_fields(&self, __document: &mut #p::DocumentWriter) {
                    #(#writes)*
                }
            }
            #[automatically_derived]
            impl #p::IntoUpdate<#model> for #name {
                type Places = #p::Unknown;
                fn into_update(self) -> #p::Update<#model> {
                    #p::patch(&self, &[#(#set),*])
                }
            }
        }
    }
}
