//! Stages that choose, order and change documents and leave their type as it is.

use mongodb::bson::{Document, doc};

use super::{Input, Pipeline, Varies, input::grouped_by, row::member};
use crate::{
    expr::{ByValue, Expr, IntoExpr, Operand, assigned},
    filter::Filter,
    path::{Field, Readable},
    sort::{self, IntoSort},
    update::{Optional, checked},
};

impl<S, O, A> Pipeline<S, O, A> {
    /// Only the documents that match (`$match`).
    pub fn filter(self, filter: Filter<O>) -> Self {
        self.stage("$match", filter.render())
    }

    /// In an order: a key, or a tuple of keys (`$sort`).
    pub fn sort(self, order: impl IntoSort<O>) -> Self {
        self.stage("$sort", Ok(sort::to_document(order)))
    }

    /// At most so many documents (`$limit`). The server refuses 0.
    pub fn limit(self, documents: u32) -> Self {
        self.stage("$limit", Ok(i64::from(documents)))
    }

    /// Without the first documents (`$skip`).
    pub fn skip(self, documents: u32) -> Self {
        self.stage("$skip", Ok(i64::from(documents)))
    }

    /// Documents picked at random, a document perhaps twice (`$sample`).
    pub fn sample(self, documents: u32) -> Self {
        self.stage("$sample", Ok(doc! { "size": i64::from(documents) }))
    }

    /// Sets a field to a value that the server computes (`$set`).
    ///
    /// For a field that the type does not have, see [`add_fields`](Self::add_fields).
    pub fn set<T, P: Readable, K>(self, field: Field<O, T, P>, value: impl IntoExpr<O, T, K>) -> Self {
        self.add(|| {
            let (path, value) = (checked(field.name())?, value.into_expr().render()?);
            Ok(vec![doc! { "$set": { path: assigned(value) } }])
        })
    }

    /// Removes a field, which then reads as `None` (`$unset`).
    pub fn unset<T: Optional, P: Readable>(self, field: Field<O, T, P>) -> Self {
        let path = checked(field.name());
        self.stage("$unset", path.map(String::from))
    }

    /// How many documents there are; none at all where there are none (`$count`).
    pub fn count(self) -> Pipeline<S, (i64,), A> {
        self.stage("$count", Ok(member(0)))
    }

    /// The different values, and how many documents have each, the most frequent one first (`$sortByCount`).
    pub fn sort_by_count<I: Input<O> + Varies>(self, value: I) -> Pipeline<S, (I::Type, i64), A> {
        self.add(|| {
            let value = value.into_input().render()?;
            let tuple = doc! { "_id": 0, "_0": "$_id", "_1": "$count" };
            Ok(vec![doc! { "$sortByCount": grouped_by(value) }, doc! { "$project": tuple }])
        })
    }

    /// Leaves out what an expression says, in the document and in those within (`$redact`).
    ///
    /// The expression is evaluated on each level with the fields of that level; where it leaves out what the type needs,
    /// reading is an error.
    pub fn redact(self, visibility: Expr<O, Visibility>) -> Self {
        self.stage("$redact", visibility.render())
    }
}

/// What [`redact`](Pipeline::redact) does with a document or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Keeps it, and looks at the documents within (`$$DESCEND`).
    Descend,
    /// Removes it (`$$PRUNE`).
    Prune,
    /// Keeps all of it (`$$KEEP`).
    Keep,
}

impl Visibility {
    /// As an expression: `condition.cond(Visibility::Keep.expr(), Visibility::Prune.expr())`.
    pub fn expr<D>(self) -> Expr<D, Self> {
        Expr::raw(match self {
            Self::Descend => "$$DESCEND",
            Self::Prune => "$$PRUNE",
            Self::Keep => "$$KEEP",
        })
    }
}

#[diagnostic::do_not_recommend]
impl<D> Operand<D> for Visibility {
    type Type = Self;

    fn into_operand(self) -> Expr<D, Self> {
        self.expr()
    }
}

#[diagnostic::do_not_recommend]
impl<D> IntoExpr<D, Self, ByValue> for Visibility {
    fn into_expr(self) -> Expr<D, Self> {
        self.expr()
    }
}

/// A stage with these fields.
pub(super) fn only(name: &str, fields: Document) -> Vec<Document> {
    vec![doc! { name: fields }]
}
