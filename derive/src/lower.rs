//! From syntax and attributes to the [`Model`]: every default is decided here.

pub(crate) mod field;
mod patch;
mod several;
mod variant;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Expr, Ident, Path, Type, ext::IdentExt};

use self::patch::Patch;
use crate::{
    attr::{ItemValue, Items, create, index, keys::Place, serde::SerdeItems},
    case::Case,
    errors::Errors,
    ir::{Collection, Create, Index, Model, Shape, Shapes, Shared},
    krate::Krate,
};

/// Which derive is running.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Embedded,
}

/// What holds for all fields of a model.
struct Context<'a> {
    errors: &'a Errors,
    role: Role,
    ignore_serde: bool,
    /// The rule for the fields.
    case: Option<Case>,
    /// The value that missing fields are taken from: `Default`, or an expression.
    default: Option<Option<Expr>>,
    shapes: Shapes,
}

impl Context<'_> {
    /// Serde's attributes on an element, unless the model says that they are not about storing.
    fn serde(&self, place: Place, attrs: &[Attribute], own: &[String]) -> SerdeItems {
        match self.ignore_serde {
            true => SerdeItems::default(),
            false => SerdeItems::read(place, attrs, |key| own.iter().any(|own| own == key), self.errors),
        }
    }

    /// The rule that an attribute names: ours, else serde's.
    fn case(&self, own: Option<&syn::LitStr>, theirs: Option<&syn::LitStr>) -> Option<Case> {
        own.or(theirs).and_then(|rule| self.errors.ok(Case::parse(rule)))
    }
}

/// What is generated for an item that is no model.
pub(crate) enum Instead {
    /// The other derive stands there too, or should: it generates everything.
    Nothing,
    /// Impls that are never called.
    Stubs(Krate),
}

