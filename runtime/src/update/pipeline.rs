//! Updates whose values the server computes: pipelines of `$set`, `$unset` and `$replaceWith`.

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document, doc};

use super::{IntoUpdate, Optional, Step, Update, conflict::overlap};
use crate::{
    error::{EncodeError, Error, Result},
    expr::{IntoExpr, assigned},
    path::{Field, Name, Readable, Unknown, usable},
};

/// Changes of documents of type `D` whose values are expressions, one after the other.
///
/// Each change sees the document as those before have left it.
///
/// ```
/// use odmium::{bson::doc, prelude::*, update::UpdatePipeline};
///
/// #[derive(Document)]
/// #[document(collection = "users")]
/// struct User { id: Id<User>, wins: i32, losses: i32, games: i32, nick: Option<String> }
///
/// let update = UpdatePipeline::new().set(User.games, User.wins + User.losses).unset(User.nick);
/// assert_eq!(
///     update.to_stages()?,
///     [doc! { "$set": { "games": { "$add": ["$wins", "$losses"] } } }, doc! { "$unset": ["nick"] }],
/// );
/// # Ok::<(), odmium::Error>(())
/// ```
#[must_use = "an update does nothing until an operation takes it"]
pub struct UpdatePipeline<D> {
    stages: Vec<Stage>,
    document: PhantomData<fn() -> D>,
}

#[derive(Clone, Debug)]
pub(super) enum Stage {
    Set(Vec<(Name, Result<Bson, EncodeError>)>),
    Unset(Vec<Name>),
    ReplaceWith(Result<Bson, EncodeError>),
    Raw(Document),
}

impl<D> UpdatePipeline<D> {
    /// No change yet.
    pub fn new() -> Self {
        Self { stages: Vec::new(), document: PhantomData }
    }

    /// Sets a field to a value that the server computes (`$set`). A field set to what is missing is removed.
    pub fn set<T, P: Readable, K>(mut self, field: Field<D, T, P>, value: impl IntoExpr<D, T, K>) -> Self {
        let (path, value) = (field.name(), value.into_expr().render().map(assigned));
        match self.stages.last_mut() {
            Some(Stage::Set(set)) if stands_beside(set, &path, value.as_ref().ok()) => {
                set.push((path, value))
            }
            _ => self.stages.push(Stage::Set(vec![(path, value)])),
        }
        self
    }

    /// Removes a field (`$unset`); it then reads as `None`.
    pub fn unset<T: Optional, P: Readable>(mut self, field: Field<D, T, P>) -> Self {
        let path = field.name();
        match self.stages.last_mut() {
            Some(Stage::Unset(paths)) if !paths.iter().any(|other| overlap(other, &path)) => paths.push(path),
            _ => self.stages.push(Stage::Unset(vec![path])),
        }
        self
    }

    /// Replaces the document (`$replaceWith`): `root().set_field(..)`, or the document in a field.
    ///
    /// The server refuses a change of `_id`.
    pub fn replace_with<K>(mut self, document: impl IntoExpr<D, D, K>) -> Self {
        self.stages.push(Stage::ReplaceWith(document.into_expr().render()));
        self
    }

    /// A stage in the server's own form; of all stages, updates allow `$addFields`, `$set`, `$project`, `$unset`,
    /// `$replaceRoot` and `$replaceWith`.
    pub fn raw_stage(mut self, stage: Document) -> Self {
        self.stages.push(Stage::Raw(stage));
        self
    }

    /// The stages that are sent.
    ///
    /// # Errors
    ///
    /// When there is no change, when a path goes to single elements of an array (`items.0`), or when a value cannot be
    /// written as BSON.
    pub fn to_stages(&self) -> Result<Vec<Document>> {
        self.clone().into_stages()
    }

    /// The same without a copy.
    ///
    /// # Errors
    ///
    /// As [`to_stages`](Self::to_stages).
    pub fn into_stages(self) -> Result<Vec<Document>> {
        if self.stages.is_empty() {
            return Err(Error::argument("this update changes nothing: add at least one change"));
        }
        self.stages.into_iter().map(Stage::render).collect()
    }
}

/// A whole update: with other changes beside it, an operation refuses it.
#[diagnostic::do_not_recommend]
impl<D> IntoUpdate<D> for UpdatePipeline<D> {
    type Places = Unknown;

    fn into_update(self) -> Update<D> {
        Update { steps: vec![Step::Pipeline(self.stages)], document: PhantomData }
    }
}

impl Stage {
    pub(super) fn render(self) -> Result<Document> {
        Ok(match self {
            Self::Set(set) => {
                let mut fields = Document::new();
                for (path, value) in set {
                    fields.insert(checked(path)?, value?);
                }
                doc! { "$set": fields }
            }
            Self::Unset(paths) => {
                let paths: Result<Vec<_>> =
                    paths.into_iter().map(|path| Ok(checked(path)?.into_owned())).collect();
                doc! { "$unset": paths? }
            }
            Self::ReplaceWith(document) => doc! { "$replaceWith": document? },
            Self::Raw(stage) => stage,
        })
    }
}

/// The path, where these stages mean by it what other updates do.
pub(crate) fn checked(path: Name) -> Result<Name, EncodeError> {
    let path = usable(path)?;
    // To these stages, a number is a key and never a position.
    let is_number = |key: &str| key.bytes().all(|byte| byte.is_ascii_digit());
    match path.split('.').any(|key| key.starts_with('$') || is_number(key)) {
        false => Ok(path),
        true => Err(EncodeError::argument(format!(
            "`{path}` is no path of an update with expressions, as it goes to single elements of an array: set the whole \
             array, to a `map` of itself where its elements change"
        ))),
    }
}

/// Whether one `$set` can do what two in a row do: the values of a stage are computed before it writes.
fn stands_beside(set: &[(Name, Result<Bson, EncodeError>)], path: &str, value: Option<&Bson>) -> bool {
    set.iter()
        .all(|(written, _)| !overlap(written, path) && !value.is_some_and(|value| reads(value, written)))
}

/// Whether an expression reads a field that is at, above or below a path.
fn reads(expression: &Bson, path: &str) -> bool {
    match expression {
        Bson::String(text) => match text.strip_prefix('$') {
            None => false,
            Some(variable) if variable.starts_with("$ROOT") || variable.starts_with("$CURRENT") => true,
            Some(field) => overlap(field, path),
        },
        Bson::Array(values) => values.iter().any(|value| reads(value, path)),
        Bson::Document(document) => document.iter().any(|(_, value)| reads(value, path)),
        _ => false,
    }
}

impl<D> Default for UpdatePipeline<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> Clone for UpdatePipeline<D> {
    fn clone(&self) -> Self {
        Self { stages: self.stages.clone(), document: PhantomData }
    }
}

impl<D> std::fmt::Debug for UpdatePipeline<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.to_stages() {
            Ok(stages) => f.debug_tuple("UpdatePipeline").field(&stages).finish(),
            Err(error) => write!(f, "UpdatePipeline({error})"),
        }
    }
}
