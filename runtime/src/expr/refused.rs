//! The compiler's words for an operator that the type of an expression does not have, as for
//! [fields](crate::path::Refused).

use mongodb::bson::Bson;

use super::{
    Date, Expr, List, Number, Required, Text,
    key_value::{Entry, Map},
};
use crate::{filter::Ordered, sort::SortKey};

/// A value that can be null.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is never null",
    label = "this operator needs an `Option`",
    note = "below an optional document, where it can be missing all the same, say `.optional()` first"
)]
pub trait Nullable {}

/// A boolean.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no condition",
    label = "this operator needs a `bool`",
    note = "a comparison gives one: `.expr().gt(0)`"
)]
pub trait Boolean {}

/// An array whose elements are calculated with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no array of numbers",
    label = "this operator needs an array of numbers",
    note = "numbers within the elements are taken out first: `.map(|item| item.get(Item.qty))`"
)]
pub trait Numbers {}

#[diagnostic::do_not_recommend]
impl<T: List<Item: Number>> Numbers for T {}

/// An array whose elements have an order.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no array of values that have an order",
    label = "this operator needs an array of numbers, strings, dates or ids",
    note = "documents are sorted by their fields: `.sort_by(Item.qty.asc())`; `.map(|item| item.get(Item.qty))` takes a \
            field of each out of them"
)]
pub trait OrderedList {}

#[diagnostic::do_not_recommend]
impl<T: List<Item: Ordered>> OrderedList for T {}

/// An array of booleans.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no array of booleans",
    label = "this operator needs a `Vec<bool>`",
    note = "a test of the elements: `.any(|item| item.get(Item.qty).gt(0))`, `.all(..)`"
)]
pub trait Booleans {}

#[diagnostic::do_not_recommend]
impl<T: List<Item: Truth>> Booleans for T {}

/// A value that is true or false.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is neither true nor false",
    label = "this operator needs booleans"
)]
pub trait Truth {}

impl Truth for bool {}
impl Truth for Option<bool> {}
impl Truth for Bson {}

/// An array of keys and values.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no array of keys and values",
    label = "this operator needs an array of `KeyValue` or of pairs",
    note = "make them first: `.map(|item| key_value(item.get(Item.sku), item.get(Item.qty)))`"
)]
pub trait Entries {}

#[diagnostic::do_not_recommend]
impl<T: List<Item: Entry>> Entries for T {}

macro_rules! refused {
    ($bounds:tt $arguments:tt: $($method:ident)*) => { $( refused!(@ $bounds $arguments [Expr<D, T>] $method); )* };
    ($bounds:tt $arguments:tt -> $output:ty: $($method:ident)*) => { $( refused!(@ $bounds $arguments [$output] $method); )* };
    (@ [$($bound:ident)*] ($($argument:ident)*) [$output:ty] $method:ident) => {
        // Also hidden one by one: editors offer the visible methods of a hidden trait.
        #[doc(hidden)]
        fn $method<$($argument),*>(self, $(_: $argument),*) -> $output
        where
            $(T: $bound,)*
        {
            unreachable!("the type has this operator itself")
        }
    };
}

/// A value that documents are sorted by.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the server sorts by fields, and by nothing that is computed",
    label = "not a field",
    note = "write a field: `age.desc()`; a computed value becomes a field first, by `add_fields` or `project`"
)]
pub trait SortField {}

/// Every operator that not all types have, a few on a line, which the compiler shows.
#[doc(hidden)]
pub trait Refused<D, T>: Sized {
    refused!([Ordered] (A): gt gte lt lte cmp greatest least);
    refused!([Boolean] (A B): cond);
    refused!([Nullable] (A): if_null or);
    refused!([Number] (): abs ceil floor exp ln log10 sqrt sin cos tan asin acos atan sinh cosh);
    refused!([Number] (): tanh asinh acosh atanh degrees_to_radians radians_to_degrees);
    refused!([Number] (A): round trunc log pow atan2);
    refused!([Text] (): to_lower to_upper trim ltrim rtrim);
    refused!([Text] (A): regex_match regex_find regex_find_all);
    refused!([Text] (A): concat trim_chars ltrim_chars rtrim_chars split index_of_cp);
    refused!([Text] (A B): substr_cp substr_bytes replace_one replace_all);
    refused!([Text] (A): index_of_bytes strcasecmp date_from_string try_date_from_string);
    refused!([Text Required] (): str_len_cp str_len_bytes);
    refused!([Date] (): year month day_of_month day_of_year day_of_week week iso_week_year);
    refused!([Date] (): iso_week iso_day_of_week hour minute second millisecond date_to_parts);
    refused!([Date] (): date_to_iso_parts);
    refused!([Date] (A): date_trunc date_to_string timezone);
    refused!([Date] (A B): date_trunc_by date_add date_subtract date_diff);
    refused!([List] (): first last reverse_array to_set merge_all);
    refused!([Entries] (): array_to_object);
    refused!([Numbers] (): sum avg std_dev_pop std_dev_samp);
    refused!([OrderedList] (): min max sort sort_desc);
    refused!([OrderedList] (A): min_n max_n);
    refused!([List] (A): array_elem_at slice index_of_array concat_arrays zip zip_longest);
    refused!([List] (A): sort_by map filter);
    refused!([List] (A): set_union set_intersection set_difference);
    refused!([List] (A B): slice_at filter_limit reduce);
    refused!([List Required] (): size);
    refused!([Booleans Required] (): any_element_true all_elements_true);
    refused!([List Required] (A): contains first_n last_n any all set_equals set_is_subset);
    refused!([Map] (): object_to_array);
    refused!([SortField] () -> SortKey<D>: asc desc);
}

impl<D, T> Refused<D, T> for Expr<D, T> {}
