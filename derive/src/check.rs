//! Rules that concern more than one attribute: each a function with its rule as a comment.

use std::collections::HashMap;

use quote::ToTokens;
use syn::{Ident, Type, spanned::Spanned};

use crate::{
    errors::Errors,
    ir::{Codec, Content, Field, IndexKind, Model, Shape},
};

pub(crate) fn model(model: &Model, errors: &Errors) {
    for fields in model.field_lists() {
        keys_are_valid(fields, errors);
        keys_are_distinct(fields, errors);
        integers_are_decided(fields, errors);
    }
    tags_are_distinct(&model.shape, errors);
    tag_is_free(&model.shape, errors);
    one_text_index(model, errors);
    flatten_allows_unknown(model, errors);
}

/// A key with a dot or a dollar at its front cannot be named by queries and updates, NUL cannot be stored.
fn keys_are_valid(fields: &[Field], errors: &Errors) {
    for field in fields {
        let Some(stored) = field.stored() else { continue };
        for key in std::iter::once(&stored.key).chain(&stored.aliases) {
            if key.is_empty() || key.starts_with('$') || key.contains(['.', '\0']) {
                errors.at(
                    &field.ident,
                    format!("the key {key:?} cannot be queried: a key is not empty, does not start with `$`, and has no dot"),
                );
            }
        }
    }
}

/// Two fields of one document with one key would overwrite each other.
fn keys_are_distinct(fields: &[Field], errors: &Errors) {
    let mut seen: HashMap<&str, &Ident> = HashMap::new();
    for field in fields {
        let Some(stored) = field.stored() else { continue };
        for key in std::iter::once(&stored.key).chain(&stored.aliases) {
            if let Some(first) = seen.insert(key, &field.ident) {
                let message = format!(
                    "the key \"{key}\" belongs to two fields: rename one by `#[field(rename = \"..\")]`"
                );
                errors.at_both(&field.ident, message, first, "the first is here");
            }
        }
    }
}

/// BSON has no type that holds every value of these: the user decides.
fn integers_are_decided(fields: &[Field], errors: &Errors) {
    for field in fields {
        let Some(name) = undecided(field) else { continue };
        let hint = match name.as_str() {
            "Duration" => "`#[field(as = i64)]` (whole milliseconds) or `#[field(as = f64)]` (seconds)",
            "u128" | "i128" => "`#[field(as = Decimal128)]` (34 digits) or `#[field(as = String)]`",
            _ => {
                "`#[field(as = i64)]` (refused above its range), `#[field(as = Decimal128)]` or `#[field(as = String)]`"
            }
        };
        errors.at(
            &field.ty,
            format!("`{name}` has no BSON type of its own: decide how it is stored by {hint}"),
        );
    }
}

/// The name of a type that needs a decision and has none, also inside `Option`.
pub(crate) fn undecided(field: &Field) -> Option<String> {
    if !matches!(field.stored()?.codec, Codec::Own) {
        return None;
    }
    let ty = crate::lower::without_option(&field.ty);
    let Type::Path(path) = &ty else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    ["u64", "usize", "isize", "u128", "i128", "Duration"].contains(&name.as_str()).then_some(name)
}

/// Two variants with one text could not be told apart.
fn tags_are_distinct(shape: &Shape, errors: &Errors) {
    let mut seen: HashMap<&str, &Ident> = HashMap::new();
    let mut check = |text, ident| {
        if let Some(first) = seen.insert(text, ident) {
            let message = format!(
                "two variants are stored as \"{text}\": rename one by `#[document(rename = \"..\")]`"
            );
            errors.at_both(ident, message, first, "the first is here");
        }
    };
    match shape {
        Shape::Struct(_) => {}
        Shape::Units { units, .. } => {
            for unit in units {
                check(&unit.text, &unit.ident);
                unit.aliases.iter().for_each(|alias| check(alias, &unit.ident));
            }
        }
        Shape::Tagged { variants, .. } => {
            variants.iter().for_each(|variant| check(&variant.text, &variant.ident));
        }
    }
}

/// The tag is a key beside the fields of the variant.
fn tag_is_free(shape: &Shape, errors: &Errors) {
    let Shape::Tagged { tag, variants } = shape else { return };
    for variant in variants {
        let Content::Fields(fields) = &variant.content else { continue };
        for field in fields {
            if field.stored().is_some_and(|stored| stored.key == *tag) {
                errors.at(
                    &field.ident,
                    format!("the key \"{tag}\" is the tag of the enum: rename the field or the tag"),
                );
            }
        }
    }
}

/// The server allows one text index per collection.
fn one_text_index(model: &Model, errors: &Errors) {
    let indexes = model.collection.iter().flat_map(|collection| &collection.indexes);
    let mut texts = indexes.filter(|index| index.keys.iter().any(|key| key.kind == IndexKind::Text));
    let Some(first) = texts.next() else { return };
    for again in texts {
        let mut error = syn::Error::new(
            again.span,
            "a collection has one text index: put both fields into one, as in `index(text(title), text(body))`",
        );
        error.combine(syn::Error::new(first.span, "the first is here"));
        errors.push(error);
    }
}

/// What a flattened field does not know is not known to be unknown.
fn flatten_allows_unknown(model: &Model, errors: &Errors) {
    if !model.deny_unknown {
        return;
    }
    for field in model.field_lists().into_iter().flatten() {
        if matches!(field.role, crate::ir::Role::Flattened) {
            let ty = field.ty.to_token_stream();
            errors.push(syn::Error::new(
                ty.span(),
                "`deny_unknown` and `flatten` do not go together: a flattened map takes every key",
            ));
        }
    }
}
