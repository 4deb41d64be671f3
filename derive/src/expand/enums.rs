//! Enums with data: each variant is a document with the tag first.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, ext::IdentExt};

use super::{
    Expand,
    fields::{Member, New, flat_variant, member_name, place},
    header, keys, keys_of,
};
use crate::{
    case::snake,
    ir::{Content, Field, Role, Variant},
    krate::inside,
    lower::beside,
};

impl Expand<'_> {
    /// The paths, and the codec.
    pub(super) fn tagged(&self, tag: &str, variants: &[Variant]) -> (TokenStream, TokenStream) {
        let bridges = self.bridges();
        let encode = self.encode_tagged(tag, variants);
        let decode = self.decode_tagged(tag, variants);
        let (paths, paths_inside) = self.tagged_paths(tag, variants);
        (paths, quote!(#paths_inside #encode #decode #bridges))
    }

    fn encode_tagged(&self, tag: &str, variants: &[Variant]) -> TokenStream {
        let p = inside();
        let header = header(tag);
        let arms = variants.iter().map(|Variant { ident, text, content, .. }| {
            let tag = quote!(#p::write_text(__document, #header, #text););
            match content {
                Content::Unit => quote!(Self::#ident => { #tag }),
                Content::Newtype(ty) => quote! {
                    Self::#ident(__content) => {
                        #tag
                        <#ty as #p::Flatten>::write(__content, __document);
                    }
                },
                Content::Broken => quote!(Self::#ident { .. } => {}),
                Content::Fields(fields) => {
                    let bindings = fields.iter().map(|field| match &field.role {
                        Role::Skipped(_) => {
                            let ident = &field.ident;
                            quote!(#ident: _)
                        }
                        _ => {
                            let (ident, place) = (&field.ident, binding(field));
                            quote!(#ident: #place)
                        }
                    });
                    let writes = fields.iter().map(|field| {
                        let place = binding(field);
                        self.write(field, &|_| quote!(#place))
                    });
                    quote!(Self::#ident { #(#bindings,)* } => { #tag #(#writes)* })
                }
            }
        });
        self.encode_impl(&quote!(match self { #(#arms)* }))
    }

    fn decode_tagged(&self, tag: &str, variants: &[Variant]) -> TokenStream {
        let p = inside();
        let aliases = variants.iter().flat_map(|variant| &variant.aliases);
        let texts = keys(variants.iter().map(|variant| &variant.text).chain(aliases).map(String::as_str));
        let mut alias = variants.len();
        let arms = variants.iter().enumerate().map(|(index, Variant { ident, content, aliases, .. })| {
            let indexes = std::iter::once(index).chain(alias..alias + aliases.len());
            let indexes = indexes.map(Literal::usize_unsuffixed);
            alias += aliases.len();
            // The number is always that of a variant.
            let pattern = if index + 1 == variants.len() { quote!(_) } else { quote!(#(#indexes)|*) };
            let body = match content {
                Content::Unit if self.model.deny_unknown => {
                    self.read_fields(&[], &quote!(Self::#ident), &keys([tag]), Some(tag))
                }
                Content::Unit => quote!(#p::Ok(Self::#ident)),
                Content::Newtype(ty) => quote! {
                    #p::Ok(Self::#ident(<#ty as #p::Flatten>::read(__document, &|__key| __key == #tag)?))
                },
                Content::Broken => quote!(#p::broken()),
                Content::Fields(fields) => {
                    let keys = self.variant_keys(tag, fields);
                    self.read_fields(fields, &quote!(Self::#ident), &keys, Some(tag))
                }
            };
            quote!(#pattern => { #body })
        });
        self.decode_impl(&quote! {
            match #p::read_tag(__document, #tag, #texts)? {
                #(#arms)*
            }
        })
    }

    /// A path for the tag, and below the name of each variant the paths of its fields.
    fn tagged_paths(&self, tag: &str, variants: &[Variant]) -> (TokenStream, TokenStream) {
        let p = &self.model.krate;
        let (vis, model) = (&self.model.vis, &self.forms.static_ty);
        let name = beside(&self.model.ident, "Fields");
        let (mut outside, mut inside) = (TokenStream::new(), TokenStream::new());
        let mut all_keys = vec![tag];
        let mut members = vec![Member {
            ident: member_name(tag),
            vis: quote!(#vis),
            docs: quote!(#[doc = " The path of the tag."]),
            ty: {
                let place = place(p, &quote!(__P), model, 0);
                quote!(#p::Field<__D, #p::String, #place>)
            },
            new: New::Field,
        }];
        for (position, Variant { ident, docs, content, .. }) in variants.iter().enumerate() {
            let (ty, new) = match content {
                Content::Unit | Content::Broken => continue,
                Content::Newtype(ty) => {
                    let ty = self.forms.static_type(ty);
                    let place = flat_variant(p, position);
                    (quote!(#p::Beside<__D, #ty, #place>), New::Beside)
                }
                Content::Fields(fields) => {
                    let name = beside(&self.model.ident, &format!("Fields{}", ident.unraw()));
                    let mut paths = self.members(fields, all_keys.len());
                    // The fields of a variant have no visibility of their own: they have that of the enum.
                    paths.iter_mut().for_each(|member| member.vis = quote!(#vis));
                    let about = format!(" The paths of `{}::{}`.", self.model.ident.unraw(), ident.unraw());
                    let (declaration, constants) = self.field_set(&name, &about, &paths);
                    outside.extend(declaration);
                    inside.extend(constants);
                    all_keys.extend(
                        fields.iter().filter_map(Field::stored).map(|stored| stored.key.text.as_str()),
                    );
                    let arguments = self.forms.paths(p).arguments;
                    (quote!(#name #arguments), New::FieldSet)
                }
            };
            let ident = free_name(&snake(&ident.unraw().to_string()), &members);
            members.push(Member { ident, vis: quote!(#vis), docs: docs.clone(), ty, new });
        }
        for variant in variants {
            if let Content::Fields(fields) = &variant.content {
                // Those with paths are there; what is left is known, but has no path.
                let former: Vec<_> =
                    keys_of(fields).into_iter().filter(|key| !all_keys.contains(key)).collect();
                all_keys.extend(former);
            }
        }
        let about = format!(" The paths of `{}`.", self.model.ident.unraw());
        let (declaration, constants) = self.field_set(&name, &about, &members);
        let (embedded, root) = (self.embedded(&name), self.root(&name));
        let keys = self.keys_impl(all_keys);
        (quote!(#declaration #outside #root), quote!(#constants #inside #embedded #keys))
    }
}

/// A member name like `text` that no member has yet.
pub(super) fn free_name(text: &str, members: &[Member]) -> Ident {
    let mut text = text.to_owned();
    loop {
        let name = member_name(&text);
        if members.iter().all(|member| member.ident != name) {
            return name;
        }
        text.push('_');
    }
}

fn binding(field: &Field) -> Ident {
    format_ident!("__{}", field.ident.unraw(), span = proc_macro2::Span::mixed_site())
}
