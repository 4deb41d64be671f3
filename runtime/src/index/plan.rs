//! What a sync would do.

use std::fmt;

use mongodb::{
    bson::{Bson, Document, doc},
    options::IndexOptions,
};

use super::Index;

/// What to do about one index.
#[non_exhaustive]
pub enum Step<D> {
    /// It is declared and there.
    Keep(Index<D>),
    /// It is declared and not there.
    Create(Index<D>),
    /// It is there with other keys or options: it has to be dropped and built anew.
    Replace {
        /// As it is declared.
        index: Index<D>,
        /// The name of the one that is there.
        old: String,
        /// What differs, in words.
        difference: String,
    },
    /// It is there and not declared. It stays, unless dropping was asked for.
    Unknown {
        /// Its name.
        name: String,
        /// Whether it will be dropped.
        drop: bool,
    },
}

/// What [`SyncIndexes`](super::SyncIndexes) would do, index by index; print it to show it to a person.
pub struct IndexPlan<D> {
    pub(super) collection: String,
    /// The steps: declared indexes in their order, then unknown ones.
    pub steps: Vec<Step<D>>,
    /// Whether it was carried out.
    pub(super) carried_out: bool,
}

impl<D> IndexPlan<D> {
    /// Compares what is declared with what the server lists.
    pub(super) fn new(
        collection: String,
        declared: Vec<Index<D>>,
        mut there: Vec<Document>,
        drop: bool,
    ) -> Self {
        there.retain(|index| name_of(index) != "_id_");
        let mut steps = Vec::new();
        for index in declared {
            let wanted = spec_of(&index);
            let same_name = there.iter().position(|old| name_of(old) == index.name);
            // The server refuses a second index over the same keys and filter, whatever its name.
            let found = same_name.or_else(|| {
                there.iter().position(|old| {
                    normal_keys(old) == normal_keys(&wanted)
                        && old.get("partialFilterExpression") == wanted.get("partialFilterExpression")
                        && same_collation(old, &wanted)
                })
            });
            steps.push(match found.map(|at| there.remove(at)) {
                None => Step::Create(index),
                Some(old) => match difference(&old, &wanted) {
                    None => Step::Keep(index),
                    Some(difference) => Step::Replace { index, old: name_of(&old).to_owned(), difference },
                },
            });
        }
        steps.extend(there.iter().map(|old| Step::Unknown { name: name_of(old).to_owned(), drop }));
        Self { collection, steps, carried_out: false }
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Step::Keep(_) | Step::Unknown { drop: false, .. }))
    }
}

impl<D> fmt::Display for IndexPlan<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "indexes of {}:", self.collection)?;
        if self.steps.is_empty() {
            return f.write_str(" none but _id");
        }
        let [keep, create, replace, drop] = match self.carried_out {
            false => ["keep    ", "create  ", "replace ", "drop    "],
            true => ["kept    ", "created ", "replaced", "dropped "],
        };
        for step in &self.steps {
            match step {
                Step::Keep(index) => write!(f, "\n  {keep} {}", index.name)?,
                Step::Create(index) => {
                    write!(f, "\n  {create} {} over {}", index.name, index.keys)?;
                    write_kinds(f, &index.options)?;
                }
                Step::Replace { index, difference, .. } => {
                    write!(f, "\n  {replace} {}: {difference}", index.name)?
                }
                Step::Unknown { name, drop: true } => write!(f, "\n  {drop} {name} (not declared)")?,
                Step::Unknown { name, drop: false } => {
                    write!(f, "\n  unknown  {name} (not declared; stays)")?
                }
            }
        }
        Ok(())
    }
}

impl<D> fmt::Debug for Step<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (step, name) = match self {
            Self::Keep(index) => ("Keep", &index.name),
            Self::Create(index) => ("Create", &index.name),
            Self::Replace { index, .. } => ("Replace", &index.name),
            Self::Unknown { name, .. } => ("Unknown", name),
        };
        f.debug_tuple(step).field(name).finish()
    }
}

impl<D> fmt::Debug for IndexPlan<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexPlan").field("collection", &self.collection).field("steps", &self.steps).finish()
    }
}

