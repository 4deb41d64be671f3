//! Leaving a field in that a projection does not ask for.

use mongodb::bson::{Bson, Document};

use crate::path::is_within;

/// Leaves a path in as it is stored; false where the projection computes it or takes a part of it.
pub(crate) fn keep(projection: &mut Document, path: &str) -> bool {
    let is_off = |form: &Bson| matches!(form, Bson::Int32(0) | Bson::Int64(0) | Bson::Boolean(false));
    let is_on = |form: &Bson| matches!(form, Bson::Int32(1) | Bson::Int64(1) | Bson::Boolean(true));
    let leaves_out = projection.iter().any(|(key, form)| key != "_id" && is_off(form));
    let near = |key: &str| is_within(key, path) || is_within(path, key);
    match projection.iter().find(|(key, _)| near(key)) {
        None if leaves_out => true,
        None => {
            projection.insert(path, 1);
            true
        }
        Some((key, form)) if is_on(form) && is_within(path, key) => true,
        Some((key, _)) if key == "_id" && path == "_id" => {
            projection.remove("_id");
            true
        }
        Some(_) => false,
    }
}
