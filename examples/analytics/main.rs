//! Asks ten questions of some ten thousand source files: those of a workspace and of all that it depends on.
//!
//! `cargo run -p odmium-examples --example analytics` takes the workspace it belongs to; behind a `--` it takes the
//! `Cargo.toml` of another one. Each answer of the server is compared with that of plain Rust over the same data.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

mod data;
mod plain;
mod questions;
mod rows;

use std::{env, error::Error, path::Path, process::ExitCode};

use comfy_table::{Table, presets::ASCII_FULL_CONDENSED};
use odmium::dev;

use data::{File, Package};
use rows::Rows;

async fn run(manifest: &Path) -> Result<(), Box<dyn Error>> {
    let (packages, files) = data::collect(manifest)?;

    // The server that MONGODB_URI names, or one that ends with this program.
    let client = dev::client().await?;
    let db = client.database(&format!("analytics_{}", std::process::id()));
    let (all_packages, all_files) = (db.collection::<Package>(), db.collection::<File>());
    all_packages.sync_indexes().await?;
    all_files.sync_indexes().await?;
    all_packages.insert_many(&packages).await?;
    all_files.insert_many(&files).await?;
    let lines: i64 = files.iter().map(|file| i64::from(file.lines)).sum();
    println!("{} packages, {} files, {lines} lines\n", packages.len(), files.len());

    let mut report = Report::default();
    let (p, f) = (&all_packages, &all_files);
    report.add(
        "What is the code made of?",
        &["part", "files", "lines", "comments", "lines of a file"],
        questions::parts(f).await?,
        &plain::parts(&files),
    )?;
    report.add(
        "Which packages are the largest?",
        &["package", "lines", "license"],
        questions::largest(f).await?,
        &plain::largest(&files, &packages),
    )?;
    report.add(
        "How long are the files?",
        &["from", "files", "lines"],
        questions::lengths(f).await?,
        &plain::lengths(&files),
    )?;
    report.add(
        "Who says `unsafe` most?",
        &["package", "in 1000 lines"],
        questions::most_unsafe(f).await?,
        &plain::most_unsafe(&files),
    )?;
    report.add(
        "How much is under which license?",
        &["license", "packages", "lines"],
        questions::licenses(f).await?,
        &plain::licenses(&files, &packages),
    )?;
    report.add(
        "Which files are the longest of their package?",
        &["package", "file", "lines", "files of the package"],
        questions::longest_files(f).await?,
        &plain::longest_files(&files),
    )?;
    report.add(
        "What do most files use?",
        &["name", "files"],
        questions::most_used(f).await?,
        &plain::most_used(&files),
    )?;
    report.add(
        "How many packages are half of all code?",
        &["packages", "their lines", "all lines"],
        questions::half_of_all(f).await?,
        &plain::half_of_all(&files),
    )?;
    report.add(
        "How much does each member of the workspace pull in?",
        &["package", "needs", "with theirs"],
        questions::reach(p).await?,
        &plain::reach(&packages),
    )?;
    report.add(
        "Which items are there, and which public functions?",
        &["what", "times"],
        questions::items(f).await?,
        &plain::items(&files),
    )?;
    println!("{} questions, all answered as by plain Rust", report.questions);
    Ok(db.drop().await?)
}

#[derive(Default)]
struct Report {
    questions: u32,
}

impl Report {
    /// Prints an answer, or fails where plain Rust has another one.
    fn add(&mut self, title: &str, header: &[&str], found: Rows, expected: &Rows) -> Result<(), String> {
        if found != *expected {
            return Err(format!("{title} The server says {found:#?}, plain Rust {expected:#?}."));
        }
        self.questions += 1;
        let mut table = Table::new();
        table.load_style(ASCII_FULL_CONDENSED).set_header(header).add_rows(found);
        println!("{title}\n{table}\n");
        Ok(())
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let manifest =
        env::args().nth(1).unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into());
    match run(Path::new(&manifest)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
