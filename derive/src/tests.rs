//! Expansion snapshots: each file of `tests/expanded` is a model and below it what its derive writes.
//!
//! To add one, write the model alone into a new file. `ODMIUM_BLESS=1 cargo test -p odmium-derive` rewrites the files;
//! read the difference before committing it.

use std::{fs, path::Path};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{DeriveInput, File, Item};

use crate::{database, expand, lower::Role, view};

#[test]
fn expansions_are_as_they_were_last_read() {
    let bless = std::env::var_os("ODMIUM_BLESS").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expanded");
    let mut changed = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let before = fs::read_to_string(&path).unwrap();
        let after = expanded(&before);
        if before != after {
            if bless {
                fs::write(&path, after).unwrap();
            } else {
                changed.push(format!("{}:\n{}", path.display(), first_difference(&before, &after)));
            }
        }
    }
    assert!(changed.is_empty(), "run with ODMIUM_BLESS=1 to rewrite:\n{}", changed.join("\n"));
}

/// The models of a file, each followed by its expansion.
fn expanded(file: &str) -> String {
    let (about, _) = file.split_once("\n\n").unwrap();
    assert!(about.starts_with("// "), "the first line says what the file shows");
    let mut items = Vec::new();
    for item in syn::parse_file(file).unwrap().items {
        let Some(expand) = derive_of(&item) else { continue };
        let input: DeriveInput = syn::parse2(item.to_token_stream()).unwrap();
        let code = syn::parse2::<File>(expand(&input)).unwrap();
        items.push(item);
        items.extend(code.items);
    }
    let items: Vec<_> = items.into_iter().map(print).collect();
    format!("{about}\n\n{}", items.join("\n"))
}

/// The derive that stands on an item; generated items have none.
fn derive_of(item: &Item) -> Option<fn(&DeriveInput) -> TokenStream> {
    let (Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. })) = item else {
        return None;
    };
    let derives = attrs.iter().find(|attr| attr.path().is_ident("derive"))?.to_token_stream().to_string();
    match derives {
        derives if derives.contains("(Document") => Some(|input| expand::model(input, Role::Document)),
        derives if derives.contains("(Embedded") => Some(|input| expand::model(input, Role::Embedded)),
        derives if derives.contains("(View") => Some(view::expand),
        derives if derives.contains("(Database") => Some(database::expand),
        _ => None,
    }
}

/// The item with an empty line before each impl.
fn print(item: Item) -> String {
    let text = prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    text.replace("    }\n    #[automatically_derived]", "    }\n\n    #[automatically_derived]")
}

fn first_difference(before: &str, after: &str) -> String {
    let (mut before, mut after) = (before.lines(), after.lines());
    loop {
        match (before.next(), after.next()) {
            (Some(one), Some(other)) if one == other => {}
            (one, other) => return format!("- {}\n+ {}", one.unwrap_or_default(), other.unwrap_or_default()),
        }
    }
}
