//! From the [`Model`] to tokens: one kind of output per file, put together here.

mod bridge;
mod database;
mod decode;
mod encode;
mod enums;
mod fallback;
mod fields;
mod flatten;
mod generics;
mod index;
mod patch;
mod record;
mod several;
mod shapes;
mod unique;
mod units;
mod view;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::DeriveInput;

use self::generics::Forms;
pub(crate) use self::{
    database::database,
    view::{view, view_stubs},
};
use crate::{
    check,
    errors::Errors,
    ir::{Field, Model, Shape, Stored},
    krate::inside,
    lower::{self, Instead, Role},
};

/// The whole output of a derive: the code, and every error found in the model.
///
/// The code is there also when there are errors, so that uses of the model do not fail as well.
pub(crate) fn model(input: &DeriveInput, role: Role) -> TokenStream {
    let errors = Errors::new();
    let code = match lower::model(input, role, &errors) {
        Ok(model) => {
            check::model(&model, &errors);
            Expand { forms: Forms::new(&model), model: &model }.all()
        }
        Err(Instead::Stubs(krate)) => fallback::stubs(input, role, &krate),
        Err(Instead::Nothing) => TokenStream::new(),
    };
    let errors = errors.finish().err().map(syn::Error::into_compile_error);
    quote!(#code #errors)
}

/// Whether a model has so many fields that the codec calls one function for each type, and does not hold a copy of it
/// for each field: the optimiser's time grows with the square of the places in one function.
fn is_wide(fields: &[Field]) -> bool {
    fields.len() > 32
}

/// What every part of the output needs.
struct Expand<'a> {
    model: &'a Model,
    forms: Forms,
}

impl Expand<'_> {
    fn all(&self) -> TokenStream {
        let (paths, shape) = match &self.model.shape {
            Shape::Struct(fields) => self.document(fields),
            Shape::Units { units, number } => (TokenStream::new(), self.units(units, *number)),
            Shape::Tagged { tag, variants } => self.tagged(tag, variants),
            Shape::Several(several) => self.several(several),
        };
        let (indexes, collection) = self.collection();
        let (patch, patch_impls) = self.patch();
        let (shapes, shape_impls) = self.shapes();
        let value = self.value();
        let inside = self.model.krate.scope(&quote!(#shape #collection #value #patch_impls #shape_impls));
        quote!(#paths #indexes #patch #shapes #inside)
    }

    /// A struct: its paths and its codec.
    fn document(&self, fields: &[Field]) -> (TokenStream, TokenStream) {
        let (paths, paths_inside) = self.struct_paths(fields);
        let (encode, decode, bridges) =
            (self.encode_struct(fields), self.decode_struct(fields), self.bridges());
        (paths, quote!(#paths_inside #encode #decode #bridges))
    }

    /// Whether a list of fields of the model is [wide](is_wide).
    fn is_wide(&self) -> bool {
        self.model.field_lists().into_iter().any(is_wide)
    }

    /// The model as a value of filters and updates.
    fn value(&self) -> TokenStream {
        let p = inside();
        let Forms { ty, static_ty, .. } = &self.forms;
        let (generics, where_clause) = self.forms.codec();
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
    let aliases = stored().flat_map(|stored: &Stored| &stored.aliases);
    stored().map(|stored| &stored.key).chain(aliases).map(|key| key.text.as_str()).collect()
}
