//! From an update to what is sent: changes grouped by operator, and the filters of `$[f0]`.

use std::collections::{HashMap, HashSet};

use mongodb::{
    bson::{Bson, Document, doc},
    options::UpdateModifications,
};

use super::{Step, conflict, pipeline};
use crate::{
    error::{Error, Result},
    path::{Name, PICKED, usable},
};

/// What is sent for an update.
pub(super) struct Rendered {
    pub(super) update: UpdateModifications,
    /// The filters of the names that were made up for `$[f0]`.
    pub(super) array_filters: Vec<Document>,
}

/// Renders the changes; `given` are array filters whose names are taken.
pub(super) fn render(steps: Vec<Step>, given: &[Document]) -> Result<Rendered> {
    let single = steps.len() == 1;
    let mut writer =
        Writer { given, update: Document::new(), written: Written::default(), picks: Vec::new() };
    for step in steps {
        match step {
            Step::Write { op, path, value, picked } => {
                let path = writer.named(usable(path)?, picked)?;
                writer.add(op, path, value?)?;
            }
            Step::Raw(raw) => writer.add_raw(raw)?,
            Step::Pipeline(stages) if single => {
                if stages.is_empty() {
                    break;
                }
                let stages = stages.into_iter().map(pipeline::Stage::render).collect::<Result<Vec<_>>>()?;
                return Ok(Rendered { update: stages.into(), array_filters: Vec::new() });
            }
            Step::Pipeline(_) => {
                return Err(Error::argument(
                    "a pipeline is a whole update: write the other changes as stages of it, or send them apart",
                ));
            }
        }
    }
    if writer.update.is_empty() {
        return Err(Error::argument("this update changes nothing: add at least one change"));
    }
    let array_filters = writer.picks.into_iter().map(|pick| pick.filter).collect();
    Ok(Rendered { update: writer.update.into(), array_filters })
}

struct Writer<'a> {
    given: &'a [Document],
    update: Document,
    written: Written,
    picks: Vec<Pick>,
}

/// A filter of elements, and the name that it got.
struct Pick {
    array: String,
    condition: Document,
    name: String,
    filter: Document,
}

impl Writer<'_> {
    /// The path with a name for each `$[?]` in it.
    fn named(
        &mut self,
        path: Name,
        picked: Vec<Result<Document, crate::error::EncodeError>>,
    ) -> Result<Name> {
        if picked.is_empty() {
            return Ok(path);
        }
        let mut picked = picked.into_iter();
        let mut named = String::with_capacity(path.len());
        for segment in path.split('.') {
            let segment = match segment {
                PICKED => match picked.next() {
                    Some(condition) => format!("$[{}]", self.pick(&named, condition?)?),
                    None => segment.to_owned(),
                },
                segment => segment.to_owned(),
            };
            if !named.is_empty() {
                named.push('.');
            }
            named.push_str(&segment);
        }
        if picked.next().is_some() {
            return Err(Error::argument(format!(
                "`{named}` is no part of the elements that `update_where` picks: change them by the path that its \
                 closure is given"
            )));
        }
        Ok(named.into())
    }

    /// The name of a condition on the elements of an array: one name where it is the same one.
    fn pick(&mut self, array: &str, condition: Document) -> Result<String> {
        if let Some(pick) = self.picks.iter().find(|pick| pick.array == array && pick.condition == condition)
        {
            return Ok(pick.name.clone());
        }
        let mut number = self.picks.len();
        let mut name = format!("f{number}");
        while self.given.iter().any(|filter| names(filter, &name))
            || self.picks.iter().any(|pick| pick.name == name)
        {
            number += 1;
            name = format!("f{number}");
        }
        let mut filter = below(&name, condition.clone())?;
        if filter.is_empty() {
            filter.insert(&name, doc! { "$exists": true });
        }
        self.picks.push(Pick { array: array.to_owned(), condition, name: name.clone(), filter });
        Ok(name)
    }

    fn add_raw(&mut self, raw: Document) -> Result<()> {
        for (op, changes) in raw {
            let Bson::Document(changes) = changes else {
                return Err(Error::argument(format!(
                    "a raw update needs operators: `{op}` must be one, such as `$set`, with a document"
                )));
            };
            for (path, value) in changes {
                self.add(&op, path.into(), value)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, op: &str, path: Name, value: Bson) -> Result<()> {
        self.write(&path)?;
        if let ("$rename", Bson::String(to)) = (op, &value) {
            self.write(&usable(to.clone().into())?)?;
        }
        match self.update.get_mut(op) {
            Some(Bson::Document(changes)) => {
                changes.insert(path, value);
            }
            _ => {
                let mut changes = Document::new();
                changes.insert(path, value);
                self.update.insert(op, changes);
            }
        }
        Ok(())
    }

    /// Notes that a path is written.
    fn write(&mut self, path: &Name) -> Result<()> {
        self.written.add(path).map_err(|other| {
            Error::argument(format!(
                "this update writes `{other}` and `{path}`: one change for a path, and none for its parent, is all \
                 the server allows"
            ))
        })
    }
}

/// The paths that are written so far.
#[derive(Default)]
struct Written {
    paths: HashSet<Name>,
    parents: HashMap<String, Name>,
    /// Those through elements, which are compared one by one.
    elements: Vec<Name>,
}

impl Written {
    /// Adds a path; the error is another one that it overlaps.
    fn add(&mut self, path: &Name) -> Result<(), Name> {
        let has_elements = path.contains("$[");
        if let Some(other) = self.elements.iter().find(|other| conflict::overlap(other, path)) {
            return Err(other.clone());
        }
        if has_elements && let Some(other) = self.paths.iter().find(|other| conflict::overlap(other, path)) {
            return Err(other.clone());
        }
        if let Some(child) = self.parents.get(&**path) {
            return Err(child.clone());
        }
        let parents = || path.match_indices('.').map(|(end, _)| &path[..end]);
        if let Some(parent) = parents().chain([&**path]).find(|parent| self.paths.contains(*parent)) {
            return Err(parent.to_owned().into());
        }
        for parent in parents() {
            if !self.parents.contains_key(parent) {
                self.parents.insert(parent.to_owned(), path.clone());
            }
        }
        match has_elements {
            true => self.elements.push(path.clone()),
            false => {
                self.paths.insert(path.clone());
            }
        }
        Ok(())
    }
}

/// Whether an array filter is about the name.
fn names(filter: &Document, name: &str) -> bool {
    filter.iter().any(|(key, value)| match value {
        Bson::Array(list) if key.starts_with('$') => {
            list.iter().filter_map(Bson::as_document).any(|filter| names(filter, name))
        }
        _ => key.split('.').next() == Some(name),
    })
}

/// The condition with its paths below `name`.
fn below(name: &str, condition: Document) -> Result<Document> {
    let mut filter = Document::new();
    for (key, value) in condition {
        match (key.as_str(), value) {
            ("$and" | "$or" | "$nor", Bson::Array(list)) => {
                let list = list.into_iter().map(|item| match item {
                    Bson::Document(item) => below(name, item).map(Bson::Document),
                    other => Ok(other),
                });
                filter.insert(key, list.collect::<Result<Vec<_>>>()?);
            }
            ("", value) => {
                filter.insert(name, value);
            }
            (operator, _) if operator.starts_with('$') => {
                return Err(Error::argument(format!(
                    "`{operator}` cannot pick the elements that an update changes: use conditions on their fields"
                )));
            }
            (path, value) => {
                filter.insert(format!("{name}.{path}"), value);
            }
        }
    }
    Ok(filter)
}
