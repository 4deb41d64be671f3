//! `&`, `|`, `!`, nor, and lists of optional filters.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not};

use mongodb::bson::{Bson, doc};

use super::{Filter, Node};

impl<D> Filter<D> {
    /// Documents for which every filter holds; `None`s are left out, and an empty list holds for every document.
    ///
    /// The form of a search whose conditions are optional:
    ///
    /// ```
    /// # use odmium::{bson::doc, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, age: i32, city: String }
    /// let (min, city): (Option<i32>, Option<&str>) = (Some(18), None);
    /// let filter = Filter::all([min.map(|min| User.age.gte(min)), city.map(|city| User.city.eq(city))]);
    /// assert_eq!(filter.to_document()?, doc! { "age": { "$gte": 18 } });
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn all<F: Into<Option<Self>>>(filters: impl IntoIterator<Item = F>) -> Self {
        filters.into_iter().filter_map(Into::into).fold(Self::everything(), BitAnd::bitand)
    }

    /// Documents for which at least one filter holds; `None`s are left out, and an empty list holds for no document.
    pub fn any<F: Into<Option<Self>>>(filters: impl IntoIterator<Item = F>) -> Self {
        filters.into_iter().filter_map(Into::into).fold(Self::nothing(), BitOr::bitor)
    }

    /// Documents for which none of the filters holds (`$nor`); `None`s are left out.
    pub fn none<F: Into<Option<Self>>>(filters: impl IntoIterator<Item = F>) -> Self {
        !Self::any(filters)
    }

    /// No document at all.
    pub fn nothing() -> Self {
        Self::new(Node::Any(Vec::new()))
    }
}

impl<D> BitAnd for Filter<D> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        if !matches!((&self.node, &other.node), (Node::All(_), _) | (_, Node::All(_))) {
            return Self::new(Node::All(vec![self.node, other.node]));
        }
        let mut nodes = match self.node {
            Node::All(nodes) => nodes,
            node => vec![node],
        };
        match other.node {
            Node::All(more) => nodes.extend(more),
            node => nodes.push(node),
        }
        Self::new(if nodes.len() == 1 { nodes.remove(0) } else { Node::All(nodes) })
    }
}

impl<D> BitOr for Filter<D> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        if !matches!((&self.node, &other.node), (Node::Any(_), _) | (_, Node::Any(_))) {
            return Self::new(Node::Any(vec![self.node, other.node]));
        }
        let mut nodes = match self.node {
            Node::Any(nodes) => nodes,
            node => vec![node],
        };
        match other.node {
            Node::Any(more) => nodes.extend(more),
            node => nodes.push(node),
        }
        Self::new(if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) })
    }
}

/// Also holds for documents that lack the field: `!User.age.gte(18)` is not `User.age.lt(18)`.
impl<D> Not for Filter<D> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(match self.node {
            // A boolean is the whole meaning of `$exists`.
            Node::Test { path, op: "$exists", value: Bson::Boolean(exists) } => {
                Node::Test { path, op: "$exists", value: Bson::Boolean(!exists) }
            }
            Node::Test { path, op, value } => match opposite(op) {
                Some(op) => Node::Test { path, op, value },
                None => Node::Not { path, op, value },
            },
            Node::Not { path, op, value } => Node::Test { path, op, value },
            Node::All(nodes) if nodes.is_empty() => Node::Any(nodes),
            Node::Any(nodes) if nodes.is_empty() => Node::All(nodes),
            Node::Any(nodes) => Node::Nor(nodes),
            Node::Nor(mut nodes) if nodes.len() == 1 => nodes.remove(0),
            Node::Nor(nodes) => Node::Any(nodes),
            Node::Expr(test) => Node::Expr(doc! { "$not": [test] }.into()),
            Node::Invalid(error) => Node::Invalid(error),
            node @ (Node::All(_) | Node::Raw(_) | Node::Whole { .. } | Node::Near { .. }) => {
                Node::Nor(vec![node])
            }
        })
    }
}

/// The operator that holds just where `op` does not.
pub(super) fn opposite(op: &str) -> Option<&'static str> {
    Some(match op {
        "$eq" => "$ne",
        "$ne" => "$eq",
        "$in" => "$nin",
        "$nin" => "$in",
        _ => return None,
    })
}

impl<D> BitAndAssign for Filter<D> {
    fn bitand_assign(&mut self, other: Self) {
        *self = std::mem::replace(self, Self::everything()) & other;
    }
}

impl<D> BitOrAssign for Filter<D> {
    fn bitor_assign(&mut self, other: Self) {
        *self = std::mem::replace(self, Self::nothing()) | other;
    }
}
