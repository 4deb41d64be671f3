//! Relations as fields of views.

use std::collections::{BTreeMap, HashMap};

use super::{ByKey, IntoRelation, List, Optional, Related, Relation, Required, Shape};
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

/// A view's field that holds what a relation of shape `S` to documents of `F` gives.
#[diagnostic::on_unimplemented(
    message = "the relation leads to `{F}`, and a field of type `{Self}` does not hold what it gives",
    label = "not what the relation gives",
    note = "`Option<T>` for one document, `T` with `.required()`, `Vec<T>` for many, `BTreeMap<K, T>` for a map of references; `T` being `{F}` or a view of it"
)]
#[doc(hidden)]
pub trait Holds<S, F> {
    type Target: Loads<F> + 'static;
}

#[diagnostic::do_not_recommend]
impl<F, V: Loads<F> + 'static> Holds<Optional, F> for Option<V> {
    type Target = V;
}

#[diagnostic::do_not_recommend]
impl<F, V: Loads<F> + 'static> Holds<Required, F> for V {
    type Target = V;
}

#[diagnostic::do_not_recommend]
impl<F, V: Loads<F> + 'static> Holds<List, F> for Vec<V> {
    type Target = V;
}

#[diagnostic::do_not_recommend]
impl<F, K, V: Loads<F> + 'static> Holds<ByKey<K>, F> for BTreeMap<K, V> {
    type Target = V;
}

#[diagnostic::do_not_recommend]
impl<F, K, V: Loads<F> + 'static, H> Holds<ByKey<K>, F> for HashMap<K, V, H> {
    type Target = V;
}

/// Adds a relation to a view with a field of type `V`.
#[doc(hidden)]
pub fn show_related<V, D, R, F, S>(relation: R, key: &'static str, projection: &mut Projection)
where
    R: IntoRelation<D, Relation = Relation<D, F, S>>,
    Relation<D, F, S>: Related<D>,
    V: Holds<S, F>,
    F: Document,
    S: Shape,
{
    let plan = relation.into_relation().into_plan().and_then(|mut plan| {
        let mut target = projection.within();
        V::Target::load(&mut target);
        plan.target = target.into_node()?;
        plan.key = key.to_owned();
        Ok(plan)
    });
    match plan {
        Ok(plan) => projection.relate(plan),
        Err(error) => projection.fail(error),
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
