//! A relation between two models, and what is read of its targets.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    marker::PhantomData,
};

use mongodb::bson::Document as Bag;

use super::{
    ByKey, IntoRelation, IntoReverse, List, Optional, Shape,
    plan::Plan,
    read::{Beside, Push, Related},
    reference::Ref,
    view::Loads,
};
use crate::{
    codec::{DecodeOwned, MapKey, RawValue},
    cursor::Whole,
    error::{DecodeError, EncodeError, Error, Result},
    filter::Filter,
    model::{Document, only},
    path::{Field, Name, Readable, usable},
    pipeline::JoinKey,
    projection::Projection,
    sort::{self, IntoSort},
};

/// From documents of type `D` to documents of the model `F`.
///
/// Made of a path by [`required`](Field::required), [`reverse`](Field::reverse) and their kin, and by
/// [`Relation::on`]. What it gives beside each document is `Option<O>`, `O` or `Vec<O>` by its [shape](Shape) `S`; `O` is the
/// model or a view of it, and a tuple with what the relations `L` of the targets give.
#[must_use = "a relation does nothing until `with` takes it"]
pub struct Relation<D, F, S = Optional, O = F, L = ()> {
    plan: Result<Plan>,
    #[expect(clippy::type_complexity, reason = "types only")]
    types: PhantomData<fn(D) -> (F, S, O, L)>,
}

impl<D, F: Document> Relation<D, F, List> {
    /// To the documents whose field equals a field of the document at hand: `Relation::on(Order.sku, Product.sku)`.
    ///
    /// Both keys have one type, each perhaps optional, an array, or a [`Ref`]. A document without the key has no targets. For
    /// a key that is unique, [`first`](Self::first) gives an `Option`. An index over the second field serves it.
    pub fn on<T: JoinKey<U>, U, P: Readable, Q: Readable>(
        local: Field<D, T, P>,
        foreign: Field<F, U, Q>,
    ) -> Self {
        Self::new(local.name(), foreign.name())
    }
}

impl<D, F: Document, S: Shape> Relation<D, F, S> {
    pub(super) fn new(local: Name, foreign: Name) -> Self {
        let names = || Ok((usable(local)?.into_owned(), usable(foreign)?.into_owned()));
        let plan = names().map_err(|error: EncodeError| error.into()).map(|(local, foreign)| {
            let unique = foreign == "_id";
            let filter = only::<F>();
            Plan {
                filter,
                unique,
                single: S::SINGLE,
                keyed: S::KEYED,
                ..Plan::new(local, F::COLLECTION, foreign)
            }
        });
        Self { plan, types: PhantomData }
    }

    /// Reads the targets as a [view](crate::View) of their model; the view may have relations of its own.
    ///
    /// Call it before [`with`](Self::with).
    pub fn select_as<V: Loads<F> + DecodeOwned + 'static>(self) -> Relation<D, F, S, V> {
        self.change(|plan| {
            let mut projection = Projection::default();
            V::load(&mut projection);
            plan.target = projection.into_node()?;
            Ok(())
        })
    }
}

impl<D, F: Document, S: Shape, O, L> Relation<D, F, S, O, L> {
    /// Only the targets that match. A [required](Self::required) one that does not is missing.
    pub fn filter(self, filter: Filter<F>) -> Self {
        self.change(|plan| {
            let filter = filter.without_near("a relation")?;
            // Each filter says by itself which model it is about.
            plan.filter = match plan.filter == only::<F>() {
                true => filter,
                false => super::batch::and(std::mem::take(&mut plan.filter), &filter),
            };
            Ok(())
        })
    }

    /// The order of the targets of each document. Without it, those of an array of references come in the order of the
    /// array, others in no order. Those of a map stand under its keys, and take neither an order nor a limit.
    pub fn sort(self, order: impl IntoSort<F>) -> Self {
        let order: Bag = sort::to_document(order);
        self.change(|plan| {
            plan.refuse_if_keyed("order")?;
            plan.sort = Some(order);
            Ok(())
        })
    }

    /// How many targets each document gets at most, the first ones in the order of [`sort`](Self::sort) or of `_id`; 0 is
    /// refused.
    ///
    /// The server picks them for each document (`$setWindowFields`, MongoDB 5.0).
    pub fn limit(self, targets: u32) -> Self {
        self.change(|plan| {
            if targets == 0 {
                return Err(Error::argument(
                    "a relation that gives 0 documents loads nothing: give 1 or more",
                ));
            }
            plan.refuse_if_keyed("limit")?;
            plan.limit = Some(targets);
            Ok(())
        })
    }

    /// Reads the targets from a collection of another name in the same database.
    pub fn collection(self, name: impl Into<String>) -> Self {
        self.change(|plan| {
            plan.collection = name.into();
            plan.is_named = true;
            Ok(())
        })
    }

    /// Fails with [missing reference](Error::is_missing_reference) where there is no target: gives `O` in place of
    /// `Option<O>`. For an array of references, each of them must have one.
    pub fn required(self) -> Relation<D, F, S::Required, O, L> {
        self.change(|plan| {
            plan.required = true;
            Ok(())
        })
    }

    /// Loads a relation of the targets with them: each becomes a tuple with what it leads to, as by
    /// [`Find::with`](crate::action::Find::with).
    pub fn with<R: IntoRelation<F>>(self, relation: R) -> Relation<D, F, S, O, <L as Push<R::Relation>>::Out>
    where
        L: Push<R::Relation>,
    {
        self.change(|plan| {
            plan.target.add(relation.into_relation().into_plan()?);
            Ok(())
        })
    }

