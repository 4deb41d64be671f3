//! Which keys an attribute has at which place.

/// Where an attribute stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Document,
    Embedded,
    Enum,
    Variant,
    /// The enum of a collection that holds several models.
    DocumentEnum,
    /// One of its variants.
    DocumentVariant,
    /// A field of a document.
    Field,
    /// A field of an embedded struct or of a variant.
    EmbeddedField,
    View,
    ViewField,
    /// A struct of collections.
    Database,
    DatabaseField,
}

const DOCUMENT: &[&str] = &[
    "collection",
    "variant_of",
    "discriminator",
    "create",
    "index",
    "ttl",
    "patch",
    "group",
    "shape",
    "rename_all",
    "default",
    "deny_unknown",
    "ignore_serde",
    "root",
    "crate",
];
const EMBEDDED: &[&str] =
    &["group", "shape", "rename_all", "default", "deny_unknown", "ignore_serde", "root", "crate"];
const ENUM: &[&str] =
    &["tag", "as", "rename_all", "rename_all_fields", "deny_unknown", "ignore_serde", "root", "crate"];
const VARIANT: &[&str] = &["rename", "alias", "rename_all"];
const DOCUMENT_ENUM: &[&str] =
    &["collection", "tag", "common", "create", "index", "ttl", "rename_all", "ignore_serde", "root", "crate"];
const DOCUMENT_VARIANT: &[&str] = &["rename", "other"];
const FIELD: &[&str] = &[
    "id",
    "rename",
    "alias",
    "default",
    "skip",
    "skip_if",
    "flatten",
    "as",
    "with",
    "serde",
    "store",
    "index",
    "version",
    "on_delete",
];
const EMBEDDED_FIELD: &[&str] =
    &["rename", "alias", "default", "skip", "skip_if", "flatten", "as", "with", "serde", "store"];
const VIEW: &[&str] = &["of", "crate"];
const VIEW_FIELD: &[&str] =
    &["from", "default", "skip", "as", "serde", "slice", "elem_match", "meta", "expr", "with"];
const DATABASE: &[&str] = &["name", "crate"];
const DATABASE_FIELD: &[&str] = &[
    "collection",
    "bucket",
    "database",
    "prefix",
    "read_concern",
    "write_concern",
    "selection_criteria",
    "timeout",
];

impl Place {
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Document
            | Self::Embedded
            | Self::Enum
            | Self::Variant
            | Self::DocumentEnum
            | Self::DocumentVariant => "document",
            Self::Field | Self::EmbeddedField | Self::ViewField => "field",
            Self::View => "view",
            Self::Database | Self::DatabaseField => "database",
        }
    }

    pub(crate) fn other_attribute(self) -> &'static str {
        match self.attribute() {
            "document" => "field",
            _ => "document",
        }
    }

    /// What to say about the other attribute.
    pub(crate) fn use_instead(self) -> String {
        let what = match self {
            Self::Document | Self::Embedded => "a struct",
            Self::Enum | Self::DocumentEnum => "an enum",
            Self::Variant | Self::DocumentVariant => "a variant",
            Self::View => "a view",
            Self::Database => "a database",
            Self::DatabaseField => "a field of a database",
            Self::Field | Self::EmbeddedField | Self::ViewField => "a field",
        };
        let (own, other) = (self.attribute(), self.other_attribute());
        format!("`#[{other}(..)]` does not apply to {what}: write `#[{own}(..)]`")
    }

    /// What to say about a key that is none.
    pub(crate) fn unknown(self, key: &str) -> String {
        let attribute = self.attribute();
        if self == Self::ViewField && key == "rename" {
            return "a view has the keys of its model: name the model's field, as in `from = name`"
                .to_owned();
        }
        let elsewhere = [
            (Self::Field, "a field, as `#[field(..)]`"),
            (Self::Variant, "a variant, as `#[document(..)]`"),
            (Self::Enum, "an enum"),
            (Self::Document, "a struct with `#[derive(Document)]`"),
            (Self::DocumentEnum, "an enum with `#[derive(Document)]`"),
            (Self::DocumentVariant, "a variant of an enum with `#[derive(Document)]`"),
        ]
        .into_iter()
        .find(|(place, _)| !self.stands_alone() && place.keys().contains(&key));
        match elsewhere {
            Some((_, place)) => {
                format!("the key `{key}` belongs on {place}; the keys here are {}", self.list())
            }
            None => {
                let meant = self.keys().iter().find(|known| is_typo(known, key));
                let hint = meant.map_or_else(String::new, |known| format!("did you mean `{known}`? "));
                format!(
                    "unknown key `{key}` in `#[{attribute}(..)]`: {hint}the keys here are {}",
                    self.list()
                )
            }
        }
    }

    /// What to say where a key should be.
    pub(crate) fn no_key(self) -> String {
        format!("a key is expected here: the keys are {}", self.list())
    }

    /// Whether its keys have nothing to do with those of models.
    fn stands_alone(self) -> bool {
        matches!(self, Self::View | Self::ViewField | Self::Database | Self::DatabaseField)
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Document => DOCUMENT,
            Self::Embedded => EMBEDDED,
            Self::Enum => ENUM,
            Self::Variant => VARIANT,
            Self::DocumentEnum => DOCUMENT_ENUM,
            Self::DocumentVariant => DOCUMENT_VARIANT,
            Self::Field => FIELD,
            Self::EmbeddedField => EMBEDDED_FIELD,
            Self::View => VIEW,
            Self::ViewField => VIEW_FIELD,
            Self::Database => DATABASE,
            Self::DatabaseField => DATABASE_FIELD,
        }
    }

    fn list(self) -> String {
        let keys: Vec<_> = self.keys().iter().map(|key| format!("`{key}`")).collect();
        keys.join(", ")
    }
}

/// Whether one letter is wrong, missing, too much, or has changed places with the next.
pub(crate) fn is_typo(word: &str, typed: &str) -> bool {
    let (word, typed): (Vec<_>, Vec<_>) = (word.chars().collect(), typed.chars().collect());
    let start = word.iter().zip(&typed).take_while(|(a, b)| a == b).count();
    let (word, typed) = (&word[start..], &typed[start..]);
    let end = word.iter().rev().zip(typed.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&word[..word.len() - end], &typed[..typed.len() - end]) {
        ([a, b], [c, d]) => (a, b) == (d, c),
        (left, right) => left.len() <= 1 && right.len() <= 1,
    }
}
