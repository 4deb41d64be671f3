//! What a page is told of a change.

use odmium::{
    ChangeStream, Collection,
    bson::{Bson, Document},
    change_stream::{Changes, Event, NoImage, ResumeToken},
};
use serde::Serialize;

/// Changes of documents of any shape, with what was there before, if the collection keeps it.
pub(crate) type Change = Event<Document, NoImage, Option<Document>>;

/// A longer value is cut.
const LONGEST: usize = 400;

/// A message to the page, as JSON.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Message {
    /// Changes are shown from here on.
    Open {
        name: String,
        token: Option<String>,
    },
    Change(Entry),
    /// Nothing happened, but the place moved on.
    Place {
        token: Option<String>,
    },
    /// `is_lost`: the place is no longer in the server's history.
    Problem {
        text: String,
        is_lost: bool,
    },
}

#[derive(Serialize)]
pub(crate) struct Entry {
    token: Option<String>,
    operation: &'static str,
    id: Option<String>,
    at: Option<String>,
    fields: Vec<Field>,
}

/// A field with its values; a new one had none before, a removed one has none after.
#[derive(Debug, PartialEq, Serialize)]
struct Field {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// Opens the stream, behind the place where a page was before.
pub(crate) async fn open(
    collection: &Collection<Document>,
    after: Option<ResumeToken>,
) -> odmium::Result<ChangeStream<'static, Change>> {
    let watch = collection.watch().before_change();
    match after {
        Some(token) => watch.start_after(token).await,
        None => watch.await,
    }
}

impl Entry {
    pub(crate) fn new(change: &Change, token: Option<String>) -> Self {
        Self {
            token,
            operation: change.operation_type().map_or("other", |it| it.as_str()),
            id: change.id().map(text),
            at: change.info().wall_time().and_then(|time| time.try_to_rfc3339_string().ok()),
            fields: fields(change),
        }
    }
}

fn fields(change: &Change) -> Vec<Field> {
    match change {
        Event::Inserted { document, .. } => difference(None, Some(document)),
        Event::Updated { changes, before, .. } => updated(changes, before.as_ref()),
        Event::Replaced { document, before, .. } => difference(before.as_ref(), Some(document)),
        Event::Deleted { before, .. } => difference(before.as_ref(), None),
        Event::Renamed { to, .. } => vec![Field::new("new name", None, Some(to.to_string()))],
        _ => Vec::new(),
    }
}

fn updated(changes: &Changes<Document>, before: Option<&Document>) -> Vec<Field> {
    let old = |path| before.and_then(|document| value_at(document, path)).map(text);
    let set = changes.updated_fields().map(|(path, value)| {
        let value = Bson::try_from(value).map_or_else(|error| error.to_string(), |value| text(&value));
        Field::new(path, old(path), Some(value))
    });
    let removed = changes.removed_fields().map(|path| Field::new(path, old(path), None));
    let cut = changes
        .truncated_arrays()
        .map(|(path, length)| Field::new(path, old(path), Some(format!("the first {length}"))));
    set.chain(removed).chain(cut).collect()
}

/// The top-level fields that differ.
fn difference(before: Option<&Document>, after: Option<&Document>) -> Vec<Field> {
    let get = |document: Option<&Document>, key: &str| document.and_then(|it| it.get(key)).map(text);
    let keys = after.into_iter().flat_map(Document::keys);
    let gone = before.into_iter().flat_map(Document::keys).filter(|key| get(after, key).is_none());
    keys.chain(gone)
        .filter(|key| *key != "_id")
        .map(|key| Field::new(key, get(before, key), get(after, key)))
        .filter(|field| field.before != field.after)
        .collect()
}

fn value_at<'a>(document: &'a Document, path: &str) -> Option<&'a Bson> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let mut value = document.get(first)?;
    for step in rest.into_iter().flat_map(|rest| rest.split('.')) {
        value = match value {
            Bson::Document(inner) => inner.get(step)?,
            Bson::Array(elements) => elements.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

impl Field {
    fn new(path: &str, before: Option<String>, after: Option<String>) -> Self {
        Self { path: path.to_owned(), before, after }
    }
}

fn text(value: &Bson) -> String {
    let text = match value {
        Bson::ObjectId(id) => id.to_hex(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} ..", &text[..end]),
        None => text,
    }
}
