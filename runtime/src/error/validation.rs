//! What a validator of a collection has against a document.

use std::fmt;

use mongodb::bson::{Bson, Document};

use super::Error;

/// Code of the server's `DocumentValidationFailure`.
pub(super) const CODE: i32 = 121;

/// Keys below which the server explains an operator by others.
const BELOW: [&str; 7] = [
    "details",
    "schemaRulesNotSatisfied",
    "propertiesNotSatisfied",
    "clausesNotSatisfied",
    "clausesSatisfied",
    "schemasNotSatisfied",
    "failingDependencies",
];

/// Why the [validator](crate::schema::CollectionSpec::validator) of a collection refused a document, read from the
/// server's `errInfo`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Validation {
    /// The `_id` of the document.
    pub document: Option<Bson>,
    /// The rules that it breaks, in the order of the server; of alternatives (`$or`, `anyOf`), those of each.
    pub broken: Vec<BrokenRule>,
    /// The server's details as they came (`errInfo`).
    pub details: Document,
}

/// A rule of a validator that a document breaks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BrokenRule {
    /// The dotted path of the field, with the numbers of elements; empty for the document itself.
    pub path: String,
    /// The rule by its name on the server, such as `$gte`, `bsonType`, `required`.
    pub rule: String,
    /// What the rule asks for, such as the `18` of `{ $gte: 18 }`.
    pub expected: Option<Bson>,
    /// What the document has there, as long as it is; the text of the error has its beginning.
    pub found: Option<Bson>,
    /// The server's reason, such as "type did not match".
    pub reason: Option<String>,
}

impl Validation {
    /// Reads `errInfo`.
    pub(super) fn new(details: &Document) -> Self {
        let mut broken = Vec::new();
        if let Ok(rule) = details.get_document("details") {
            collect(rule, &Path::default(), &mut broken);
        }
        Self { document: details.get("failingDocumentId").cloned(), broken, details: details.clone() }
    }
}

/// Where the rules at hand are about.
#[derive(Clone, Default)]
struct Path {
    text: String,
    /// Below an operator that is broken by what it holds for: `$nor`, `not`.
    negated: bool,
}

impl Path {
    fn join(&self, key: &str) -> Self {
        let dot = if self.text.is_empty() || key.is_empty() { "" } else { "." };
        Self { text: format!("{}{dot}{key}", self.text), ..self.clone() }
    }
}

fn collect(rule: &Document, path: &Path, broken: &mut Vec<BrokenRule>) {
    let mut path = match (rule.get_str("propertyName"), rule.get("itemIndex")) {
        (Ok(name), _) => path.join(name),
        (_, Some(Bson::Int32(index))) => path.join(&index.to_string()),
        (_, Some(Bson::Int64(index))) => path.join(&index.to_string()),
        _ => path.clone(),
    };
    let operator = rule.get_str("operatorName").unwrap_or_default();
    path.negated |= matches!(operator, "$nor" | "$not" | "not");
    for (key, form) in [("missingProperties", "required"), ("additionalProperties", "additionalProperties")] {
        for name in rule.get_array(key).into_iter().flatten().filter_map(Bson::as_str) {
            let reason = match rule.get_str("conditionalProperty") {
                Ok(other) => Some(format!("`{other}` needs it")),
                Err(_) => None,
            };
            broken.push(BrokenRule {
                path: path.join(name).text,
                rule: if reason.is_some() { "dependencies" } else { form }.to_owned(),
                expected: None,
                found: None,
                reason,
            });
        }
    }
    let before = broken.len();
    for key in BELOW {
        match rule.get(key) {
            Some(Bson::Document(inner)) => collect(inner, &path, broken),
            Some(Bson::Array(all)) => {
                all.iter().filter_map(Bson::as_document).for_each(|inner| collect(inner, &path, broken));
            }
            _ => {}
        }
    }
    let is_told = broken.len() > before
        || rule.contains_key("missingProperties")
        || matches!(rule.get("additionalProperties"), Some(Bson::Array(_)));
    if !operator.is_empty() && !is_told {
        broken.push(leaf(rule, operator, &path));
    }
}

