//! The ten questions: the example itself fails where the server and plain Rust differ. Here, that its data is that of the machine.

use std::{fs, path::Path, process::Command};

use crate::support::{metadata, printed, root, table};

fn analytics() -> Command {
    Command::new(env!("CARGO_BIN_EXE_analytics"))
}

// covers: T10, X3
#[test]
fn ten_questions_are_answered_over_all_dependencies() {
    let printed = printed(&mut analytics());
    let metadata = metadata(&root().join("Cargo.toml"));
    let packages = metadata["packages"].as_array().unwrap();
    assert!(printed.starts_with(&format!("{} packages, ", packages.len())), "{printed}");
    assert!(printed.ends_with("\n10 questions, all answered as by plain Rust\n"), "{printed}");

    let parts = table(&printed, "What is the code made of?");
    let files: u32 = parts.iter().map(|row| row[1].parse::<u32>().unwrap()).sum();
    assert!(printed.contains(&format!(" packages, {files} files, ")), "{printed}");

    let tokio = packages.iter().find(|package| package["name"] == "tokio").unwrap();
    let folder = Path::new(tokio["manifest_path"].as_str().unwrap()).parent().unwrap().join("src");
    let largest = table(&printed, "Which packages are the largest?");
    let row = largest.iter().find(|row| row[0].starts_with("tokio ")).unwrap();
    assert_eq!(row[1], lines(&folder).to_string());
    assert_eq!(row[2], tokio["license"].as_str().unwrap());
}

/// The lines of all Rust files below a folder.
fn lines(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| match path.extension() {
            _ if path.is_dir() => lines(&path),
            Some(extension) if extension == "rs" => fs::read_to_string(&path).unwrap().lines().count(),
            _ => 0,
        })
        .sum()
}

#[test]
fn a_workspace_that_is_not_there_is_an_error_in_words() {
    let output = analytics().arg("nowhere/Cargo.toml").output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("manifest path `nowhere/Cargo.toml` does not exist"), "{message}");
}
