//! Functions of numbers.

use super::{
    Expr, IntoExpr, Nul, Nul2, Number, Term, Wire, WireOf,
    render::{nary, unaries},
};

/// The type of a root or an angle.
type Real<T> = Nul<T, <WireOf<T> as Wire>::Real>;

/// Functions of numbers. Null gives null.
impl<D, T: Number> Expr<D, T> {
    unaries! {
        /// The number without its sign (`$abs`).
        abs: "$abs" -> Nul<T, WireOf<T>>;
        /// The smallest whole number that is not less (`$ceil`).
        ceil: "$ceil" -> Nul<T, WireOf<T>>;
        /// The largest whole number that is not greater (`$floor`).
        floor: "$floor" -> Nul<T, WireOf<T>>;
        /// Euler's number to this power (`$exp`).
        exp: "$exp" -> Real<T>;
        /// The natural logarithm (`$ln`). The server fails for zero and below.
        ln: "$ln" -> Real<T>;
        /// The logarithm to base 10 (`$log10`). The server fails for zero and below.
        log10: "$log10" -> Real<T>;
        /// The square root (`$sqrt`). The server fails below zero.
        sqrt: "$sqrt" -> Real<T>;
        /// The sine of an angle in radians (`$sin`).
        sin: "$sin" -> Real<T>;
        /// The cosine of an angle in radians (`$cos`).
        cos: "$cos" -> Real<T>;
        /// The tangent of an angle in radians (`$tan`).
        tan: "$tan" -> Real<T>;
        /// The angle in radians of a sine (`$asin`). The server fails outside -1 to 1.
        asin: "$asin" -> Real<T>;
        /// The angle in radians of a cosine (`$acos`). The server fails outside -1 to 1.
        acos: "$acos" -> Real<T>;
        /// The angle in radians of a tangent (`$atan`).
        atan: "$atan" -> Real<T>;
        /// The hyperbolic sine (`$sinh`).
        sinh: "$sinh" -> Real<T>;
        /// The hyperbolic cosine (`$cosh`).
        cosh: "$cosh" -> Real<T>;
        /// The hyperbolic tangent (`$tanh`).
        tanh: "$tanh" -> Real<T>;
        /// The inverse of [`sinh`](Self::sinh) (`$asinh`).
        asinh: "$asinh" -> Real<T>;
        /// The inverse of [`cosh`](Self::cosh) (`$acosh`). The server fails below 1.
        acosh: "$acosh" -> Real<T>;
        /// The inverse of [`tanh`](Self::tanh) (`$atanh`). The server fails outside -1 to 1.
        atanh: "$atanh" -> Real<T>;
        /// Degrees as radians (`$degreesToRadians`).
        degrees_to_radians: "$degreesToRadians" -> Real<T>;
        /// Radians as degrees (`$radiansToDegrees`).
        radians_to_degrees: "$radiansToDegrees" -> Real<T>;
    }

    /// Rounded to so many decimal places, -20 to 100, a half to the even neighbour (`$round`); below zero, to tens,
    /// hundreds and so on.
    pub fn round<K>(self, places: impl IntoExpr<D, i32, K>) -> Expr<D, Nul<T, WireOf<T>>> {
        Expr::new(nary("$round", [self.value, places.into_expr().value]))
    }

    /// Cut off behind so many decimal places, -20 to 100 (`$trunc`).
    pub fn trunc<K>(self, places: impl IntoExpr<D, i32, K>) -> Expr<D, Nul<T, WireOf<T>>> {
        Expr::new(nary("$trunc", [self.value, places.into_expr().value]))
    }

    /// The logarithm to a base (`$log`). The server fails for numbers of zero and below, and bases of 1 and below.
    pub fn log<B: Term<D, T, Type: Number>>(self, base: B) -> Expr<D, Both<T, B::Type>> {
        Expr::new(nary("$log", [self.value, base.into_operand().value]))
    }

    /// To the power of `exponent` (`$pow`). The server keeps an integer where both are integers and the result is one.
    pub fn pow<B: Term<D, T, Type: Number>>(self, exponent: B) -> Expr<D, Both<T, B::Type>> {
        Expr::new(nary("$pow", [self.value, exponent.into_operand().value]))
    }

    /// The angle in radians of the point at `x` and this `y` (`$atan2`).
    pub fn atan2<B: Term<D, T, Type: Number>>(self, x: B) -> Expr<D, Both<T, B::Type>> {
        Expr::new(nary("$atan2", [self.value, x.into_operand().value]))
    }
}

/// The type of a function of two numbers that gives no integer.
type Both<A, B> = Nul2<A, B, <<WireOf<A> as Wire>::With<WireOf<B>> as Wire>::Real>;
