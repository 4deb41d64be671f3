//! Which rules a delete carries out, each between two collections.

use mongodb::{Collection as DriverCollection, bson::RawDocumentBuf};

use crate::{
    Collection,
    error::{Error, Result},
    model::Document,
    relation::{DeleteRule, OnDelete},
    schema::{Part, Ruled, Schema},
};

type Inner = DriverCollection<RawDocumentBuf>;

/// The rules of a delete, and the collections that they are about, by number.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// Each with the name that its model declares.
    collections: Vec<(Inner, &'static str)>,
    rules: Vec<Bound>,
}

/// A rule between two collections.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) rule: DeleteRule,
    /// Where the documents are that refer to others.
    pub(super) from: usize,
    /// Where those are that they refer to.
    pub(super) target: usize,
}

impl Rules {
    /// The number of the collection of the documents to delete.
    pub(super) const START: usize = 0;

    fn new<D: Document>(start: &Collection<D>) -> Self {
        Self { collections: vec![(start.inner().clone(), D::COLLECTION)], rules: Vec::new() }
    }

    /// The rules of models, in the collections around the one of the documents.
    pub(super) fn of_models<D: Document>(start: &Collection<D>, rules: Vec<DeleteRule>) -> Self {
        let mut this = Self::new(start);
        let database = start.inner().client().database(&start.inner().namespace().db);
        let mut number = |declared| match declared == D::COLLECTION {
            true => Self::START,
            false => this.number(database.collection(&start.scope().neighbour(declared)), declared),
        };
        let bound = rules.into_iter().map(|rule| {
            let (from, target) = (number(rule.collection), number(rule.target));
            Bound { rule, from, target }
        });
        let bound: Vec<_> = bound.collect();
        bound.into_iter().for_each(|bound| this.add(bound));
        this
    }

    /// The rules of every model of a struct of collections, under the names that it gives them.
    pub(super) fn of_schema<D: Document, S: Schema>(start: &Collection<D>, schema: &S) -> Result<Self> {
        let mut this = Self::new(start);
        let members = Part::ruled(schema);
        let is_start = |member: &Ruled| member.collection.namespace() == start.inner().namespace();
        if !members.iter().any(is_start) {
            return Err(Error::argument(format!(
                "`{}` is none of the collections of `{}`, so that its models do not tell who refers to the documents: \
                 take the collection of the struct",
                start.inner().namespace(),
                std::any::type_name::<S>()
            )));
        }
        for member in &members {
            let from = this.number(member.collection.clone(), member.declared);
            for rule in &member.rules {
                if let Some((target, declared)) = target(&members, member, rule)? {
                    let target = this.number(target, declared);
                    this.add(Bound { rule: rule.clone(), from, target });
                }
            }
        }
        Ok(this)
    }

    /// Adds a rule; two fields of a struct may be about one collection.
    fn add(&mut self, new: Bound) {
        let key = |bound: &Bound| (bound.from, bound.target, bound.rule.path, bound.rule.model);
        if self.rules.iter().all(|old| key(old) != key(&new)) {
            self.rules.push(new);
        }
    }

    fn number(&mut self, collection: Inner, declared: &'static str) -> usize {
        let known = |(old, _): &(Inner, _)| old.namespace() == collection.namespace();
        self.collections.iter().position(known).unwrap_or_else(|| {
            self.collections.push((collection, declared));
            self.collections.len() - 1
        })
    }

    pub(super) fn of(&self, action: OnDelete) -> impl Iterator<Item = &Bound> {
        self.rules.iter().filter(move |bound| bound.rule.action == action)
    }

    pub(super) fn collection(&self, number: usize) -> &Inner {
        &self.collections[number].0
    }

    /// The name that the model of a collection declares.
    pub(super) fn declared(&self, number: usize) -> &'static str {
        self.collections[number].1
    }
}

/// The collection that a rule's references lead to: the one beside it, else the only one of the struct; none where the
/// struct has none.
fn target(members: &[Ruled], from: &Ruled, rule: &DeleteRule) -> Result<Option<(Inner, &'static str)>> {
    let of_model = || members.iter().filter(|member| member.declared == rule.target);
    let is_beside = |member: &&Ruled| member.place == from.place;
    let mut found: Vec<&Ruled> = of_model().filter(is_beside).collect();
    if found.is_empty() {
        found = of_model().collect();
    }
    let Some(first) = found.first() else { return Ok(None) };
    let namespace = first.collection.namespace();
    match found.iter().find(|member| member.collection.namespace() != namespace) {
        None => Ok(Some((first.collection.clone(), first.declared))),
        Some(other) => Err(Error::argument(format!(
            "`{}` of `{}` may refer to documents of `{namespace}` and of `{}`, which hold one model, so that its rule for \
             deleting is not clear: name the models by `with_rules`",
            rule.path,
            rule.model,
            other.collection.namespace()
        ))),
    }
}