/// The model, or what is generated instead of it; what is wrong goes to `errors`.
pub(crate) fn model(input: &DeriveInput, role: Role, errors: &Errors) -> Result<Model, Instead> {
    let place = match (&input.data, role) {
        (Data::Enum(data), _) if several::is_embedded(data) => Place::Enum,
        (Data::Enum(_), Role::Embedded) => Place::Enum,
        (Data::Enum(_), Role::Document) => Place::DocumentEnum,
        (_, Role::Document) => Place::Document,
        (_, Role::Embedded) => Place::Embedded,
    };
    let mut items = Items::read(place, &input.attrs, errors);
    if let (Role::Embedded, Some(key)) = (role, items.find("collection")) {
        errors.at(
            key,
            "an embedded document has no collection: derive `Document` and not `Embedded`, or drop `collection`; a \
             document with a collection can be embedded as well",
        );
        return Err(Instead::Nothing);
    }
    let krate = Krate::new(items.value::<Path>("crate", "::path::to::odmium", errors).map(|(_, path)| path));
    let root = items.text("root", errors).and_then(|text| {
        let name = text.parse::<Ident>();
        errors
            .ok(name.map_err(|_| syn::Error::new(text.span(), "write a name for a constant, such as \"U\"")))
    });
    let ignore_serde = items.flag("ignore_serde", errors).is_some();
    let own = items.keys();
    let shapes = shapes(input, &mut items, errors);
    let mut context = Context { errors, role, ignore_serde, case: None, default: None, shapes };
    let serde = context.serde(place, &input.attrs, &own);
    let rename_all = context.case(items.text("rename_all", errors).as_ref(), serde.rename_all.as_ref());
    let deny_unknown = items.flag("deny_unknown", errors).is_some() || serde.deny_unknown;
    let shared = shared(&mut items, errors);
    let is_embedded = matches!(&input.data, Data::Enum(data) if several::is_embedded(data));
    let named = is_embedded || matches!(shared, Some(Shared::VariantOf(_))) || items.may_have("collection");
    let collection_name = match role {
        Role::Document => items.text("collection", errors),
        Role::Embedded => {
            for key in ["index", "ttl"] {
                refuse(
                    &mut items,
                    key,
                    "indexes belong to the document that embeds this one: declare `index(field.field)` there",
                    errors,
                );
            }
            None
        }
    };
    let create = match role {
        Role::Document => create(&mut items, shared.as_ref(), errors),
        Role::Embedded => None,
    };
    let mut indexes = indexes(&mut items, errors);
    let patch = match Patch::take(&mut items, errors) {
        Some(_) if !input.generics.params.is_empty() => {
            errors.at(&input.ident, "a patch of a model with type parameters or lifetimes is not possible: write a struct of your own");
            None
        }
        patch => patch,
    };

    let shaped = match &input.data {
        Data::Struct(data) => {
            context.case = rename_all;
            context.default = items.default(errors).or(serde.default);
            items.finish(errors);
            field::list(&context, &data.fields, &input.ident, &mut indexes).map(|lowered| {
                index::check_options(&mut indexes, &lowered.fields, errors);
                (Shape::Struct(lowered.fields), lowered.id)
            })
        }
        Data::Enum(data) if role == Role::Document && !several::is_embedded(data) => {
            context.case = rename_all;
            if let Some(parameter) = input.generics.params.first() {
                errors.at(
                    parameter,
                    "the enum of a collection has no type parameters and no lifetimes: its models are known",
                );
            }
            let tag = items.text("tag", errors).or(serde.tag);
            let common = several::common(&context, &mut items);
            items.finish(errors);
            several::several(&context, input, data, tag, rename_all, common)
                .filter(|_| input.generics.params.is_empty())
                .map(|several| {
                    let id = several.id(&krate);
                    (Shape::Several(Box::new(several)), Some(id))
                })
        }
        Data::Enum(data) => {
            let fields_case = items.text("rename_all_fields", errors);
            context.case = context.case(fields_case.as_ref(), serde.rename_all_fields.as_ref());
            let tag = items.text("tag", errors).or(serde.tag);
            let numbers = variant::numbers(&mut items, errors);
            items.finish(errors);
            if role == Role::Document {
                errors.at(
                    &input.ident,
                    "a document with a collection is a struct, or an enum whose variants hold models, as in `Click(Click)`: \
                     derive `Embedded` for this one, and put it into a field",
                );
            }
            let shape = variant::shape(&context, data, &input.ident, tag, numbers, rename_all);
            let is_units = |shape: &Shape| matches!(shape, Shape::Units { .. });
            shape.map(|shape| (shape, None)).filter(|(shape, _)| role == Role::Embedded || !is_units(shape))
        }
        Data::Union(_) => {
            errors.at(
                &input.ident,
                "a union cannot be stored: its bytes do not tell which field they are; use an enum",
            );
            None
        }
    };
    let Some((shape, id)) = shaped else { return Err(Instead::Stubs(krate)) };
    let patch = match &shape {
        Shape::Struct(fields) => patch.map(|patch| patch.positions(fields, errors)),
        _ => None,
    };
    let collection = (role == Role::Document).then(|| Collection {
        name: self::collection_name(input, named, collection_name, errors),
        shared,
        create,
        id: id.unwrap_or_else(|| missing_id(input, &krate, errors)),
        indexes,
    });
    Ok(Model {
        krate,
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        generics: input.generics.clone(),
        deny_unknown,
        shape,
        collection,
        root: root.unwrap_or_else(|| input.ident.clone()),
        patch,
        shapes,
    })
}

fn shapes(input: &DeriveInput, items: &mut Items, errors: &Errors) -> Shapes {
    let mut flag = |key| {
        let found = items.flag(key, errors);
        let is_struct = matches!(input.data, Data::Struct(_));
        if let Some(key) = found.as_ref().filter(|_| is_struct && !input.generics.params.is_empty()) {
            errors.at(key, "the output of a stage has no type parameters and no lifetimes");
        }
        found.is_some() && input.generics.params.is_empty()
    };
    Shapes { group: flag("group"), shape: flag("shape") }
}

