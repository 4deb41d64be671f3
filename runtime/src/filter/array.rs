//! Conditions on arrays and their elements.

use mongodb::bson::{Bson, doc};

use super::{BsonType, Element, Filter, IntoValue, compare::list, element::of_value, node::Place, render};
use crate::{
    codec::Maybe,
    error::EncodeError,
    path::{Field, Name, Readable, Root, lists},
};

/// A field type that is an array, or may be one: `Vec<T>`, `[T; N]`, `Option<HashSet<T>>` and so on.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no array",
    label = "this needs a `Vec` or a set"
)]
pub trait List {
    /// The type of the elements.
    type Item;
}

impl<A: List> List for Option<A> {
    type Item = A::Item;
}

impl<A: List> List for Maybe<A> {
    type Item = A::Item;
}

macro_rules! arrays {
    ($([$($generic:tt)*] $list:ty;)*) => {$(
        impl<T, $($generic)*> List for $list {
            type Item = T;
        }

        arrays!(@ [$($generic)*] $list);
        arrays!(@ [$($generic)*] Option<$list>);
        arrays!(@ [$($generic)*] Maybe<$list>);
    )*};
    // Texts have a `contains` too, so that this one cannot stand in the impl for every `List`.
    (@ [$($generic:tt)*] $list:ty) => {
        /// Conditions on the elements.
        impl<D, T, P: Readable, $($generic)*> Field<D, $list, P> {
            /// At least one element equals `value`.
            pub fn contains<V: IntoValue<T>>(self, value: V) -> Filter<D> {
                element_equals(self.name(), value.into_bson())
            }
        }
    };
}

lists!(arrays);

/// Conditions on the elements. Those on the number of elements hold for no missing field, unless they say so.
impl<D, A: List, P: Readable> Field<D, A, P> {
    /// Every one of `values` is an element, in any order (`$all`). An empty list matches no document.
    pub fn has_all<V: IntoValue<A::Item>>(self, values: impl IntoIterator<Item = V>) -> Filter<D> {
        let name = self.name();
        // Within an element, the server does not look into the array by itself.
        let each =
            |value| if name.is_empty() { doc! { "$elemMatch": { "$eq": value } }.into() } else { value };
        let values =
            values.into_iter().map(|value| value.into_bson().map(each)).collect::<Result<Vec<_>, _>>();
        Filter::test(name, "$all", values.map(Bson::Array))
    }

    /// At least one element equals one of `values` (`$in`).
    pub fn has_any<V: IntoValue<A::Item>>(self, values: impl IntoIterator<Item = V>) -> Filter<D> {
        match self.name() {
            name if name.is_empty() => {
                Filter::test(name, "$elemMatch", list(values).map(|values| doc! { "$in": values }.into()))
            }
            name => Filter::test(name, "$in", list(values)),
        }
    }

    /// At least one element, a document, fulfils `filter` as a whole (`$elemMatch`).
    ///
    /// Unlike two conditions on `items.sku` and `items.qty`, which two elements may fulfil between them.
    pub fn any(self, filter: Filter<A::Item>) -> Filter<D> {
        filter.of_element(self.name())
    }

    /// Every element, a document, fulfils `filter` as a whole: none fulfils its negation. Also true where there is no
    /// element, or no array.
    pub fn every(self, filter: Filter<A::Item>) -> Filter<D> {
        !self.any(!filter)
    }

    /// For each of `filters`, an element fulfils it as a whole (`$all` of `$elemMatch`); one element may do for many.
    /// An empty list matches no document.
    pub fn has_all_where(self, filters: impl IntoIterator<Item = Filter<A::Item>>) -> Filter<D> {
        let filters =
            filters.into_iter().map(|filter| Ok(doc! { "$elemMatch": filter.in_element()? }.into()));
        Filter::test(self.name(), "$all", filters.collect::<Result<Vec<_>, _>>().map(Bson::Array))
    }

