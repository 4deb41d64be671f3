//! Changes of arrays: `$push`, `$addToSet`, `$pop`, `$pull`, `$pullAll`.

use std::{
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
    marker::PhantomData,
};

use mongodb::bson::{Bson, Document, doc};

use super::{Change, IntoUpdate, Update};
use crate::{
    codec::Maybe,
    error::EncodeError,
    filter::{Element, Filter, IntoValue, List, list, value_tests},
    path::{Field, Here, Name, Path, Root, Writable},
    sort::{self, IntoSort},
};

/// A field type that is an array which can grow and shrink: every [`List`] but `[T; N]`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no array that can grow and shrink",
    label = "this operator needs a `Vec` or a set",
    note = "to write a new value, use `set`"
)]
pub trait Growable: List {}

macro_rules! growable {
    ($($list:ident<T $(, $hasher:ident)?>)*) => { $(impl<T $(, $hasher)?> Growable for $list<T $(, $hasher)?> {})* };
}

growable!(Vec<T> VecDeque<T> LinkedList<T> BTreeSet<T> HashSet<T, S>);
impl<T> Growable for Box<[T]> {}
impl<A: Growable> Growable for Option<A> {}
impl<A: Growable> Growable for Maybe<A> {}

/// Changes of the elements. A missing array counts as empty.
impl<D, A: Growable, P: Writable> Field<D, A, P> {
    /// Adds an element at the end (`$push`).
    pub fn push<V: IntoValue<A::Item>>(self, value: V) -> Change<D, P> {
        Change::new(Update::write("$push", self.name(), value.into_bson()))
    }

    /// Adds many elements (`$push` with `$each`); where, in which order and how many stay is set on it.
    pub fn push_each<V: IntoValue<A::Item>>(
        self,
        values: impl IntoIterator<Item = V>,
    ) -> PushEach<D, A::Item, P> {
        PushEach::new(self.name(), list(values))
    }

    /// Adds an element unless an equal one is there (`$addToSet`).
    pub fn add_to_set<V: IntoValue<A::Item>>(self, value: V) -> Change<D, P> {
        Change::new(Update::write("$addToSet", self.name(), value.into_bson()))
    }

    /// Adds those elements that are not there yet (`$addToSet` with `$each`).
    pub fn add_each_to_set<V: IntoValue<A::Item>>(self, values: impl IntoIterator<Item = V>) -> Change<D, P> {
        let values = list(values).map(|values| doc! { "$each": values }.into());
        Change::new(Update::write("$addToSet", self.name(), values))
    }

    /// Removes the first element (`$pop`).
    pub fn pop_first(self) -> Change<D, P> {
        Change::new(Update::write("$pop", self.name(), Ok(Bson::Int32(-1))))
    }

    /// Removes the last element (`$pop`).
    pub fn pop_last(self) -> Change<D, P> {
        Change::new(Update::write("$pop", self.name(), Ok(Bson::Int32(1))))
    }

    /// Removes every element that equals `value` (`$pull`).
    pub fn pull<V: IntoValue<A::Item>>(self, value: V) -> Change<D, P> {
        // Without `$eq`, a document would be a condition on some of the fields.
        let value = value.into_bson().map(|value| doc! { "$in": [value] }.into());
        Change::new(Update::write("$pull", self.name(), value))
    }

    /// Removes every element that equals one of `values` (`$pullAll`).
    pub fn pull_all<V: IntoValue<A::Item>>(self, values: impl IntoIterator<Item = V>) -> Change<D, P> {
        Change::new(Update::write("$pullAll", self.name(), list(values)))
    }

    /// Removes every element, a document, that fulfils `filter` (`$pull`).
    pub fn pull_where(self, filter: Filter<A::Item>) -> Change<D, P> {
        let filter = filter.render().map(Bson::Document);
        Change::new(Update::write("$pull", self.name(), filter))
    }

