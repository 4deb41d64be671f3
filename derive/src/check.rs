//! Rules that concern more than one attribute: each a function with its rule as a comment.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::Ident;

use crate::{
    errors::Errors,
    ir::{Content, Field, IndexKind, Model, Role, Shape, Shared, Stored},
};

pub(crate) fn model(model: &Model, errors: &Errors) {
    for fields in model.field_lists() {
        keys_are_valid(fields, errors);
        keys_are_distinct(fields, errors);
    }
    tags_are_distinct(&model.shape, errors);
    tag_is_free(&model.shape, errors);
    discriminator_is_free(model, errors);
    views_have_no_indexes(model, errors);
    one_text_index(model, errors);
    wildcards_are_plain(model, errors);
    one_version(model, errors);
    flatten_allows_unknown(model, errors);
}

/// Whether queries and updates can name a key.
pub(crate) fn key(key: &str) -> Result<(), String> {
    let why = if key.is_empty() {
        "a key is not empty"
    } else if key.starts_with('$') {
        "what starts with `$` is an operator"
    } else if key.contains('.') {
        "a dot separates the keys of nested documents"
    } else if key.contains('\0') {
        "BSON ends a key at NUL"
    } else {
        return Ok(());
    };
    Err(format!("{key:?} cannot be a key: {why}"))
}

fn keys_are_valid(fields: &[Field], errors: &Errors) {
    for stored in fields.iter().filter_map(Field::stored) {
        for key in stored.keys() {
            if let Err(why) = self::key(&key.text) {
                errors.push(syn::Error::new(key.span, why));
            }
        }
    }
}

/// Two fields of one document with one key would overwrite each other.
fn keys_are_distinct(fields: &[Field], errors: &Errors) {
    let mut seen: HashMap<&str, (&Ident, Span)> = HashMap::new();
    for field in fields {
        for key in field.stored().into_iter().flat_map(Stored::keys) {
            let Some((first, first_span)) = seen.insert(&key.text, (&field.ident, key.span)) else {
                continue;
            };
            let text = &key.text;
            let message = if *first == field.ident {
                format!("\"{text}\" is the field's key already: drop the alias")
            } else if text == "_id" {
                "a document has one `_id`".to_owned()
            } else {
                format!("the key \"{text}\" belongs to two fields: rename one by `#[field(rename = \"..\")]`")
            };
            let mut error = syn::Error::new(key.span, message);
            if *first != field.ident {
                error.combine(syn::Error::new(first_span, "the first is here"));
            }
            errors.push(error);
        }
    }
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
        Shape::Struct(_) | Shape::Several(_) => {}
        Shape::Units { units, .. } => {
            for unit in units {
                check(&unit.text, &unit.ident);
                unit.aliases.iter().for_each(|alias| check(alias, &unit.ident));
            }
        }
        Shape::Tagged { variants, .. } => {
            for variant in variants {
                check(&variant.text, &variant.ident);
                variant.aliases.iter().for_each(|alias| check(alias, &variant.ident));
            }
        }
    }
}

/// The tag is a key beside the fields of the variant.
fn tag_is_free(shape: &Shape, errors: &Errors) {
    let Shape::Tagged { tag, variants } = shape else { return };
    for variant in variants {
        let Content::Fields(fields) = &variant.content else { continue };
        for field in fields {
            if field.stored().is_some_and(|stored| stored.keys().any(|key| key.text == *tag)) {
                errors.at(
                    &field.ident,
                    format!("the key \"{tag}\" is the tag of the enum: rename the field or the tag"),
                );
            }
        }
    }
}

/// What tells the model apart is a key beside its fields.
fn discriminator_is_free(model: &Model, errors: &Errors) {
    let shared = model.collection.as_ref().and_then(|collection| collection.shared.as_ref());
    let Some(Shared::By { key: own, .. }) = shared else { return };
    for field in model.field_lists().into_iter().flatten() {
        if field.stored().is_some_and(|stored| stored.keys().any(|key| key.text == *own)) {
            errors.at(
                &field.ident,
                format!(
                    "the key \"{own}\" tells the models of the collection apart: rename the field or the key"
                ),
            );
        }
    }
}

/// A view reads another collection, with the indexes of that.
fn views_have_no_indexes(model: &Model, errors: &Errors) {
    let Some(collection) = &model.collection else { return };
    let Some(view) = collection.create.as_ref().and_then(|create| create.view.as_ref()) else { return };
    for index in &collection.indexes {
        let mut error = syn::Error::new(
            index.span,
            "a view has no indexes of its own: declare it on the model of the collection that it reads",
        );
        error.combine(syn::Error::new(view.span(), "the view is here"));
        errors.push(error);
    }
}

/// The server allows one text index per collection.
fn one_text_index(model: &Model, errors: &Errors) {
    let indexes = model.collection.iter().flat_map(|collection| &collection.indexes);
    let mut texts = indexes.filter(|index| index.has(&[IndexKind::Text]));
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

/// The server refuses these, when the index is built.
fn wildcards_are_plain(model: &Model, errors: &Errors) {
    for index in model.collection.iter().flat_map(|collection| &collection.indexes) {
        if index.has(&[IndexKind::Wildcard]) && (index.unique || index.expire_after.is_some()) {
            errors.push(syn::Error::new(
                index.span,
                "a wildcard index cannot be unique or expire documents: index the fields that matter by name",
            ));
        }
    }
}

/// One number tells whether the document was changed.
fn one_version(model: &Model, errors: &Errors) {
    let stored = model.field_lists().into_iter().flatten().filter_map(Field::stored);
    let mut marks = stored.filter_map(|stored| stored.version.as_ref());
    let Some(first) = marks.next() else { return };
    for again in marks {
        errors.at_both(again, "a document has one version", first, "the first is here");
    }
}

/// A flattened field reads the keys that the model does not know.
fn flatten_allows_unknown(model: &Model, errors: &Errors) {
    if !model.deny_unknown {
        return;
    }
    for field in model.field_lists().into_iter().flatten() {
        if matches!(field.role, Role::Flattened) {
            errors.at(
                &field.ty,
                "`deny_unknown` and `flatten` do not go together: what a flattened field does not know is not \
                 known to be unknown",
            );
        }
    }
}
