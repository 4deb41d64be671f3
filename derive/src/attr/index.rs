//! `index(..)` and `ttl(..)`: on a field, its options; on a model, also the paths.

use proc_macro2::{Span, TokenStream};
use syn::{
    Expr, Ident, LitStr, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
    token,
};

use super::keys::is_typo;
use crate::{
    errors::Errors,
    ir::{Field, Index, IndexKey, IndexKind},
};

/// The options of an index, for messages.
const OPTIONS: &str = "`unique`, `sparse`, `hidden`, `name = \"..\"`, `partial = <filter>`, `collation = <expression>`, \
                       `weights = <document>`, `language = \"..\"`";

const FLAGS: [&str; 3] = ["unique", "sparse", "hidden"];
const VALUES: [&str; 5] = ["name", "partial", "collation", "weights", "language"];

/// Reports keys that are no fields but look like options. What else is no field, the compiler knows best.
///
/// `wildcard` stands for the whole document, unless there is a field of that name.
pub(crate) fn check_options(indexes: &mut Vec<Index>, fields: &[Field], errors: &Errors) {
    indexes.retain_mut(|index| {
        let mut is_right = true;
        for key in &mut index.keys {
            let [name] = key.path.as_slice() else { continue };
            if fields.iter().any(|field| field.ident == *name) {
                continue;
            }
            let text = name.unraw().to_string();
            if text == "wildcard" && key.kind == IndexKind::Ascending {
                *key = IndexKey { path: Vec::new(), kind: IndexKind::Wildcard };
                continue;
            }
            let message = if VALUES.contains(&text.as_str()) {
                format!(
                    "there is no field `{text}`, and the option `{text}` needs a value: write `{text} = ..`"
                )
            } else if fields.iter().any(|field| is_typo(&field.ident.unraw().to_string(), &text)) {
                continue;
            } else if FLAGS.iter().chain(&VALUES).any(|option| is_typo(option, &text)) {
                format!("there is no field `{text}`, and no index option either: the options are {OPTIONS}")
            } else {
                continue;
            };
            errors.at(name, message);
            is_right = false;
        }
        is_right
    });
}

/// Reads `index(..)` on a model.
pub(crate) fn on_model(span: Span, tokens: TokenStream) -> syn::Result<Index> {
    let mut index = Index::new(span);
    for entry in Punctuated::<Entry, Token![,]>::parse_terminated.parse2(tokens)? {
        match entry {
            Entry::Key(key) => index.keys.push(key),
            Entry::Option(option) => option.apply(&mut index)?,
        }
    }
    if index.keys.is_empty() {
        return Err(syn::Error::new(
            span,
            "this index has no keys: name its fields, as in `index(address.city, -created_at)`",
        ));
    }
    Ok(index)
}

/// Reads `index` or `index(..)` on a field.
pub(crate) fn on_field(span: Span, field: &Ident, tokens: TokenStream) -> syn::Result<Index> {
    let mut index = Index::new(span);
    let mut kind = IndexKind::Ascending;
    for option in Punctuated::<IndexOption, Token![,]>::parse_terminated.parse2(tokens)? {
        match (option.key.to_string().as_str(), &option.value) {
            ("desc", None) => kind = IndexKind::Descending,
            ("text", None) => kind = IndexKind::Text,
            ("hashed", None) => kind = IndexKind::Hashed,
            ("sphere", None) => kind = IndexKind::Sphere,
            ("flat", None) => kind = IndexKind::Flat,
            ("wildcard", None) => kind = IndexKind::Wildcard,
            _ => option.apply(&mut index)?,
        }
    }
    index.keys.push(IndexKey { path: vec![field.clone()], kind });
    Ok(index)
}

/// Reads `ttl(path, after = "7d")` on a model.
pub(crate) fn ttl(span: Span, tokens: TokenStream) -> syn::Result<Index> {
    const FORM: &str = "write the date field and how long after it, as in `ttl(expires_at, after = \"7d\")`";
    let mut index = Index::new(span);
    for entry in Punctuated::<Entry, Token![,]>::parse_terminated.parse2(tokens)? {
        match entry {
            Entry::Key(key) if key.kind == IndexKind::Ascending => index.keys.push(key),
            Entry::Option(IndexOption { key, value: Some(value) }) if key == "after" => {
                index.expire_after = Some(seconds(&value)?);
            }
            Entry::Option(option) => option.apply(&mut index)?,
            Entry::Key(_) => return Err(syn::Error::new(span, FORM)),
        }
    }
    if index.keys.len() != 1 || index.expire_after.is_none() {
        return Err(syn::Error::new(span, FORM));
    }
    Ok(index)
}

