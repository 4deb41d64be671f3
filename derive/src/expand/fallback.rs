//! What stands in for a model that could not be understood, so that its uses give no further errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::lower::Role;

/// Impls that are never called: the build has failed.
pub(super) fn stubs(input: &DeriveInput, role: Role) -> TokenStream {
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    let p = quote!(::odmium::__private);
    let mut with_de = input.generics.clone();
    with_de.params.insert(0, syn::parse_quote!('__de));
    let (de_parameters, _, _) = with_de.split_for_impl();
    let document = (role == Role::Document).then(|| {
        quote! {
            impl #parameters #p::EncodeDocument for #ident #arguments #clause {
                fn encode_fields(&self, _: &mut #p::DocumentWriter<'_>) {}
            }
        }
    });
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #parameters #p::Encode for #ident #arguments #clause {
                fn encode(&self, _: #p::Slot<'_>) {}
            }
            #[automatically_derived]
            impl #de_parameters #p::Decode<'__de> for #ident #arguments #clause {
                fn decode(_: #p::RawValue<'__de>) -> #p::Result<Self, #p::DecodeError> {
                    #p::broken()
                }
            }
            #document
        };
    }
}
