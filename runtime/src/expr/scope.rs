//! Names of variables.

use std::cell::Cell;

use mongodb::bson::Bson;

use super::Expr;

thread_local! {
    /// How many variables are in scope where an expression is being built.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// The variables of one operator, while the expression that may use them is being built.
///
/// Their names are counted by nesting, so that an inner operator never hides a variable of an outer one, and that the
/// same code always gives the same document.
pub(super) struct Scope {
    outer: u32,
}

impl Scope {
    pub(super) fn enter(variables: u32) -> Self {
        let outer = DEPTH.get();
        DEPTH.set(outer.saturating_add(variables));
        Self { outer }
    }

    /// The name of a variable of this scope: `v0`.
    pub(super) fn name(&self, variable: u32) -> String {
        format!("v{}", self.outer.saturating_add(variable))
    }

    /// Its value.
    pub(super) fn value<D, T>(&self, variable: u32) -> Expr<D, T> {
        Expr::new(Ok(Bson::String(format!("$${}", self.name(variable)))))
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        DEPTH.set(self.outer);
    }
}
