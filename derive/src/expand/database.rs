//! A struct of collections: how it is opened, and its members as data.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, ext::IdentExt};

use crate::{
    database::{Database, Member},
    krate::{inside, inside_at},
};

pub(crate) fn database(ident: &Ident, database: &Database) -> TokenStream {
    let p = inside();
    let name = option(database.name.as_ref());
    let (entries, opened, parts) = match &database.members {
        Some(members) => {
            let numbered = || members.iter().enumerate();
            let entries = list(numbered().map(|(number, _)| {
                let handle = handle(number);
                quote!(#handle.entry)
            }));
            let opened = numbered().map(|(number, member)| open(number, member));
            let parts = list(numbered().map(|(number, Member { ident, .. })| {
                let handle = handle(number);
                quote!((#handle.part)(&self.#ident))
            }));
            (entries, quote!(Self { #(#opened,)* }), parts)
        }
        // The build has failed.
        None => (quote!([]), quote!(#p::broken()), quote!([])),
    };
    let members = database.members.iter().flatten().enumerate();
    let handles = members.map(|(number, member)| {
        let (handle, value, ty) = (handle(number), value(member), &member.ty);
        let checks = checks(ident, number, member);
        quote! {
            const #handle: #p::schema::Handle<#ty> = #value;
            #checks
        }
    });
    database.krate.scope(&quote! {
        #(#handles)*
        #[automatically_derived]
        impl #p::schema::Schema for #ident {
            const DATABASE: #p::Option<&'static #p::str> = #name;
            const MEMBERS: &'static [#p::schema::Entry] = &#entries;
            fn build(__place: &#p::schema::Place) -> Self {
                #opened
            }
            fn parts(&self) -> #p::Vec<&dyn #p::schema::Part> {
                #p::schema::list(#parts)
            }
        }
    })
}

/// The constant with what is known of a field.
fn handle(number: usize) -> Ident {
    format_ident!("__MEMBER{number}")
}

/// What the compiler checks about a field, each at its place.
fn checks(ident: &Ident, number: usize, member: &Member) -> TokenStream {
    let handle = handle(number);
    let number = Literal::usize_unsuffixed(number);
    let keys = member.settings.iter().map(|(key, _)| {
        let (p, text) = (inside_at(key.span()), key.to_string());
        let message = match text.as_str() {
            "collection" | "timeout" => {
                format!("`{text}` is for a `Collection<..>`, which this field is not")
            }
            "bucket" => {
                "`bucket` names the GridFS bucket of a `Bucket<..>`, which this field is not".to_owned()
            }
            "database" | "prefix" => {
                format!("`{text}` is for a nested struct with `#[derive(Database)]`, which this field is not")
            }
            _ => format!("`{text}` is for a `Collection<..>` or a `Bucket<..>`, which this field is not"),
        };
        quote_spanned!(resolved(key.span())=> const _: () = #p::assert!(#handle.takes(#text), #message);)
    });
    let (p, span) = (inside_at(member.ident.span()), resolved(member.ident.span()));
    let names = quote_spanned! {span=>
        const _: () = #p::assert!(
            #handle.is_named(),
            "this collection has no model that names it: write `#[database(collection = \"..\")]`"
        );
        const _: () = #p::assert!(
            #p::schema::has_own_name(<#ident as #p::schema::Schema>::MEMBERS, #number),
            "another field has a collection or bucket of this name: give one a name by `#[database(collection = \"..\")]` or \
             `bucket`, or declare the models as variants of one enum (`#[document(variant_of = ..)]`)"
        );
    };
    quote!(#(#keys)* #names)
}

/// What is known of a field.
fn value(member: &Member) -> TokenStream {
    let Member { ident, ty, .. } = member;
    let field = ident.unraw().to_string();
    let text = ty.to_token_stream().to_string().replace(' ', "");
    let name = option(member.text(&["collection", "bucket"]));
    let (database, prefix) = (member.text(&["database"]), member.text(&["prefix"]));
    let place = (database.is_some() || prefix.is_some()).then(|| {
        let (database, prefix) = (option(database), option(prefix));
        quote!(.at(#database, #prefix))
    });
    let p = inside_at(member.span());
    let new = quote_spanned!(resolved(member.span())=> #p::schema::Handle::<#ty>::new);
    quote!(#new(#field, #text, #name)#place)
}

fn open(number: usize, member: &Member) -> TokenStream {
    let Member { ident, settings, .. } = member;
    let (p, handle) = (inside(), handle(number));
    let settings = settings.iter().map(|(key, value)| quote!(.#key(#value)));
    quote!(#ident: (#handle.open)(__place, #p::schema::Settings::new()#(#settings)*))
}

fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote!([#(#items),*])
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    let p = inside();
    match value {
        Some(value) => quote!(#p::Some(#value)),
        None => quote!(#p::None),
    }
}

/// The place of a span, the names of the macro.
fn resolved(span: Span) -> Span {
    span.resolved_at(Span::call_site())
}
