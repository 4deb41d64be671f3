//! Enums: their variants as texts or numbers, or as documents with a tag.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::{
    Expand,
    fields::{Member, member_name},
    header, keys, keys_of,
};
use crate::{
    case::{pascal, snake},
    ir::{Content, Field, Role, Unit, Variant},
    lower::beside,
};

impl Expand<'_> {
    /// An enum without data.
    pub(super) fn units(&self, units: &[Unit], numbers: bool) -> TokenStream {
        let p = &self.model.krate;
        let ty = &self.forms.ty;
        let idents: Vec<_> = units.iter().map(|unit| &unit.ident).collect();
        let likely = if numbers { quote!(#p::i32) } else { quote!(#p::String) };
        let likely = quote!(<#likely as #p::Decode<'_>>::LIKELY);
        let (encode, decode) = if numbers {
            let decode = quote! {
                let __number = <#p::i64 as #p::Decode<'_>>::decode(__value)?;
                #(if __number == Self::#idents as #p::i64 { return #p::Ok(Self::#idents); })*
                #p::Err(#p::unknown_number(__value, __number, &[#(Self::#idents as #p::i64),*]))
            };
            (
                quote!(#p::write_number(__slot, match self { #(Self::#idents => Self::#idents as #p::i64,)* })),
                decode,
            )
        } else {
            let texts: Vec<_> = units.iter().map(|unit| &unit.text).collect();
            let patterns = units.iter().map(|Unit { text, aliases, .. }| quote!(#text #(| #aliases)*));
            let decode = quote! {
                match __value.str()? {
                    #(#patterns => #p::Ok(Self::#idents),)*
                    _ => #p::Err(#p::unknown_variant(__value, &[#(#texts),*])),
                }
            };
            (quote!(__slot.string(match self { #(Self::#idents => #texts,)* })), decode)
        };
        quote! {
            #[automatically_derived]
            impl #p::Encode for #ty {
                fn encode(&self, __slot: #p::Slot<'_>) {
                    #encode
                }
            }
            #[automatically_derived]
            impl<'__de> #p::Decode<'__de> for #ty {
                const LIKELY: #p::Option<#p::ElementType> = #likely;
                fn decode(__value: #p::RawValue<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #decode
                }
            }
        }
    }

    /// An enum with data: each variant is a document with the tag first.
    pub(super) fn tagged(&self, tag: &str, variants: &[Variant]) -> (TokenStream, TokenStream) {
        let bridges = self.bridges();
        let encode = self.encode_tagged(tag, variants);
        let decode = self.decode_tagged(tag, variants);
        let (paths, paths_inside) = self.tagged_paths(tag, variants);
        (quote!(#bridges #paths), quote!(#paths_inside #encode #decode))
    }

    fn encode_tagged(&self, tag: &str, variants: &[Variant]) -> TokenStream {
        let p = &self.model.krate;
        let header = header(tag);
        let arms = variants.iter().map(|Variant { ident, text, content, .. }| {
            let tag = quote!(#p::write_text(__document, #header, #text););
            match content {
                Content::Unit => quote!(Self::#ident => { #tag }),
                Content::Newtype(ty) => quote! {
                    Self::#ident(__content) => {
                        #tag
                        <#ty as #p::EncodeDocument>::encode_fields(__content, __document);
                    }
                },
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
                        self.write(field, &quote!(#place))
                    });
                    quote!(Self::#ident { #(#bindings,)* } => { #tag #(#writes)* })
                }
            }
        });
        self.encode_impl(&quote!(match self { #(#arms)* }))
    }

    fn decode_tagged(&self, tag: &str, variants: &[Variant]) -> TokenStream {
        let p = &self.model.krate;
        let texts = keys(variants.iter().map(|variant| variant.text.as_str()));
        let last = variants.len() - 1;
        let arms = variants.iter().enumerate().map(|(index, Variant { ident, content, .. })| {
            let pattern = if index == last { quote!(_) } else { quote!(#index) };
            let body = match content {
                Content::Unit => quote!(#p::Ok(Self::#ident)),
                Content::Newtype(ty) => quote! {
                    #p::Ok(Self::#ident(<#ty as #p::DecodeDocument<'_>>::decode_fields(&mut __document.restart())?))
                },
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
        let model = &self.forms.static_ty;
        let name = beside(&self.model.ident, "Fields");
        let (mut outside, mut inside) = (TokenStream::new(), TokenStream::new());
        let mut members = Vec::new();
        let mut all_keys = vec![tag];
        for variant in variants {
            let text = variant.ident.unraw().to_string();
            let docs = match variant.docs.is_empty() {
                true => {
                    let docs = format!("The paths of variant `{text}`.");
                    quote!(#[doc = #docs])
                }
                false => variant.docs.clone(),
            };
            let Some(ident) = member_name(&snake(&text)) else { continue };
            let (ty, value) = match &variant.content {
                Content::Unit => continue,
                Content::Newtype(ty) => {
                    let ty = self.forms.static_type(ty);
                    (quote!(<#ty as #p::Embedded>::Fields<__D, __P>), quote!(#p::FieldSet::NEW))
                }
                Content::Fields(fields) => {
                    let name = format_ident!("{}{}Fields", self.model.ident.unraw(), pascal(&text));
                    let mut fields_members = self.members(fields, all_keys.len());
                    // The fields of a variant have no visibility of their own: they have that of the enum.
                    let vis = &self.model.vis;
                    fields_members.iter_mut().for_each(|member| member.vis = quote!(#vis));
                    let (declaration, constants) = self.field_set(&name, &fields_members);
                    outside.extend(declaration);
                    inside.extend(constants);
                    all_keys
                        .extend(fields.iter().filter_map(Field::stored).map(|stored| stored.key.as_str()));
                    let arguments = self.forms.paths(p).arguments;
                    (quote!(#name #arguments), quote!(#p::FieldSet::NEW))
                }
            };
            let vis = &self.model.vis;
            members.push(Member { ident, vis: quote!(#vis), docs, ty, value });
        }
        let tag_member =
            member_name(&snake(tag)).filter(|ident| members.iter().all(|member| member.ident != *ident));
        if let Some(ident) = tag_member {
            let vis = &self.model.vis;
            let docs = quote!(#[doc = "The path of the tag."]);
            let ty = quote!(#p::Field<__D, #p::String, #p::Sub<__P, #model, 0>>);
            members.insert(0, Member { ident, vis: quote!(#vis), docs, ty, value: quote!(#p::Field::NEW) });
        }
        let (declaration, constants) = self.field_set(&name, &members);
        let (embedded, root) = (self.embedded(&name), self.root(&name));
        for variant in variants {
            if let Content::Fields(fields) = &variant.content {
                all_keys.extend(
                    keys_of(fields).into_iter().filter(|key| !all_keys.contains(key)).collect::<Vec<_>>(),
                );
            }
        }
        let keys = self.keys_impl(all_keys);
        (quote!(#declaration #outside #root), quote!(#constants #inside #embedded #keys))
    }
}

fn binding(field: &Field) -> syn::Ident {
    format_ident!("__{}", field.ident.unraw(), span = proc_macro2::Span::mixed_site())
}
