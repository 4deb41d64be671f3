//! Serde's attributes on a model: understood, or refused with what to write instead, never silently passed over.

use syn::{Attribute, Expr, LitStr, Path, Token, punctuated::Punctuated};

use super::{Item, ItemValue};
use crate::errors::Errors;

/// What serde's attributes say about one struct, enum, variant or field.
#[derive(Default)]
pub(crate) struct SerdeItems {
    pub(crate) rename: Option<LitStr>,
    pub(crate) rename_all: Option<LitStr>,
    pub(crate) rename_all_fields: Option<LitStr>,
    pub(crate) tag: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<Option<Path>>,
    pub(crate) skip: bool,
    pub(crate) flatten: bool,
    pub(crate) skip_if: Option<Path>,
    pub(crate) deny_unknown: bool,
}

/// Attributes that say nothing about what is stored.
const NO_MATTER: [&str; 4] = ["bound", "borrow", "crate", "expecting"];

impl SerdeItems {
    /// Reads the attributes; `own` tells keys of our own attribute that decide the same thing and therefore win.
    pub(crate) fn read(attrs: &[Attribute], own: impl Fn(&str) -> bool, errors: &Errors) -> Self {
        let mut found = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
            let Ok(list) = attr.meta.require_list() else { continue };
            // What serde cannot read, serde reports.
            let items = list.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated);
            for item in items.into_iter().flatten() {
                found.take(&item, &own, errors);
            }
        }
        found
    }

    fn take(&mut self, item: &Item, own: &impl Fn(&str) -> bool, errors: &Errors) {
        let key = item.key.to_string();
        match (key.as_str(), &item.value) {
            (key, _) if NO_MATTER.contains(&key) => {}
            ("rename" | "rename_all" | "rename_all_fields", ItemValue::List(_)) if own(&key) => {}
            ("rename" | "rename_all" | "rename_all_fields", ItemValue::List(_)) => errors.at(
                item,
                format!(
                    "serde has one name for writing and one for reading here, a stored document has one: \
                     say which by `#[{}({key} = \"..\")]`",
                    if key == "rename" { "field" } else { "document" },
                ),
            ),
            ("rename", ItemValue::Is(_)) => self.rename = text(item),
            ("rename_all", ItemValue::Is(_)) => self.rename_all = text(item),
            ("rename_all_fields", ItemValue::Is(_)) => self.rename_all_fields = text(item),
            ("tag", ItemValue::Is(_)) => self.tag = text(item),
            ("alias", ItemValue::Is(_)) => self.aliases.extend(text(item)),
            ("default", ItemValue::Flag) => self.default = Some(None),
            ("default", ItemValue::Is(_)) => self.default = text(item).and_then(|path| path.parse().ok()).map(Some),
            ("skip", _) => self.skip = true,
            ("flatten", _) => self.flatten = true,
            ("skip_serializing_if", ItemValue::Is(_)) => self.skip_if = text(item).and_then(|path| path.parse().ok()),
            ("deny_unknown_fields", _) => self.deny_unknown = true,
            ("transparent", _) => errors.at(
                item,
                "serde's `transparent` is for structs that stand for their only field: implement `odmium::codec::Encode` \
                 and `Decode` instead of deriving",
            ),
            ("with" | "serialize_with" | "deserialize_with" | "getter", _)
                if own("with") || own("serde") || own("as") || own("skip") => {}
            ("with" | "serialize_with" | "deserialize_with" | "getter", _) => errors.at(
                item,
                format!(
                    "serde's `{key}` is not used for storing: write `#[field(with = module)]` with `encode` and `decode` \
                     functions, `#[field(serde)]` for the type's own serde form, or `#[field(as = type)]`"
                ),
            ),
            ("skip_serializing" | "skip_deserializing", _) if own("skip") || own("store") => {}
            ("skip_serializing" | "skip_deserializing", _) => errors.at(
                item,
                format!(
                    "serde's `{key}` goes one way only: write `#[field(store)]` to store the field all the same, or \
                     `#[field(skip)]` to leave it out of the document"
                ),
            ),
            ("untagged" | "content", _) => errors.at(
                item,
                format!(
                    "serde's `{key}` is not supported in stored documents: tag the variants by `#[document(tag = \"kind\")]`"
                ),
            ),
            ("from" | "into" | "try_from" | "remote" | "other", _) => errors.at(
                item,
                format!(
                    "serde's `{key}` is not used for storing: implement `odmium::codec::Encode` and `Decode` by hand, or \
                     store the field that holds this type by `#[field(serde)]`"
                ),
            ),
            _ => errors.at(
                item,
                format!(
                    "odmium does not know serde's `{key}`: when it is about JSON only, add `#[document(ignore_serde)]` \
                     to the model"
                ),
            ),
        }
    }

    /// The default expression, when serde has one.
    pub(crate) fn default_expr(&self) -> Option<Option<Expr>> {
        self.default.as_ref().map(|path| path.as_ref().map(|path| syn::parse_quote!(#path())))
    }
}

fn text(item: &Item) -> Option<LitStr> {
    match &item.value {
        ItemValue::Is(tokens) => syn::parse2(tokens.clone()).ok(),
        _ => None,
    }
}
