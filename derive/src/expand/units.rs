//! Enums without data: their variants as texts or numbers, also as the keys of maps.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::{Expand, keys};
use crate::{
    ir::{Number, Unit},
    krate::{inside, inside_at},
};

impl Expand<'_> {
    pub(super) fn units(&self, units: &[Unit], number: Option<Number>) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let names = match number {
            None => self.texts(units),
            Some(number) => self.numbers(units, number),
        };
        let [likely, encode, decode, to_key, from_key] = match number {
            None => ["TEXT", "encode_text", "decode_text", "text_key", "text_of_key"],
            Some(_) => ["NUMBER", "encode_number", "decode_number", "number_key", "number_of_key"],
        }
        .map(|name| format_ident!("{name}"));
        quote! {
            #names
            #[automatically_derived]
            impl #p::Encode for #ty {
                fn encode(&self, __slot: #p::Slot<'_>) {
                    #p::units::#encode(self, __slot)
                }
            }
            #[automatically_derived]
            impl<'__de> #p::Decode<'__de> for #ty {
                const LIKELY: #p::Likely = #p::units::#likely;
                fn decode(__value: #p::RawValue<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #p::units::#decode(__value)
                }
            }
            #[automatically_derived]
            impl #p::MapKey for #ty {
                fn to_key(&self) -> #p::Cow<'_, #p::str> {
                    #p::units::#to_key(self)
                }
                fn from_key(__key: &#p::str) -> #p::Option<Self> {
                    #p::units::#from_key(__key)
                }
            }
        }
    }

    fn texts(&self, units: &[Unit]) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let all = keys(units.iter().map(|unit| unit.text.as_str()));
        let texts = units.iter().map(|Unit { ident, text, .. }| quote!(Self::#ident => #text,));
        let units = units
            .iter()
            .map(|Unit { ident, text, aliases, .. }| quote!(#text #(| #aliases)* => #p::Some(Self::#ident),));
        quote! {
            #[automatically_derived]
            impl #p::Texts for #ty {
                const TEXTS: &'static [&'static #p::str] = #all;
                fn text(&self) -> &'static #p::str {
                    match self { #(#texts)* }
                }
                fn from_text(__text: &#p::str) -> #p::Option<Self> {
                    match __text { #(#units)* _ => #p::None, }
                }
            }
        }
    }

    fn numbers(&self, units: &[Unit], number: Number) -> TokenStream {
        let p = inside();
        let ty = &self.forms.ty;
        let idents: Vec<_> = units.iter().map(|unit| &unit.ident).collect();
        let (fits, message, wide) = match number {
            Number::Int32 => ("is_int32", "this number does not fit an int32: write `as = i64`", false),
            Number::Int64 => ("is_int64", "this number does not fit an int64", true),
        };
        let fits = format_ident!("{fits}");
        let checks = units.iter().map(|Unit { ident, span, .. }| {
            let p = inside_at(*span);
            quote_spanned!(*span=> const _: () = #p::assert!(#p::units::#fits(#ty::#ident as #p::i128), #message);)
        });
        quote! {
            #(#checks)*
            #[automatically_derived]
            impl #p::Numbers for #ty {
                const NUMBERS: &'static [#p::i64] = &[#(Self::#idents as #p::i64),*];
                const WIDE: #p::bool = #wide;
                fn number(&self) -> #p::i64 {
                    match self { #(Self::#idents => Self::#idents as #p::i64,)* }
                }
                fn from_number(__number: #p::i64) -> #p::Option<Self> {
                    match __number {
                        #(_ if __number == Self::#idents as #p::i64 => #p::Some(Self::#idents),)*
                        _ => #p::None,
                    }
                }
            }
        }
    }
}
