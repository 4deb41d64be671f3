//! From syntax and attributes to the [`View`].

use quote::quote;
use syn::{
    Data, DeriveInput, Expr, Fields, Ident, Path, Token, Type,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{Part, Source, View, ViewField, meta};
use crate::{
    attr::{ItemValue, Items, keys::Place},
    errors::Errors,
    krate::Krate,
    lower::field::{codec, without_option},
};

/// The view, or how the runtime crate is named; what is wrong goes to `errors`.
pub(super) fn view(input: &DeriveInput, errors: &Errors) -> Result<View, Krate> {
    let mut items = Items::read(Place::View, &input.attrs, errors);
    let krate = Krate::new(items.value::<Path>("crate", "::path::to::odmium", errors).map(|(_, path)| path));
    let named = items.may_have("of");
    let of = items.value::<Type>("of", "User", errors).map(|(_, ty)| ty);
    items.finish(errors);
    if of.is_none() && !named {
        errors.at(&input.ident, "the model of the view is missing: add `#[view(of = User)]`");
    }
    let fields = match &input.data {
        Data::Struct(data) => fields(&data.fields, &input.ident, errors),
        _ => {
            errors.at(&input.ident, "a view is a struct: each of its fields is one of the model");
            None
        }
    };
    match (of, fields) {
        (Some(of), Some(fields)) => Ok(View { krate, of, fields }),
        _ => Err(krate),
    }
}

fn fields(fields: &Fields, owner: &Ident, errors: &Errors) -> Option<Vec<ViewField>> {
    let Fields::Named(fields) = fields else {
        errors.at(
            owner,
            "the fields of a view need names, those of the model: write `struct Name { field: Type }`",
        );
        return None;
    };
    Some(fields.named.iter().filter_map(|field| one(field, errors)).collect())
}

fn one(field: &syn::Field, errors: &Errors) -> Option<ViewField> {
    let ident = field.ident.clone()?;
    let before = errors.count();
    let mut items = Items::read(Place::ViewField, &field.attrs, errors);
    let default = items.default(errors);
    let skip = items.flag("skip", errors);
    let from = path(&mut items, errors);
    let part = part(&mut items, errors);
    let meta = items.text("meta", errors).map(|text| errors.ok(meta(&text)));
    let expr = items.value::<Expr>("expr", "User.field.expr()", errors);
    let with = items.value::<Expr>("with", "Post.author", errors);
    let with = with.and_then(|(key, relation)| match relation {
        Expr::Path(_) => {
            errors.at(key, "a field that the model stores by `with` cannot be viewed: read the whole model");
            None
        }
        relation => Some(relation),
    });
    let codec = codec(&mut items, errors);
    items.finish(errors);
    let is_path = from.is_some() || !matches!(part, Part::All);
    let sources = [skip.is_some(), meta.is_some(), expr.is_some(), with.is_some(), is_path];
    if sources.into_iter().filter(|source| *source).count() > 1 {
        errors.at(
            &ident,
            "a field has one source: a path (`from`, with `slice` or `elem_match`), `with`, `meta`, `expr`, or `skip`",
        );
    }
    if matches!(part, Part::First(_)) && without_option(&field.ty) == field.ty {
        errors.at(
            &field.ty,
            "the first element that matches, or none: write `Option<T>` with the type of one element",
        );
    }
    if let (Some(_), Some(_)) = (&with, &default) {
        errors.at(&ident, "what a relation leads to has no default: write an `Option` or a `Vec`");
    }
    let source = match (skip, meta, expr) {
        // One mistake gives one error: what the field was meant to be is not known.
        _ if errors.count() > before => Source::Broken,
        (Some(_), ..) => Source::Skipped,
        (_, Some(kind), _) => kind.map_or(Source::Broken, Source::Meta),
        (_, _, Some((_, expr))) => Source::Computed(Box::new(expr)),
        _ if with.is_some() => with.map_or(Source::Broken, |with| Source::Related(Box::new(with))),
        _ => Source::Path { path: from.unwrap_or_else(|| vec![ident.clone()]), part, codec: Box::new(codec) },
    };
    Some(ViewField { ident, ty: field.ty.clone(), source, default })
}

/// `from = address.city`.
fn path(items: &mut Items, errors: &Errors) -> Option<Vec<Ident>> {
    let item = items.one("from", errors)?;
    let parse = |input: ParseStream<'_>| {
        Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any)
    };
    match &item.value {
        ItemValue::Is(tokens) => match parse.parse2(tokens.clone()) {
            Ok(path) => return Some(path.into_iter().collect()),
            Err(_) => errors.at(&item, "write the path in the model: `#[field(from = address.city)]`"),
        },
        _ => errors.at(&item, "write the path in the model: `#[field(from = address.city)]`"),
    }
    None
}

/// `slice = 5`, `slice(10, 5)` or `elem_match = filter`.
fn part(items: &mut Items, errors: &Errors) -> Part {
    let slice = items.one("slice", errors).and_then(|item| {
        let range = match &item.value {
            ItemValue::Is(tokens) => syn::parse2(tokens.clone()).ok().map(|count: Expr| quote!(slice(#count))),
            ItemValue::List(tokens) => {
                let two = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()).ok();
                two.filter(|two| two.len() == 2).map(|two| quote!(slice_from(#two)))
            }
            ItemValue::Flag => None,
        };
        if range.is_none() {
            errors.at(
                &item,
                "write `#[field(slice = 5)]` (`-5` for the last ones), or `#[field(slice(10, 5))]` to skip 10",
            );
        }
        range
    });
    let first = items.value::<Expr>("elem_match", "Line.qty.gt(2)", errors);
    match (slice, first) {
        (Some(_), Some((key, _))) => {
            errors.at(key, "`slice` and `elem_match` are two parts of one array: keep one of them");
            Part::All
        }
        (Some(range), None) => Part::Slice(range),
        (None, Some((_, filter))) => Part::First(Box::new(filter)),
        (None, None) => Part::All,
    }
}
