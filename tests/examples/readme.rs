//! The README's commands are about things that exist.

use std::fs;

use crate::support::{metadata, root};

const QUICKSTART: &str = "cargo run -p odmium-examples --example quickstart";
const TESTS: &str = "cargo test --workspace --all-features";

#[test]
fn the_readme_gives_one_command_for_the_quickstart_and_one_for_the_tests() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let commands: Vec<_> = readme.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(commands, [QUICKSTART, TESTS]);

    let metadata = metadata(&root().join("Cargo.toml"));
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let examples = packages.find(|package| package["name"] == "odmium-examples").unwrap();
    let mut targets = examples["targets"].as_array().unwrap().iter();
    assert!(
        targets.any(|target| target["name"] == "quickstart" && target["kind"][0] == "example"),
        "{examples}"
    );
}

#[test]
fn every_file_that_the_readme_links_to_is_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files: Vec<_> = links.filter(|link| !link.starts_with("https://")).collect();
    assert!(files.len() > 3, "{files:?}");
    for file in files {
        assert!(root().join(file).exists(), "{file}");
    }
}
