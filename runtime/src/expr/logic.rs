//! `&`, `|` and `!` of expressions, among each other and with filters.

use std::ops::{BitAnd, BitOr, Not};

use super::{
    Expr,
    render::{chain, nary},
};
use crate::filter::Filter;

/// Both hold (`$and`).
impl<D> BitAnd for Expr<D, bool> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self::new(chain("$and", self.value, other.value))
    }
}

/// At least one holds (`$or`).
impl<D> BitOr for Expr<D, bool> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self::new(chain("$or", self.value, other.value))
    }
}

/// It does not hold (`$not`).
impl<D> Not for Expr<D, bool> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(nary("$not", [self.value]))
    }
}

impl<D> From<Expr<D, bool>> for Filter<D> {
    fn from(test: Expr<D, bool>) -> Self {
        Self::expr(test)
    }
}

impl<D> BitAnd<Expr<D, bool>> for Filter<D> {
    type Output = Self;

    fn bitand(self, other: Expr<D, bool>) -> Self {
        self & Self::expr(other)
    }
}

impl<D> BitOr<Expr<D, bool>> for Filter<D> {
    type Output = Self;

    fn bitor(self, other: Expr<D, bool>) -> Self {
        self | Self::expr(other)
    }
}

impl<D> BitAnd<Filter<D>> for Expr<D, bool> {
    type Output = Filter<D>;

    fn bitand(self, other: Filter<D>) -> Filter<D> {
        Filter::expr(self) & other
    }
}

impl<D> BitOr<Filter<D>> for Expr<D, bool> {
    type Output = Filter<D>;

    fn bitor(self, other: Filter<D>) -> Filter<D> {
        Filter::expr(self) | other
    }
}