/// How its collection is created.
fn create(items: &mut Items, shared: Option<&Shared>, errors: &Errors) -> Option<Create> {
    let create = create::create(items, errors)?;
    if let Some(Shared::VariantOf(_)) = shared {
        errors.at(&create.key, "a variant is in the collection of its enum: say there how it is created");
        return None;
    }
    if let (Some(view), Some(_)) = (&create.view, shared) {
        errors.at(view, "a view is of one model: drop `discriminator`");
    }
    Some(create)
}

/// How the model is told apart from others in its collection.
fn shared(items: &mut Items, errors: &Errors) -> Option<Shared> {
    const FORM: &str = "write the key and its text: `#[document(discriminator(kind = \"click\"))]`";
    let variant_of = items.value::<Type>("variant_of", "Event", errors);
    if let (Some((key, _)), Some(collection)) = (&variant_of, items.find("collection")) {
        errors.at_both(
            key,
            "a variant is in the collection of its enum: drop `collection`",
            collection,
            "the other is here",
        );
        items.all("collection");
    }
    let Some(item) = items.one("discriminator", errors) else {
        return variant_of.map(|(_, ty)| Shared::VariantOf(Box::new(ty)));
    };
    if let Some((key, _)) = &variant_of {
        errors.at_both(
            &item.key,
            "the enum says what tells its variants apart: drop `discriminator`",
            key,
            "the other is here",
        );
        return variant_of.map(|(_, ty)| Shared::VariantOf(Box::new(ty)));
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let key = match input.parse::<syn::LitStr>() {
            Ok(key) => (key.value(), key.span()),
            Err(_) => {
                let key: Ident = input.call(Ident::parse_any)?;
                (key.unraw().to_string(), key.span())
            }
        };
        input.parse::<syn::Token![=]>()?;
        let text = input.parse::<syn::LitStr>()?;
        input.parse::<Option<syn::Token![,]>>()?;
        Ok((key, text.value()))
    };
    let ItemValue::List(tokens) = &item.value else {
        errors.at(&item, FORM);
        return None;
    };
    let Ok(((key, span), text)) = syn::parse::Parser::parse2(parse, tokens.clone()) else {
        errors.at(&item, FORM);
        return None;
    };
    if let Err(why) = crate::check::key(&key) {
        errors.push(syn::Error::new(span, why));
    }
    Some(Shared::By { key, text })
}

fn refuse(items: &mut Items, key: &str, message: &str, errors: &Errors) {
    items.all(key).into_iter().for_each(|item| errors.at(&item, message));
}

fn collection_name(input: &DeriveInput, named: bool, name: Option<syn::LitStr>, errors: &Errors) -> String {
    if let Some(name) = name {
        check_collection_name(&name, errors);
        return name.value();
    }
    let name = format!("{}s", crate::case::snake(&input.ident.unraw().to_string()));
    if !named {
        errors.at(
            &input.ident,
            format!("the collection has no name: add `#[document(collection = \"{name}\")]`"),
        );
    }
    name
}

pub(crate) fn check_collection_name(name: &syn::LitStr, errors: &Errors) {
    let text = name.value();
    let wrong = text.is_empty() || text.contains(['$', '\0']) || text.starts_with("system.");
    if wrong || text.starts_with('.') || text.ends_with('.') {
        errors.at(
            name,
            "a collection name is not empty, has no `$` or NUL, does not start or end with a dot, and does not start with \
             \"system.\"",
        );
    }
}

/// What the id is taken for when there is none; an enum as a document is an error of its own.
fn missing_id(input: &DeriveInput, krate: &Krate, errors: &Errors) -> Type {
    if let Data::Struct(_) = input.data {
        let ident = &input.ident;
        errors.at(
            ident,
            format!(
                "`{ident}` has no `_id`: add a field `id: odmium::Id<{ident}>`, or mark one by `#[field(id)]`"
            ),
        );
    }
    syn::parse_quote!(#krate::Id<Self>)
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
