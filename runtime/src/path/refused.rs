//! The compiler's words for an operator that a field does not have.
//!
//! Operators stand in impl blocks of the types that have them, so that an editor offers them nowhere else. When one is
//! called on another type, the compiler finds the method of the same name here, whose bound fails with a text of ours.

use super::Field;
use crate::{
    filter::{Integer, Ordered},
    update::{Clock, Numeric, Optional},
};

/// A field that is an array or a text.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` contains nothing: it is neither an array nor a text",
    label = "`contains` needs a `Vec`, a set or a `String`",
    note = "to compare the whole field, use `eq`"
)]
pub trait Contains {}

/// A field that is an array.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no array",
    label = "this operator needs a `Vec` or a set",
    note = "to compare the whole field, use `eq`"
)]
pub trait Array {}

/// A field that is a text.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no text",
    label = "this operator needs a `String`",
    note = "compare other values by `eq`, `is_in` or, where they have an order, `gt` and `lt`"
)]
pub trait Text {}

/// A field that may read as "no value".
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` always has a value",
    label = "`is_none` and `is_some` need an `Option`",
    note = "to find documents that lack the field all the same, use `is_missing` or `is_null`"
)]
pub trait Nullable {}

macro_rules! refused {
    ($($bound:ident: $($method:ident($($argument:ident),*))*;)*) => {
        /// Every operator that not all types have.
        #[doc(hidden)]
        #[expect(clippy::wrong_self_convention, reason = "the names are those of the operators")]
        pub trait Refused<T>: Sized {
            $($(
                // Also hidden one by one: editors offer the visible methods of a hidden trait.
                #[doc(hidden)]
                fn $method<$($argument),*>(self, $(_: $argument),*) -> !
                where
                    T: $bound,
                {
                    unreachable!("the type has this operator itself")
                }
            )*)*
        }
    };
}

refused! {
    Ordered: gt(A) gte(A) lt(A) lte(A) between(A, B) min(A) max(A);
    Integer: modulo(A, B) bits_all_set(A) bits_any_set(A) bits_all_clear(A) bits_any_clear(A)
        bit_and(A) bit_or(A) bit_xor(A);
    Contains: contains(A);
    Array: any(A) has_all(A) has_any(A) len_eq(A) push(A) push_each(A) add_to_set(A) add_each_to_set(A) pop_first() pop_last()
        pull(A) pull_all(A) pull_where(A);
    Text: starts_with(A) ends_with(A) matches(A, B) eq_ignore_case(A) starts_with_ignore_case(A)
        ends_with_ignore_case(A) contains_ignore_case(A);
    Nullable: is_none() is_some();
    Numeric: inc(A) mul(A);
    Clock: current_date();
    Optional: unset() set_or_unset(A);
}

impl<D, T, P> Refused<T> for Field<D, T, P> {}
