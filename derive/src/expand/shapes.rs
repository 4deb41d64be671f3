//! `CityStatsGroup` and `CityStatsShape`: the output of a stage, put together field by field.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::Expand;
use crate::{
    ir::{Field, Shape},
    krate::inside,
    lower::beside,
};

/// A struct whose fields are all of one form.
struct Form {
    suffix: &'static str,
    about: &'static str,
    /// The type of a member, before its parameters.
    member: TokenStream,
    implements: TokenStream,
    /// Whether the key of the document is among the fields.
    has_id: bool,
}

impl Expand<'_> {
    /// The structs beside the model, and their impls; nothing unless they are asked for.
    pub(super) fn shapes(&self) -> (TokenStream, TokenStream) {
        let (asked, Shape::Struct(fields)) = (self.model.shapes, &self.model.shape) else {
            return Default::default();
        };
        let (p, hidden) = (&self.model.krate, inside());
        let group = asked.group.then(|| Form {
            suffix: "Group",
            about: "What a group or a window computes for",
            member: quote!(#p::pipeline::Acc),
            implements: quote!(#hidden::pipeline::Accumulated),
            has_id: false,
        });
        let shape = asked.shape.then(|| Form {
            suffix: "Shape",
            about: "What a stage computes for",
            member: quote!(#p::Expr),
            implements: quote!(#hidden::pipeline::Shaped),
            has_id: true,
        });
        let forms = [group, shape].into_iter().flatten().map(|form| self.form(&form, fields));
        let (outside, inside): (TokenStream, TokenStream) = forms.unzip();
        let extends = base(fields).filter(|_| asked.any()).map(|base| {
            let (p, model, base) = (hidden, &self.forms.static_ty, self.forms.static_type(&base.ty));
            quote! {
                #[automatically_derived]
                impl #p::pipeline::Extends<#base> for #model {}
            }
        });
        (outside, quote!(#inside #extends))
    }

    fn form(&self, form: &Form, fields: &[Field]) -> (TokenStream, TokenStream) {
        let Form { suffix, about, member, implements, has_id } = form;
        let (p, vis, model) = (inside(), &self.model.vis, &self.forms.static_ty);
        let name = beside(&self.model.ident, suffix);
        let stored = || fields.iter().filter_map(|field| Some((field, field.stored()?)));
        let computed = || stored().filter(|(_, stored)| *has_id || stored.key.text != "_id");
        let members = computed().map(|(Field { ident, vis, ty, docs, .. }, _)| {
            let ty = self.forms.static_type(ty);
            quote!(#docs #vis #ident: #member<__D, #ty>,)
        });
        let parts = computed().map(|(field, stored)| {
            let (ident, key) = (&field.ident, &stored.key.text);
            quote!(__parts.add(#key, self.#ident);)
        });
        let key = (!has_id).then(|| match stored().find(|(_, stored)| stored.key.text == "_id") {
            Some((field, _)) => {
                let ty = self.forms.static_type(&field.ty);
                quote!(type Key = #p::pipeline::KeyOf<#ty>;)
            }
            None => quote!(type Key = #p::pipeline::NoKey;),
        });
        let base_of = base(fields);
        let base = match base_of {
            Some(base) => self.forms.static_type(&base.ty),
            None => quote!(#p::pipeline::NoBase),
        };
        // An impl of its own, not one for all shapes: errors about other values then point at the value.
        let input = (*has_id && base_of.is_none()).then(|| {
            quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl<__D> #p::pipeline::Input<__D> for #name<__D> {
                    type Type = #model;
                    fn into_input(self) -> #p::Expr<__D, #model> {
                        #p::document(self)
                    }
                }
            }
        });
        let about = format!(" {about} a `{}`, field by field.", self.model.ident.unraw());
        let outside = quote! {
            #[doc = #about]
            #[allow(missing_debug_implementations, clippy::exhaustive_structs)]
            #vis struct #name<__D> {
                #(#members)*
            }
        };
        let inside = quote! {
            #[automatically_derived]
            impl<__D> #implements for #name<__D> {
                type Source = __D;
                type Output = #model;
                #key
                type Base = #base;
                fn parts(self, __parts: &mut #p::pipeline::Parts) {
                    #(#parts)*
                }
            }
            #input
        };
        (outside, inside)
    }
}

/// The document that the struct adds to: its only flattened field.
fn base(fields: &[Field]) -> Option<&Field> {
    let mut flattened = fields.iter().filter(|field| field.is_flattened());
    flattened.next().filter(|_| flattened.next().is_none())
}
