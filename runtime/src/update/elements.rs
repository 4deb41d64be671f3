//! Changes of those elements of an array that fulfil a filter: `$[f0]` and its array filter.

use std::marker::PhantomData;

use mongodb::bson::{Document, doc};

use super::{IntoUpdate, Step, Update};
use crate::{
    error::EncodeError,
    filter::{Element, Filter, List, value_tests},
    path::{Field, OfArray, Picked, Root},
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

/// Changes of some elements.
impl<D, A: List, P: OfArray> Field<D, A, P> {
    /// Changes the elements that fulfil `filter` (`$[f0]` with an array filter, whose name is made up here).
    ///
    /// The array must be there: the server refuses the update of a document without it.
    pub fn update_where<U: IntoUpdate<D>>(
        self,
        filter: Filter<A::Item>,
        change: impl FnOnce(Field<D, A::Item, P::Picked>) -> U,
    ) -> UpdateWhere<D, U> {
        const { U::DISJOINT }
        UpdateWhere {
            condition: filter.render(),
            change: change(self.at_place(OfArray::picked)),
            document: PhantomData,
        }
    }

    /// Changes the elements, values and not documents, that fulfil a condition on the element itself.
    ///
    /// ```
    /// # use odmium::{bson::doc, prelude::*, update::Update};
    /// # #[derive(Document)]
    /// # #[document(collection = "games")]
    /// # struct Game { id: i32, scores: Vec<i32> }
    /// let update = Update::new().and(Game.scores.update_where_value(|score| score.gt(100), |score| score.set(100)));
    /// assert_eq!(update.to_document()?, doc! { "$set": { "scores.$[f0]": 100 } });
    /// assert_eq!(update.array_filters()?, [doc! { "f0": { "$gt": 100 } }]);
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn update_where_value<U: IntoUpdate<D>>(
        self,
        filter: impl FnOnce(Field<Element<A::Item>, A::Item, Root>) -> Filter<Element<A::Item>>,
        change: impl FnOnce(Field<D, A::Item, P::Picked>) -> U,
    ) -> UpdateWhere<D, U> {
        const { U::DISJOINT }
        let condition = value_tests(filter(Field::NEW)).map(|mut tests| match tests.len() {
            0 => doc! { "": { "$in": [] } },
            1 => doc! { "": tests.remove(0) },
            _ => doc! { "$or": tests.into_iter().map(|tests| doc! { "": tests }).collect::<Vec<_>>() },
        });
        UpdateWhere { condition, change: change(self.at_place(OfArray::picked)), document: PhantomData }
    }
}

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