/// What makes an index refuse, leave out or delete documents.
fn write_kinds(f: &mut fmt::Formatter<'_>, options: &IndexOptions) -> fmt::Result {
    if options.unique == Some(true) {
        f.write_str(", unique")?;
    }
    if options.sparse == Some(true) {
        f.write_str(", sparse")?;
    }
    if let Some(filter) = &options.partial_filter_expression {
        write!(f, ", where {filter}")?;
    }
    match options.expire_after {
        Some(after) => write!(f, ", documents expire after {after:?}"),
        None => Ok(()),
    }
}

fn name_of(index: &Document) -> &str {
    index.get_str("name").unwrap_or_default()
}

/// The index in the form in which the server lists it.
fn spec_of<D>(index: &Index<D>) -> Document {
    let options = &index.options;
    let mut spec = doc! { "name": &index.name, "key": &index.keys };
    for (name, flag) in [("unique", options.unique), ("sparse", options.sparse), ("hidden", options.hidden)] {
        if flag == Some(true) {
            spec.insert(name, true);
        }
    }
    if let Some(after) = options.expire_after {
        spec.insert("expireAfterSeconds", after.as_secs() as i64);
    }
    if let Some(filter) = &options.partial_filter_expression {
        spec.insert("partialFilterExpression", filter);
    }
    if let Some(weights) = &options.weights {
        spec.insert("weights", weights);
    }
    if let Some(language) = &options.default_language {
        spec.insert("default_language", language);
    }
    if let Some(collation) =
        options.collation.as_ref().and_then(|it| mongodb::bson::serialize_to_bson(it).ok())
    {
        spec.insert("collation", collation);
    }
    spec
}

/// What differs, or `None`.
fn difference(old: &Document, wanted: &Document) -> Option<String> {
    if normal_keys(old) != normal_keys(wanted) {
        return Some(format!("keys are {}", old.get("key").unwrap_or(&Bson::Null)));
    }
    if name_of(old) != name_of(wanted) {
        return Some(format!("name is {}", name_of(old)));
    }
    for option in ["unique", "sparse", "hidden", "expireAfterSeconds", "partialFilterExpression"] {
        let (has, wants) = (set(old, option), set(wanted, option));
        if !equal(has, wants) {
            return Some(match has {
                Some(value) => format!("{option} is {value}"),
                None => format!("{option} is not set"),
            });
        }
    }
    if let Some(language) =
        wanted.get("default_language").filter(|it| Some(*it) != old.get("default_language"))
    {
        return Some(format!("default_language is not {language}"));
    }
    (!same_collation(old, wanted)).then(|| "collation is another".to_owned())
}

/// An option that matters: false is the same as not set.
fn set<'a>(index: &'a Document, option: &str) -> Option<&'a Bson> {
    index.get(option).filter(|value| **value != Bson::Boolean(false))
}

fn equal(one: Option<&Bson>, other: Option<&Bson>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other || number(one).is_some_and(|it| Some(it) == number(other)),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn number(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number),
        Bson::Double(number) => Some(*number as i64),
        _ => None,
    }
}

/// The keys with their kinds, and the fields of the text index with their weights.
type NormalKeys = (Vec<(String, String)>, Vec<(String, i64)>);

/// The keys with plain numbers. The server lists the fields of a text index as weights, in the order of their names.
fn normal_keys(index: &Document) -> NormalKeys {
    let mut keys = Vec::new();
    let mut texts = Vec::new();
    for (key, kind) in index.get_document("key").into_iter().flatten() {
        match (key.as_str(), kind) {
            ("_fts" | "_ftsx", _) => {}
            (_, Bson::String(kind)) if kind == "text" => texts.push((key.clone(), 1)),
            _ => keys.push((key.clone(), number(kind).map_or_else(|| kind.to_string(), |it| it.to_string()))),
        }
    }
    for (key, weight) in index.get_document("weights").into_iter().flatten() {
        texts.retain(|(text, _)| text != key);
        texts.push((key.clone(), number(weight).unwrap_or(1)));
    }
    texts.sort();
    (keys, texts)
}

/// The server fills in every default of a collation: what is wanted must be among it.
pub(crate) fn same_collation(old: &Document, wanted: &Document) -> bool {
    match (old.get_document("collation"), wanted.get_document("collation")) {
        (Ok(old), Ok(wanted)) => wanted.iter().all(|(key, value)| equal(old.get(key), Some(value))),
        (Err(_), Err(_)) => true,
        _ => false,
    }
}
