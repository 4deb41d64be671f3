//! Functions of texts.

use super::{
    Expr, IntoExpr, Known, Nul, Nul2, Operand, Required,
    render::{chain, named, nary, unaries},
};
use crate::filter;

/// A type that is a text.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no text",
    label = "this operator needs a text",
    note = "`to_string()` makes a text of numbers, dates, ids and booleans"
)]
pub trait Text: Known + filter::Text {}

#[diagnostic::do_not_recommend]
impl<T: Known + filter::Text> Text for T {}

/// Functions of texts. Null gives null, except where an empty text is named.
impl<D, T: Text> Expr<D, T> {
    unaries! {
        /// In lower case, ASCII letters only (`$toLower`); of null, the empty text.
        to_lower: "$toLower" -> String;
        /// In upper case, ASCII letters only (`$toUpper`); of null, the empty text.
        to_upper: "$toUpper" -> String;
    }

    /// Followed by another text (`$concat`).
    pub fn concat<R: Operand<D, Type: Text>>(self, other: R) -> Expr<D, Nul2<T, R::Type, String>> {
        Expr::new(chain("$concat", self.value, other.into_operand().value))
    }

    /// Without white space at both ends (`$trim`).
    pub fn trim(self) -> Expr<D, Nul<T, String>> {
        Expr::new(named("$trim", [("input", self.value)]))
    }

    /// Without white space at the start (`$ltrim`).
    pub fn ltrim(self) -> Expr<D, Nul<T, String>> {
        Expr::new(named("$ltrim", [("input", self.value)]))
    }

    /// Without white space at the end (`$rtrim`).
    pub fn rtrim(self) -> Expr<D, Nul<T, String>> {
        Expr::new(named("$rtrim", [("input", self.value)]))
    }

    /// Without any of the characters in `chars` at both ends (`$trim`).
    pub fn trim_chars<K>(self, chars: impl IntoExpr<D, String, K>) -> Expr<D, Nul<T, String>> {
        Expr::new(named("$trim", [("input", self.value), ("chars", chars.into_expr().value)]))
    }

    /// Without any of the characters in `chars` at the start (`$ltrim`).
    pub fn ltrim_chars<K>(self, chars: impl IntoExpr<D, String, K>) -> Expr<D, Nul<T, String>> {
        Expr::new(named("$ltrim", [("input", self.value), ("chars", chars.into_expr().value)]))
    }

    /// Without any of the characters in `chars` at the end (`$rtrim`).
    pub fn rtrim_chars<K>(self, chars: impl IntoExpr<D, String, K>) -> Expr<D, Nul<T, String>> {
        Expr::new(named("$rtrim", [("input", self.value), ("chars", chars.into_expr().value)]))
    }

    /// `len` characters from position `start` on, both counted in code points (`$substrCP`); of null, the empty text.
    pub fn substr_cp<K, L>(
        self,
        start: impl IntoExpr<D, i32, K>,
        len: impl IntoExpr<D, i32, L>,
    ) -> Expr<D, String> {
        Expr::new(nary("$substrCP", [self.value, start.into_expr().value, len.into_expr().value]))
    }

    /// `len` bytes from position `start` on (`$substrBytes`); of null, the empty text. The server fails within a
    /// character.
    pub fn substr_bytes<K, L>(
        self,
        start: impl IntoExpr<D, i32, K>,
        len: impl IntoExpr<D, i32, L>,
    ) -> Expr<D, String> {
        Expr::new(nary("$substrBytes", [self.value, start.into_expr().value, len.into_expr().value]))
    }

    /// The parts between the separators (`$split`). The server fails for an empty separator.
    pub fn split<K>(self, separator: impl IntoExpr<D, String, K>) -> Expr<D, Nul<T, Vec<String>>> {
        Expr::new(nary("$split", [self.value, separator.into_expr().value]))
    }

    /// Where `part` begins, in code points, or -1 (`$indexOfCP`).
    pub fn index_of_cp<K>(self, part: impl IntoExpr<D, String, K>) -> Expr<D, Nul<T, i32>> {
        Expr::new(nary("$indexOfCP", [self.value, part.into_expr().value]))
    }

    /// Where `part` begins, in bytes, or -1 (`$indexOfBytes`).
    pub fn index_of_bytes<K>(self, part: impl IntoExpr<D, String, K>) -> Expr<D, Nul<T, i32>> {
        Expr::new(nary("$indexOfBytes", [self.value, part.into_expr().value]))
    }

    /// With the first `find` replaced (`$replaceOne`).
    pub fn replace_one<K, L>(
        self,
        find: impl IntoExpr<D, String, K>,
        replacement: impl IntoExpr<D, String, L>,
    ) -> Expr<D, Nul<T, String>> {
        replace("$replaceOne", self, find.into_expr(), replacement.into_expr())
    }

    /// With every `find` replaced (`$replaceAll`).
    pub fn replace_all<K, L>(
        self,
        find: impl IntoExpr<D, String, K>,
        replacement: impl IntoExpr<D, String, L>,
    ) -> Expr<D, Nul<T, String>> {
        replace("$replaceAll", self, find.into_expr(), replacement.into_expr())
    }

    /// -1, 0 or 1: compared with `other` without regard to upper and lower case, ASCII only (`$strcasecmp`); null
    /// counts as the empty text.
    pub fn strcasecmp<K>(self, other: impl IntoExpr<D, Option<String>, K>) -> Expr<D, i32> {
        Expr::new(nary("$strcasecmp", [self.value, other.into_expr().value]))
    }
}

/// Lengths. The server fails on null.
impl<D, T: Text + Required> Expr<D, T> {
    unaries! {
        /// How many code points it has (`$strLenCP`).
        str_len_cp: "$strLenCP" -> i32;
        /// How many bytes it has in UTF-8 (`$strLenBytes`).
        str_len_bytes: "$strLenBytes" -> i32;
    }
}

fn replace<D, T, U>(op: &str, input: Expr<D, T>, find: Expr<D, String>, with: Expr<D, String>) -> Expr<D, U> {
    Expr::new(named(op, [("input", input.value), ("find", find.value), ("replacement", with.value)]))
}