/// A time as `"7d"`, `"12h"`, `"30m"`, `"10s"`.
pub(super) fn seconds(value: &Expr) -> syn::Result<u64> {
    let wrong = || syn::Error::new(value.span(), "write a time as \"7d\", \"12h\", \"30m\" or \"10s\"");
    let text: LitStr = syn::parse2(quote::quote!(#value)).map_err(|_| wrong())?;
    let text = text.value();
    let unit = match text.chars().last() {
        Some('d') => 86_400,
        Some('h') => 3_600,
        Some('m') => 60,
        Some('s') => 1,
        _ => return Err(wrong()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    let seconds = number.checked_mul(unit).filter(|seconds| *seconds <= i32::MAX as u64);
    seconds
        .ok_or_else(|| syn::Error::new(value.span(), "MongoDB counts this time in seconds, up to 2147483647"))
}

enum Entry {
    Key(IndexKey),
    Option(IndexOption),
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![-]) {
            input.parse::<Token![-]>()?;
            return Ok(Self::Key(IndexKey { path: path(input)?, kind: IndexKind::Descending }));
        }
        if input.peek(Token![+]) {
            input.parse::<Token![+]>()?;
            return Ok(Self::Key(IndexKey { path: path(input)?, kind: IndexKind::Ascending }));
        }
        let ahead = input.fork();
        let first: Ident = ahead.call(Ident::parse_any)?;
        if ahead.peek(token::Paren) {
            let kind = match first.to_string().as_str() {
                "text" => IndexKind::Text,
                "hashed" => IndexKind::Hashed,
                "sphere" => IndexKind::Sphere,
                "flat" => IndexKind::Flat,
                "wildcard" => IndexKind::Wildcard,
                other => {
                    let message = format!(
                        "unknown kind of key `{other}`: the kinds are `text(..)`, `hashed(..)`, `sphere(..)`, \
                         `flat(..)`, `wildcard(..)`"
                    );
                    return Err(syn::Error::new(first.span(), message));
                }
            };
            input.call(Ident::parse_any)?;
            let content;
            syn::parenthesized!(content in input);
            return Ok(Self::Key(IndexKey { path: path(&content)?, kind }));
        }
        let flag = FLAGS.iter().any(|flag| first == flag) && !ahead.peek(Token![.]);
        if flag || ahead.peek(Token![=]) {
            return input.parse().map(Self::Option);
        }
        Ok(Self::Key(IndexKey { path: path(input)?, kind: IndexKind::Ascending }))
    }
}

fn path(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let mut path = vec![input.call(Ident::parse_any)?];
    while input.peek(Token![.]) {
        input.parse::<Token![.]>()?;
        path.push(input.call(Ident::parse_any)?);
    }
    Ok(path)
}

struct IndexOption {
    key: Ident,
    value: Option<Expr>,
}

impl Parse for IndexOption {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let value = match input.peek(Token![=]) {
            false => None,
            true => {
                input.parse::<Token![=]>()?;
                Some(input.parse()?)
            }
        };
        Ok(Self { key, value })
    }
}

impl IndexOption {
    fn apply(self, index: &mut Index) -> syn::Result<()> {
        match (self.key.to_string().as_str(), self.value) {
            ("unique", None) => index.unique = true,
            ("sparse", None) => index.sparse = true,
            ("hidden", None) => index.hidden = true,
            ("name", Some(value)) => index.name = Some(value),
            ("partial", Some(value)) => index.partial = Some(value),
            ("collation", Some(value)) => index.collation = Some(value),
            ("weights", Some(value)) => index.weights = Some(value),
            ("language", Some(value)) => index.language = Some(value),
            (key, value) => {
                let message = match value {
                    Some(_) if FLAGS.contains(&key) => format!("`{key}` takes no value"),
                    None if VALUES.contains(&key) => format!("`{key}` needs a value: write `{key} = ..`"),
                    _ => format!("unknown index option `{key}`: the options are {OPTIONS}"),
                };
                return Err(syn::Error::new(self.key.span(), message));
            }
        }
        Ok(())
    }
}
