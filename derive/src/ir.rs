//! A model, understood: every default is resolved, nothing is parsed any more.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Generics, Ident, LitStr, Path, Type, Visibility};

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
    /// The positions of the fields that a patch has, where one is asked for.
    pub(crate) patch: Option<Vec<usize>>,
    pub(crate) shapes: Shapes,
}

/// Which structs for the stages of a pipeline are asked for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Shapes {
    /// `CityStatsGroup`: an accumulator for each field.
    pub(crate) group: bool,
    /// `CityStatsShape`: an expression for each field.
    pub(crate) shape: bool,
}

impl Shapes {
    pub(crate) fn any(self) -> bool {
        self.group || self.shape
    }
}

pub(crate) struct Collection {
    pub(crate) name: String,
    /// Set where other models are in it as well.
    pub(crate) shared: Option<Shared>,
    /// Set where it is no plain one.
    pub(crate) create: Option<Create>,
    /// The type of `_id`, without `Option`.
    pub(crate) id: Type,
    pub(crate) indexes: Vec<Index>,
}

/// How a collection is created.
pub(crate) struct Create {
    /// Where it is written.
    pub(crate) key: Ident,
    /// The methods of the builder, and what they are given.
    pub(crate) calls: Vec<(Ident, TokenStream)>,
    /// Where it is a view.
    pub(crate) view: Option<Ident>,
}

/// How a model is told apart in a collection of several.
pub(crate) enum Shared {
    /// As a variant of this enum.
    VariantOf(Box<Type>),
    /// By a key and its text.
    By { key: String, text: String },
}

/// The enum of a collection that holds several models.
pub(crate) struct Several {
    pub(crate) tag: String,
    pub(crate) variants: Vec<SeveralVariant>,
    pub(crate) other: Option<Other>,
    /// The fields that every model has.
    pub(crate) common: Vec<Common>,
    /// Whether a variant is left out, as it could not be understood.
    pub(crate) is_incomplete: bool,
}

pub(crate) struct SeveralVariant {
    pub(crate) ident: Ident,
    pub(crate) text: String,
    pub(crate) docs: TokenStream,
    /// The model.
    pub(crate) ty: Type,
}

/// The variant for documents of no other.
pub(crate) struct Other {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
}

pub(crate) struct Common {
    pub(crate) ident: Ident,
    pub(crate) key: Key,
    pub(crate) ty: Type,
}

pub(crate) enum Shape {
    Struct(Vec<Field>),
    /// An enum without data.
    Units {
        units: Vec<Unit>,
        /// Set where they are stored as numbers.
        number: Option<Number>,
    },
    /// An enum with data, told apart by a tag.
    Tagged {
        tag: String,
        variants: Vec<Variant>,
    },
    /// The enum of a collection that holds several models.
    Several(Box<Several>),
}

/// The BSON type of a variant's number.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Int32,
    Int64,
}

pub(crate) struct Unit {
    pub(crate) ident: Ident,
    /// Where its number is written.
    pub(crate) span: Span,
    pub(crate) text: String,
    pub(crate) aliases: Vec<String>,
}

pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) text: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) docs: TokenStream,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Unit,
    /// One embedded document, whose fields stand beside the tag.
    Newtype(Box<Type>),
    Fields(Vec<Field>),
    /// What could not be understood.
    Broken,
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
    pub(crate) key: Key,
    pub(crate) aliases: Vec<Key>,
    pub(crate) codec: Codec,
    /// What a missing field reads as: nothing of its own, `Default`, or an expression.
    pub(crate) default: Option<Option<Expr>>,
    /// A predicate; the field is not written when it holds.
    pub(crate) skip_if: Option<Path>,
    /// Where it is marked as the version of the document.
    pub(crate) version: Option<Ident>,
    /// What becomes of the reference when its document is deleted.
    pub(crate) on_delete: Option<Ident>,
    /// In a view: the path in the model, whose key it is.
    pub(crate) path: Option<TokenStream>,
}

/// A key of the document, and where it is written in the model.
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) span: Span,
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

    pub(crate) fn has(&self, kinds: &[IndexKind]) -> bool {
        self.keys.iter().any(|key| kinds.contains(&key.kind))
    }
}

pub(crate) struct IndexKey {
    /// Empty for all fields of the document.
    pub(crate) path: Vec<Ident>,
    pub(crate) kind: IndexKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexKind {
    Ascending,
    Descending,
    Text,
    Hashed,
    /// On the sphere: "2dsphere".
    Sphere,
    /// On the plane: "2d".
    Flat,
    /// Every field below the path; without one, of the document.
    Wildcard,
}

impl Field {
    pub(crate) fn is_flattened(&self) -> bool {
        matches!(self.role, Role::Flattened)
    }

    /// What is stored under a key of its own, if anything.
    pub(crate) fn stored(&self) -> Option<&Stored> {
        match &self.role {
            Role::Stored(stored) => Some(stored),
            _ => None,
        }
    }
}

impl Stored {
    /// The key, then the former ones.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.key).chain(&self.aliases)
    }
}

impl From<LitStr> for Key {
    fn from(text: LitStr) -> Self {
        Self { text: text.value(), span: text.span() }
    }
}

impl Model {
    /// All field lists, with the variant they belong to.
    pub(crate) fn field_lists(&self) -> Vec<&[Field]> {
        match &self.shape {
            Shape::Struct(fields) => vec![fields],
            Shape::Units { .. } | Shape::Several(_) => Vec::new(),
            Shape::Tagged { variants, .. } => variants
                .iter()
                .filter_map(|variant| match &variant.content {
                    Content::Fields(fields) => Some(fields.as_slice()),
                    _ => None,
                })
                .collect(),
        }
    }

    /// The types whose keys are keys of the model: flattened fields, and what variants hold.
    pub(crate) fn flattened(&self) -> Vec<&Type> {
        let fields = self.field_lists().into_iter().flatten();
        let fields = fields.filter(|field| field.is_flattened()).map(|field| &field.ty);
        let variants = match &self.shape {
            Shape::Tagged { variants, .. } => variants.as_slice(),
            _ => &[],
        };
        let contents = variants.iter().filter_map(|variant| match &variant.content {
            Content::Newtype(ty) => Some(&**ty),
            _ => None,
        });
        let models = match &self.shape {
            Shape::Several(several) => several.variants.as_slice(),
            _ => &[],
        };
        fields.chain(contents).chain(models.iter().map(|variant| &variant.ty)).collect()
    }
}
