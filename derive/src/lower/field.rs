//! The fields of a struct or variant.

use proc_macro2::TokenStream;
use syn::{Expr, Fields, Ident, LitStr, Path, Type, ext::IdentExt};

use super::{Context, Role, docs_or};
use crate::{
    attr::{ItemValue, Items, index},
    errors::Errors,
    ir::{self, Codec, Field, Index, Stored},
};

const FIELD_KEYS: [&str; 12] = [
    "rename", "alias", "default", "skip", "skip_if", "flatten", "as", "with", "serde", "store", "id", "index",
];

pub(super) struct Lowered {
    pub(super) fields: Vec<Field>,
    /// The type of `_id`, without `Option`.
    pub(super) id: Option<Type>,
}

/// The fields, `_id` first; indexes declared on them are added to `indexes`.
pub(super) fn list(
    context: &Context<'_>,
    fields: &Fields,
    owner: &Ident,
    indexes: &mut Vec<Index>,
) -> Option<Lowered> {
    let errors = context.errors;
    let named = match fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unnamed(_) | Fields::Unit => {
            errors.at(owner, "the fields of a stored struct need names, as the keys of the document: write `struct Name { field: Type }`");
            return None;
        }
    };
    let mut lowered = Vec::new();
    let mut own_indexes = Vec::new();
    let mut marked: Option<Ident> = None;
    for field in named {
        let ident = field.ident.clone()?;
        let mut items = Items::read("field", &field.attrs, errors);
        if let Some(mark) = items.flag("id", errors) {
            match (&marked, context.role) {
                (Some(first), _) => {
                    errors.at_both(&mark, "a document has one `_id`", first, "the first is here")
                }
                (None, Role::Embedded) => {
                    errors.at(&mark, "an embedded document has no `_id` of its own: drop `id`, or rename the field to \"_id\"");
                }
                (None, Role::Document) => marked = Some(ident.clone()),
            }
        }
        for item in items.all("index") {
            let tokens = match &item.value {
                ItemValue::Flag => Some(TokenStream::new()),
                ItemValue::List(tokens) => Some(tokens.clone()),
                ItemValue::Is(_) => {
                    errors.at(&item, "write `#[field(index)]`, or options as in `#[field(index(unique))]`");
                    None
                }
            };
            let index = tokens.and_then(|tokens| errors.ok(index::on_field(item.key.span(), &ident, tokens)));
            own_indexes.extend(index);
        }
        let renamed = items.keys().iter().any(|key| key == "rename");
        lowered.push((one(context, field, ident, items), renamed));
    }
    own_indexes.append(indexes);
    *indexes = own_indexes;
    if context.role == Role::Document {
        choose_id(&mut lowered, marked.as_ref());
    }
    // The server moves `_id` to the front anyway; the driver would search for it.
    let is_id = |field: &Field| field.stored().is_some_and(|stored| stored.key == "_id");
    lowered.sort_by_key(|(field, _)| !is_id(field));
    let id = lowered.first().filter(|(field, _)| is_id(field)).map(|(field, _)| without_option(&field.ty));
    Some(Lowered { fields: lowered.into_iter().map(|(field, _)| field).collect(), id })
}

/// Gives the marked field the key `_id`, else the one called `id`, unless a field has that key already.
fn choose_id(fields: &mut [(Field, bool)], marked: Option<&Ident>) {
    let has_id = |field: &Field| field.stored().is_some_and(|stored| stored.key == "_id");
    if marked.is_none() && fields.iter().any(|(field, _)| has_id(field)) {
        return;
    }
    for (field, renamed) in fields {
        let chosen = match marked {
            Some(marked) => *marked == field.ident,
            None => field.ident == "id" && !*renamed,
        };
        if let (true, ir::Role::Stored(stored)) = (chosen, &mut field.role) {
            stored.key = "_id".to_owned();
        }
    }
}

fn one(context: &Context<'_>, field: &syn::Field, ident: Ident, mut items: Items) -> Field {
    let errors = context.errors;
    let own = items.keys();
    let serde = context.serde(&field.attrs, &own);
    let name = ident.unraw().to_string();
    let rename = items.text("rename", errors).or(serde.rename.clone());
    let key = match (rename, context.case) {
        (Some(rename), _) => rename.value(),
        (None, Some(case)) => case.field(&name),
        (None, None) => name.clone(),
    };
    let aliases = aliases(&mut items, serde.aliases.clone(), errors);
    let default =
        default(&mut items, errors).or_else(|| serde.default_expr()).or(context.default.then_some(None));
    let skip_if = items.value::<Path>("skip_if", "Vec::is_empty", errors).map(|(_, path)| path);
    let skip_if = skip_if.or_else(|| serde.skip_if.clone());
    let store = items.flag("store", errors).is_some();
    let skip = items.flag("skip", errors).is_some() || (serde.skip && !store);
    let flatten = items.flag("flatten", errors).is_some() || serde.flatten;
    let codec = codec(&mut items, errors);
    items.finish(&FIELD_KEYS, errors);

    let role = if skip {
        ir::Role::Skipped(default.flatten())
    } else if flatten {
        if !matches!(codec, Codec::Own) {
            errors.at(&ident, "a flattened field is stored by its own keys: drop `as`, `with` or `serde`");
        }
        ir::Role::Flattened
    } else {
        ir::Role::Stored(Box::new(Stored { key, aliases, codec, default, skip_if }))
    };
    let docs = docs_or(&field.attrs, &format!("The path of `{name}`."));
    Field { ident, vis: field.vis.clone(), ty: field.ty.clone(), docs, role }
}

fn codec(items: &mut Items, errors: &Errors) -> Codec {
    let serde = items.flag("serde", errors);
    let with = items.value::<Path>("with", "module", errors);
    let store_as = items.value::<Type>("as", "i64", errors);
    match (serde, with, store_as) {
        (None, None, None) => Codec::Own,
        (Some(_), None, None) => Codec::Serde,
        (None, Some((_, path)), None) => Codec::With(path),
        (None, None, Some((_, ty))) => Codec::As(ty),
        (serde, with, store_as) => {
            let last = store_as.map(|(key, _)| key).or(with.map(|(key, _)| key)).or(serde);
            errors.at(last, "`serde`, `with` and `as` each decide how the field is stored: keep one of them");
            Codec::Serde
        }
    }
}

fn default(items: &mut Items, errors: &Errors) -> Option<Option<Expr>> {
    let item = items.one("default", errors)?;
    match &item.value {
        ItemValue::Flag => Some(None),
        ItemValue::Is(tokens) => errors.ok(syn::parse2(tokens.clone())).map(Some),
        ItemValue::List(_) => {
            errors.at(&item, "write `#[field(default)]` or `#[field(default = expression)]`");
            None
        }
    }
}

pub(super) fn aliases(items: &mut Items, theirs: Vec<LitStr>, errors: &Errors) -> Vec<String> {
    let own = items.all("alias").into_iter().filter_map(|item| match &item.value {
        ItemValue::Is(tokens) => errors.ok(syn::parse2::<LitStr>(tokens.clone())),
        _ => {
            errors.at(&item, "write `alias = \"old name\"`");
            None
        }
    });
    own.chain(theirs).map(|alias| alias.value()).collect()
}

/// `T` of a type that is written `Option<T>`.
pub(crate) fn without_option(ty: &Type) -> Type {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Option"
        && let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(syn::GenericArgument::Type(inner)) = arguments.args.first()
    {
        return inner.clone();
    }
    ty.clone()
}
