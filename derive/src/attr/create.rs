//! `create(..)`: how a collection is created, as calls of the runtime's builder.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Expr, Ident, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token,
};

use super::{Item, ItemValue, Items, index::seconds, keys::is_typo};
use crate::{errors::Errors, ir::Create, krate::inside};

/// The methods of the builder, each with the form of its call.
const CALLS: &[(&str, &str)] = &[
    ("capped", "capped(1 << 20)"),
    ("max_documents", "max_documents(1000)"),
    ("time_series", "time_series(Weather.at)"),
    ("meta", "meta(Weather.station)"),
    ("granularity", "granularity(TimeseriesGranularity::Minutes)"),
    ("buckets", "buckets(Duration::from_secs(3600))"),
    ("expire_after", "expire_after(\"30d\")"),
    ("clustered", "clustered"),
    ("collation", "collation(Collation::builder().locale(\"en\").build())"),
    ("pre_and_post_images", "pre_and_post_images"),
    ("validator", "validator(User.age.gte(0))"),
    ("json_schema", "json_schema(doc! { \"required\": [\"name\"] })"),
    ("validation_level", "validation_level(ValidationLevel::Moderate)"),
    ("validation_action", "validation_action(ValidationAction::Warn)"),
    ("storage_engine", "storage_engine(doc! { \"wiredTiger\": {} })"),
    ("index_storage_engine", "index_storage_engine(doc! { \"wiredTiger\": {} })"),
    ("view", "view(pipeline())"),
    ("options_with", "options_with(|options| ..)"),
];

struct Call {
    name: Ident,
    arguments: Punctuated<Expr, Token![,]>,
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let mut arguments = Punctuated::new();
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            arguments = Punctuated::parse_terminated(&content)?;
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            arguments.push(input.parse()?);
        }
        Ok(Self { name, arguments })
    }
}

/// Reads `create(..)` on a model.
pub(crate) fn create(items: &mut Items, errors: &Errors) -> Option<Create> {
    let item = items.one("create", errors)?;
    let calls = match &item.value {
        ItemValue::List(tokens) => {
            errors.ok(Punctuated::<Call, Token![,]>::parse_terminated.parse2(tokens.clone()))?
        }
        _ => Punctuated::new(),
    };
    if calls.is_empty() {
        errors.at(&item, "say how the collection is created: `#[document(create(capped(1 << 20)))]`");
        return None;
    }
    Some(read(&item, &calls, errors))
}

fn read(item: &Item, calls: &Punctuated<Call, Token![,]>, errors: &Errors) -> Create {
    let mut create = Create { key: item.key.clone(), calls: Vec::new(), view: None };
    let mut seen: Vec<&Ident> = Vec::new();
    for Call { name, arguments } in calls {
        let text = name.to_string();
        let Some((_, form)) = CALLS.iter().find(|(known, _)| *known == text) else {
            errors.at(name, unknown(&text));
            continue;
        };
        if let Some(first) = seen.iter().find(|first| **first == name) {
            errors.at_both(name, format!("`{text}` is set twice"), first, "first set here");
            continue;
        }
        seen.push(name);
        if arguments.len() != usize::from(form.contains('(')) {
            errors.at(name, format!("write `{form}`"));
            continue;
        }
        if text == "view" {
            create.view = Some(name.clone());
        }
        create.calls.push((name.clone(), argument(&text, arguments, errors)));
    }
    if let Some(view) = &create.view {
        let other = create
            .calls
            .iter()
            .find(|(name, _)| !["view", "collation", "options_with"].iter().any(|it| name == it));
        if let Some((name, _)) = other {
            errors.at_both(
                name,
                "a view stores nothing: only `collation` goes with it",
                view,
                "the view is here",
            );
        }
    }
    create
}

/// The arguments of a call; times may be texts.
fn argument(name: &str, arguments: &Punctuated<Expr, Token![,]>, errors: &Errors) -> TokenStream {
    if let (true, Some(text @ Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(_), .. }))) =
        (name == "expire_after", arguments.first())
    {
        let p = inside();
        let seconds = errors.ok(seconds(text)).unwrap_or_default();
        return quote!(#p::Duration::from_secs(#seconds));
    }
    quote!(#arguments)
}

fn unknown(text: &str) -> String {
    let names: Vec<_> = CALLS.iter().map(|(name, _)| format!("`{name}`")).collect();
    let meant = CALLS.iter().find(|(name, _)| is_typo(name, text));
    let hint = meant.map_or_else(String::new, |(name, _)| format!("did you mean `{name}`? "));
    format!("unknown option `{text}` of a collection: {hint}the options are {}", names.join(", "))
}
