//! From syntax and attributes to the [`Model`]: every default is decided here.

mod field;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Data, DataEnum, DeriveInput, Fields, Ident, Path, Type, ext::IdentExt};

pub(crate) use self::field::without_option;
use crate::{
    attr::{ItemValue, Items, index, serde::SerdeItems},
    case::Case,
    errors::Errors,
    ir::{Collection, Content, Index, Model, Shape, Unit, Variant},
    krate::Krate,
};

/// Which derive is running.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Embedded,
}

const MODEL_KEYS: [&str; 11] = [
    "collection",
    "rename_all",
    "rename_all_fields",
    "tag",
    "as",
    "index",
    "ttl",
    "root",
    "deny_unknown",
    "ignore_serde",
    "crate",
];
const VARIANT_KEYS: [&str; 2] = ["rename", "alias"];

/// What holds for all fields of a model.
struct Context<'a> {
    errors: &'a Errors,
    role: Role,
    ignore_serde: bool,
    /// The rule for the fields.
    case: Option<Case>,
    /// Whether `#[serde(default)]` stands on the struct.
    default: bool,
}

impl Context<'_> {
    /// Serde's attributes on an element, unless the model says that they are not about storing.
    fn serde(&self, attrs: &[Attribute], own: &[String]) -> SerdeItems {
        match self.ignore_serde {
            true => SerdeItems::default(),
            false => SerdeItems::read(attrs, |key| own.iter().any(|own| own == key), self.errors),
        }
    }
}

/// The model, or `None` when the item cannot be one at all; what is wrong goes to `errors`.
pub(crate) fn model(input: &DeriveInput, role: Role, errors: &Errors) -> Option<Model> {
    let mut items = Items::read("document", &input.attrs, errors);
    let krate = items.value::<Path>("crate", "::path::to::odmium", errors).map(|(_, path)| path);
    let krate = Krate::new(krate);
    let root = items.text("root", errors).and_then(|text| errors.ok(text.parse::<Ident>()));
    let ignore_serde = items.flag("ignore_serde", errors).is_some();
    let own = items.keys();
    let mut context = Context { errors, role, ignore_serde, case: None, default: false };
    let serde = context.serde(&input.attrs, &own);
    let case = |own: Option<syn::LitStr>, theirs: &Option<syn::LitStr>| {
        own.as_ref().or(theirs.as_ref()).and_then(|rule| errors.ok(Case::parse(rule)))
    };
    let rename_all = case(items.text("rename_all", errors), &serde.rename_all);
    let rename_all_fields = case(items.text("rename_all_fields", errors), &serde.rename_all_fields);
    let tag = items.text("tag", errors).or(serde.tag.clone());
    let numbers = numbers(&mut items, errors);
    let deny_unknown = items.flag("deny_unknown", errors).is_some() || serde.deny_unknown;
    let name = items.text("collection", errors);
    let mut indexes = indexes(&mut items, errors);
    let has_indexes = !indexes.is_empty();
    items.finish(&MODEL_KEYS, errors);
    context.default = serde.default.is_some();

    let (shape, id) = match &input.data {
        Data::Struct(data) => {
            context.case = rename_all;
            if let Some(tag) = &tag {
                errors.at(tag, "`tag` tells the variants of an enum apart: a struct has none");
            }
            let lowered = field::list(&context, &data.fields, &input.ident, &mut indexes)?;
            (Shape::Struct(lowered.fields), lowered.id)
        }
        Data::Enum(data) => {
            context.case = rename_all_fields;
            if role == Role::Document {
                errors.at(&input.ident, "a document of its own is a struct: derive `Embedded` for an enum");
            }
            (variants(&context, data, &input.ident, tag, numbers, rename_all)?, None)
        }
        Data::Union(_) => {
            errors.at(&input.ident, "a union cannot be stored: use an enum");
            return None;
        }
    };
    let collection = match role {
        Role::Document => Some(collection(input, &krate, name, id, indexes, errors)),
        Role::Embedded => {
            if let Some(name) = name {
                errors.at(
                    name,
                    "an embedded document has no collection: derive `Document`, or drop `collection`",
                );
            }
            if has_indexes {
                errors.at(
                    &input.ident,
                    "indexes belong to the document that embeds this one: declare `index(field.field)` there",
                );
            }
            None
        }
    };
    Some(Model {
        krate,
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        generics: input.generics.clone(),
        deny_unknown,
        shape,
        collection,
        root: root.unwrap_or_else(|| input.ident.clone()),
    })
}

