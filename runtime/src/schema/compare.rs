//! What differs between a collection as it is declared and as it is on the server.

use mongodb::{
    bson::{Bson, Document, doc, serialize_to_document},
    options::CreateCollectionOptions,
};

use crate::{
    admin::{CollectionInfo, CollectionKind},
    error::{Error, Result},
    index::same_collation,
};

/// What to do about a collection as such.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Difference {
    /// The options of `collMod`.
    pub(super) change: Document,
    /// The changes, in words.
    pub(super) changes: Vec<String>,
    /// What cannot be changed, in words.
    pub(super) fixed: Vec<String>,
    /// Options that are there and not declared.
    pub(super) unknown: Vec<String>,
}

/// Whether anything is declared: a plain collection is created by its first document.
pub(super) fn is_plain(options: &CreateCollectionOptions) -> bool {
    render(options).is_ok_and(|options| options.is_empty())
}

/// Compares what is declared with what the server lists.
pub(super) fn difference(
    options: &CreateCollectionOptions,
    there: &CollectionInfo,
    drop_unknown: bool,
) -> Result<Difference> {
    let wanted = render(options)?;
    let mut found = Difference::default();
    match (wanted.contains_key("viewOn"), &there.kind) {
        (true, CollectionKind::View) => found.view(&wanted, &there.options),
        (true, _) => found.fixed.push("it is a collection, and a view is declared".to_owned()),
        (false, CollectionKind::View) => {
            found.fixed.push("it is a view, and a collection is declared".to_owned())
        }
        (false, _) => {
            found.series(&wanted, &there.options);
            found.capped(&wanted, &there.options);
            found.options(&wanted, &there.options);
            found.unknown(&wanted, &there.options, drop_unknown);
        }
    }
    Ok(found)
}

/// The options by the server's names.
fn render(options: &CreateCollectionOptions) -> Result<Document> {
    serialize_to_document(options).map_err(|error| {
        Error::argument(format!("an option of a collection cannot be written as BSON: {error}"))
    })
}

impl Difference {
    fn view(&mut self, wanted: &Document, there: &Document) {
        let differs = |key: &&str| wanted.get(*key) != there.get(*key);
        if ["viewOn", "pipeline"].iter().any(differs) {
            let pipeline = wanted.get("pipeline").cloned().unwrap_or_else(|| Bson::Array(Vec::new()));
            self.change(wanted.get("viewOn"), "viewOn", "the view reads another pipeline");
            self.change.insert("pipeline", pipeline);
        }
        self.collation(wanted, there);
    }

    fn series(&mut self, wanted: &Document, there: &Document) {
        let (wanted, there) = match (wanted.get_document("timeseries"), there.get_document("timeseries")) {
            (Err(_), Err(_)) => return,
            (Ok(wanted), Ok(there)) => (wanted, there),
            (Ok(_), Err(_)) => return self.fixed.push("it is no time series".to_owned()),
            (Err(_), Ok(_)) => {
                return self.fixed.push("it is a time series, and none is declared".to_owned());
            }
        };
        for key in ["timeField", "metaField"] {
            if wanted.get(key) != there.get(key) {
                self.fixed.push(is(key, there.get(key)));
            }
        }
        let mut change = Document::new();
        for key in ["granularity", "bucketMaxSpanSeconds", "bucketRoundingSeconds"] {
            let Some(value) = wanted.get(key).filter(|value| !same(Some(value), there.get(key))) else {
                continue;
            };
            self.changes.push(is(key, there.get(key)));
            change.insert(key, value);
        }
        if !change.is_empty() {
            self.change.insert("timeseries", change);
        }
    }

