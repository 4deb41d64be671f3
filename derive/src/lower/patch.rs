//! `patch`, `patch(name, nick)`: which fields a client may change.

use syn::{Ident, Token, ext::IdentExt, parse::Parser, punctuated::Punctuated};

use crate::{
    attr::{ItemValue, Items},
    errors::Errors,
    ir::Field,
};

/// The fields that were asked for: all of them, or those that are named.
pub(super) enum Patch {
    All,
    Only(Vec<Ident>),
}

impl Patch {
    pub(super) fn take(items: &mut Items, errors: &Errors) -> Option<Self> {
        let item = items.one("patch", errors)?;
        match item.value {
            ItemValue::Flag => Some(Self::All),
            ItemValue::List(tokens) => {
                let names = Punctuated::<Ident, Token![,]>::parse_terminated_with;
                let names = errors
                    .ok((|input: syn::parse::ParseStream<'_>| names(input, Ident::parse_any)).parse2(tokens));
                Some(Self::Only(names.into_iter().flatten().collect()))
            }
            ItemValue::Is(_) => {
                errors.at(
                    &item,
                    "write `#[document(patch)]`, or name the fields: `#[document(patch(name, nick))]`",
                );
                None
            }
        }
    }

    /// The positions of the fields in the model.
    pub(super) fn positions(self, fields: &[Field], errors: &Errors) -> Vec<usize> {
        let can = |field: &Field| {
            field.stored().is_some_and(|stored| stored.key.text != "_id" && stored.version.is_none())
        };
        let names = match self {
            Self::All => return (0..fields.len()).filter(|at| can(&fields[*at])).collect(),
            Self::Only(names) => names,
        };
        let position = |name: &Ident| {
            let found = fields.iter().position(|field| field.ident.unraw() == name.unraw());
            match found {
                Some(at) if can(&fields[at]) => return Some(at),
                Some(_) => errors.at(
                    name,
                    format!("`{name}` cannot be patched: it is the id, the version, flattened or not stored"),
                ),
                None => errors.at(name, format!("this model has no field `{name}`")),
            }
            None
        };
        names.iter().filter_map(position).collect()
    }
}