fn collection(
    input: &DeriveInput,
    krate: &Krate,
    name: Option<syn::LitStr>,
    id: Option<Type>,
    indexes: Vec<Index>,
    errors: &Errors,
) -> Collection {
    let name = match name {
        Some(name) => {
            let text = name.value();
            let wrong = text.is_empty() || text.contains(['$', '\0']) || text.starts_with("system.");
            if wrong || text.starts_with('.') || text.ends_with('.') {
                errors.at(&name, "a collection name is not empty, has no `$` or NUL, does not start or end with a dot, and does not start with \"system.\"");
            }
            text
        }
        None => {
            let name = format!("{}s", crate::case::snake(&input.ident.unraw().to_string()));
            errors.at(
                &input.ident,
                format!("the collection has no name: add `#[document(collection = \"{name}\")]`"),
            );
            name
        }
    };
    let id = id.unwrap_or_else(|| {
        if matches!(input.data, Data::Struct(_)) {
            let ident = &input.ident;
            errors.at(
                ident,
                format!(
                    "`{ident}` has no `_id`: add a field `id: odmium::Id<{ident}>`, or mark one by `#[field(id)]`"
                ),
            );
        }
        syn::parse_quote!(#krate::Bson)
    });
    Collection { name, id, indexes }
}

/// `as = i32` or `as = i64`: the variants are stored as numbers.
fn numbers(items: &mut Items, errors: &Errors) -> Option<Ident> {
    let (key, ty) = items.value::<Ident>("as", "i32", errors)?;
    if ty != "i32" && ty != "i64" {
        errors.at(
            &ty,
            "an enum is stored as its variants' names, or by `as = i32` or `as = i64` as their numbers",
        );
    }
    Some(key)
}

fn indexes(items: &mut Items, errors: &Errors) -> Vec<Index> {
    let mut found = Vec::new();
    for (key, parse) in [("index", index::on_model as fn(_, _) -> _), ("ttl", index::ttl)] {
        for item in items.all(key) {
            match item.value {
                ItemValue::List(tokens) => found.extend(errors.ok(parse(item.key.span(), tokens))),
                _ => errors.at(&item, format!("name the fields: `#[document({key}(..))]`")),
            }
        }
    }
    found
}

fn variants(
    context: &Context<'_>,
    data: &DataEnum,
    ident: &Ident,
    tag: Option<syn::LitStr>,
    numbers: Option<Ident>,
    case: Option<Case>,
) -> Option<Shape> {
    let errors = context.errors;
    if data.variants.is_empty() {
        errors.at(ident, "an enum without variants has no value to store");
        return None;
    }
    let names: Vec<_> = data.variants.iter().map(|variant| names(context, variant, case)).collect();
    let has_data = data.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit));
    if !has_data && tag.is_none() {
        let units = data.variants.iter().zip(names);
        let units =
            units.map(|(variant, (text, aliases))| Unit { ident: variant.ident.clone(), text, aliases });
        return Some(Shape::Units { units: units.collect(), numbers: numbers.is_some() });
    }
    if let Some(numbers) = numbers {
        errors.at(numbers, "only an enum without data can be stored as numbers");
    }
    let tag = match tag {
        Some(tag) => tag.value(),
        None => {
            errors.at(
                ident,
                "the variants of an enum with data are told apart by a key of their own: \
                 add `#[document(tag = \"kind\")]`",
            );
            "kind".to_owned()
        }
    };
    let variants = data.variants.iter().zip(names).map(|(variant, (text, aliases))| {
        if let Some(alias) = aliases.first() {
            errors
                .at(variant, format!("the alias \"{alias}\" is for enums without data: rename the variant"));
        }
        let content = match &variant.fields {
            Fields::Unit => Content::Unit,
            Fields::Named(_) => {
                let mut indexes = Vec::new();
                let lowered = field::list(context, &variant.fields, &variant.ident, &mut indexes);
                if let Some(index) = indexes.first() {
                    errors.push(syn::Error::new(
                        index.span,
                        "an embedded enum has no indexes: declare them on the document",
                    ));
                }
                Content::Fields(lowered.map(|lowered| lowered.fields).unwrap_or_default())
            }
            Fields::Unnamed(fields) => match fields.unnamed.iter().collect::<Vec<_>>().as_slice() {
                [only] => Content::Newtype(Box::new(only.ty.clone())),
                _ => {
                    errors.at(
                        fields,
                        "the values of a variant need names in the document: write `{ name: Type, .. }`",
                    );
                    Content::Unit
                }
            },
        };
        Variant { ident: variant.ident.clone(), text, docs: docs(&variant.attrs), content }
    });
    Some(Shape::Tagged { tag, variants: variants.collect() })
}

/// The text of a variant, and its former ones.
fn names(context: &Context<'_>, variant: &syn::Variant, case: Option<Case>) -> (String, Vec<String>) {
    let errors = context.errors;
    let mut items = Items::read("document", &variant.attrs, errors);
    let serde = context.serde(&variant.attrs, &items.keys());
    let rename = items.text("rename", errors).or(serde.rename);
    let aliases = field::aliases(&mut items, serde.aliases, errors);
    items.finish(&VARIANT_KEYS, errors);
    let name = variant.ident.unraw().to_string();
    let text = match (rename, case) {
        (Some(rename), _) => rename.value(),
        (None, Some(case)) => case.variant(&name),
        (None, None) => name,
    };
    (text, aliases)
}

/// The doc comments of an element.
fn docs(attrs: &[Attribute]) -> TokenStream {
    attrs.iter().filter(|attr| attr.path().is_ident("doc")).map(ToTokens::to_token_stream).collect()
}

/// The doc comments, or a sentence.
fn docs_or(attrs: &[Attribute], sentence: &str) -> TokenStream {
    let docs = docs(attrs);
    if docs.is_empty() { quote!(#[doc = #sentence]) } else { docs }
}

/// A name for a generated type beside the model.
pub(crate) fn beside(ident: &Ident, suffix: &str) -> Ident {
    format_ident!("{}{suffix}", ident.unraw(), span = ident.span())
}
