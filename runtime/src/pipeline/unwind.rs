//! One document for each element of an array.

use mongodb::bson::{Document, doc};

use super::{Append, Input, Pipeline, Row, row::Slots};
use crate::{
    error::EncodeError,
    expr::{Expr, List},
};

/// The element of an input that is an array.
type Item<I, O> = <<I as Input<O>>::Type as crate::filter::List>::Item;

impl<S, O, A> Pipeline<S, O, A> {
    /// A pair of the document and each element of an array (`$unwind`); a document whose array is empty, missing or null
    /// gives none. A tuple gets the element as its last member.
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, items: Vec<Item> }
    /// # #[derive(Embedded)]
    /// # struct Item { sku: String, qty: i32 }
    /// let sold: Pipeline<Order, (String, i64)> = Pipeline::new()
    ///     .unwind(Order.items)
    ///     .with_fields(|rows, (_, item)| rows.group_by(item.sku, |g| (g.sum(item.qty),)));
    /// # sold.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn unwind<I: Input<O, Type: List>, R>(self, array: I) -> Pipeline<S, R, A>
    where
        O: Append<Item<I, O>, Output = R>,
    {
        self.add(|| unwind(Slots::of::<O, Item<I, O>>(), array.into_input(), false, false))
    }

    /// The same with the position of the element beside it, from 0.
    pub fn unwind_with_index<I: Input<O, Type: List>, R>(self, array: I) -> Pipeline<S, R, A>
    where
        O: Append<Item<I, O>, Output: Append<i64, Output = R>>,
    {
        self.add(|| unwind(Slots::of::<O, Item<I, O>>(), array.into_input(), true, false))
    }

    /// The same as [`unwind`](Self::unwind) where a document whose array is empty, missing or null gives one pair, with
    /// `None` (`preserveNullAndEmptyArrays`).
    pub fn unwind_or_none<I: Input<O, Type: List>, R>(self, array: I) -> Pipeline<S, R, A>
    where
        O: Append<Option<Item<I, O>>, Output = R>,
    {
        self.add(|| unwind(Slots::of::<O, Option<Item<I, O>>>(), array.into_input(), false, true))
    }

    /// The same with the position beside it.
    pub fn unwind_or_none_with_index<I: Input<O, Type: List>, R>(self, array: I) -> Pipeline<S, R, A>
    where
        O: Append<Option<Item<I, O>>, Output: Append<Option<i64>, Output = R>>,
    {
        self.add(|| unwind(Slots::of::<O, Option<Item<I, O>>>(), array.into_input(), true, true))
    }

    /// The elements themselves as the documents (`$unwind`, `$replaceWith`): the least work where nothing else of the
    /// document is needed.
    pub fn unwind_elements<I: Input<O, Type: List<Item: Row>>>(self, array: I) -> Pipeline<S, Item<I, O>, A> {
        self.add(|| {
            let array = array.into_input().computed()?;
            Ok(vec![
                doc! { "$project": { "_id": 0, "_0": array } },
                doc! { "$unwind": "$_0" },
                doc! { "$replaceWith": "$_0" },
            ])
        })
    }
}

fn unwind<O, T>(
    mut slots: Slots,
    array: Expr<O, T>,
    with_index: bool,
    preserve: bool,
) -> Result<Vec<Document>, EncodeError> {
    let key = slots.next();
    let mut unwind = doc! { "path": format!("${key}") };
    if with_index {
        unwind.insert("includeArrayIndex", slots.next());
    }
    if preserve {
        unwind.insert("preserveNullAndEmptyArrays", true);
    }
    let mut stages = vec![doc! { "$set": { key: array.computed()? } }, doc! { "$unwind": unwind }];
    stages.append(&mut slots.finish());
    Ok(stages)
}