    /// Removes every element, a value and not a document, that fulfils a condition on the element itself (`$pull`).
    ///
    /// ```
    /// # use odmium::{bson::doc, prelude::*, update::Update};
    /// # #[derive(Document)]
    /// # #[document(collection = "games")]
    /// # struct Game { id: i32, scores: Vec<i32> }
    /// let update = Update::new().and(Game.scores.pull_where_value(|score| score.gte(6)));
    /// assert_eq!(update.to_document()?, doc! { "$pull": { "scores": { "$gte": 6 } } });
    /// # Ok::<(), odmium::Error>(())
    /// ```
    ///
    /// The server has no form for alternatives here: with `|`, the operation is an error; pull one after the other.
    pub fn pull_where_value(
        self,
        filter: impl FnOnce(Field<Element<A::Item>, A::Item, Root>) -> Filter<Element<A::Item>>,
    ) -> Change<D, P> {
        let tests = value_tests(filter(Field::NEW)).and_then(|mut tests| match (tests.len(), tests.pop()) {
            (1, Some(tests)) => Ok(tests.into()),
            (0, _) => Ok(doc! { "$in": [] }.into()),
            _ => Err(EncodeError::argument(
                "a pull takes no alternatives on the element itself: pull one after the other",
            )),
        });
        Change::new(Update::write("$pull", self.name(), tests))
    }
}

/// Elements to add to an array, with what is to happen to the whole of it; see [`Field::push_each`].
///
/// The server adds, then sorts, then cuts, in whatever order the methods are called.
///
/// ```
/// # use odmium::{bson::doc, prelude::*, update::Update};
/// # #[derive(Document)]
/// # #[document(collection = "games")]
/// # struct Game { id: i32, scores: Vec<i32> }
/// let update = Update::new().and(Game.scores.push_each([7, 3]).sort_desc().keep_first(10));
/// assert_eq!(
///     update.to_document()?,
///     doc! { "$push": { "scores": { "$each": [7, 3], "$sort": -1, "$slice": 10_i64 } } },
/// );
/// # Ok::<(), odmium::Error>(())
/// ```
#[must_use = "a change does nothing until an operation takes it"]
pub struct PushEach<D, T, P> {
    path: Name,
    values: Result<Bson, EncodeError>,
    modifiers: Document,
    document: PhantomData<fn() -> D>,
    element: PhantomData<fn() -> T>,
    place: PhantomData<fn() -> P>,
}

impl<D, T, P> PushEach<D, T, P> {
    fn new(path: Name, values: Result<Bson, EncodeError>) -> Self {
        Self {
            path,
            values,
            modifiers: Document::new(),
            document: PhantomData,
            element: PhantomData,
            place: PhantomData,
        }
    }

    /// Sorts the elements, which are documents, by their fields.
    pub fn sort(mut self, order: impl IntoSort<T>) -> Self {
        let order = sort::to_document(order);
        if !order.is_empty() {
            self.modifiers.insert("$sort", order);
        }
        self
    }

    /// Sorts the elements themselves, smallest first.
    pub fn sort_asc(mut self) -> Self {
        self.modifiers.insert("$sort", 1);
        self
    }

    /// Sorts the elements themselves, largest first.
    pub fn sort_desc(mut self) -> Self {
        self.modifiers.insert("$sort", -1);
        self
    }

    /// Keeps only this many elements, the first ones.
    pub fn keep_first(mut self, elements: u32) -> Self {
        self.modifiers.insert("$slice", i64::from(elements));
        self
    }

    /// Keeps only this many elements, the last ones.
    pub fn keep_last(mut self, elements: u32) -> Self {
        self.modifiers.insert("$slice", -i64::from(elements));
        self
    }

    /// Adds the elements before the one at `index`; a negative index counts from the end.
    pub fn at(mut self, index: i32) -> Self {
        self.modifiers.insert("$position", index);
        self
    }
}

#[diagnostic::do_not_recommend]
impl<D, T, P: Path> IntoUpdate<D> for PushEach<D, T, P> {
    type Places = P::Steps<Here>;

    const WRITES: Option<&'static str> = P::KNOWN;

    fn into_update(self) -> Update<D> {
        let modifiers = self.modifiers;
        let value = self.values.map(|values| {
            let mut push = doc! { "$each": values };
            push.extend(modifiers);
            Bson::Document(push)
        });
        Update::write("$push", self.path, value)
    }
}

impl<D, T, P> std::fmt::Debug for PushEach<D, T, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushEach").field("path", &self.path).field("modifiers", &self.modifiers).finish()
    }
}
