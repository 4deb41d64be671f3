//! The variants of an enum.

use syn::{DataEnum, Fields, Ident, LitStr, Token, ext::IdentExt, punctuated::Punctuated, spanned::Spanned};

use super::{Context, docs_or, field};
use crate::{
    attr::{Items, keys::Place},
    case::Case,
    errors::Errors,
    ir::{Content, Number, Shape, Unit, Variant},
};

/// `as = i32` or `as = i64`: the variants are stored as numbers.
pub(super) fn numbers(items: &mut Items, errors: &Errors) -> Option<(Ident, Number)> {
    let (key, ty) = items.value::<Ident>("as", "i32", errors)?;
    match ty.to_string().as_str() {
        "i32" => Some((key, Number::Int32)),
        "i64" => Some((key, Number::Int64)),
        _ => {
            errors.at(
                &ty,
                "an enum is stored as its variants' names, or by `as = i32` or `as = i64` as their numbers",
            );
            None
        }
    }
}

/// The shape of an enum; `None` where it has no values.
pub(super) fn shape(
    context: &Context<'_>,
    data: &DataEnum,
    ident: &Ident,
    tag: Option<LitStr>,
    numbers: Option<(Ident, Number)>,
    case: Option<Case>,
) -> Option<Shape> {
    let errors = context.errors;
    if data.variants.is_empty() {
        errors.at(ident, "an enum without variants has no value to store");
        return None;
    }
    let variants = data.variants.iter().map(|variant| named(context, variant, case));
    let variants: Vec<_> = variants.zip(&data.variants).collect();
    let has_data = data.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit));
    if !has_data && tag.is_none() {
        let units = variants.into_iter().map(|(Named { text, aliases, own, .. }, variant)| {
            if let (Some(own), Some(_)) = (own, &numbers) {
                errors.at(own, "this enum is stored as numbers: its variants' names are not in the database");
            }
            let span =
                variant.discriminant.as_ref().map_or(variant.ident.span(), |(_, number)| number.span());
            Unit { ident: variant.ident.clone(), span, text, aliases }
        });
        return Some(Shape::Units { units: units.collect(), number: numbers.map(|(_, number)| number) });
    }
    if let Some((key, _)) = numbers {
        let why = if has_data { "only an enum without data" } else { "only an enum without `tag`" };
        errors.at(key, format!("{why} can be stored as numbers"));
    }
    let tag = tag.map(|tag| (tag.value(), tag));
    if let Some((text, tag)) = &tag
        && let Err(why) = crate::check::key(text)
    {
        errors.at(tag, why);
    }
    if tag.is_none() {
        errors.at(
            ident,
            "the variants of an enum with data are told apart by a key of their own: \
             add `#[document(tag = \"kind\")]`",
        );
    }
    let tag = tag.map_or_else(|| "kind".to_owned(), |(text, _)| text);
    let variants = variants.into_iter().map(|(Named { text, aliases, case, .. }, variant)| {
        let context = Context { case: case.or(context.case), default: None, ..*context };
        let docs = docs_or(&variant.attrs, &format!(" The paths of variant `{}`.", variant.ident.unraw()));
        Variant { ident: variant.ident.clone(), text, aliases, docs, content: content(&context, variant) }
    });
    Some(Shape::Tagged { tag, variants: variants.collect() })
}

/// What the attributes of a variant say.
struct Named {
    text: String,
    aliases: Vec<String>,
    /// The rule for its fields.
    case: Option<Case>,
    /// Our own key about the name, for messages.
    own: Option<Ident>,
}

fn named(context: &Context<'_>, variant: &syn::Variant, case: Option<Case>) -> Named {
    let errors = context.errors;
    let mut items = Items::read(Place::Variant, &variant.attrs, errors);
    let serde = context.serde(Place::Variant, &variant.attrs, &items.keys());
    let own = items.find("rename").or(items.find("alias")).cloned();
    let rename = items.text("rename", errors).or(serde.rename);
    let aliases = items.aliases(errors).into_iter().chain(serde.aliases).map(|alias| alias.value());
    let aliases = aliases.collect();
    let fields_case = context.case(items.text("rename_all", errors).as_ref(), serde.rename_all.as_ref());
    items.finish(errors);
    let name = variant.ident.unraw().to_string();
    let text = match (rename, case) {
        (Some(rename), _) => rename.value(),
        (None, Some(case)) => case.variant(&name),
        (None, None) => name,
    };
    Named { text, aliases, case: fields_case, own }
}

fn content(context: &Context<'_>, variant: &syn::Variant) -> Content {
    let errors = context.errors;
    match &variant.fields {
        Fields::Unit => Content::Unit,
        Fields::Named(_) => {
            let lowered = field::list(context, &variant.fields, &variant.ident, &mut Vec::new());
            lowered.map_or(Content::Broken, |lowered| Content::Fields(lowered.fields))
        }
        Fields::Unnamed(fields) => match only(&fields.unnamed) {
            Some(field) => {
                let items = Items::read(Place::EmbeddedField, &field.attrs, errors);
                if let Some(key) = items.any() {
                    errors
                        .at(key, "this value stands beside the tag by its own keys: no options apply to it");
                }
                Content::Newtype(Box::new(field.ty.clone()))
            }
            None => {
                errors.at(
                    fields,
                    "the values of a variant need names, as keys of the document: write `{ name: Type, .. }`, or \
                     one embedded struct",
                );
                Content::Broken
            }
        },
    }
}

fn only(fields: &Punctuated<syn::Field, Token![,]>) -> Option<&syn::Field> {
    if fields.len() == 1 { fields.first() } else { None }
}
