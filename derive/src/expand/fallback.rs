//! What stands in for a model that could not be understood, so that its uses give no further errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use crate::{
    krate::{Krate, inside},
    lower::{Role, beside},
};

/// Impls that are never called: the build has failed.
pub(super) fn stubs(input: &DeriveInput, role: Role, krate: &Krate) -> TokenStream {
    let p = inside();
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    let of = |name: TokenStream, items: TokenStream| quote!(#[automatically_derived] impl #parameters #p::#name for #ident #arguments #clause { #items });
    let mut with_de = input.generics.clone();
    with_de.params.insert(0, syn::parse_quote!('__de));
    let (de_parameters, _, _) = with_de.split_for_impl();
    let decode = |name: TokenStream, items: TokenStream| quote!(#[automatically_derived] impl #de_parameters #p::#name<'__de> for #ident #arguments #clause { #items });
    let into_bson = quote! {
        fn into_bson(self) -> #p::Result<#p::Bson, #p::EncodeError> {
            #p::broken()
        }
    };
    let mut all = vec![
        of(quote!(Encode), quote!(fn encode(&self, _: #p::Slot<'_>) {})),
        of(quote!(EncodeDocument), quote!(fn encode_fields(&self, _: &mut #p::DocumentWriter) {})),
        of(quote!(Keys), quote!(const KEYS: &'static [&'static #p::str] = &[];)),
        of(
            quote!(Embedded),
            quote!(type Fields<__D: 'static, __P: #p::StaticPath> = #p::NoFields<(__D, __P)>;),
        ),
        of(quote!(Value<Self>), into_bson),
        decode(
            quote!(Decode),
            quote! {
                fn decode(_: #p::RawValue<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #p::broken()
                }
            },
        ),
        decode(
            quote!(DecodeDocument),
            quote! {
                fn decode_fields(_: &mut #p::DocumentReader<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #p::broken()
                }
            },
        ),
    ];
    let mut beside_it = TokenStream::new();
    if role == Role::Document {
        let (vis, index) = (&input.vis, beside(ident, "Index"));
        beside_it = quote!(#[allow(dead_code)] #vis type #index = #krate::IdIndex;);
        all.push(of(quote!(Record), quote!(type Id = #p::Id<Self>; type Borrowed<'__de> = Self;)));
        all.push(of(quote!(ReadWrite), TokenStream::new()));
        all.push(of(
            quote!(Document),
            quote! {
                const COLLECTION: &'static #p::str = "";
                type Index = #index;
                fn indexes() -> #p::Vec<#p::Index<Self>> {
                    #p::Vec::new()
                }
            },
        ));
    }
    // The name of a tuple or unit struct is a value already.
    let named = match &input.data {
        Data::Struct(data) => matches!(data.fields, Fields::Named(_)),
        _ => true,
    };
    if named && input.generics.params.is_empty() {
        let vis = &input.vis;
        beside_it.extend(quote! {
            #[allow(dead_code, non_upper_case_globals)]
            #vis const #ident: &#krate::NoFields<(#ident, #krate::Root)> = #krate::FieldSet::FIELDS;
        });
    }
    let inside = krate.scope(&quote!(#(#all)*));
    quote!(#beside_it #inside)
}
