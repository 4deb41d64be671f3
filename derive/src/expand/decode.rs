//! Reading: one loop over the keys, one variable for each field.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Ident, ext::IdentExt};

use super::{Expand, header, is_wide, keys, keys_of};
use crate::{
    ir::{Field, Role, Stored},
    krate::inside,
};

impl Expand<'_> {
    pub(super) fn decode_struct(&self, fields: &[Field]) -> TokenStream {
        let p = inside();
        let body = self.read_fields(fields, &quote!(Self), &quote!(<Self as #p::Keys>::KEYS), None);
        self.decode_impl(&body)
    }

    /// Both traits of a value that is a document.
    pub(super) fn decode_impl(&self, body: &TokenStream) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.decode();
        quote! {
            #[automatically_derived]
            impl #generics #p::DecodeDocument<'__de> for #ty #clause {
                fn decode_fields(__document: &mut #p::DocumentReader<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #body
                }
            }
            #[automatically_derived]
            impl #generics #p::Decode<'__de> for #ty #clause {
                const LIKELY: #p::Likely = #p::DOCUMENT;
                #[inline]
                fn decode(__value: #p::RawValue<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #p::decode_document(__value)
                }
            }
        }
    }

    /// Reads the fields and builds `constructor { .. }`; in `keys`, those of the fields stand behind the `tag`.
    pub(super) fn read_fields(
        &self,
        fields: &[Field],
        constructor: &TokenStream,
        keys: &TokenStream,
        tag: Option<&str>,
    ) -> TokenStream {
        let p = inside();
        let (first, is_wide) = (usize::from(tag.is_some()), is_wide(fields));
        let places: Vec<Ident> = fields.iter().filter(|field| field.stored().is_some()).map(place).collect();
        let values = fields.iter().map(|field| {
            let (ident, value) = (&field.ident, self.finish(field, fields, keys));
            quote!(#ident: #value,)
        });
        let done = quote!(#p::Ok(#constructor { #(#values)* }));
        if places.is_empty() && !self.model.deny_unknown {
            return done;
        }
        let mut index = first;
        let mut alias = first + places.len();
        let arms = fields.iter().filter_map(|field| {
            let stored = field.stored()?;
            let aliases = alias..alias + stored.aliases.len();
            let indexes = std::iter::once(index).chain(aliases.clone()).map(Literal::usize_unsuffixed);
            (index, alias) = (index + 1, aliases.end);
            let (place, ty, codec) = (place(field), &field.ty, self.codec(field, stored));
            Some(match is_wide {
                true => {
                    quote!(#(#indexes)|* => #p::wide::read(<#ty as #codec>::read, __document, &mut #place)?,)
                }
                false => quote!(#(#indexes)|* => <#ty as #codec>::read(__document, &mut #place)?,),
            })
        });
        let arms: Vec<_> = arms.collect();
        let unknown = match self.model.deny_unknown {
            false => quote!(_ => {}),
            true if first > 0 => quote!(0 => {} _ => #p::unknown_key(__document)?,),
            true => match self.shared() {
                Some(ty) => quote!(_ => #p::unknown_key_of::<#ty>(__document)?,),
                None => quote!(_ => #p::unknown_key(__document)?,),
            },
        };
        let skip_tag = tag.map(header).map(|tag| quote!(#p::skip_tag(__document, #tag)?;));
        let takes = fields.iter().filter_map(|field| {
            let stored = field.stored()?;
            let (place, header) = (place(field), first_bytes(stored));
            let (ty, codec) = (&field.ty, self.codec(field, stored));
            Some(match is_wide {
                true => quote!(#p::wide::take(<#ty as #codec>::take, __document, #header, &mut #place)?;),
                false => quote!(<#ty as #codec>::take(__document, #header, &mut #place)?;),
            })
        });
        let complete = is_wide.then(|| self.complete(fields, &places));
        quote! {
            #(let mut #places = #p::None;)*
            #skip_tag
            #(#takes)*
            while let #p::Some(__index) = __document.next_field(#keys)? {
                match __index {
                    #(#arms)*
                    #unknown
                }
            }
            #complete
            #done
        }
    }

    /// Fills the places of a wide model, and takes the values out of all of them at once: at a way out for each of them,
    /// another part of the places would be empty.
    fn complete(&self, fields: &[Field], places: &[Ident]) -> TokenStream {
        let p = inside();
        let fills = fields.iter().filter_map(|field| {
            let stored = field.stored()?;
            let (place, key, ty) = (place(field), key(stored), &field.ty);
            Some(match &stored.default {
                None => {
                    let codec = self.codec(field, stored);
                    quote!(#p::wide::require(<#ty as #codec>::require, &mut #place, #key)?;)
                }
                Some(None) => quote!(#place.get_or_insert_with(|| <#ty as #p::Default>::default());),
                Some(Some(default)) => quote!(#place.get_or_insert_with(|| #default);),
            })
        });
        quote! {
            #(#fills)*
            let (#(#p::Some(#places),)*) = (#(#places,)*) else {
                return #p::Err(#p::wide::incomplete());
            };
        }
    }

    /// The model, where its documents have a key that tells them apart from others.
    fn shared(&self) -> Option<&TokenStream> {
        let collection = self.model.collection.as_ref()?;
        collection.shared.as_ref().map(|_| &self.forms.static_ty)
    }

    /// The field's value at the end, when every key was seen.
    fn finish(&self, field: &Field, fields: &[Field], known: &TokenStream) -> TokenStream {
        let p = inside();
        let ty = &field.ty;
        let stored = match &field.role {
            Role::Skipped(None) => return quote!(<#ty as #p::Default>::default()),
            Role::Skipped(Some(value)) => return quote!(#value),
            Role::Flattened => {
                let others = fields
                    .iter()
                    .filter(|other| matches!(other.role, Role::Flattened) && other.ident != field.ident)
                    .map(|other| {
                        let ty = &other.ty;
                        quote!(|| <#ty as #p::Flatten>::knows(__key))
                    });
                let own = self.shared().map(|ty| quote!(|| #p::is_discriminator::<#ty>(__key)));
                return quote! {
                    <#ty as #p::Flatten>::read(__document, &|__key| #known.contains(&__key) #(#others)* #own)?
                };
            }
            Role::Stored(stored) => stored,
        };
        let (place, key) = (place(field), key(stored));
        match &stored.default {
            _ if is_wide(fields) => place.into_token_stream(),
            None => {
                let codec = self.codec(field, stored);
                quote!(<#ty as #codec>::require(#place, #key)?)
            }
            Some(None) => {
                quote!(#place.unwrap_or_else(|| <#ty as #p::Default>::default()))
            }
            Some(Some(default)) => quote!(#place.unwrap_or_else(|| #default)),
        }
    }

    /// The model's keys: those of its paths first, in their order.
    pub(super) fn keys_impl<'k>(&self, all: impl IntoIterator<Item = &'k str>) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let keys = keys(all);
        let (generics, clause) = self.forms.plain();
        let flattened = self.model.flattened();
        let static_types: Vec<_> = flattened.iter().map(|ty| self.forms.static_type(ty)).collect();
        let knows = (!flattened.is_empty()).then(|| {
            quote! {
                const HAS_REST: #p::bool = false
                    #(|| <#static_types as #p::Flatten<'static>>::IS_REST || <#static_types as #p::Flatten<'static>>::HAS_REST)*;
                fn knows(__key: &#p::str) -> #p::bool {
                    Self::KEYS.contains(&__key) #(|| <#flattened as #p::Flatten>::knows(__key))*
                }
            }
        });
        let checks = self.key_checks();
        quote! {
            #[automatically_derived]
            impl #generics #p::Keys for #ty #clause {
                const KEYS: &'static [&'static #p::str] = #keys;
                #knows
            }
            #checks
        }
    }

    /// The keys of one variant: the tag, then its fields.
    pub(super) fn variant_keys(&self, tag: &str, fields: &[Field]) -> TokenStream {
        keys(std::iter::once(tag).chain(keys_of(fields)))
    }
}

/// The first bytes of a field's element; in a view those of the model's.
fn first_bytes(stored: &Stored) -> TokenStream {
    let p = inside();
    match &stored.path {
        None => header(&stored.key.text).to_token_stream(),
        Some(path) => quote!(#p::view::header(&#path)),
    }
}

/// The key of a field.
fn key(stored: &Stored) -> TokenStream {
    let p = inside();
    match &stored.path {
        None => stored.key.text.to_token_stream(),
        Some(path) => quote!(#p::view::key(&#path)),
    }
}

/// The variable of a field. Prefixed, as a pattern of the bare name could meet a constant of the user's.
fn place(field: &Field) -> Ident {
    format_ident!("__{}", field.ident.unraw(), span = proc_macro2::Span::mixed_site())
}
