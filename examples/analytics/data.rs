//! The data: the packages of a workspace and all that it depends on, and each of their source files.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use cargo_metadata::{Metadata, MetadataCommand};
use odmium::prelude::*;
use walkdir::{DirEntry, WalkDir};

#[derive(Document, Clone, Debug)]
#[document(collection = "packages")]
pub(crate) struct Package {
    /// Name and version.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) license: Option<String>,
    pub(crate) is_member: bool,
    /// The ids of the packages that it is built with.
    pub(crate) needs: Vec<String>,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "files", index(package), index(part, -lines))]
pub(crate) struct File {
    pub(crate) id: Id<File>,
    pub(crate) package: String,
    pub(crate) path: String,
    pub(crate) part: Part,
    pub(crate) lines: i32,
    pub(crate) comments: i32,
    /// How often the word `unsafe` stands outside of comments.
    pub(crate) unsafe_words: i32,
    /// What its `use` lines begin with, each once.
    pub(crate) uses: Vec<String>,
    pub(crate) items: Vec<Item>,
}

#[derive(Embedded, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[document(rename_all = "lowercase")]
pub(crate) enum Part {
    Source,
    Tests,
    Examples,
    Benches,
    Other,
}

#[derive(Embedded, Clone, Debug)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) public: bool,
    pub(crate) line: i32,
}

#[derive(Embedded, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[document(rename_all = "lowercase")]
pub(crate) enum Kind {
    Enum,
    Fn,
    Macro,
    Mod,
    Struct,
    Trait,
    Type,
}

/// Asks cargo for the packages, and reads their files.
pub(crate) fn collect(manifest: &Path) -> Result<(Vec<Package>, Vec<File>), Box<dyn Error>> {
    let metadata = MetadataCommand::new().manifest_path(manifest).exec()?;
    let packages = packages(&metadata);
    let mut files = Vec::new();
    for package in &metadata.packages {
        let folder = package.manifest_path.parent().ok_or("a manifest without a folder")?;
        let key = key(package);
        for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(belongs) {
            let entry = entry?;
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|it| it == "rs") {
                let path = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                let bytes = fs::read(entry.path())?;
                files.push(File::read(&key, path, &String::from_utf8_lossy(&bytes)));
            }
        }
    }
    Ok((packages, files))
}

/// No hidden folder, no build output, and no package within the package.
fn belongs(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0
        || !entry.file_type().is_dir()
        || !(name.starts_with('.') || name == "target" || entry.path().join("Cargo.toml").exists())
}

fn key(package: &cargo_metadata::Package) -> String {
    format!("{} {}", package.name, package.version)
}

fn packages(metadata: &Metadata) -> Vec<Package> {
    let keys: BTreeMap<_, _> = metadata.packages.iter().map(|it| (&it.id, key(it))).collect();
    let nodes = metadata.resolve.iter().flat_map(|graph| &graph.nodes);
    let needs: BTreeMap<_, _> = nodes.map(|node| (&node.id, &node.dependencies)).collect();
    let package = |it: &cargo_metadata::Package| Package {
        id: key(it),
        name: it.name.to_string(),
        license: it.license.clone(),
        is_member: metadata.workspace_members.contains(&it.id),
        needs: needs[&it.id].iter().map(|id| keys[id].clone()).collect(),
    };
    metadata.packages.iter().map(package).collect()
}

impl Part {
    fn of(path: &str) -> Self {
        match path.split_once('/').map(|(folder, _)| folder) {
            Some("src") => Self::Source,
            Some("tests") => Self::Tests,
            Some("examples") => Self::Examples,
            Some("benches") => Self::Benches,
            _ => Self::Other,
        }
    }
}

impl File {
    fn read(package: &str, path: String, text: &str) -> Self {
        let mut file = Self {
            id: Id::new(),
            package: package.to_owned(),
            part: Part::of(&path),
            path,
            lines: 0,
            comments: 0,
            unsafe_words: 0,
            uses: Vec::new(),
            items: Vec::new(),
        };
        for line in text.lines() {
            file.lines += 1;
            let line = line.trim_start();
            if line.starts_with("//") {
                file.comments += 1;
                continue;
            }
            file.unsafe_words += i32::from(line.split(' ').any(|word| word == "unsafe"));
            let (public, rest) = without_visibility(line);
            if let Some(path) = rest.strip_prefix("use ") {
                let name = identifier(path.trim_start_matches("::"));
                if !name.is_empty() && !file.uses.iter().any(|it| it == name) {
                    file.uses.push(name.to_owned());
                }
            } else if let Some((kind, name)) = item(rest) {
                file.items.push(Item { kind, name: name.to_owned(), public, line: file.lines });
            }
        }
        file
    }
}

fn without_visibility(line: &str) -> (bool, &str) {
    match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with(' ') => (true, rest.trim_start()),
        Some(rest) if rest.starts_with('(') => (false, rest.split_once(") ").map_or(rest, |(_, rest)| rest)),
        _ => (false, line),
    }
}

fn item(line: &str) -> Option<(Kind, &str)> {
    let mut rest = line;
    for qualifier in ["default ", "const ", "async ", "unsafe ", "extern \"C\" "] {
        rest = rest.strip_prefix(qualifier).unwrap_or(rest);
    }
    let (word, rest) = rest.split_once(' ')?;
    let kind = match word {
        "enum" => Kind::Enum,
        "fn" => Kind::Fn,
        "macro_rules!" => Kind::Macro,
        "mod" => Kind::Mod,
        "struct" => Kind::Struct,
        "trait" => Kind::Trait,
        "type" => Kind::Type,
        _ => return None,
    };
    Some((kind, identifier(rest))).filter(|(_, name)| !name.is_empty())
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}
