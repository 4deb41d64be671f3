//! From the [`Model`] to tokens: one kind of output per file, put together here.

mod decode;
mod encode;
mod enums;
mod fallback;
mod fields;
mod generics;
mod index;
mod record;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{DeriveInput, Ident};

use self::generics::Forms;
use crate::{
    check,
    errors::Errors,
    ir::{Codec, Field, Model, Shape, Stored},
    lower::{self, Role, beside},
};

/// The whole output of a derive: the code, and every error found in the model.
///
/// The code is there also when there are errors, so that uses of the model do not fail as well.
pub(crate) fn model(input: &DeriveInput, role: Role) -> TokenStream {
    let errors = Errors::new();
    let code = match lower::model(input, role, &errors) {
        Some(model) => {
            check::model(&model, &errors);
            Expand { forms: Forms::new(&model), model: &model }.all()
        }
        None => fallback::stubs(input, role),
    };
    let errors = errors.finish().err().map(syn::Error::into_compile_error);
    quote!(#code #errors)
}

/// What every part of the output needs.
struct Expand<'a> {
    model: &'a Model,
    forms: Forms,
}

impl Expand<'_> {
    fn all(&self) -> TokenStream {
        let (outside, inside) = match &self.model.shape {
            Shape::Struct(fields) => self.document(fields),
            Shape::Units { units, numbers } => (TokenStream::new(), self.units(units, *numbers)),
            Shape::Tagged { tag, variants } => self.tagged(tag, variants),
        };
        let value = self.value();
        quote! {
            #outside
            const _: () = {
                #inside
                #value
            };
        }
    }

    /// A struct: its paths, its codec, its collection.
    fn document(&self, fields: &[Field]) -> (TokenStream, TokenStream) {
        let bridges = self.bridges();
        let (paths, paths_inside) = self.struct_paths(fields);
        let (indexes, indexes_inside) = self.collection();
        let (encode, decode) = (self.encode_struct(fields), self.decode_struct(fields));
        (quote!(#bridges #paths #indexes), quote!(#paths_inside #encode #decode #indexes_inside))
    }

    /// The model as a value of filters and updates.
    fn value(&self) -> TokenStream {
        let p = &self.model.krate;
        let Forms { ty, static_ty, .. } = &self.forms;
        let (generics, where_clause) = self.forms.codec(p);
        quote! {
            #[automatically_derived]
            impl #generics #p::Value<#static_ty> for #ty #where_clause {
                fn into_bson(self) -> #p::Result<#p::Bson, #p::EncodeError> {
                    #p::encode_to_bson(&self)
                }
            }
            #[automatically_derived]
            impl #generics #p::Value<#static_ty> for &#ty #where_clause {
                fn into_bson(self) -> #p::Result<#p::Bson, #p::EncodeError> {
                    #p::encode_to_bson(self)
                }
            }
        }
    }

    /// A type for each `#[field(with = module)]` that calls the module's functions.
    fn bridges(&self) -> TokenStream {
        let p = &self.model.krate;
        let vis = &self.model.vis;
        let (generics, where_clause) = self.forms.codec(p);
        let fields = self.model.field_lists().into_iter().flatten();
        fields
            .filter_map(|field| {
                let Codec::With(module) = &field.stored()?.codec else { return None };
                let (name, ty) = (self.bridge_name(field), &field.ty);
                Some(quote! {
                    #[doc(hidden)]
                    #[derive(#p::Debug)]
                    #vis struct #name;
                    #[automatically_derived]
                    impl #generics #p::Bridge<#ty> for #name #where_clause {
                        fn encode(value: &#ty, slot: #p::Slot<'_>) {
                            #module::encode(value, slot)
                        }
                        fn decode(value: #p::RawValue<'_>) -> #p::Result<#ty, #p::DecodeError> {
                            #module::decode(value)
                        }
                    }
                })
            })
            .collect()
    }

    fn bridge_name(&self, field: &Field) -> Ident {
        use syn::ext::IdentExt;
        let field = crate::case::pascal(&field.ident.unraw().to_string());
        beside(&self.model.ident, &format!("{field}Codec"))
    }

    /// The bridge over which a field is stored, if it is over one.
    fn bridge(&self, field: &Field, stored: &Stored) -> Option<TokenStream> {
        let p = &self.model.krate;
        match &stored.codec {
            Codec::Own => None,
            Codec::Serde => Some(quote!(#p::Serde)),
            Codec::As(ty) => Some(quote!(#p::As<#ty>)),
            Codec::With(_) => Some(self.bridge_name(field).into_token_stream()),
        }
    }
}

/// The first bytes of an element: a free type byte, the key, NUL.
fn header(key: &str) -> Literal {
    let bytes = [b"\0", key.as_bytes(), b"\0"].concat();
    Literal::byte_string(&bytes)
}

/// A list of keys.
fn keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> TokenStream {
    let keys = keys.into_iter();
    quote!(&[#(#keys),*])
}

/// The keys of fields in the order of their paths, then those they had formerly.
fn keys_of(fields: &[Field]) -> Vec<&str> {
    let stored = || fields.iter().filter_map(Field::stored);
    stored()
        .map(|stored| stored.key.as_str())
        .chain(stored().flat_map(|stored| stored.aliases.iter().map(String::as_str)))
        .collect()
}
