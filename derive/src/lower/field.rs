//! The fields of a struct or variant.

use proc_macro2::TokenStream;
use syn::{Expr, Fields, Ident, Path, Type, ext::IdentExt, parse_quote};

use super::{Context, Role, docs_or};
use crate::{
    attr::{ItemValue, Items, index, keys::Place},
    errors::Errors,
    ir::{self, Codec, Field, Index, Key, Stored},
    krate::inside,
};

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
            errors.at(
                owner,
                "the fields of a stored struct need names, as the keys of the document: write \
                 `struct Name { field: Type }`",
            );
            return None;
        }
    };
    let mut lowered = Vec::new();
    let mut own_indexes = Vec::new();
    // The name of the field, and the place of the mark.
    let mut marked: Option<(Ident, Ident)> = None;
    for field in named {
        let ident = field.ident.clone()?;
        let place = match context.role {
            Role::Document => Place::Field,
            Role::Embedded => Place::EmbeddedField,
        };
        let mut items = Items::read(place, &field.attrs, errors);
        let mark = items.flag("id", errors);
        if let (Some(_), Some(rename)) = (&mark, items.find("rename")) {
            errors.at(rename, "the field marked by `id` has the key \"_id\": drop `rename`");
        }
        own_indexes.extend(field_indexes(context, &mut items, &ident));
        let (field, renamed) = one(context, field, &ident, items, place);
        if let Some(mark) = mark {
            match (&marked, context.role) {
                (Some((_, first)), _) => {
                    errors.at_both(&mark, "a document has one `_id`", first, "the first is here");
                }
                (None, Role::Embedded) if !context.shapes.any() => {
                    errors.at(&mark, "an embedded document has no `_id` of its own: drop `id`, or rename the field to \"_id\"");
                }
                (None, _) => {
                    if field.stored().is_none() {
                        errors.at(&mark, "the `_id` is stored under its own key: drop `skip` or `flatten`");
                    }
                    marked = Some((ident, mark));
                }
            }
        }
        lowered.push((field, renamed));
    }
    own_indexes.append(indexes);
    *indexes = own_indexes;
    let marked = marked.map(|(field, _)| field);
    if context.role == Role::Document || marked.is_some() {
        choose_id(&mut lowered, marked.as_ref());
    }
    // The server moves `_id` to the front anyway; the driver would search for it.
    let is_id = |field: &Field| field.stored().is_some_and(|stored| stored.key.text == "_id");
    lowered.sort_by_key(|(field, _)| !is_id(field));
    let is_marked = |field: &Field| Some(&field.ident) == marked.as_ref();
    let id = lowered.iter().find(|(field, _)| is_id(field) || is_marked(field));
    let id = id.map(|(field, _)| without_option(&field.ty));
    Some(Lowered { fields: lowered.into_iter().map(|(field, _)| field).collect(), id })
}

/// The indexes declared on a field.
fn field_indexes(context: &Context<'_>, items: &mut Items, field: &Ident) -> Vec<Index> {
    let errors = context.errors;
    let mut indexes = Vec::new();
    for item in items.all("index") {
        let tokens = match &item.value {
            _ if context.role == Role::Embedded => {
                errors.at(
                    &item.key,
                    "indexes belong to the document that embeds this one: declare `index(field.field)` there",
                );
                continue;
            }
            ItemValue::Flag => TokenStream::new(),
            ItemValue::List(tokens) => tokens.clone(),
            ItemValue::Is(_) => {
                errors.at(&item, "write `#[field(index)]`, or options as in `#[field(index(unique))]`");
                continue;
            }
        };
        indexes.extend(errors.ok(index::on_field(item.key.span(), field, tokens)));
    }
    indexes
}

/// Gives the marked field the key `_id`, else the one called `id`, unless a field has that key already.
fn choose_id(fields: &mut [(Field, bool)], marked: Option<&Ident>) {
    let has_id = |field: &Field| field.stored().is_some_and(|stored| stored.key.text == "_id");
    if marked.is_none() && fields.iter().any(|(field, _)| has_id(field)) {
        return;
    }
    for (field, renamed) in fields {
        let chosen = match marked {
            Some(marked) => *marked == field.ident,
            None => field.ident == "id" && !*renamed,
        };
        if let (true, ir::Role::Stored(stored)) = (chosen, &mut field.role) {
            stored.key.text = "_id".to_owned();
        }
    }
}

