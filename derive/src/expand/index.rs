//! The declared indexes: an enum that names them, and calls that build them.

use std::collections::HashSet;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, ext::IdentExt};

use super::Expand;
use crate::{
    case::pascal,
    ir::{Index, IndexKey, IndexKind},
    krate::{inside, inside_at},
};

impl Expand<'_> {
    /// The enum beside the model, and its impl; a model without indexes shares an enum of the runtime.
    pub(super) fn index_enum(&self, name: &Ident, indexes: &[Index]) -> (TokenStream, TokenStream) {
        let p = &self.model.krate;
        let (vis, model) = (&self.model.vis, &self.forms.static_ty);
        let docs = format!(" The indexes of `{}`.", self.model.ident.unraw());
        if indexes.is_empty() {
            let alias = quote! {
                #[doc = #docs]
                #[allow(dead_code)]
                #vis type #name = #p::IdIndex;
            };
            return (alias, TokenStream::new());
        }
        let variants = variants(indexes);
        let variant_docs = indexes.iter().map(|index| {
            let paths: Vec<String> = index.keys.iter().map(|key| format!("`{}`", dotted(key))).collect();
            format!(" The index over {}.", paths.join(", "))
        });
        let outside = quote! {
            #[doc = #docs]
            #[allow(dead_code, non_camel_case_types, clippy::exhaustive_enums)]
            #[derive(#p::Clone, #p::Copy, #p::Debug, #p::PartialEq, #p::Eq)]
            #vis enum #name {
                #[doc = " The index over `_id`, which every collection has."]
                Id,
                #(#[doc = #variant_docs] #variants,)*
            }
        };
        let p = inside();
        // The names are those of the server, made of keys that other models own: they are put together at run time.
        let names = if self.forms.is_generic {
            let names = indexes.iter().map(generic_name);
            quote!(match self { Self::Id => "_id_", #(Self::#variants => #names,)* })
        } else {
            quote! {
                static NAMES: #p::IndexNames = #p::IndexNames::new();
                NAMES.get::<#model>(self as #p::usize)
            }
        };
        let inside = quote! {
            #[automatically_derived]
            impl #p::IndexName for #name {
                const ALL: &'static [Self] = &[Self::Id, #(Self::#variants),*];
                fn name(self) -> &'static #p::str {
                    #names
                }
            }
        };
        (outside, inside)
    }

    /// What the model can be searched by because of its indexes.
    pub(super) fn searches(&self, indexes: &[Index]) -> TokenStream {
        let p = inside();
        let (generics, clause) = self.forms.owned();
        let model = &self.forms.static_ty;
        let kinds: [(&[IndexKind], &str); 2] =
            [(&[IndexKind::Text], "TextSearch"), (&[IndexKind::Sphere, IndexKind::Flat], "GeoSearch")];
        let declared = kinds.iter().filter(|(kinds, _)| indexes.iter().any(|index| index.has(kinds)));
        let impls = declared.map(|(_, name)| {
            let name = format_ident!("{name}");
            quote! {
                #[automatically_derived]
                impl #generics #p::#name for #model #clause {}
            }
        });
        impls.collect()
    }

    /// The body of `indexes()`.
    pub(super) fn indexes(&self, indexes: &[Index], shared: bool) -> TokenStream {
        let p = inside();
        let variants = self.variant_indexes();
        let own = if indexes.is_empty() {
            quote!(#p::Vec::new())
        } else {
            let indexes = indexes.iter().map(index);
            let list = if shared { quote!(shared_indexes) } else { quote!(indexes) };
            quote!(#p::#list([#(#indexes),*]))
        };
        let root = (!indexes.is_empty()).then(|| {
            quote! {
                #[allow(unused_imports)]
                use #p::Plain as _;
                let __root = <Self as #p::Document>::fields();
            }
        });
        let all = if variants.is_empty() { own } else { quote!(#p::all_indexes(#own, [#variants])) };
        quote!(#root #all)
    }
}

fn index(index: &Index) -> TokenStream {
    let p = inside();
    let Index {
        span,
        keys,
        unique,
        sparse,
        hidden,
        expire_after,
        name,
        partial,
        collation,
        weights,
        language,
    } = index;
    let ttl = expire_after.is_some();
    let (mut paths, mut calls) = (TokenStream::new(), TokenStream::new());
    for (number, IndexKey { path, kind }) in keys.iter().enumerate() {
        if path.is_empty() {
            calls.extend(quote!(.wildcard_of_all()));
            continue;
        }
        let span = path.last().map_or(*span, Ident::span);
        let (name, field) =
            (format_ident!("__path{number}", span = span.resolved_at(Span::call_site())), field(path));
        paths.extend(quote_spanned!(span=> let #name = #field;));
        let method = match kind {
            IndexKind::Ascending if ttl => "ttl",
            IndexKind::Ascending => "asc",
            IndexKind::Descending => "desc",
            IndexKind::Text => "text",
            IndexKind::Hashed => "hashed",
            IndexKind::Sphere => "sphere",
            IndexKind::Flat => "flat",
            IndexKind::Wildcard => "wildcard",
        };
        let (method, p) = (Ident::new(method, span), inside_at(span));
        calls.extend(quote_spanned!(span=> .#method(#name, #p::PathStep::at(&#name).kind())));
    }
    let mut options = TokenStream::new();
    for (set, option) in [(*unique, "unique"), (*sparse, "sparse"), (*hidden, "hidden")] {
        if set {
            let option = format_ident!("{option}");
            options.extend(quote!(.#option()));
        }
    }
    if let Some(seconds) = expire_after {
        let seconds = Literal::u64_unsuffixed(*seconds);
        options.extend(quote!(.expire_after(#p::Duration::from_secs(#seconds))));
    }
    let values = [
        ("named", name),
        ("partial", partial),
        ("collation", collation),
        ("weights", weights),
        ("default_language", language),
    ];
    for (option, value) in values {
        if let Some(value) = value {
            let option = format_ident!("{option}");
            options.extend(quote!(.#option(#value)));
        }
    }
    quote! {{
        #paths
        #p::IndexKeys::new()#calls.build()#options
    }}
}

/// The path of a key, segment by segment.
fn field(path: &[Ident]) -> TokenStream {
    let mut segments = path.iter();
    let first = segments.next();
    let root = first.map(|first| Ident::new("__root", first.span().resolved_at(Span::call_site())));
    let mut field = quote!(#root.#first);
    let mut last = first.map_or(Span::call_site(), Ident::span);
    for segment in segments {
        let p = inside_at(last);
        let down = quote_spanned!(last=> #p::PathStep::at(&#field).down());
        last = segment.span();
        field = quote_spanned!(last=> #down.#segment);
    }
    field
}

/// A name for each index, made of its fields; numbered where two would be the same.
fn variants(indexes: &[Index]) -> Vec<Ident> {
    let mut seen = HashSet::from(["Id".to_owned()]);
    let names = indexes.iter().map(|index| {
        let parts = index.keys.iter().flat_map(|key| &key.path);
        let mut base: String = parts.map(|part| pascal(&part.unraw().to_string())).collect();
        if base.is_empty() {
            base = "Wildcard".to_owned();
        }
        if syn::parse_str::<Ident>(&base).is_err() {
            base.insert_str(0, "Index");
        }
        let mut name = base.clone();
        let mut number = 2;
        while !seen.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        format_ident!("{name}")
    });
    names.collect()
}

/// The key as it is written, with `$**` for every field below.
fn dotted(key: &IndexKey) -> String {
    let rest = (key.kind == IndexKind::Wildcard).then(|| "$**".to_owned());
    key.path.iter().map(|part| part.unraw().to_string()).chain(rest).collect::<Vec<_>>().join(".")
}

/// A generic model cannot keep its names in a static: they are made of the fields as written.
fn generic_name(index: &Index) -> TokenStream {
    if let Some(name) = &index.name {
        return quote!(#name);
    }
    let parts: Vec<String> = index
        .keys
        .iter()
        .map(|key| {
            let kind = match key.kind {
                IndexKind::Ascending => "1",
                IndexKind::Descending => "-1",
                IndexKind::Text => "text",
                IndexKind::Hashed => "hashed",
                IndexKind::Sphere => "2dsphere",
                IndexKind::Flat => "2d",
                IndexKind::Wildcard => "1",
            };
            format!("{}_{kind}", dotted(key))
        })
        .collect();
    let name = parts.join("_");
    quote!(#name)
}
