//! The BSON corpus, one test for each of its cases.

use std::path::Path;

use odmium_tests::corpus::{Case, read};

use crate::failure::Failure;

pub struct CorpusCase {
    pub name: String,
    case: Case,
}

/// The cases of a file.
pub fn cases(path: &Path) -> Vec<CorpusCase> {
    let cases = read(path).into_iter();
    cases.map(|case| CorpusCase { name: case.name().to_owned(), case }).collect()
}

impl CorpusCase {
    /// A corpus has no models.
    pub fn run(self) -> Result<bool, Failure> {
        self.case.check().map(|()| false).map_err(Failure::Test)
    }
}
