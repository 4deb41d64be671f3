//! Changes of those elements of an array that fulfil a filter: `$[f0]` and its array filter.

use std::{
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
    marker::PhantomData,
};

use mongodb::bson::Document;

use super::{IntoUpdate, Step, Update};
use crate::{
    error::EncodeError,
    filter::Filter,
    path::{Field, Picked, PickedElement, StaticPath},
};

/// Changes of the elements that fulfil a filter; see `update_where` of a path to an array.
///
/// ```
/// # use odmium::{bson::doc, prelude::*, update::Update};
/// # #[derive(Embedded)]
/// # struct Item { sku: String, qty: i32 }
/// # #[derive(Document)]
/// # #[document(collection = "orders")]
/// # struct Order { id: i32, items: Vec<Item> }
/// let update = Update::new().and(Order.items.update_where(Item.sku.eq("A1"), |item| item.qty.inc(1)));
/// assert_eq!(update.to_document()?, doc! { "$inc": { "items.$[f0].qty": 1 } });
/// assert_eq!(update.array_filters()?, [doc! { "f0.sku": "A1" }]);
/// # Ok::<(), odmium::Error>(())
/// ```
#[must_use = "a change does nothing until an operation takes it"]
pub struct UpdateWhere<D, U> {
    condition: Result<Document, EncodeError>,
    change: U,
    document: PhantomData<fn() -> D>,
}

macro_rules! arrays {
    ($($list:ident<T $(, $hasher:ident)?>)*) => {$(
        arrays!(@ [T $(, $hasher)?] $list<T $(, $hasher)?>);
        arrays!(@ [T $(, $hasher)?] Option<$list<T $(, $hasher)?>>);
    )*};
    (@ [$($generic:ident),*] $list:ty) => {
        /// Changes of some elements.
        impl<D, $($generic,)* P: StaticPath> Field<D, $list, P> {
            /// Changes the elements that fulfil `filter` (`$[f0]` with an array filter, whose name is made up here).
            ///
            /// The array must be there: the server refuses the update of a document without it.
            pub fn update_where<U: IntoUpdate<D>>(
                self,
                filter: Filter<T>,
                change: impl FnOnce(Field<D, T, PickedElement<P>>) -> U,
            ) -> UpdateWhere<D, U> {
                const { U::DISJOINT }
                UpdateWhere { condition: filter.render(), change: change(Field::NEW), document: PhantomData }
            }
        }
    };
}

arrays!(Vec<T> VecDeque<T> LinkedList<T> BTreeSet<T> HashSet<T, S>);

#[diagnostic::do_not_recommend]
impl<D, U: IntoUpdate<D>> IntoUpdate<D> for UpdateWhere<D, U> {
    type Places = Picked<U::Places>;

    fn into_update(self) -> Update<D> {
        let mut update = self.change.into_update();
        for step in &mut update.steps {
            if let Step::Write { picked, .. } = step {
                picked.insert(0, self.condition.clone());
            }
        }
        update
    }
}

impl<D, U> std::fmt::Debug for UpdateWhere<D, U> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UpdateWhere").field("condition", &self.condition).finish_non_exhaustive()
    }
}
