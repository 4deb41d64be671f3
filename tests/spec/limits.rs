//! What the inner driver cannot do from outside, by reason. A test is skipped for one of these and for nothing else that
//! the format itself does not give.

use crate::schema::{Test, TestFile};

/// Why a test cannot pass.
pub fn of(_file: &TestFile, _test: &Test) -> Option<&'static str> {
    None
}
