//! P11
use crate::{Result, report::Row};
pub(super) fn check() -> Result<Vec<Row>> {
    Ok(vec![])
}