/// A field, and whether it was renamed.
fn one(
    context: &Context<'_>,
    field: &syn::Field,
    ident: &Ident,
    mut items: Items,
    place: Place,
) -> (Field, bool) {
    let errors = context.errors;
    let serde = context.serde(place, &field.attrs, &items.keys());
    let name = ident.unraw().to_string();
    let rename = items.text("rename", errors).or(serde.rename);
    let renamed = rename.is_some();
    let key = match rename {
        Some(rename) => Key::from(rename),
        None => {
            let text = context.case.map_or_else(|| name.clone(), |case| case.field(&name));
            Key { text, span: ident.span() }
        }
    };
    let aliases = items.aliases(errors).into_iter().chain(serde.aliases).map(Key::from).collect();
    let default = items.default(errors).or(serde.default).or_else(|| container_default(context, ident));
    let skip_if = items.value::<Path>("skip_if", "Vec::is_empty", errors).map(|(_, path)| path);
    let skip_if = skip_if.or(serde.skip_if);
    let store = items.flag("store", errors).is_some();
    let skip = items.flag("skip", errors).is_some() || (serde.skip && !store);
    let flatten = items.flag("flatten", errors).is_some() || serde.flatten;
    let version = items.flag("version", errors);
    let on_delete = on_delete(context, &mut items);
    let decided = items.may_have("as");
    let codec = codec(&mut items, errors);
    items.finish(errors);
    let codec = match undecided(&field.ty) {
        Some(hint) if matches!(codec, Codec::Own) && !skip => {
            if !decided {
                errors.at(&field.ty, hint);
            }
            // Any that all of them have, so that uses of the field give no further error.
            Codec::As(parse_quote!(::std::string::String))
        }
        _ => codec,
    };

    let version = version.filter(|mark| {
        let is_plain = !skip && !flatten && matches!(codec, Codec::Own);
        if !is_plain {
            errors.at(
                mark,
                "the version is a number of its own in the document: drop the other options of this field",
            );
        }
        is_plain
    });
    let role = if skip {
        ir::Role::Skipped(default.flatten())
    } else if flatten {
        if !matches!(codec, Codec::Own) {
            errors.at(ident, "a flattened field is stored by its own keys: drop `as`, `with` or `serde`");
        }
        ir::Role::Flattened
    } else {
        ir::Role::Stored(Box::new(Stored {
            key,
            aliases,
            codec,
            default,
            skip_if,
            version,
            on_delete,
            path: None,
        }))
    };
    let docs = docs_or(&field.attrs, &format!(" The path of `{name}`."));
    (Field { ident: ident.clone(), vis: field.vis.clone(), ty: field.ty.clone(), docs, role }, renamed)
}

/// The rule for deleting: the name of its function.
fn on_delete(context: &Context<'_>, items: &mut Items) -> Option<Ident> {
    let errors = context.errors;
    if let (Role::Embedded, Some(key)) = (context.role, items.find("on_delete")) {
        errors.at(
            key,
            "rules for deleting belong to the fields of a document itself: move the reference there",
        );
        items.all("on_delete");
        return None;
    }
    let rule = items.text("on_delete", errors)?;
    match rule.value().as_str() {
        rule_name @ ("restrict" | "cascade" | "unset") => Some(Ident::new(rule_name, rule.span())),
        _ => {
            errors.at(rule, "there is no rule of this name: write \"restrict\", \"cascade\" or \"unset\"");
            None
        }
    }
}

/// The field of the value that `default` on the struct gives.
fn container_default(context: &Context<'_>, ident: &Ident) -> Option<Option<Expr>> {
    let inside = inside();
    Some(Some(match context.default.as_ref()? {
        None => parse_quote!(<Self as #inside::Default>::default().#ident),
        Some(value) => parse_quote!((#value).#ident),
    }))
}

pub(crate) fn codec(items: &mut Items, errors: &Errors) -> Codec {
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

/// What to decide about an integer that no BSON type holds, also inside `Option`.
///
/// By name, as nobody calls a type of their own so; every other type is left to the compiler.
fn undecided(ty: &Type) -> Option<String> {
    let Type::Path(path) = without_option(ty) else { return None };
    let name = path.path.get_ident()?.to_string();
    let hint = match name.as_str() {
        "u64" | "usize" | "isize" => {
            "`#[field(as = i64)]` (refused above its range), `#[field(as = Decimal128)]` or `#[field(as = String)]`"
        }
        "u128" | "i128" => "`#[field(as = Decimal128)]` (34 digits) or `#[field(as = String)]`",
        _ => return None,
    };
    Some(format!("`{name}` has no BSON type of its own: decide how it is stored by {hint}"))
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