    /// At least one element, a value, fulfils the conditions (`$elemMatch`).
    ///
    /// The closure gets the path of the element itself:
    ///
    /// ```
    /// # use odmium::{bson::doc, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "games")]
    /// # struct Game { id: Id<Game>, scores: Vec<i32> }
    /// let filter = Game.scores.any_value(|score| score.gte(80) & score.lt(85));
    /// assert_eq!(filter.to_document()?, doc! { "scores": { "$elemMatch": { "$gte": 80, "$lt": 85 } } });
    /// # Ok::<(), odmium::Error>(())
    /// ```
    ///
    /// `Game.scores.gte(80)` does not exist, as it would be true by one element while `lt(85)` is by another.
    ///
    /// # Errors
    ///
    /// When the filter is used, [argument](crate::Error::is_argument): the server joins conditions on a value by "and"
    /// only, each operator once. What can be said that way by distributing `|` is; two conditions negated by `!` that
    /// have no operator of their own (`ne`, `not_in`) cannot.
    pub fn any_value<F>(self, filter: F) -> Filter<D>
    where
        F: FnOnce(Field<Element<A::Item>, A::Item, Root>) -> Filter<Element<A::Item>>,
    {
        of_value(self.name(), filter(Field::NEW))
    }

    /// Every element, a value, fulfils the conditions: none fulfils their negation. Also true where there is no
    /// element, or no array.
    ///
    /// # Errors
    ///
    /// As [`any_value`](Self::any_value).
    pub fn every_value<F>(self, filter: F) -> Filter<D>
    where
        F: FnOnce(Field<Element<A::Item>, A::Item, Root>) -> Filter<Element<A::Item>>,
    {
        !of_value(self.name(), !filter(Field::NEW))
    }

    /// The array has no element (`$size: 0`). A missing field is no empty array: add `| path.is_missing()`.
    pub fn is_empty(self) -> Filter<D> {
        self.len_eq(0)
    }

    /// The array has exactly this many elements (`$size`).
    pub fn len_eq(self, len: u32) -> Filter<D> {
        Filter::test(self.name(), "$size", Ok(i64::from(len).into()))
    }

    /// The array has at least this many elements: the last of them exists (`items.2`).
    ///
    /// The elements should not be documents with numbers for keys, of which the server would think too.
    pub fn len_gte(self, len: u32) -> Filter<D> {
        let name = self.name();
        match len.checked_sub(1) {
            None => Filter::test(name, "$type", Ok(BsonType::Array.alias().into())),
            Some(last) => Filter::test(element(&name, last), "$exists", Ok(true.into())),
        }
    }

    /// The array has more elements than this, see [`len_gte`](Self::len_gte).
    pub fn len_gt(self, len: u32) -> Filter<D> {
        Filter::test(element(&self.name(), len), "$exists", Ok(true.into()))
    }

    /// The array has fewer elements than this, see [`len_gte`](Self::len_gte). Also true where it is missing.
    pub fn len_lt(self, len: u32) -> Filter<D> {
        !self.len_gte(len)
    }

    /// The array has at most this many elements, see [`len_gte`](Self::len_gte). Also true where it is missing.
    pub fn len_lte(self, len: u32) -> Filter<D> {
        !self.len_gt(len)
    }
}

/// Conditions on elements without a value.
impl<D, T, A: List<Item = Option<T>>, P: Readable> Field<D, A, P> {
    /// At least one element is null: `None` in an array is written so.
    pub fn contains_none(self) -> Filter<D> {
        Filter::test(self.name(), "$elemMatch", Ok(doc! { "$eq": Bson::Null }.into()))
    }
}

fn element_equals<D>(path: Name, value: Result<Bson, EncodeError>) -> Filter<D> {
    match path.is_empty() {
        true => Filter::test(path, "$elemMatch", value.map(|value| doc! { "$eq": value }.into())),
        false => Filter::test(path, "$eq", value),
    }
}

fn element(path: &str, index: u32) -> Name {
    if path.is_empty() { index.to_string().into() } else { format!("{path}.{index}").into() }
}

impl<T> Filter<T> {
    /// The same as a condition on the elements of the array at `path`.
    pub(super) fn of_element<D>(self, path: Name) -> Filter<D> {
        Filter::test(path, "$elemMatch", self.in_element())
    }

    fn in_element(self) -> Result<Bson, EncodeError> {
        let place = Place { in_element: true, ..Place::default() };
        render::document(self.node, place).map(Bson::Document)
    }
}