    /// Loads the documents that refer to the targets with them, as by [`Find::with_many`](crate::action::Find::with_many).
    pub fn with_many<R: IntoReverse<F>>(
        self,
        reference: R,
    ) -> Relation<D, F, S, O, <L as Push<R::Relation>>::Out>
    where
        L: Push<R::Relation>,
    {
        self.change(|plan| {
            plan.target.add(reference.into_reverse().into_plan()?);
            Ok(())
        })
    }

    /// The references are the values of a map.
    pub(super) fn in_map(self, is_map: bool) -> Self {
        self.change(|plan| {
            plan.is_map = is_map;
            Ok(())
        })
    }

    pub(super) fn change<S2, O2, L2>(
        self,
        change: impl FnOnce(&mut Plan) -> Result<()>,
    ) -> Relation<D, F, S2, O2, L2> {
        let plan = self.plan.and_then(|mut plan| change(&mut plan).map(|()| plan));
        Relation { plan, types: PhantomData }
    }
}

impl<D, F: Document, O, L> Relation<D, F, List, O, L> {
    /// The first target in the order of [`sort`](Self::sort) or of `_id`, as an `Option`; for a key that is unique, the only
    /// one.
    pub fn first(self) -> Relation<D, F, Optional, O, L> {
        self.change(|plan| {
            (plan.limit, plan.single) = (Some(1), true);
            Ok(())
        })
    }
}

#[diagnostic::do_not_recommend]
impl<D, F, S, O, L> Related<D> for Relation<D, F, S, O, L>
where
    D: 'static,
    F: Document,
    S: Shape,
    O: DecodeOwned + 'static,
    L: Beside<F, O>,
{
    type Output = S::Of<L::Output>;
    type Required = Relation<D, F, S::Required, O, L>;

    #[expect(private_interfaces, reason = "called by this crate")]
    fn into_plan(self) -> Result<Plan> {
        self.plan
    }

    fn into_required(self) -> Self::Required {
        self.required()
    }

    fn read(value: Option<RawValue<'_>>) -> Result<Self::Output, DecodeError> {
        S::read(value, |document| L::read_row(&Whole, document))
    }
}

impl<D, F, S, O, L> fmt::Debug for Relation<D, F, S, O, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.plan {
            Ok(plan) => write!(f, "Relation({} -> {}.{})", plan.local, plan.collection, plan.foreign),
            Err(error) => write!(f, "Relation({error})"),
        }
    }
}

/// A [`Ref`], optional or not, arrays and maps of it: what leads to documents of another model.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no reference",
    label = "nothing can be loaded by it",
    note = "references are fields of type `Ref<User>`, `Option<Ref<User>>`, `Vec<Ref<User>>`, `HashMap<String, Ref<User>>`",
    note = "by another key that both have: `Relation::on(Order.sku, Product.sku)`"
)]
pub trait Referring {
    /// The model that it refers to.
    type Target: Document;

    /// How many documents.
    type Shape: Shape;

    /// Whether the references are the values of a map.
    #[doc(hidden)]
    const IS_MAP: bool = false;
}

/// References that the server finds documents by: all but those in maps.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no reference by which documents are found",
    label = "no documents are found by it",
    note = "references are fields of type `Ref<User>`, `Option<Ref<User>>`, `Vec<Ref<User>>`; those of a map lead one way only"
)]
#[doc(hidden)]
pub trait Findable: Referring {}

#[diagnostic::do_not_recommend]
impl<F: Document> Findable for Ref<F> {}

#[diagnostic::do_not_recommend]
impl<F: Document> Findable for Option<Ref<F>> {}

#[diagnostic::do_not_recommend]
impl<F: Document> Referring for Ref<F> {
    type Target = F;
    type Shape = Optional;
}

#[diagnostic::do_not_recommend]
impl<F: Document> Referring for Option<Ref<F>> {
    type Target = F;
    type Shape = Optional;
}

/// A reference within an array.
#[doc(hidden)]
pub trait Element {
    type Target: Document;
}

impl<F: Document> Element for Ref<F> {
    type Target = F;
}

macro_rules! arrays {
    ($([$($generic:tt)*] $list:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Element, $($generic)*> Referring for $list {
            type Target = T::Target;
            type Shape = List;
        }

        #[diagnostic::do_not_recommend]
        impl<T: Element, $($generic)*> Referring for Option<$list> {
            type Target = T::Target;
            type Shape = List;
        }

        #[diagnostic::do_not_recommend]
        impl<T: Element, $($generic)*> Findable for $list {}

        #[diagnostic::do_not_recommend]
        impl<T: Element, $($generic)*> Findable for Option<$list> {}
    )*};
}

crate::path::lists!(arrays);

macro_rules! maps {
    ($([$($hasher:ident)?] $map:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<K: MapKey + Ord + Send + 'static, F: Document, $($hasher)?> Referring for $map {
            type Target = F;
            type Shape = ByKey<K>;
            const IS_MAP: bool = true;
        }

        #[diagnostic::do_not_recommend]
        impl<K: MapKey + Ord + Send + 'static, F: Document, $($hasher)?> Referring for Option<$map> {
            type Target = F;
            type Shape = ByKey<K>;
            const IS_MAP: bool = true;
        }
    )*};
}

maps! {
    [] BTreeMap<K, Ref<F>>;
    [S] HashMap<K, Ref<F>, S>;
}
