//! The paths of a model: a struct with a `Field` for each field, and the root constant.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ext::IdentExt};

use super::{Expand, generics::Paths, keys_of};
use crate::{
    ir::{Field, Role},
    lower::beside,
};

impl Expand<'_> {
    /// What stands beside the struct, and what is hidden.
    pub(super) fn struct_paths(&self, fields: &[Field]) -> (TokenStream, TokenStream) {
        let name = beside(&self.model.ident, "Fields");
        let members = self.members(fields, 0);
        let set = self.field_set(&name, &members);
        let embedded = self.embedded(&name);
        let keys = self.keys_impl(keys_of(fields));
        let root = self.root(&name);
        let (declaration, inside) = set;
        (quote!(#declaration #root), quote!(#inside #embedded #keys))
    }

    /// The members of a set of paths; the first field has key number `first`.
    pub(super) fn members(&self, fields: &[Field], first: usize) -> Vec<Member> {
        let p = &self.model.krate;
        let model = &self.forms.static_ty;
        let mut index = first;
        fields
            .iter()
            .filter_map(|field| {
                let own = self.forms.static_type(&field.ty);
                let (ty, value) = match &field.role {
                    Role::Skipped(_) => return None,
                    Role::Flattened => {
                        (quote!(<#own as #p::Flat>::Fields<__D, __P>), quote!(#p::FieldSet::NEW))
                    }
                    Role::Stored(stored) => {
                        let ty = match self.bridge(field, stored) {
                            None => own,
                            Some(bridge) => quote!(#p::Via<#own, #bridge>),
                        };
                        let place = quote!(#p::Sub<__P, #model, #index>);
                        index += 1;
                        (quote!(#p::Field<__D, #ty, #place>), quote!(#p::Field::NEW))
                    }
                };
                let (ident, vis, docs) = (field.ident.clone(), &field.vis, field.docs.clone());
                Some(Member { ident, vis: quote!(#vis), docs, ty, value })
            })
            .collect()
    }

    /// The struct of paths and its constants.
    pub(super) fn field_set(&self, name: &Ident, members: &[Member]) -> (TokenStream, TokenStream) {
        let p = &self.model.krate;
        let vis = &self.model.vis;
        let Paths { parameters, arguments, clause, .. } = self.forms.paths(p);
        let docs = format!("The paths of `{}`.", self.model.ident.unraw());
        let declarations =
            members.iter().map(|Member { ident, vis, docs, ty, .. }| quote!(#docs #vis #ident: #ty,));
        let values = members.iter().map(|Member { ident, value, .. }| quote!(#ident: #value,));
        let marker = match members.is_empty() {
            true => (quote!(__none: #p::NoFields<(__D, __P)>,), quote!(__none: #p::NoFields::NEW,)),
            false => Default::default(),
        };
        let (marker, marker_value) = marker;
        let outside = quote! {
            #[doc = #docs]
            #[allow(dead_code, non_snake_case, missing_debug_implementations)]
            #vis struct #name #parameters #clause {
                #(#declarations)*
                #marker
            }
        };
        let inside = quote! {
            #[automatically_derived]
            impl #parameters #p::FieldSet for #name #arguments #clause {
                const NEW: Self = Self { #(#values)* #marker_value };
                const FIELDS: &'static Self = &Self::NEW;
            }
        };
        (outside, inside)
    }

    pub(super) fn embedded(&self, name: &Ident) -> TokenStream {
        let p = &self.model.krate;
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.plain();
        let own = self.forms.paths(p).own;
        quote! {
            #[automatically_derived]
            impl #generics #p::Embedded for #ty #clause {
                type Fields<__D: 'static, __P: #p::StaticPath> = #name<#(#own,)* __D, __P>;
            }
        }
    }

    /// The constant of the model's name. A generic model has none: a constant cannot be generic.
    pub(super) fn root(&self, name: &Ident) -> TokenStream {
        if self.forms.is_generic {
            return TokenStream::new();
        }
        let p = &self.model.krate;
        let (vis, root, model) = (&self.model.vis, &self.model.root, &self.forms.static_ty);
        let docs = format!("The root of the paths of `{}`.", self.model.ident.unraw());
        quote! {
            #[doc = #docs]
            #[allow(dead_code, non_upper_case_globals)]
            #vis const #root: &#name<#model, #p::Root> = #p::FieldSet::FIELDS;
        }
    }
}

/// A member of a set of paths.
pub(super) struct Member {
    pub(super) ident: Ident,
    pub(super) vis: TokenStream,
    pub(super) docs: TokenStream,
    pub(super) ty: TokenStream,
    pub(super) value: TokenStream,
}

/// A text as the name of a member, raw where it is a keyword; `None` where it cannot be one.
pub(super) fn member_name(text: &str) -> Option<Ident> {
    let text: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let named = syn::parse_str::<Ident>(&text).or_else(|_| syn::parse_str(&format!("r#{text}")));
    named.ok().map(|ident| format_ident!("{ident}"))
}
