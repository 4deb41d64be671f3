//! `+`, `-`, `*`, `/` and `%` on fields and expressions.

use std::ops::{Add, Div, Mul, Rem, Sub};

use super::{
    Difference, Expr, Product, Quotient, Single, Sum, Term, place,
    render::{chain, nary},
};
use crate::path::Field;

macro_rules! operators {
    ($($operator:ident $method:ident $kind:ident $op:literal $render:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        impl<D, T: $kind<R::Type>, R: Term<D, T>> $operator<R> for Expr<D, T> {
            type Output = Expr<D, T::Output>;

            fn $method(self, other: R) -> Self::Output {
                Expr::new($render($op, self.value, other.into_operand().value))
            }
        }

        #[doc = $doc]
        impl<D, T: $kind<R::Type>, P: Single<R>, R: Term<D, T>> $operator<R> for Field<D, T, P> {
            type Output = Expr<D, T::Output>;

            fn $method(self, other: R) -> Self::Output {
                $operator::$method(Expr::new(place::value(self.name())), other)
            }
        }
    )*};
}

operators! {
    Add add Sum "$add" chain,
        "The sum (`$add`); of a date and a number, that many milliseconds later.";
    Sub sub Difference "$subtract" |op, a, b| nary(op, [a, b]),
        "The difference (`$subtract`); of two dates, in milliseconds.";
    Mul mul Product "$multiply" chain,
        "The product (`$multiply`).";
    Div div Quotient "$divide" |op, a, b| nary(op, [a, b]),
        "The quotient (`$divide`), which is no integer. The server refuses to divide by zero.";
    Rem rem Product "$mod" |op, a, b| nary(op, [a, b]),
        "The remainder (`$mod`), with the sign of the dividend. The server refuses to divide by zero.";
}
