//! `#[derive(Database)]`: a struct with the collections of a program.

mod lower;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Expr, Ident, Type};

use crate::{errors::Errors, expand, krate::Krate};

/// The whole output of the derive: the code, and every error found.
pub(crate) fn expand(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let database = lower::database(input, &errors);
    // The impl of a generic struct would be an error of its own.
    let is_plain = input.generics.params.is_empty();
    let code = is_plain.then(|| expand::database(&input.ident, &database));
    let errors = errors.finish().err().map(syn::Error::into_compile_error);
    quote!(#code #errors)
}

/// A struct of collections, understood.
pub(crate) struct Database {
    pub(crate) krate: Krate,
    /// The name of the database.
    pub(crate) name: Option<String>,
    /// Nothing when they could not be understood.
    pub(crate) members: Option<Vec<Member>>,
}

pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Each attribute: the key and what it sets.
    pub(crate) settings: Vec<(Ident, Expr)>,
}

impl Member {
    /// The text of a setting, if it is there.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<&Expr> {
        self.settings.iter().find(|(key, _)| keys.iter().any(|it| key == it)).map(|(_, value)| value)
    }

    /// Where errors of its type stand.
    pub(crate) fn span(&self) -> Span {
        syn::spanned::Spanned::span(&self.ty)
    }
}
