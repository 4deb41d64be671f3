//! Mistakes that do not compile, and what the compiler says about them. A file holds one promise, its name says which.
//!
//! `TRYBUILD=overwrite cargo test -p odmium-tests-ui` writes the `.stderr` files; read the difference before committing
//! it: these texts are what users see.

use std::{fs, path::Path};

/// The folder of programs that compile; one is enough to have everything built, and not only checked: some mistakes
/// show when code is generated.
const PASS: &str = "pass";

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of Rust 1.95")]
#[test]
fn mistakes_do_not_compile_and_say_why() {
    let cases = trybuild::TestCases::new();
    cases.pass(format!("{PASS}/*.rs"));
    for folder in folders() {
        cases.compile_fail(format!("{folder}/*.rs"));
    }
}

#[test]
fn every_text_belongs_to_a_case_and_every_case_has_one() {
    for folder in folders() {
        let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        for path in &names {
            let other = match path.extension().and_then(|extension| extension.to_str()) {
                Some("rs") => "stderr",
                Some("stderr") => "rs",
                _ => panic!("{} is neither a case nor a text", path.display()),
            };
            assert!(path.with_extension(other).exists(), "{} has no .{other}", path.display());
        }
    }
}

/// The folders of cases.
fn folders() -> Vec<String> {
    let entries = fs::read_dir(Path::new(".")).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir() && entry.file_name() != PASS);
    folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
}
