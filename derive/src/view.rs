//! `#[derive(View)]`: a struct with some of the fields of a model.

mod lower;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Expr, Ident, LitStr, Type};

use crate::{errors::Errors, expand, ir::Codec, krate::Krate};

/// The whole output of the derive: the code, and every error found.
pub(crate) fn expand(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let code = match lower::view(input, &errors) {
        Ok(view) => expand::view(input, view),
        Err(krate) => expand::view_stubs(input, &krate),
    };
    let errors = errors.finish().err().map(syn::Error::into_compile_error);
    quote!(#code #errors)
}

/// A view, understood.
pub(crate) struct View {
    pub(crate) krate: Krate,
    pub(crate) of: Type,
    pub(crate) fields: Vec<ViewField>,
}

pub(crate) struct ViewField {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) source: Source,
    /// What a missing value or null reads as: nothing of its own, `Default`, or an expression.
    pub(crate) default: Option<Option<Expr>>,
}

pub(crate) enum Source {
    /// Not read.
    Skipped,
    /// What could not be understood.
    Broken,
    Path {
        path: Vec<Ident>,
        part: Part,
        codec: Box<Codec>,
    },
    /// The name of a function of `projection`.
    Meta(Ident),
    Computed(Box<Expr>),
    /// What a relation leads to.
    Related(Box<Expr>),
}

/// How much of an array is read.
pub(crate) enum Part {
    All,
    /// The call that cuts it: `slice(5)`.
    Slice(TokenStream),
    First(Box<Expr>),
}

/// What `meta` can be, and the function of each.
pub(crate) const META: &[(&str, &str)] = &[
    ("textScore", "text_score"),
    ("indexKey", "index_key"),
    ("recordId", "record_id"),
    ("searchScore", "search_score"),
];

/// The function for a text.
fn meta(text: &LitStr) -> syn::Result<Ident> {
    let value = text.value();
    match META.iter().find(|(kind, _)| *kind == value) {
        Some((_, function)) => Ok(Ident::new(function, text.span())),
        None => {
            let kinds: Vec<_> = META.iter().map(|(kind, _)| format!("\"{kind}\"")).collect();
            Err(syn::Error::new(
                text.span(),
                format!("there is no `$meta` of this name: write one of {}", kinds.join(", ")),
            ))
        }
    }
}
