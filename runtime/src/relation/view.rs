//! Relations as fields of views.

use std::{
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

use super::{IntoRelation, Related};
use crate::{
    codec::{Decode, DocumentReader},
    error::{DecodeError, Error},
    model::Document,
    projection::{Found, Projection, missing},
};

/// What documents of the model `D` can be loaded as: the model itself, a [view](crate::View) of it, and a view with
/// relations.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither `{D}` nor a view of it",
    label = "not a `{D}`, and no view of it",
    note = "declare a view by `#[derive(View)]` and `#[view(of = {D})]`"
)]
pub trait Loads<D> {
    /// Adds its fields and relations.
    #[doc(hidden)]
    fn load(projection: &mut Projection);
}

#[diagnostic::do_not_recommend]
impl<D: Document> Loads<Self> for D {
    fn load(projection: &mut Projection) {
        projection.everything();
    }
}

/// A view's field that holds `G`, which a relation gives: the documents as a view of the model, or the model.
#[diagnostic::on_unimplemented(
    message = "the relation gives `{G}`, which a field of type `{Self}` does not hold",
    label = "write `{G}`, or a view of the model in its place",
    note = "one document is `Option<T>`, with `.required()` a `T`; many are `Vec<T>`, those of a map of references `BTreeMap<K, T>`: `T` is the model or a view of it",
    note = "relations of the documents that are loaded are fields of their view"
)]
#[doc(hidden)]
pub trait Holds<G> {
    fn load(projection: &mut Projection);
}

#[diagnostic::do_not_recommend]
impl<F: Document, V: Loads<F> + 'static> Holds<Option<F>> for Option<V> {
    fn load(projection: &mut Projection) {
        V::load(projection);
    }
}

#[diagnostic::do_not_recommend]
impl<F: Document, V: Loads<F> + 'static> Holds<F> for V {
    fn load(projection: &mut Projection) {
        V::load(projection);
    }
}

#[diagnostic::do_not_recommend]
impl<F: Document, V: Loads<F> + 'static> Holds<Vec<F>> for Vec<V> {
    fn load(projection: &mut Projection) {
        V::load(projection);
    }
}

#[diagnostic::do_not_recommend]
impl<F: Document, K, V: Loads<F> + 'static> Holds<BTreeMap<K, F>> for BTreeMap<K, V> {
    fn load(projection: &mut Projection) {
        V::load(projection);
    }
}

#[diagnostic::do_not_recommend]
impl<F: Document, K, V: Loads<F> + 'static, H> Holds<BTreeMap<K, F>> for HashMap<K, V, H> {
    fn load(projection: &mut Projection) {
        V::load(projection);
    }
}

/// A relation that gives `G`, as a field of a view of `D`.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "lives within one expression")]
pub struct Gives<D, R, G>(R, PhantomData<fn() -> (D, G)>);

/// What stands in `#[field(with = ..)]`. What it gives is known before the type of the field is looked at, so that the
/// compiler tells both.
#[doc(hidden)]
pub fn related<D, R: IntoRelation<D>>(
    relation: R,
) -> Gives<D, R::Relation, <R::Relation as Related<D>>::Output> {
    Gives(relation.into_relation(), PhantomData)
}

impl<D, R: Related<D>, G> Gives<D, R, G> {
    /// Adds it to a view with a field of type `V`.
    pub fn show<V: Holds<G>>(self, key: &'static str, projection: &mut Projection) {
        let plan = self.0.into_plan().and_then(|mut plan| {
            let mut target = projection.within();
            V::load(&mut target);
            plan.target = target.into_node()?;
            plan.key = key.to_owned();
            Ok(plan)
        });
        match plan {
            Ok(plan) => projection.relate(plan),
            Err(error) => projection.fail(error),
        }
    }
}

/// The field of a view that holds what was loaded.
#[doc(hidden)]
pub fn read_related<'de, V: Decode<'de>>(
    document: &DocumentReader<'de>,
    key: &'static str,
) -> Result<V, DecodeError> {
    let field = key.trim_start_matches("__");
    match Found::at(&mut document.restart(), key)? {
        Found::Value(value) => V::decode(value).map_err(|error| error.at(field)),
        Found::NoField | Found::NoParent => V::missing().ok_or_else(|| missing(field)),
    }
}

impl Projection {
    /// Adds the fields of a view with relations, which cannot be within itself: there would be no end.
    #[doc(hidden)]
    pub fn view_with_relations<V: 'static>(&mut self, fields: impl FnOnce(&mut Self)) {
        if self.is_within::<V>() {
            return self.fail(Error::argument(format!(
                "the view `{}` loads itself by its relations, without end: load another view in it",
                std::any::type_name::<V>()
            )));
        }
        self.view::<V>(fields);
    }
}
