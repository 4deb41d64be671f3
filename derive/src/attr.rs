//! Attributes as data: every item of `#[document(..)]` or `#[field(..)]` is read once, then taken by key.

pub(crate) mod create;
pub(crate) mod index;
pub(crate) mod keys;
pub(crate) mod serde;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Expr, Ident, LitStr, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser, discouraged::Speculative as _},
    token,
};

use self::keys::{Place, is_typo};
use crate::errors::Errors;

/// The items of all attributes of one name on one element, in their order.
pub(crate) struct Items {
    items: Vec<Item>,
    place: Place,
    /// Whether some of them could not be read.
    broken: bool,
}

/// `key`, `key = tokens` or `key(tokens)`.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) value: ItemValue,
}

pub(crate) enum ItemValue {
    Flag,
    Is(TokenStream),
    List(TokenStream),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let tokens = match key.to_string().as_str() {
                "as" | "of" | "variant_of" => whole::<Type>(input),
                "default" | "elem_match" | "expr" | "read_concern" | "write_concern"
                | "selection_criteria" | "timeout" => whole::<Expr>(input),
                _ => None,
            };
            let tokens = tokens.map_or_else(|| up_to_comma(input), Ok)?;
            if tokens.is_empty() {
                return Err(syn::Error::new(key.span(), format!("a value is missing: write `{key} = ..`")));
            }
            ItemValue::Is(tokens)
        } else if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            ItemValue::List(content.parse()?)
        } else {
            ItemValue::Flag
        };
        Ok(Self { key, value })
    }
}

/// The tokens of a `T`, which may have commas in it, such as `HashMap<A, B>`; nothing when there is none.
fn whole<T: Parse + ToTokens>(input: ParseStream<'_>) -> Option<TokenStream> {
    let ahead = input.fork();
    let value: T = ahead.parse().ok()?;
    input.advance_to(&ahead);
    Some(value.into_token_stream())
}

fn up_to_comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(tokens)
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
        if let ItemValue::Is(value) | ItemValue::List(value) = &self.value {
            value.to_tokens(tokens);
        }
    }
}

impl Items {
    /// Reads the attribute of `place` wherever it stands among `attrs`.
    pub(crate) fn read(place: Place, attrs: &[Attribute], errors: &Errors) -> Self {
        let mut items = Vec::new();
        let (attribute, before) = (place.attribute(), errors.count());
        for attr in attrs {
            if attr.path().is_ident(place.other_attribute()) {
                errors.at(attr, place.use_instead());
            } else if attr.path().is_ident(attribute) {
                match &attr.meta {
                    syn::Meta::List(meta) => {
                        let read = |input: ParseStream<'_>| Ok(list(input, place, errors));
                        items.extend(errors.ok(read.parse2(meta.tokens.clone())).into_iter().flatten());
                    }
                    _ => errors.at(attr, format!("write the options in parentheses: `#[{attribute}(..)]`")),
                }
            }
        }
        Self { items, place, broken: errors.count() > before }
    }

    /// Whether a key is there, or may be missing only because it was misspelt or could not be read.
    pub(crate) fn may_have(&self, key: &str) -> bool {
        self.broken || self.items.iter().any(|item| is_typo(key, &item.key.to_string()))
    }

    /// The keys that are there.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.items.iter().map(|item| item.key.to_string()).collect()
    }

    /// The place of a key, when it is there.
    pub(crate) fn find(&self, key: &str) -> Option<&Ident> {
        self.items.iter().map(|item| &item.key).find(|found| *found == key)
    }

    /// The place of any key.
    pub(crate) fn any(&self) -> Option<&Ident> {
        self.items.first().map(|item| &item.key)
    }

    /// Takes the items of a key that may stand several times.
    pub(crate) fn all(&mut self, key: &str) -> Vec<Item> {
        self.items.extract_if(.., |item| item.key == key).collect()
    }

    /// Takes the item of a key; a second one is an error.
    pub(crate) fn one(&mut self, key: &str, errors: &Errors) -> Option<Item> {
        let mut items = self.all(key).into_iter();
        let first = items.next()?;
        for again in items {
            errors.at_both(&again.key, format!("`{key}` is set twice"), &first.key, "first set here");
        }
        Some(first)
    }

    /// Takes a key that has no value.
    pub(crate) fn flag(&mut self, key: &str, errors: &Errors) -> Option<Ident> {
        let item = self.one(key, errors)?;
        if !matches!(item.value, ItemValue::Flag) {
            errors.at(&item, format!("`{key}` takes no value: write `#[{}({key})]`", self.place.attribute()));
        }
        Some(item.key)
    }

    /// Takes a key with a string.
    pub(crate) fn text(&mut self, key: &str, errors: &Errors) -> Option<LitStr> {
        self.value(key, "\"text\"", errors).map(|(_, text)| text)
    }

    /// Takes a key with a value; `form` shows one in messages.
    pub(crate) fn value<T: Parse>(&mut self, key: &str, form: &str, errors: &Errors) -> Option<(Ident, T)> {
        let item = self.one(key, errors)?;
        if let ItemValue::Is(tokens) = &item.value
            && let Ok(value) = syn::parse2(tokens.clone())
        {
            return Some((item.key, value));
        }
        errors.at(
            &item,
            format!("`{key}` takes a value: write `#[{}({key} = {form})]`", self.place.attribute()),
        );
        None
    }

    /// Takes a key that has a value or none.
    pub(crate) fn default(&mut self, errors: &Errors) -> Option<Option<Expr>> {
        let item = self.one("default", errors)?;
        if let ItemValue::Is(tokens) = &item.value
            && let Ok(value) = syn::parse2(tokens.clone())
        {
            return Some(Some(value));
        }
        if !matches!(item.value, ItemValue::Flag) {
            let attribute = self.place.attribute();
            errors.at(
                &item,
                format!("write `#[{attribute}(default)]` or `#[{attribute}(default = expression)]`"),
            );
        }
        Some(None)
    }

    /// Takes the former names.
    pub(crate) fn aliases(&mut self, errors: &Errors) -> Vec<LitStr> {
        let items = self.all("alias").into_iter();
        let aliases = items.filter_map(|item| {
            if let ItemValue::Is(tokens) = &item.value
                && let Ok(text) = syn::parse2(tokens.clone())
            {
                return Some(text);
            }
            errors.at(&item, format!("write `#[{}(alias = \"old name\")]`", self.place.attribute()));
            None
        });
        aliases.collect()
    }

    /// Reports what nobody took.
    pub(crate) fn finish(self, errors: &Errors) {
        for item in self.items {
            errors.at(&item.key, self.place.unknown(&item.key.to_string()));
        }
    }
}

/// Reads items one by one, so that a broken one does not hide the others.
fn list(input: ParseStream<'_>, place: Place, errors: &Errors) -> Vec<Item> {
    let mut items = Vec::new();
    while !input.is_empty() {
        let item = match input.fork().call(Ident::parse_any) {
            Ok(_) => errors.ok(input.parse::<Item>()),
            Err(_) => {
                errors.push(syn::Error::new(input.span(), place.no_key()));
                None
            }
        };
        let rest = up_to_comma(input).unwrap_or_default();
        match item {
            Some(item) if rest.is_empty() => items.push(item),
            Some(_) => errors.at(rest, "write `key = value`, and a comma between two keys"),
            None => {}
        }
        let _ = input.parse::<Option<Token![,]>>();
    }
    items
}
