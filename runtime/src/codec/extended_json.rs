//! Extended JSON: BSON values as JSON, and back.

use serde_json::{Map, Value, json};

use mongodb::bson::{Bson, Document};

use super::{DecodeOwned, Encode, decode_bson, encode_to_bson};
use crate::error::{DecodeError, EncodeError};

/// The two forms of [extended JSON](https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExtendedJson {
    /// Every BSON type is kept: `{"$numberInt": "5"}`.
    Canonical,
    /// Plain numbers, and dates as text: `5`. An int64 that fits an int32, and a double without fraction from another
    /// program, come back as another number type of the same value.
    Relaxed,
}

/// A value as extended JSON, with the keys in the order of the document.
///
/// ```
/// use odmium::{codec::{ExtendedJson, from_extended_json, to_extended_json}, prelude::*};
/// use serde_json::json;
///
/// #[derive(Document, Debug, PartialEq)]
/// #[document(collection = "users")]
/// struct User {
///     id: Id<User>,
///     age: i32,
/// }
///
/// let user = User { id: "65a1b2c3d4e5f60718293a4b".parse()?, age: 30 };
/// let id = json!({ "$oid": "65a1b2c3d4e5f60718293a4b" });
/// let canonical = to_extended_json(&user, ExtendedJson::Canonical)?;
/// assert_eq!(canonical, json!({ "_id": id, "age": { "$numberInt": "30" } }));
/// let relaxed = to_extended_json(&user, ExtendedJson::Relaxed)?;
/// assert_eq!(relaxed, json!({ "_id": id, "age": 30 }));
///
/// assert_eq!(from_extended_json::<User>(canonical)?, user);
/// assert_eq!(from_extended_json::<User>(serde_json::from_str(&relaxed.to_string())?)?, user);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`encode_to_vec`](super::encode_to_vec).
pub fn to_extended_json<T: Encode + ?Sized>(value: &T, form: ExtendedJson) -> Result<Value, EncodeError> {
    let value = encode_to_bson(value)?;
    Ok(match form {
        ExtendedJson::Canonical => canonical(value),
        ExtendedJson::Relaxed => value.into_relaxed_extjson(),
    })
}

/// The value of extended JSON in either form, or of both mixed.
///
/// # Errors
///
/// When a `$` key has not its form, when a whole number does not fit an int64 (as a double it would lose digits), or
/// when the value does not fit `T`; as [`decode`](super::decode).
pub fn from_extended_json<T: DecodeOwned>(json: Value) -> Result<T, DecodeError> {
    if let Some(number) = too_large(&json) {
        return Err(DecodeError::custom(format_args!(
            "the number {number} does not fit an int64: write {{\"$numberDecimal\": \"{number}\"}}"
        )));
    }
    decode_bson(&Bson::try_from(json).map_err(DecodeError::caused_by)?)
}

/// As the `bson` crate does it, which leaves doubles close to zero as they are.
fn canonical(value: Bson) -> Value {
    match value {
        Bson::Double(double) if double.is_subnormal() => json!({ "$numberDouble": format!("{double:e}") }),
        Bson::Array(values) => values.into_iter().map(canonical).collect(),
        Bson::Document(document) => Value::Object(canonical_fields(document)),
        Bson::JavaScriptCodeWithScope(code) => {
            json!({ "$code": code.code, "$scope": canonical_fields(code.scope) })
        }
        other => other.into_canonical_extjson(),
    }
}

fn canonical_fields(document: Document) -> Map<String, Value> {
    document.into_iter().map(|(key, value)| (key, canonical(value))).collect()
}

/// A whole number that no int64 holds.
fn too_large(json: &Value) -> Option<u64> {
    match json {
        Value::Number(number) => number.as_u64().filter(|number| i64::try_from(*number).is_err()),
        Value::Array(values) => values.iter().find_map(too_large),
        Value::Object(fields) => fields.values().find_map(too_large),
        _ => None,
    }
}
