//! `#[odmium::test]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Error, FnArg, ItemFn, Path, Result, Token,
    parse::{ParseStream, Parser},
    spanned::Spanned,
};

const SHAPE: &str = "`#[odmium::test]` is for `async fn name(db: Database)`, which may return a `Result`";

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let krate = parse_args.parse2(args)?;
    let function: ItemFn =
        syn::parse2(item).map_err(|error| Error::new(error.span(), format!("{SHAPE}: {error}")))?;
    check(&function)?;

    let ItemFn { attrs, vis, sig, block, .. } = &function;
    let (name, output) = (&sig.ident, &sig.output);
    let runner = if attrs.iter().any(|attr| attr.path().is_ident("should_panic")) {
        quote!(run_panicking_test)
    } else {
        quote!(run_test)
    };
    // The function as it was written, within one that the test harness can call: errors point at the user's code.
    Ok(quote! {
        #(#attrs)*
        #[::core::prelude::v1::test]
        #vis fn #name() #output {
            #sig #block
            #krate::dev::#runner(
                ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)),
                #name,
            )
        }
    })
}

fn check(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        return Err(Error::new(signature.fn_token.span, format!("{SHAPE}: write `async fn`")));
    }
    if !signature.generics.params.is_empty() || signature.generics.where_clause.is_some() {
        return Err(Error::new(signature.generics.span(), "a test has no generics: remove them"));
    }
    if signature.inputs.is_empty() {
        return Err(Error::new(
            signature.paren_token.span.join(),
            "a test without a database needs no `#[odmium::test]`: write `#[tokio::test]`, or add `db: Database`",
        ));
    }
    if let Some(second) = signature.inputs.iter().nth(1) {
        return Err(Error::new(second.span(), format!("{SHAPE}: remove this argument")));
    }
    match &signature.inputs[0] {
        FnArg::Typed(_) => Ok(()),
        receiver @ FnArg::Receiver(_) => {
            Err(Error::new(receiver.span(), format!("{SHAPE}: not for a method")))
        }
    }
}

/// Nothing, or `crate = path`.
fn parse_args(input: ParseStream<'_>) -> Result<Path> {
    if input.is_empty() {
        return syn::parse_str("::odmium");
    }
    let expected = "the only argument is `crate = path`, where odmium is under another name";
    let krate = input.parse::<Token![crate]>().map_err(|error| Error::new(error.span(), expected))?;
    input.parse::<Token![=]>().map_err(|error| Error::new(error.span(), expected))?;
    let path = input.call(Path::parse_mod_style).map_err(|error| Error::new(error.span(), expected))?;
    let _ = input.parse::<Option<Token![,]>>()?;
    if input.is_empty() { Ok(path) } else { Err(Error::new(krate.span, expected)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(args: TokenStream, item: TokenStream) -> String {
        prettyplease::unparse(&syn::parse2(expand(args, item).unwrap()).unwrap())
    }

    #[test]
    fn keeps_attributes_and_the_return_type() {
        let text = expanded(
            quote!(crate = crate::renamed),
            quote! {
                /// Docs.
                #[ignore]
                pub async fn adds(mut db: Database) -> Result<(), MyError> { db.run().await?; Ok(()) }
            },
        );
        for part in [
            "/// Docs.",
            "#[ignore]",
            "pub fn adds() -> Result<(), MyError> {",
            "crate::renamed::dev::run_test(",
            "async fn adds(mut db: Database) -> Result<(), MyError> {",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn a_panicking_test_has_its_own_runner() {
        let text = expanded(
            quote!(),
            quote! { #[should_panic(expected = "no")] async fn t(_: Database) { panic!("no") } },
        );
        assert!(
            text.contains("::odmium::dev::run_panicking_test(") && text.contains("should_panic"),
            "{text}"
        );
    }

    #[test]
    fn wrong_shapes_say_what_to_write() {
        let message = |args, item| expand(args, item).unwrap_err().to_string();
        for (item, part) in [
            (quote! { fn t(db: Database) {} }, "write `async fn`"),
            (quote! { async fn t() {} }, "#[tokio::test]"),
            (quote! { async fn t(a: Database, b: u8) {} }, "remove this argument"),
            (quote! { async fn t<T>(a: Database) {} }, "no generics"),
            (quote! { async fn t(&self) {} }, "not for a method"),
            (quote! { struct T; }, "async fn name(db: Database)"),
        ] {
            let text = message(quote!(), item);
            assert!(text.contains(part), "{part}: {text}");
        }
        for args in [quote!(flavor = "x"), quote!(crate), quote!(crate = a b)] {
            let text = message(args, quote! { async fn t(db: Database) {} });
            assert!(text.contains("crate = path"), "{text}");
        }
    }
}
