//! A struct of collections: how it is opened, and its members as data.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
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
            let opened = members.iter().map(open);
            let parts = members.iter().map(|member| {
                let (p, ident, ty) = (inside_at(member.span()), &member.ident, &member.ty);
                quote_spanned!(resolved(member.span())=> <#ty as #p::schema::Member>::part(&self.#ident))
            });
            (list(members.iter().map(entry)), quote!(Self { #(#opened,)* }), list(parts))
        }
        // The build has failed.
        None => (quote!([]), quote!(#p::broken()), quote!([])),
    };
    let checks = database.members.iter().flat_map(|members| members.iter().enumerate()).map(|(number, member)| {
        let number = Literal::usize_unsuffixed(number);
        let (span, ty) = (resolved(member.ident.span()), &member.ty);
        let own = quote_spanned!(span=> {
            #p::schema::check_name(&<#ident as #p::schema::Schema>::MEMBERS[#number]);
            #p::schema::check_names(<#ident as #p::schema::Schema>::MEMBERS, #number);
        });
        let keys = member.settings.iter().map(|(key, _)| {
            let text = key.to_string();
            quote_spanned!(resolved(key.span())=> const _: () = #p::schema::check_key(<#ty as #p::schema::Member>::KIND, #text);)
        });
        quote!(#(#keys)* const _: () = #own;)
    });
    database.krate.scope(&quote! {
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
        #(#checks)*
    })
}

fn entry(member: &Member) -> TokenStream {
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
    let new = quote_spanned!(resolved(member.span())=> #p::schema::Entry::new::<#ty>);
    quote!(#new(#field, #text, #name)#place)
}

fn open(member: &Member) -> TokenStream {
    let Member { ident, ty, settings } = member;
    let p = inside_at(member.span());
    let settings = settings.iter().map(|(key, value)| quote!(.#key(#value)));
    let settings = quote!(#p::schema::Settings::new()#(#settings)*);
    quote_spanned!(resolved(member.span())=> #ident: <#ty as #p::schema::Member>::open(__place, #settings))
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
