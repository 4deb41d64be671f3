//! The drivers' BSON corpus.

use std::{fs, path::Path};

use odmium_tests::corpus::{Case, read};

/// Every case of one kind, in all files.
pub(crate) fn cases(valid: bool) -> Vec<Case> {
    let folder = Path::new(env!("ODMIUM_SPEC_TESTS")).join("bson-corpus/tests");
    let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let json = files.filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    let cases: Vec<_> = json.flat_map(|file| read(&file)).filter(|case| case.is_valid() == valid).collect();
    assert!(!cases.is_empty(), "no cases in {}", folder.display());
    cases
}

fn check(valid: bool) {
    let failures: Vec<_> = cases(valid).iter().filter_map(|case| case.check().err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

// covers: T3
#[test]
#[cfg_attr(
    not(spec_tests),
    ignore = "no data: ODMIUM_SPEC_TESTS names the folder of the drivers' spec tests"
)]
fn every_valid_document_comes_out_as_its_canonical_bytes() {
    check(true);
}

// covers: T3
#[test]
#[cfg_attr(
    not(spec_tests),
    ignore = "no data: ODMIUM_SPEC_TESTS names the folder of the drivers' spec tests"
)]
fn every_damaged_document_is_refused() {
    check(false);
}
