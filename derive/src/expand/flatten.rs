//! Flattened fields and what variants hold: their keys stand among others, which must be other keys.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Type, ext::IdentExt, spanned::Spanned};

use super::Expand;
use crate::{
    ir::{Content, Field, Shape},
    krate::{inside, inside_at},
};

impl Expand<'_> {
    /// Constants that stop the build when a key is there twice. Only for models whose types are all known.
    pub(super) fn key_checks(&self) -> TokenStream {
        if self.forms.is_generic {
            return TokenStream::new();
        }
        let p = inside();
        let model = self.model.ident.unraw();
        let checks = match &self.model.shape {
            Shape::Units { .. } => TokenStream::new(),
            Shape::Struct(fields) => {
                let ty = &self.forms.static_ty;
                self.field_checks(fields, &quote!(<#ty as #p::Keys>::KEYS), &model.to_string())
            }
            Shape::Tagged { tag, variants } => {
                let variants = variants.iter().map(|variant| match &variant.content {
                    Content::Unit | Content::Broken => TokenStream::new(),
                    Content::Fields(fields) => {
                        let name = format!("{model}::{}", variant.ident.unraw());
                        self.field_checks(fields, &self.variant_keys(tag, fields), &name)
                    }
                    Content::Newtype(ty) => {
                        let message = format!(
                            "a key of this type is the tag {tag:?} of `{model}`: rename the field or the tag"
                        );
                        self.check(ty, &quote!(&[#tag]), &message)
                    }
                });
                variants.collect()
            }
        };
        if checks.is_empty() {
            return checks;
        }
        quote! {
            #[allow(unused_imports)]
            use #p::NoKeys as _;
            #checks
        }
    }

    fn field_checks(&self, fields: &[Field], known: &TokenStream, owner: &str) -> TokenStream {
        let flattened: Vec<_> = fields.iter().filter(|field| field.is_flattened()).collect();
        let checks = flattened.iter().enumerate().map(|(number, field)| {
            let message =
                format!("a key of this flattened field is also a key of `{owner}`: rename one of the two");
            let with_model = self.check(&field.ty, known, &message);
            let with_others = flattened[..number].iter().map(|other| {
                let name = other.ident.unraw();
                let message =
                    format!("a key of this flattened field is also a key of `{name}`: rename one of the two");
                self.check(&field.ty, &self.keys_of(&other.ty), &message)
            });
            quote!(#with_model #(#with_others)*)
        });
        checks.collect()
    }

    fn check(&self, ty: &Type, known: &TokenStream, message: &str) -> TokenStream {
        let (p, keys) = (inside_at(ty.span()), self.keys_of(ty));
        quote_spanned!(ty.span()=> const _: () = #p::assert!(#p::distinct(#known, #keys), #message);)
    }

    /// The keys of a type; none where it has none, which is an error elsewhere.
    fn keys_of(&self, ty: &Type) -> TokenStream {
        let (p, ty) = (inside(), self.forms.static_type(ty));
        quote!(#p::KeysOf::<#ty>::KEYS)
    }
}
