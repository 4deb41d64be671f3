//! Arrays as sets: the order of the elements and their number do not matter, nor does it in the result.

use super::{
    Expr, List, Nul, Operand, Required,
    array::Both,
    render::{chain, nary, unaries},
};

/// Arrays as sets. Null gives null.
impl<D, T: List> Expr<D, T> {
    unaries! {
        /// The different elements, each once, in no order (`$setUnion` of one array).
        to_set: "$setUnion" -> Nul<T, Vec<T::Item>>;
    }

    /// What is in one of both (`$setUnion`).
    pub fn set_union<R>(self, other: R) -> Expr<D, Both<T, R::Type>>
    where
        R: Operand<D, Type: List<Item = T::Item>>,
    {
        Expr::new(chain("$setUnion", self.value, other.into_operand().value))
    }

    /// What is in both (`$setIntersection`).
    pub fn set_intersection<R>(self, other: R) -> Expr<D, Both<T, R::Type>>
    where
        R: Operand<D, Type: List<Item = T::Item>>,
    {
        Expr::new(chain("$setIntersection", self.value, other.into_operand().value))
    }

    /// What is in this one only (`$setDifference`).
    pub fn set_difference<R>(self, other: R) -> Expr<D, Both<T, R::Type>>
    where
        R: Operand<D, Type: List<Item = T::Item>>,
    {
        Expr::new(nary("$setDifference", [self.value, other.into_operand().value]))
    }
}

/// Comparison of sets. The server fails on null.
impl<D, T: List + Required> Expr<D, T> {
    /// Whether both have the same elements (`$setEquals`).
    pub fn set_equals<R>(self, other: R) -> Expr<D, bool>
    where
        R: Operand<D, Type: List<Item = T::Item> + Required>,
    {
        Expr::new(nary("$setEquals", [self.value, other.into_operand().value]))
    }

    /// Whether every element is in `other` (`$setIsSubset`).
    pub fn set_is_subset<R>(self, other: R) -> Expr<D, bool>
    where
        R: Operand<D, Type: List<Item = T::Item> + Required>,
    {
        Expr::new(nary("$setIsSubset", [self.value, other.into_operand().value]))
    }
}