/// A rule that no other explains.
fn leaf(rule: &Document, operator: &str, path: &Path) -> BrokenRule {
    let specified = rule.get_document("specifiedAs").ok();
    let (mut field, mut expected) = (None, specified.and_then(|it| it.get(operator)).cloned());
    // A condition on a field stands below its name: `{ age: { $gte: 18 } }`, or `{ age: 18 }`.
    if let (Some((name, condition)), None, true) =
        (specified.and_then(|it| it.iter().next()), &expected, operator.starts_with('$'))
        && !name.starts_with('$')
    {
        field = Some(name);
        let inner = condition.as_document().and_then(|it| it.get(operator));
        expected = Some(inner.unwrap_or(condition).clone());
    }
    BrokenRule {
        path: path.join(field.map_or("", String::as_str)).text,
        rule: if path.negated && !matches!(operator, "$nor" | "$not" | "not") {
            format!("not {operator}")
        } else {
            operator.to_owned()
        },
        expected: expected.or_else(|| specified.cloned().map(Bson::Document)),
        found: rule.get("consideredValue").or_else(|| rule.get("consideredValues")).cloned(),
        reason: rule.get_str("reason").ok().map(str::to_owned),
    }
}

impl fmt::Display for Validation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the validator of the collection refuses the document")?;
        if let Some(id) = &self.document {
            write!(f, " with the `_id` {id}")?;
        }
        for (number, rule) in self.broken.iter().enumerate() {
            write!(f, "{}{rule}", if number == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, rule, expected, found, reason } = self;
        match path.is_empty() {
            true => f.write_str("the document")?,
            false => write!(f, "`{path}`")?,
        }
        match (&**rule, found, reason) {
            ("required", ..) => return f.write_str(" is missing (`required`)"),
            ("dependencies", _, Some(reason)) => {
                return write!(f, " is missing, as {reason} (`dependencies`)");
            }
            ("additionalProperties", None, None) => {
                return f.write_str(" is not among the properties (`additionalProperties`)");
            }
            (_, Some(found), _) => write!(f, " is {}", Short(found))?,
            (_, None, Some(reason)) => write!(f, ": {reason}")?,
            (_, None, None) => f.write_str(" does not match")?,
        }
        match expected {
            Some(expected) => write!(f, ", against `{rule}: {}`", Short(expected)),
            None => write!(f, ", against `{rule}`"),
        }
    }
}

/// How many characters of a value the text of an error has.
const SHOWN: usize = 200;

/// The beginning of a value's text: a value may be as long as a document.
struct Short<'a>(&'a Bson);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        match text.char_indices().nth(SHOWN) {
            None => f.write_str(&text),
            Some((end, _)) => write!(f, "{}..", text.get(..end).unwrap_or_default()),
        }
    }
}

impl Error {
    /// Whether the validator of a collection refused a document; in a write of many documents, any of them.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users", create(validator(User.age.gte(18))))]
    /// # struct User { id: Id<User>, age: i32 }
    /// # async fn f(users: odmium::Collection<User>, user: User) -> odmium::Result<()> {
    /// if let Err(error) = users.insert(&user).await {
    ///     for rule in error.validation_details().iter().flat_map(|it| &it.broken) {
    ///         println!("{}: {rule}", rule.path);
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.write_failures().iter().any(|failure| failure.code == CODE)
    }

    /// Which fields a validator refused, and by which rules. Of several documents, it is about the first one refused;
    /// [`write_failures`](Self::write_failures) has all. `None` where the server gave no details, as before MongoDB 5.0.
    #[must_use]
    pub fn validation_details(&self) -> Option<&Validation> {
        self.write_failures().iter().find_map(|failure| failure.validation.as_ref())
    }
}
