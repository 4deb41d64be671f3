//! A model, understood: every default is resolved, nothing is parsed any more.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Generics, Ident, Path, Type, Visibility};

use crate::krate::Krate;

/// A struct or enum with a derive of ours.
pub(crate) struct Model {
    pub(crate) krate: Krate,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    pub(crate) deny_unknown: bool,
    pub(crate) shape: Shape,
    /// Set for `#[derive(Document)]`.
    pub(crate) collection: Option<Collection>,
    /// The name of the root constant.
    pub(crate) root: Ident,
}

pub(crate) struct Collection {
    pub(crate) name: String,
    /// The type of `_id`, without `Option`.
    pub(crate) id: Type,
    pub(crate) indexes: Vec<Index>,
}

pub(crate) enum Shape {
    Struct(Vec<Field>),
    /// An enum without data.
    Units {
        units: Vec<Unit>,
        numbers: bool,
    },
    /// An enum with data, told apart by a tag.
    Tagged {
        tag: String,
        variants: Vec<Variant>,
    },
}

pub(crate) struct Unit {
    pub(crate) ident: Ident,
    pub(crate) text: String,
    pub(crate) aliases: Vec<String>,
}

pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) text: String,
    pub(crate) docs: TokenStream,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Unit,
    /// One embedded document, whose fields stand beside the tag.
    Newtype(Box<Type>),
    Fields(Vec<Field>),
}

pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    pub(crate) docs: TokenStream,
    pub(crate) role: Role,
}

pub(crate) enum Role {
    /// Not in the document; the expression gives its value on reading.
    Skipped(Option<Expr>),
    /// Its keys stand among those of the model.
    Flattened,
    Stored(Box<Stored>),
}

pub(crate) struct Stored {
    pub(crate) key: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) codec: Codec,
    /// What a missing field reads as: nothing of its own, `Default`, or an expression.
    pub(crate) default: Option<Option<Expr>>,
    /// A predicate; the field is not written when it holds.
    pub(crate) skip_if: Option<Path>,
}

pub(crate) enum Codec {
    Own,
    Serde,
    As(Type),
    With(Path),
}

pub(crate) struct Index {
    pub(crate) span: Span,
    pub(crate) keys: Vec<IndexKey>,
    pub(crate) unique: bool,
    pub(crate) sparse: bool,
    pub(crate) hidden: bool,
    pub(crate) expire_after: Option<u64>,
    pub(crate) name: Option<Expr>,
    pub(crate) partial: Option<Expr>,
    pub(crate) collation: Option<Expr>,
    pub(crate) weights: Option<Expr>,
    pub(crate) language: Option<Expr>,
}

impl Index {
    pub(crate) fn new(span: Span) -> Self {
        Self {
            span,
            keys: Vec::new(),
            unique: false,
            sparse: false,
            hidden: false,
            expire_after: None,
            name: None,
            partial: None,
            collation: None,
            weights: None,
            language: None,
        }
    }
}

pub(crate) struct IndexKey {
    pub(crate) path: Vec<Ident>,
    pub(crate) kind: IndexKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexKind {
    Ascending,
    Descending,
    Text,
    Hashed,
    Sphere,
}

impl Field {
    /// What is stored under a key of its own, if anything.
    pub(crate) fn stored(&self) -> Option<&Stored> {
        match &self.role {
            Role::Stored(stored) => Some(stored),
            _ => None,
        }
    }
}

impl Model {
    /// All field lists, with the variant they belong to.
    pub(crate) fn field_lists(&self) -> Vec<&[Field]> {
        match &self.shape {
            Shape::Struct(fields) => vec![fields],
            Shape::Units { .. } => Vec::new(),
            Shape::Tagged { variants, .. } => variants
                .iter()
                .filter_map(|variant| match &variant.content {
                    Content::Fields(fields) => Some(fields.as_slice()),
                    _ => None,
                })
                .collect(),
        }
    }
}
