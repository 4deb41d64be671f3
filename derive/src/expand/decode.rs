//! Reading: one loop over the keys, one variable for each field.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::{Expand, header, keys, keys_of};
use crate::ir::{Field, Role};

impl Expand<'_> {
    pub(super) fn decode_struct(&self, fields: &[Field]) -> TokenStream {
        let p = &self.model.krate;
        let body = self.read_fields(fields, &quote!(Self), &quote!(<Self as #p::Keys>::KEYS), None);
        self.decode_impl(&body)
    }

    /// Both traits of a value that is a document.
    pub(super) fn decode_impl(&self, body: &TokenStream) -> TokenStream {
        let p = &self.model.krate;
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.decode(p);
        quote! {
            #[automatically_derived]
            impl #generics #p::DecodeDocument<'__de> for #ty #clause {
                fn decode_fields(__document: &mut #p::DocumentReader<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #body
                }
            }
            #[automatically_derived]
            impl #generics #p::Decode<'__de> for #ty #clause {
                const LIKELY: #p::Option<#p::ElementType> = #p::DOCUMENT;
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
        let p = &self.model.krate;
        let first = usize::from(tag.is_some());
        let readable = |field: &&Field| field.stored().is_some() && crate::check::undecided(field).is_none();
        let places: Vec<Ident> = fields.iter().filter(readable).map(place).collect();
        let mut index = first;
        let mut alias = first + fields.iter().filter_map(Field::stored).count();
        let arms: Vec<TokenStream> = fields
            .iter()
            .filter_map(|field| {
                let stored = field.stored()?;
                let mut indexes = vec![index];
                indexes.extend(alias..alias + stored.aliases.len());
                (index, alias) = (index + 1, alias + stored.aliases.len());
                if !readable(&field) {
                    return None;
                }
                let (place, read) = (place(field), self.read(field));
                Some(quote!(#(#indexes)|* => #place = #p::Some(#read?),))
            })
            .collect();
        let unknown = match self.model.deny_unknown {
            false => quote!(_ => {}),
            true if first > 0 => quote!(0 => {} _ => return #p::Err(#p::unknown_key(__document)),),
            true => quote!(_ => return #p::Err(#p::unknown_key(__document)),),
        };
        let values = fields.iter().map(|field| {
            let (ident, value) = (&field.ident, self.finish(field, fields, keys));
            quote!(#ident: #value,)
        });
        let skip_tag = tag.map(header).map(|tag| quote!(#p::skip_tag(__document, #tag)?;));
        let takes = fields.iter().filter(readable).map(|field| self.take(field));
        quote! {
            #skip_tag
            #(let mut #places = #p::None;)*
            #(#takes)*
            while let #p::Some(__index) = __document.next_field(#keys)? {
                match __index {
                    #(#arms)*
                    #unknown
                }
            }
            #p::Ok(#constructor { #(#values)* })
        }
    }

    /// The field, if it is the next one in the bytes.
    fn take(&self, field: &Field) -> TokenStream {
        let p = &self.model.krate;
        let ty = &field.ty;
        let Some(stored) = field.stored() else { return TokenStream::new() };
        let (place, header) = (place(field), header(&stored.key));
        match self.bridge(field, stored) {
            None => quote!(<#ty as #p::Stored<'_>>::take(&mut #place, __document, #header)?;),
            Some(bridge) => quote!(#p::bridged::take::<#bridge, #ty>(&mut #place, __document, #header)?;),
        }
    }

    fn read(&self, field: &Field) -> TokenStream {
        let p = &self.model.krate;
        let ty = &field.ty;
        match field.stored().and_then(|stored| self.bridge(field, stored)) {
            None => quote!(<#ty as #p::Stored<'_>>::read(__document)),
            Some(bridge) => quote!(#p::bridged::read::<#bridge, #ty>(__document)),
        }
    }

    /// The field's value at the end, when every key was seen.
    fn finish(&self, field: &Field, fields: &[Field], known: &TokenStream) -> TokenStream {
        let p = &self.model.krate;
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
                        quote!(|| <#ty as #p::Flatten<'_>>::knows(__key))
                    });
                return quote! {
                    <#ty as #p::Flatten<'_>>::read(__document, &|__key: &#p::str| #known.contains(&__key) #(#others)*)?
                };
            }
            Role::Stored(stored) => stored,
        };
        if crate::check::undecided(field).is_some() {
            return quote!(#p::broken());
        }
        let (place, key) = (place(field), &stored.key);
        match (&stored.default, self.bridge(field, stored)) {
            (Some(None), _) => {
                quote!(match #place { #p::Some(value) => value, #p::None => <#ty as #p::Default>::default() })
            }
            (Some(Some(default)), _) => {
                quote!(match #place { #p::Some(value) => value, #p::None => #default })
            }
            (None, None) => quote!(match #place { #p::Some(value) => value, #p::None => <#ty as #p::Stored<'_>>::missing(#key)? }),
            (None, Some(bridge)) => {
                quote!(match #place { #p::Some(value) => value, #p::None => #p::bridged::missing::<#bridge, #ty>(#key)? })
            }
        }
    }

    /// The model's keys: those of its paths first, in their order.
    pub(super) fn keys_impl<'k>(&self, all: impl IntoIterator<Item = &'k str>) -> TokenStream {
        let p = &self.model.krate;
        let ty = &self.forms.ty;
        let (generics, clause) = self.forms.plain();
        let keys = keys(all);
        quote! {
            #[automatically_derived]
            impl #generics #p::Keys for #ty #clause {
                const KEYS: &'static [&'static #p::str] = #keys;
            }
        }
    }

    /// The keys of one variant: the tag, then its fields.
    pub(super) fn variant_keys(&self, tag: &str, fields: &[Field]) -> TokenStream {
        keys(std::iter::once(tag).chain(keys_of(fields)))
    }
}

/// The variable of a field. Prefixed, as a pattern of the bare name could meet a constant of the user's.
fn place(field: &Field) -> Ident {
    use syn::ext::IdentExt;
    format_ident!("__{}", field.ident.unraw(), span = proc_macro2::Span::mixed_site())
}
