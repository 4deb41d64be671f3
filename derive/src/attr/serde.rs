//! Serde's attributes on a model: understood, or refused with what to write instead, never silently passed over.

use syn::{Attribute, Expr, LitStr, Path, Token, punctuated::Punctuated};

use super::{Item, ItemValue, keys::Place};
use crate::errors::Errors;

/// What serde's attributes say about one struct, enum, variant or field.
#[derive(Default)]
pub(crate) struct SerdeItems {
    pub(crate) rename: Option<LitStr>,
    pub(crate) rename_all: Option<LitStr>,
    pub(crate) rename_all_fields: Option<LitStr>,
    pub(crate) tag: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<Option<Expr>>,
    pub(crate) skip: bool,
    pub(crate) flatten: bool,
    pub(crate) skip_if: Option<Path>,
    pub(crate) deny_unknown: bool,
}

/// Attributes that say nothing about what is stored.
const NO_MATTER: [&str; 4] = ["bound", "borrow", "crate", "expecting"];

impl SerdeItems {
    /// Reads the attributes; `own` tells keys of our own attribute that decide the same thing and therefore win.
    pub(crate) fn read(
        place: Place,
        attrs: &[Attribute],
        own: impl Fn(&str) -> bool,
        errors: &Errors,
    ) -> Self {
        let mut found = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
            let Ok(list) = attr.meta.require_list() else { continue };
            // What serde cannot read, serde reports.
            let items = list.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated);
            for item in items.into_iter().flatten() {
                let key = item.key.to_string();
                if NO_MATTER.contains(&key.as_str()) {
                    continue;
                }
                let taken = match place {
                    Place::Document | Place::Embedded | Place::Enum | Place::DocumentEnum => {
                        found.on_model(place, &key, &item)
                    }
                    Place::Variant | Place::DocumentVariant => found.on_variant(&key, &item),
                    Place::Field | Place::EmbeddedField => found.on_field(&key, &item),
                    // A view is read from the model's documents, and written by serde as its own attributes say.
                    Place::View | Place::ViewField | Place::Database | Place::DatabaseField => true,
                };
                if taken || overruled(&key, &own) {
                    continue;
                }
                errors.at(&item, refusal(place, &key, &item));
                if key == "untagged" {
                    // That is the one mistake; a missing tag is none on top.
                    found.tag = Some(LitStr::new("kind", item.key.span()));
                }
            }
        }
        found
    }

    fn on_model(&mut self, place: Place, key: &str, item: &Item) -> bool {
        match (key, &item.value) {
            // The name of a struct is not stored.
            ("rename", _) => {}
            ("rename_all", ItemValue::Is(_)) => self.rename_all = text(item),
            ("rename_all_fields", ItemValue::Is(_)) => self.rename_all_fields = text(item),
            ("tag", ItemValue::Is(_)) if place == Place::Enum => self.tag = text(item),
            ("default", _) => self.default = default(item),
            ("deny_unknown_fields", ItemValue::Flag) => self.deny_unknown = true,
            _ => return false,
        }
        true
    }

    fn on_variant(&mut self, key: &str, item: &Item) -> bool {
        match (key, &item.value) {
            ("rename", ItemValue::Is(_)) => self.rename = text(item),
            ("rename_all", ItemValue::Is(_)) => self.rename_all = text(item),
            ("alias", ItemValue::Is(_)) => self.aliases.extend(text(item)),
            _ => return false,
        }
        true
    }

    fn on_field(&mut self, key: &str, item: &Item) -> bool {
        match (key, &item.value) {
            ("rename", ItemValue::Is(_)) => self.rename = text(item),
            ("alias", ItemValue::Is(_)) => self.aliases.extend(text(item)),
            ("default", _) => self.default = default(item),
            ("skip", ItemValue::Flag) => self.skip = true,
            ("flatten", ItemValue::Flag) => self.flatten = true,
            ("skip_serializing_if", ItemValue::Is(_)) => {
                self.skip_if = text(item).and_then(|path| path.parse().ok());
            }
            _ => return false,
        }
        true
    }
}

/// Whether our own attribute decides what serde's key is about.
fn overruled(key: &str, own: &impl Fn(&str) -> bool) -> bool {
    match key {
        "rename" | "rename_all" | "rename_all_fields" => own(key),
        "with" | "serialize_with" | "deserialize_with" | "getter" => {
            ["with", "serde", "as", "skip"].into_iter().any(own)
        }
        "skip_serializing" | "skip_deserializing" => own("skip") || own("store"),
        _ => false,
    }
}

/// What to write instead of a key that cannot be honoured.
fn refusal(place: Place, key: &str, item: &Item) -> String {
    match (key, place) {
        ("rename" | "rename_all" | "rename_all_fields", _) if matches!(item.value, ItemValue::List(_)) => {
            format!(
                "serde has one name for writing and one for reading here, a stored document has one: say which by \
             `#[{}({key} = \"..\")]`",
                place.attribute()
            )
        }
        ("tag", _) => "serde's `tag` on a struct adds a key with the struct's name: add a field for it, or \
                       `#[document(ignore_serde)]` to the model when it is about JSON only"
            .to_owned(),
        ("transparent", _) => {
            "serde's `transparent` is for structs that stand for their only field: implement \
                               `odmium::codec::Encode` and `Decode` instead of deriving"
                .to_owned()
        }
        ("with" | "serialize_with" | "deserialize_with" | "getter", Place::Field | Place::EmbeddedField) => {
            format!(
                "serde's `{key}` is not used for storing: write `#[field(with = module)]` with `encode` and `decode` \
             functions, `#[field(serde)]` for the type's own serde form, or `#[field(as = type)]`"
            )
        }
        ("skip_serializing" | "skip_deserializing", Place::Field | Place::EmbeddedField) => format!(
            "serde's `{key}` goes one way only: write `#[field(store)]` to store the field all the same, or \
             `#[field(skip)]` to leave it out of the document"
        ),
        ("skip" | "skip_serializing" | "skip_deserializing", Place::Variant) => format!(
            "serde's `{key}` leaves out a variant, but a stored enum has all of them: drop it, or add \
             `#[document(ignore_serde)]` to the enum when it is about JSON only"
        ),
        ("other", Place::Variant) => {
            "serde's `other` takes unknown variants, which are an error here that names those \
                                      there are: drop it"
                .to_owned()
        }
        ("untagged" | "content", _) => format!(
            "serde's `{key}` is not supported in stored documents: tag the variants by `#[document(tag = \"kind\")]`"
        ),
        ("from" | "into" | "try_from" | "remote", _) => format!(
            "serde's `{key}` is not used for storing: implement `odmium::codec::Encode` and `Decode` by hand, or \
             store the field that holds this type by `#[field(serde)]`"
        ),
        _ => format!(
            "odmium does not know serde's `{key}` here: when it is about JSON only, add `#[document(ignore_serde)]` \
             to the model"
        ),
    }
}

/// The default: `Default`, or a call of the function that serde names.
fn default(item: &Item) -> Option<Option<Expr>> {
    match &item.value {
        ItemValue::Is(_) => {
            let path: Path = text(item)?.parse().ok()?;
            Some(Some(syn::parse_quote!(#path())))
        }
        _ => Some(None),
    }
}

fn text(item: &Item) -> Option<LitStr> {
    match &item.value {
        ItemValue::Is(tokens) => syn::parse2(tokens.clone()).ok(),
        _ => None,
    }
}
