//! From syntax and attributes to the [`Database`].

use syn::{Data, DeriveInput, Expr, Fields, LitStr, Path, parse_quote};

use super::{Database, Member};
use crate::{
    attr::{Items, keys::Place},
    errors::Errors,
    krate::Krate,
    lower::check_collection_name,
};

/// What no name of a database has, on any system.
const FORBIDDEN: [char; 7] = ['/', '\\', '.', ' ', '"', '$', '\0'];

pub(super) fn database(input: &DeriveInput, errors: &Errors) -> Database {
    let mut items = Items::read(Place::Database, &input.attrs, errors);
    let krate = Krate::new(items.value::<Path>("crate", "::path::to::odmium", errors).map(|(_, path)| path));
    let name = items.text("name", errors).map(|name| database_name(&name, errors));
    items.finish(errors);
    if let Some(parameter) = input.generics.params.first() {
        errors.at(
            parameter,
            "a database has no type parameters and no lifetimes: its collections are those of known models",
        );
    }
    let members = match &input.data {
        Data::Struct(data) => members(&data.fields, input, errors),
        _ => {
            errors.at(&input.ident, "a database is a struct: each of its fields is a collection");
            None
        }
    };
    Database { krate, name, members: members.filter(|_| input.generics.params.is_empty()) }
}

fn members(fields: &Fields, input: &DeriveInput, errors: &Errors) -> Option<Vec<Member>> {
    let Fields::Named(fields) = fields else {
        errors.at(
            &input.ident,
            "the collections of a database need names: write `struct Name { users: Collection<User> }`",
        );
        return None;
    };
    if fields.named.is_empty() {
        errors.at(&input.ident, "a database has a field for each collection: add `users: Collection<User>`");
        return None;
    }
    Some(fields.named.iter().filter_map(|field| member(field, errors)).collect())
}

fn member(field: &syn::Field, errors: &Errors) -> Option<Member> {
    let mut items = Items::read(Place::DatabaseField, &field.attrs, errors);
    let mut settings = Vec::new();
    for key in ["collection", "bucket", "database", "prefix"] {
        let Some(ident) = items.find(key).cloned() else { continue };
        let Some(text) = items.text(key, errors) else { continue };
        match key {
            "database" => drop(database_name(&text, errors)),
            "prefix" => {}
            _ => check_collection_name(&text, errors),
        }
        settings.push((ident, parse_quote!(#text)));
    }
    for (key, form) in [
        ("read_concern", "ReadConcern::majority()"),
        ("write_concern", "WriteConcern::majority()"),
        ("selection_criteria", "ReadPreference::Secondary { options: None }"),
        ("timeout", "Duration::from_secs(5)"),
    ] {
        if let Some((ident, value)) = items.value::<Expr>(key, form, errors) {
            settings.push((ident, value));
        }
    }
    items.finish(errors);
    Some(Member { ident: field.ident.clone()?, ty: field.ty.clone(), settings })
}

fn database_name(name: &LitStr, errors: &Errors) -> String {
    let text = name.value();
    if text.is_empty() || text.len() > 63 || text.contains(FORBIDDEN) {
        errors.at(
            name,
            "a database name has 1 to 63 bytes, without spaces, quotation marks and the characters / \\ . $",
        );
    }
    text
}