    fn capped(&mut self, wanted: &Document, there: &Document) {
        if wanted.get_bool("capped").unwrap_or_default() && !there.get_bool("capped").unwrap_or_default() {
            return self.fixed.push("it is not capped".to_owned());
        }
        let (size, there_size) = (rounded(wanted.get("size")), rounded(there.get("size")));
        if let Some(size) = size.filter(|_| size != there_size) {
            self.change(Some(&size.into()), "cappedSize", &is("size", there.get("size")));
        }
        if wanted.contains_key("max") && !same(wanted.get("max"), there.get("max")) {
            self.change(wanted.get("max"), "cappedMax", &is("max", there.get("max")));
        }
    }

    fn options(&mut self, wanted: &Document, there: &Document) {
        self.collation(wanted, there);
        if wanted.contains_key("clusteredIndex") && !there.contains_key("clusteredIndex") {
            self.fixed.push("it is not clustered".to_owned());
        }
        for key in ["storageEngine", "indexOptionDefaults"] {
            if wanted.contains_key(key) && wanted.get(key) != there.get(key) {
                self.fixed.push(is(key, there.get(key)));
            }
        }
        for key in ["validator", "changeStreamPreAndPostImages", "expireAfterSeconds"] {
            if wanted.contains_key(key) && !same(wanted.get(key), there.get(key)) {
                self.change(wanted.get(key), key, &is(key, there.get(key)));
            }
        }
        if wanted.contains_key("validator") {
            for (key, default) in [("validationLevel", "strict"), ("validationAction", "error")] {
                let (wants, has) =
                    (wanted.get_str(key).unwrap_or(default), there.get_str(key).unwrap_or(default));
                if wants != has {
                    self.change(Some(&wants.into()), key, &format!("{key} is {has}"));
                }
            }
        }
    }

    fn collation(&mut self, wanted: &Document, there: &Document) {
        if wanted.contains_key("collation") && !same_collation(there, wanted) {
            self.fixed.push(is("collation", there.get("collation")));
        }
    }

    /// What nobody declares stays, unless dropping was asked for and the server can.
    fn unknown(&mut self, wanted: &Document, there: &Document, drop: bool) {
        let none: [(&str, Bson); 3] = [
            ("validator", doc! {}.into()),
            ("changeStreamPreAndPostImages", doc! { "enabled": false }.into()),
            ("expireAfterSeconds", "off".into()),
        ];
        for (key, off) in none {
            let is_there = there.get(key).is_some_and(|value| !is_off(value));
            if wanted.contains_key(key) || !is_there {
                continue;
            }
            match drop {
                true => self.change(Some(&off), key, &format!("{key} is not declared")),
                false => self.unknown.push(key.to_owned()),
            }
        }
        for key in ["capped", "max", "clusteredIndex", "collation", "storageEngine"] {
            let is_there = there.get(key).is_some_and(|value| !is_off(value));
            if is_there && !wanted.contains_key(key) {
                self.unknown.push(key.to_owned());
            }
        }
    }

    fn change(&mut self, value: Option<&Bson>, key: &str, words: &str) {
        if let Some(value) = value {
            self.change.insert(key, value);
            self.changes.push(words.to_owned());
        }
    }
}

/// The bytes of a capped collection, as the server rounds them.
fn rounded(size: Option<&Bson>) -> Option<i64> {
    number(size).map(|bytes| bytes.saturating_add(255) / 256 * 256)
}

fn is(key: &str, there: Option<&Bson>) -> String {
    match there {
        Some(value) => format!("{key} is {value}"),
        None => format!("{key} is not set"),
    }
}

fn is_off(value: &Bson) -> bool {
    match value {
        Bson::Boolean(on) => !on,
        Bson::Document(document) => {
            document.is_empty() || (document.len() == 1 && document.get_bool("enabled").is_ok_and(|on| !on))
        }
        _ => false,
    }
}

/// Numbers are equal whatever their type.
fn same(one: Option<&Bson>, other: Option<&Bson>) -> bool {
    one == other || number(one).is_some_and(|one| Some(one) == number(other))
}

fn number(value: Option<&Bson>) -> Option<i64> {
    match value? {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number),
        Bson::Double(number) => Some(*number as i64),
        _ => None,
    }
}
