//! The paths of a model: a struct with a `Field` for each field, and the root constant.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Ident, ext::IdentExt};

use super::{Expand, generics::Paths, keys_of};
use crate::{
    ir::{Field, Role},
    krate::inside,
    lower::beside,
};

impl Expand<'_> {
    /// What stands beside the struct, and what is hidden.
    pub(super) fn struct_paths(&self, fields: &[Field]) -> (TokenStream, TokenStream) {
        let name = beside(&self.model.ident, "Fields");
        let members = self.members(fields, 0);
        let about = format!(" The paths of `{}`.", self.model.ident.unraw());
        let (declaration, constants) = self.field_set(&name, &about, &members);
        let (embedded, root) = (self.embedded(&name), self.root(&name));
        let keys = self.keys_impl(keys_of(fields));
        (quote!(#declaration #root), quote!(#constants #embedded #keys))
    }

    /// The members of a set of paths; the first field has key number `first`.
    pub(super) fn members(&self, fields: &[Field], first: usize) -> Vec<Member> {
        let p = &self.model.krate;
        let model = &self.forms.static_ty;
        let mut index = first;
        let members = fields.iter().enumerate().filter_map(|(position, field)| {
            let own = self.forms.static_type(&field.ty);
            let (ty, new) = match &field.role {
                Role::Skipped(_) => return None,
                Role::Flattened => {
                    let place = flat(p, first + position);
                    (quote!(#p::Beside<__D, #own, #place>), New::Beside)
                }
                Role::Stored(stored) => {
                    let ty = match self.bridge(field, stored, p, model) {
                        None => own,
                        Some(bridge) => quote!(#p::Via<#own, #bridge>),
                    };
                    let place = self.place(p, &quote!(__P), index);
                    index += 1;
                    (quote!(#p::Field<__D, #ty, #place>), New::Field)
                }
            };
            let (ident, vis, docs) = (field.ident.clone(), &field.vis, field.docs.clone());
            Some(Member { ident, vis: quote!(#vis), docs, ty, new })
        });
        members.collect()
    }

    /// The type of the place of a key, by its number.
    pub(super) fn place(&self, p: &impl ToTokens, parent: &TokenStream, number: usize) -> TokenStream {
        place(p, parent, &self.forms.static_ty, number)
    }

    /// The struct of paths and its constants.
    pub(super) fn field_set(
        &self,
        name: &Ident,
        about: &str,
        members: &[Member],
    ) -> (TokenStream, TokenStream) {
        let (p, vis) = (&self.model.krate, &self.model.vis);
        let Paths { parameters, arguments, clause, .. } = self.forms.paths(p);
        let declarations =
            members.iter().map(|Member { ident, vis, docs, ty, .. }| quote!(#docs #vis #ident: #ty,));
        // No member may name a parameter.
        let needs_marker = members.is_empty() || self.forms.is_generic;
        let types = self.forms.type_params();
        let marker = needs_marker.then(|| quote!(__marker: #p::NoFields<(__D, __P, #(#types,)*)>,));
        let outside = quote! {
            #[doc = #about]
            #[allow(
                dead_code,
                non_snake_case,
                non_camel_case_types,
                missing_debug_implementations,
                clippy::exhaustive_structs
            )]
            #vis struct #name #parameters #clause {
                #(#declarations)*
                #marker
            }
        };
        let p = inside();
        let Paths { parameters, clause, .. } = self.forms.paths(&p);
        let values = members.iter().map(|Member { ident, new, .. }| match new {
            New::Field => quote!(#ident: #p::Field::NEW,),
            New::Beside => quote!(#ident: #p::Beside::NEW,),
            New::FieldSet => quote!(#ident: #p::FieldSet::NEW,),
        });
        let marker = needs_marker.then(|| quote!(__marker: #p::FieldSet::NEW,));
        let inside = quote! {
            #[automatically_derived]
            impl #parameters #p::FieldSet for #name #arguments #clause {
                const NEW: Self = Self { #(#values)* #marker };
                const FIELDS: &'static Self = &Self::NEW;
            }
        };
        (outside, inside)
    }

    pub(super) fn embedded(&self, name: &Ident) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.plain();
        let own = self.forms.paths(&p).own;
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
        let docs = format!(" The root of the paths of `{}`.", self.model.ident.unraw());
        quote! {
            #[doc = #docs]
            #[allow(dead_code, non_upper_case_globals)]
            #vis const #root: &#name<#model, #p::Root> = #p::FieldSet::FIELDS;
        }
    }
}

/// The place of a model's `index`th key, below `parent`.
pub(super) fn place(
    p: &impl ToTokens,
    parent: &TokenStream,
    model: &TokenStream,
    index: usize,
) -> TokenStream {
    let number = number(p, index);
    quote!(#p::Sub<#parent, #model, #number>)
}

/// The place of what is flattened into the document at `__P`, in the field `position`.
fn flat(p: &impl ToTokens, position: usize) -> TokenStream {
    let number = number(p, position);
    quote!(#p::Flat<__P, #number>)
}

/// The place of what the newtype variant `position` holds; no field of a variant has the number 0, which is the tag.
pub(super) fn flat_variant(p: &impl ToTokens, position: usize) -> TokenStream {
    let number = number(p, position);
    quote!(#p::Flat<#p::Flat<__P, #p::D0>, #number>)
}

/// A number as a type: the digits of it.
fn number(p: &impl ToTokens, number: usize) -> TokenStream {
    let digit = format_ident!("D{}", number % 10);
    match number / 10 {
        0 => quote!(#p::#digit),
        more => {
            let more = self::number(p, more);
            quote!(#p::N<#more, #p::#digit>)
        }
    }
}

/// A member of a set of paths.
pub(super) struct Member {
    pub(super) ident: Ident,
    pub(super) vis: TokenStream,
    pub(super) docs: TokenStream,
    pub(super) ty: TokenStream,
    pub(super) new: New,
}

/// Where the only value of a member is.
pub(super) enum New {
    Field,
    Beside,
    FieldSet,
}

/// A text as the name of a member: raw where it is a keyword, with an underscore where even that is not allowed.
pub(super) fn member_name(text: &str) -> Ident {
    let text: String = text.chars().map(|c| if c == '_' || c.is_alphanumeric() { c } else { '_' }).collect();
    [text.clone(), format!("r#{text}"), format!("{text}_"), format!("_{text}")]
        .iter()
        .find_map(|text| syn::parse_str(text).ok())
        .unwrap_or_else(|| format_ident!("_unnamed"))
}
