//! The quickstart's answers, compared with what plain Rust finds in the same graph.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;

use crate::support::{metadata, printed, root, table};

fn quickstart() -> Command {
    Command::new(env!("CARGO_BIN_EXE_quickstart"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

// covers: T6, T15, T16, T17
#[test]
fn it_answers_for_its_own_workspace() {
    let printed = printed(&mut quickstart());
    let metadata = metadata(&root().join("Cargo.toml"));
    let (packages, members) = (list(&metadata["packages"]), list(&metadata["workspace_members"]));
    let graph = list(&metadata["resolve"]["nodes"]);

    assert!(printed.contains("created  name_1_version_1 over"), "{printed}");
    assert!(printed.contains("created  dependencies.name_1 over"), "{printed}");
    assert!(printed.contains(&format!("\n{} packages inserted\n", packages.len())), "{printed}");
    assert!(printed.contains(&format!("\n{} of them marked as members", members.len())), "{printed}");
    assert!(printed.contains(" is there already and was refused\n"), "{printed}");
    let end = format!(
        "{} members of the workspace deleted, {} other packages left\n",
        members.len(),
        packages.len() - members.len(),
    );
    assert!(printed.ends_with(&end), "{printed}");

    let mut tokio = table(&printed, "Who depends on tokio?");
    assert!(tokio.iter().any(|row| row[0] == "mongodb"), "{tokio:?}");
    assert!(tokio.is_sorted_by_key(|row| &row[0]), "{tokio:?}");
    tokio.sort();
    assert_eq!(tokio, dependents(packages, "tokio"));

    assert_eq!(table(&printed, "What do most packages need?"), most_needed(packages, members, graph));

    let mut licenses = BTreeMap::<_, u32>::new();
    for package in packages {
        *licenses.entry(package["license"].as_str().unwrap_or("none")).or_default() += 1;
    }
    let licenses: Vec<_> =
        licenses.iter().map(|(license, count)| vec![license.to_string(), count.to_string()]).collect();
    assert_eq!(table(&printed, "Under which licenses?"), licenses);

    let mut versions = BTreeMap::<_, Vec<_>>::new();
    for package in packages {
        versions.entry(text(&package["name"])).or_default().push(text(&package["version"]));
    }
    versions.retain(|_, versions| versions.len() > 1);
    versions.values_mut().for_each(|versions| versions.sort());
    let versions: Vec<_> =
        versions.into_iter().map(|(name, versions)| vec![name, versions.join(", ")]).collect();
    assert_eq!(table(&printed, "What is there in several versions?"), versions);
}

/// The rows of "Who depends on ..?", in their own order.
fn dependents(packages: &[Value], name: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for package in packages {
        for dependency in list(&package["dependencies"]) {
            // Cargo's form of a normal dependency is no kind at all.
            if dependency["name"] == name && dependency["kind"].is_null() {
                rows.push(vec![
                    text(&package["name"]),
                    text(&dependency["req"]),
                    dependency["optional"].to_string(),
                ]);
            }
        }
    }
    rows.sort();
    rows
}

/// The rows of "What do most packages need?".
fn most_needed(packages: &[Value], members: &[Value], graph: &[Value]) -> Vec<Vec<String>> {
    let mut counts = HashMap::<&Value, u32>::new();
    for needed in graph.iter().flat_map(|node| list(&node["dependencies"])) {
        *counts.entry(needed).or_default() += 1;
    }
    let others = packages.iter().filter(|package| !members.contains(&package["id"]));
    let mut rows: Vec<_> = others
        .filter_map(|package| {
            Some((*counts.get(&package["id"])?, text(&package["name"]), text(&package["version"])))
        })
        .collect();
    rows.sort_by(|(a, a_name, a_version), (b, b_name, b_version)| {
        b.cmp(a).then_with(|| (a_name, a_version).cmp(&(b_name, b_version)))
    });
    rows.into_iter().take(5).map(|(count, name, version)| vec![name, version, count.to_string()]).collect()
}

/// Writes a package without code.
fn package(folder: &Path, manifest: &str) {
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/lib.rs"), "").unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
}

#[test]
fn it_answers_for_another_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("Cargo.toml");
    fs::write(
        &manifest,
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"tool\"]\nexclude = [\"vendor\"]\n",
    )
    .unwrap();
    package(
        &folder.path().join("app"),
        r#"
            package = { name = "app", version = "0.1.0", edition = "2024", license = "MIT" }
            features = { default = ["dep:new-util"] }
            [dependencies]
            util = { version = "1", path = "../vendor/util1" }
            new-util = { package = "util", version = "2", path = "../vendor/util2", optional = true }
        "#,
    );
    package(
        &folder.path().join("tool"),
        r#"
            package = { name = "tool", version = "0.2.0", edition = "2024", license = "MIT" }
            dev-dependencies.util = { version = "1", path = "../vendor/util1" }
        "#,
    );
    let util = |version: &str, more: &str| {
        format!("package = {{ name = \"util\", version = \"{version}\", edition = \"2024\"{more} }}\n")
    };
    package(&folder.path().join("vendor/util1"), &util("1.0.0", ", license = \"Apache-2.0\""));
    package(&folder.path().join("vendor/util2"), &util("2.0.0", ""));

    let printed = printed(quickstart().arg(&manifest).arg("util"));
    assert!(printed.contains("\n4 packages inserted\n2 of them marked as members"), "{printed}");
    let mut dependents = table(&printed, "Who depends on util?");
    dependents.sort();
    assert_eq!(dependents, [["app", "^1", "false"], ["app", "^2", "true"]]);
    assert_eq!(
        table(&printed, "What do most packages need?"),
        [["util", "1.0.0", "2"], ["util", "2.0.0", "1"]]
    );
    assert_eq!(table(&printed, "Under which licenses?"), [["Apache-2.0", "1"], ["MIT", "2"], ["none", "1"]]);
    assert_eq!(table(&printed, "What is there in several versions?"), [["util", "1.0.0, 2.0.0"]]);
    assert!(printed.ends_with("\n2 members of the workspace deleted, 2 other packages left\n"), "{printed}");
}

#[test]
fn a_workspace_that_is_not_there_is_an_error_in_words() {
    let output = quickstart().arg("nowhere/Cargo.toml").output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("manifest path `nowhere/Cargo.toml` does not exist"), "{message}");
}
