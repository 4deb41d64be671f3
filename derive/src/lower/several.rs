//! The enum of a collection that holds several models.

use proc_macro2::TokenStream;
use syn::{
    DataEnum, DeriveInput, Fields, Ident, LitStr, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{Context, docs_or};
use crate::{
    attr::{ItemValue, Items, keys::Place},
    case::Case,
    ir::{Common, Key, Other, Several, SeveralVariant},
};

/// `at: DateTime`.
struct Declared {
    ident: Ident,
    ty: Type,
}

impl Parse for Declared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ident = input.call(Ident::parse_any)?;
        input.parse::<Token![:]>()?;
        Ok(Self { ident, ty: input.parse()? })
    }
}

/// The fields that every model has: `common(at: DateTime)`.
pub(super) fn common(context: &Context<'_>, items: &mut Items) -> Vec<Common> {
    let errors = context.errors;
    let mut found: Vec<Common> = Vec::new();
    for item in items.all("common") {
        let declared = match &item.value {
            ItemValue::List(tokens) => {
                let list = Punctuated::<Declared, Token![,]>::parse_terminated.parse2(tokens.clone());
                list.ok().filter(|list| !list.is_empty())
            }
            _ => None,
        };
        let Some(declared) = declared else {
            errors.at(
                &item,
                "name the fields that every model has, with their types: `#[document(common(at: DateTime))]`",
            );
            continue;
        };
        for Declared { ident, ty } in declared {
            let name = ident.unraw().to_string();
            if name == "id" {
                errors.at(&ident, "the `_id` is common to all models anyway: drop it here");
                continue;
            }
            if found.iter().any(|other| other.ident == ident) {
                errors.at(&ident, format!("`{name}` is common already"));
                continue;
            }
            let text = context.case.map_or_else(|| name.clone(), |case| case.field(&name));
            found.push(Common { key: Key { text, span: ident.span() }, ident, ty });
        }
    }
    found
}

/// The variants; nothing when there is none.
pub(super) fn several(
    context: &Context<'_>,
    input: &DeriveInput,
    data: &DataEnum,
    tag: Option<LitStr>,
    case: Option<Case>,
    common: Vec<Common>,
) -> Option<Several> {
    let errors = context.errors;
    if tag.is_none() {
        errors.at(
            &input.ident,
            "the models of a collection are told apart by a key of their own: add `#[document(tag = \"kind\")]`",
        );
    }
    if let Some(tag) = &tag {
        let text = tag.value();
        match crate::check::key(&text) {
            Err(why) => errors.at(tag, why),
            Ok(()) if text == "_id" => {
                errors.at(tag, "`_id` names one document: choose another key for the tag")
            }
            Ok(()) => {}
        }
    }
    let tag = tag.map_or_else(|| "kind".to_owned(), |tag| tag.value());
    if let Some(common) = common.iter().find(|common| common.key.text == tag) {
        errors.at(
            &common.ident,
            format!("the key \"{tag}\" is the tag of the enum: rename the field or the tag"),
        );
    }
    let (mut variants, mut other): (Vec<SeveralVariant>, Option<Other>) = (Vec::new(), None);
    let mut is_incomplete = false;
    for variant in &data.variants {
        let mut items = Items::read(Place::DocumentVariant, &variant.attrs, errors);
        let serde = context.serde(Place::Variant, &variant.attrs, &items.keys());
        let is_other = items.flag("other", errors);
        if let (Some(_), Some(rename)) = (&is_other, items.find("rename")) {
            errors.at(rename, "the variant for the other documents has no text of its own: drop `rename`");
        }
        let rename = items.text("rename", errors).or(serde.rename);
        items.finish(errors);
        if let Some(alias) = serde.aliases.first() {
            errors.at(
                alias,
                "the text of a variant is part of every query, so that there is one: rename the stored ones by an update",
            );
        }
        let Some(ty) = content(&variant.fields) else {
            errors.at(
                variant,
                "a variant of a document holds one model: write `Click(Click)`, with `#[derive(Document)]` and \
                 `#[document(variant_of = ..)]` on `Click`",
            );
            is_incomplete = true;
            continue;
        };
        let ident = variant.ident.clone();
        if let Some(mark) = is_other {
            match &other {
                Some(first) => {
                    errors.at_both(
                        &mark,
                        "one variant takes the other documents",
                        &first.ident,
                        "the first is here",
                    );
                    is_incomplete = true;
                }
                None => other = Some(Other { ident, ty }),
            }
            continue;
        }
        let name = ident.unraw().to_string();
        let text = match (rename, case) {
            (Some(rename), _) => rename.value(),
            (None, Some(case)) => case.variant(&name),
            (None, None) => name.clone(),
        };
        if let Some(first) = variants.iter().find(|first| first.text == text) {
            let message = format!(
                "two variants are stored as \"{text}\": rename one by `#[document(rename = \"..\")]`"
            );
            errors.at_both(&ident, message, &first.ident, "the first is here");
        }
        if let Some(first) = variants.iter().find(|first| first.ty == ty) {
            errors.at_both(
                &ident,
                "two variants hold the same model, which has one text: give each a model of its own",
                &first.ident,
                "the first is here",
            );
            is_incomplete = true;
            continue;
        }
        let docs: TokenStream = docs_or(&variant.attrs, &format!(" The paths of variant `{name}`."));
        variants.push(SeveralVariant { ident, text, docs, ty });
    }
    if variants.is_empty() {
        if data.variants.is_empty() || other.is_some() {
            errors.at(
                &input.ident,
                "an enum of a collection has a variant for each of its models: add `Click(Click)`",
            );
        }
        return None;
    }
    Some(Several { tag, variants, other, common, is_incomplete })
}

/// Whether this enum was rather meant to be a field of a document: no variant holds a model.
pub(super) fn is_embedded(data: &DataEnum) -> bool {
    !data.variants.is_empty() && data.variants.iter().all(|variant| content(&variant.fields).is_none())
}

/// The type of the only member.
fn content(fields: &Fields) -> Option<Type> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| field.ty.clone())
        }
        _ => None,
    }
}
