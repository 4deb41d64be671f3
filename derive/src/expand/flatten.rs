//! Flattened fields and what variants hold: their keys stand among others, which must be other keys.

use proc_macro2::{Ident, TokenStream};
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
                    Content::Newtype(ty) => self.tag_check(ty, tag),
                });
                variants.collect()
            }
            Shape::Several(several) => {
                let variants = several.variants.iter();
                variants.map(|variant| self.tag_check(&variant.ty, &several.tag)).collect()
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

    /// What a variant holds has no key of the tag's name.
    fn tag_check(&self, ty: &Type, tag: &str) -> TokenStream {
        let model = self.model.ident.unraw();
        let message =
            format!("a key of this type is the tag {tag:?} of `{model}`: rename the field or the tag");
        let keys = self.keys_of(ty);
        check(ty, |p| quote!(#p::distinct(&[#tag], #keys::KEYS)), &message)
    }

    fn field_checks(&self, fields: &[Field], known: &TokenStream, owner: &str) -> TokenStream {
        let flattened: Vec<_> = fields.iter().filter(|field| field.is_flattened()).collect();
        let checks = flattened.iter().enumerate().map(|(number, field)| {
            let keys = self.keys_of(&field.ty);
            let within = check(
                &field.ty,
                |_| quote!(!#keys::HAS_REST),
                &format!(
                    "a map within this type would take the keys of `{owner}` as well: flatten the map there"
                ),
            );
            let with_model = self.distinct(&field.ty, known, owner);
            let with_others = flattened[..number].iter().map(|other| {
                let (name, others) = (other.ident.unraw(), self.keys_of(&other.ty));
                let distinct = self.distinct(&field.ty, &quote!(#others::KEYS), &name.to_string());
                let message = format!("two flattened maps: each would take the keys of the other, `{name}`");
                let maps = check(&field.ty, |_| quote!(!(#keys::IS_REST && #others::IS_REST)), &message);
                quote!(#distinct #maps)
            });
            quote!(#within #with_model #(#with_others)*)
        });
        checks.collect()
    }

    fn distinct(&self, ty: &Type, known: &TokenStream, owner: &str) -> TokenStream {
        let keys = self.keys_of(ty);
        let message =
            format!("a key of this flattened field is also a key of `{owner}`: rename one of the two");
        check(ty, |p| quote!(#p::distinct(#known, #keys::KEYS)), &message)
    }

    /// The constants of a type; none where it has no keys, which is an error elsewhere.
    fn keys_of(&self, ty: &Type) -> TokenStream {
        let (p, ty) = (inside(), self.forms.static_type(ty));
        quote!(#p::KeysOf::<#ty>)
    }
}

fn check(ty: &Type, holds: impl Fn(&Ident) -> TokenStream, message: &str) -> TokenStream {
    let p = inside_at(ty.span());
    let holds = holds(&p);
    quote_spanned!(ty.span()=> const _: () = #p::assert!(#holds, #message);)
}
