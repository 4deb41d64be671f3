//! Attributes as data: every item of `#[document(..)]` or `#[field(..)]` is read once, then taken by key.

pub(crate) mod index;
pub(crate) mod serde;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Ident, LitStr, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    token,
};

use crate::errors::Errors;

/// The items of all attributes of one name on one element, in their order.
pub(crate) struct Items {
    items: Vec<Item>,
    /// `document` or `field`, for messages.
    attribute: &'static str,
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
            let mut tokens = TokenStream::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                tokens.extend([input.parse::<TokenTree>()?]);
            }
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

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
        if let ItemValue::Is(value) | ItemValue::List(value) = &self.value {
            value.to_tokens(tokens);
        }
    }
}

impl Items {
    /// Reads `#[attribute(..)]` wherever it stands among `attrs`.
    pub(crate) fn read(attribute: &'static str, attrs: &[Attribute], errors: &Errors) -> Self {
        let mut items = Vec::new();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
            match &attr.meta {
                syn::Meta::List(list) => {
                    let parsed = list.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated);
                    items.extend(errors.ok(parsed).into_iter().flatten());
                }
                _ => errors.at(attr, format!("write the options in parentheses: `#[{attribute}(..)]`")),
            }
        }
        Self { items, attribute }
    }

    /// The keys that are there.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.items.iter().map(|item| item.key.to_string()).collect()
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
            errors.at(&item, format!("`{key}` takes no value: write `#[{}({key})]`", self.attribute));
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
        let wrong = format!("write `#[{}({key} = {form})]`", self.attribute);
        match &item.value {
            ItemValue::Is(tokens) => match syn::parse2(tokens.clone()) {
                Ok(value) => Some((item.key, value)),
                Err(_) => {
                    errors.at(tokens, wrong);
                    None
                }
            },
            _ => {
                errors.at(&item, wrong);
                None
            }
        }
    }

    /// Reports what nobody took.
    pub(crate) fn finish(self, valid: &[&str], errors: &Errors) {
        for item in self.items {
            let valid: Vec<_> = valid.iter().map(|key| format!("`{key}`")).collect();
            let attribute = self.attribute;
            errors.at(
                &item.key,
                format!(
                    "unknown key `{}` in `#[{attribute}(..)]`: the keys here are {}",
                    item.key,
                    valid.join(", ")
                ),
            );
        }
    }
}
