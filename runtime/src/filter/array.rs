//! Conditions on the elements of arrays.

use std::collections::{BTreeSet, HashSet, LinkedList, VecDeque};

use super::{Filter, Value, compare::list};
use crate::path::{Field, Name, Path};

macro_rules! arrays {
    ($($list:ident<T $(, $hasher:ident)?>)*) => {$(
        arrays!(@ [T $(, $hasher)?] $list<T $(, $hasher)?>);
        arrays!(@ [T $(, $hasher)?] Option<$list<T $(, $hasher)?>>);
    )*};
    (@ [$($generic:ident),*] $list:ty) => {
        /// Conditions on the elements.
        impl<D, $($generic,)* P: Path> Field<D, $list, P> {
            /// At least one element equals `value`.
            pub fn contains<V: Value<T>>(self, value: V) -> Filter<D> {
                Filter::test(self.name(), "$eq", value.into_bson())
            }

            /// Every one of `values` is an element, in any order (`$all`). An empty list matches no document.
            pub fn has_all<V: Value<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<D> {
                Filter::test(self.name(), "$all", list(values))
            }

            /// At least one element equals one of `values` (`$in`).
            pub fn has_any<V: Value<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<D> {
                Filter::test(self.name(), "$in", list(values))
            }

            /// The array has exactly this many elements (`$size`).
            pub fn len_eq(self, len: u32) -> Filter<D> {
                Filter::test(self.name(), "$size", Ok(i64::from(len).into()))
            }

            /// At least one element, a document, fulfils `filter` as a whole (`$elemMatch`).
            pub fn any(self, filter: Filter<T>) -> Filter<D> {
                filter.of_element(self.name())
            }
        }
    };
}

arrays!(Vec<T> VecDeque<T> LinkedList<T> BTreeSet<T> HashSet<T, S>);

impl<T> Filter<T> {
    /// The same as a condition on the elements of the array at `path`.
    fn of_element<D>(self, path: Name) -> Filter<D> {
        match self.render() {
            Ok(document) => Filter::test(path, "$elemMatch", Ok(document.into())),
            Err(error) => Filter::invalid(error),
        }
    }
}
