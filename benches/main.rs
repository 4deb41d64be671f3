//! Measures and prints the ratios: `odmium-benches [--json] [P1 P3 ..]`.
#![allow(clippy::print_stderr, reason = "a program of this repository only")]

use std::process::ExitCode;

use odmium_benches::{report, rows};

fn main() -> ExitCode {
    let (options, ids): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|arg| arg.starts_with('-'));
    if options.iter().any(|option| option != "--json") {
        eprintln!("usage: odmium-benches [--json] [P1 P3 ..]");
        return ExitCode::from(2);
    }
    let print = if options.is_empty() { print_table } else { report::print_json };
    match rows::measure(&ids).and_then(|rows| print(&rows)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn print_table(rows: &[report::Row]) -> odmium_benches::Result<()> {
    report::print_table(rows);
    Ok(())
}
