//! The derive macros of [odmium](https://docs.rs/odmium); use them through that crate.

mod attr;
mod case;
mod check;
mod database;
mod errors;
mod expand;
mod ir;
mod krate;
mod lower;
#[path = "test_attr.rs"]
mod test;
#[cfg(test)]
mod tests;
mod view;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../docs/document.md")]
#[proc_macro_derive(Document, attributes(document, field))]
pub fn document(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::model(&input, lower::Role::Document).into()
}

#[doc = include_str!("../docs/embedded.md")]
#[proc_macro_derive(Embedded, attributes(document, field))]
pub fn embedded(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::model(&input, lower::Role::Embedded).into()
}

#[doc = include_str!("../docs/view.md")]
#[proc_macro_derive(View, attributes(view, field))]
pub fn view(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    view::expand(&input).into()
}

#[doc = include_str!("../docs/database.md")]
#[proc_macro_derive(Database, attributes(database, field))]
pub fn database(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    database::expand(&input).into()
}

#[doc = include_str!("../docs/test.md")]
#[proc_macro_attribute]
pub fn test(args: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(args.into(), item.into()).unwrap_or_else(|error| error.into_compile_error()).into()
}
