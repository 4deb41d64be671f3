//! Imports the dependency graph of a Cargo workspace into MongoDB, and asks questions about it.
//!
//! `cargo run -p odmium-examples --example quickstart` takes the workspace it belongs to. Behind a `--` it takes the
//! `Cargo.toml` of another one, and then the name of a package whose dependents to list, instead of `tokio`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::{collections::BTreeMap, env, error::Error, process::ExitCode};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use comfy_table::{Table, presets::ASCII_FULL_CONDENSED};
use odmium::{Collection, dev, prelude::*};

#[derive(Document, Clone)]
#[document(collection = "packages", index(name, version, unique), index(dependencies.name))]
struct Package {
    id: Id<Package>,
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    dependencies: Vec<Dependency>,
    dependents: i32,
    is_member: bool,
    imported_at: DateTime,
}

#[derive(Embedded, Clone)]
struct Dependency {
    name: String,
    requirement: String,
    kind: Kind,
    optional: bool,
    features: Vec<String>,
}

#[derive(Embedded, Clone, PartialEq)]
#[document(rename_all = "lowercase")]
enum Kind {
    Normal,
    Dev,
    Build,
}

async fn run(manifest: &str, name: &str) -> Result<(), Box<dyn Error>> {
    let metadata = MetadataCommand::new().manifest_path(manifest).exec()?;

    // The server that MONGODB_URI names, or one that ends with this program.
    let client = dev::client().await?;
    let db = client.database(&format!("quickstart_{}", std::process::id()));
    let packages = db.collection::<Package>();
    println!("{}\n", packages.sync_indexes().await?);

    import(&packages, &metadata).await?;
    dependents_of(&packages, name).await?;
    most_needed(&packages).await?;
    licenses_and_duplicates(&packages).await?;

    let deleted = packages.delete_many(Package.is_member.eq(true)).await?;
    let left = packages.count(Filter::everything()).await?;
    println!("{deleted} members of the workspace deleted, {left} other packages left");
    Ok(db.drop().await?)
}

async fn import(packages: &Collection<Package>, metadata: &Metadata) -> odmium::Result<()> {
    let inserted = packages.insert_many(metadata.packages.iter().map(Package::new)).await?;
    println!("{} packages inserted", inserted.len());

    let ids: BTreeMap<_, _> = metadata.packages.iter().map(|it| &it.id).zip(inserted).collect();
    let members = metadata.workspace_members.iter().map(|member| ids[member]);
    let marked = packages.update_many(Package.id.is_in(members), Package.is_member.set(true)).await?;
    println!("{} of them marked as members of the workspace", marked.modified);

    for node in metadata.resolve.iter().flat_map(|graph| &graph.nodes) {
        let needed = node.dependencies.iter().map(|dependency| ids[dependency]);
        packages.update_many(Package.id.is_in(needed), Package.dependents.inc(1)).await?;
    }
    match ids.values().next() {
        Some(first) => insert_again(packages, *first).await,
        None => Ok(()),
    }
}

async fn insert_again(packages: &Collection<Package>, id: Id<Package>) -> odmium::Result<()> {
    let Some(package) = packages.get(id).await? else { return Ok(()) };
    let again = Package { id: Id::new(), ..package };
    match packages.insert(&again).await {
        Err(error) if error.duplicate_key::<Package>() == Some(PackageIndex::NameVersion) => {
            println!("{} {} is there already and was refused\n", again.name, again.version);
            Ok(())
        }
        result => result.map(drop),
    }
}

async fn dependents_of(packages: &Collection<Package>, name: &str) -> odmium::Result<()> {
    // Both conditions hold for the same element of the array.
    let dependency = Dependency.name.eq(name) & Dependency.kind.eq(Kind::Normal);
    let found = packages.find(Package.dependencies.any(dependency)).sort(Package.name.asc()).await?;

    let rows = found.iter().flat_map(|package| {
        let entries = package.dependencies.iter().filter(|it| it.name == name && it.kind == Kind::Normal);
        entries.map(|it| [package.name.clone(), it.requirement.clone(), it.optional.to_string()])
    });
    show(&format!("Who depends on {name}?"), ["package", "requirement", "optional"], rows);
    Ok(())
}

async fn most_needed(packages: &Collection<Package>) -> odmium::Result<()> {
    let found = packages
        .find(!Package.is_member.eq(true) & Package.dependents.gte(1))
        .sort((Package.dependents.desc(), Package.name.asc(), Package.version.asc()))
        .limit(5)
        .await?;
    let rows = found.into_iter().map(|it| [it.name, it.version, it.dependents.to_string()]);
    show("What do most packages need?", ["package", "version", "dependents"], rows);
    Ok(())
}

async fn licenses_and_duplicates(packages: &Collection<Package>) -> odmium::Result<()> {
    let all = packages.find(Filter::everything()).sort((Package.name.asc(), Package.version.asc())).await?;

    let mut licenses = BTreeMap::new();
    for package in &all {
        *licenses.entry(package.license.as_deref().unwrap_or("none")).or_insert(0) += 1;
    }
    let rows = licenses.into_iter().map(|(license, packages)| [license.to_owned(), packages.to_string()]);
    show("Under which licenses?", ["license", "packages"], rows);

    let rows = all.chunk_by(|one, next| one.name == next.name).filter(|same| same.len() > 1).map(|same| {
        let versions: Vec<_> = same.iter().map(|package| package.version.as_str()).collect();
        [same[0].name.clone(), versions.join(", ")]
    });
    show("What is there in several versions?", ["package", "versions"], rows);
    Ok(())
}

impl Package {
    fn new(package: &cargo_metadata::Package) -> Self {
        Self {
            id: Id::new(),
            name: package.name.to_string(),
            version: package.version.to_string(),
            license: package.license.clone(),
            authors: package.authors.clone(),
            dependencies: package.dependencies.iter().map(Dependency::new).collect(),
            dependents: 0,
            is_member: false,
            imported_at: DateTime::now(),
        }
    }
}

impl Dependency {
    fn new(dependency: &cargo_metadata::Dependency) -> Self {
        Self {
            name: dependency.name.clone(),
            requirement: dependency.req.to_string(),
            kind: match dependency.kind {
                DependencyKind::Development => Kind::Dev,
                DependencyKind::Build => Kind::Build,
                _ => Kind::Normal,
            },
            optional: dependency.optional,
            features: dependency.features.clone(),
        }
    }
}

fn show<const N: usize>(title: &str, header: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let mut table = Table::new();
    table.load_style(ASCII_FULL_CONDENSED).set_header(header).add_rows(rows);
    println!("{title}\n{table}\n");
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let manifest = args.next().unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into());
    let name = args.next().unwrap_or_else(|| "tokio".into());
    match run(&manifest, &name).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
