//! Conditions on places: `$near`, `$nearSphere`, `$geoWithin`, `$geoIntersects`.
//!
//! Positions are longitude first, then latitude, in degrees; distances are in metres.

mod near;
mod shape;

use std::ops::RangeBounds;

use mongodb::bson::{Bson, Document, doc};

pub use self::{near::Near, shape::IntoGeometry};
use super::{Filter, Node};
use crate::{
    codec::Maybe,
    error::EncodeError,
    path::{Field, Readable},
};

/// The radius that the server takes the earth to have, in metres.
const EARTH_RADIUS_M: f64 = 6_378_100.0;

/// A field type that holds places: a GeoJSON geometry, a pair of coordinates (`[f64; 2]`, `(f64, f64)`), or a list of
/// such.
///
/// The types of the `geojson` crate are, by the feature `geojson-1`. Implement it for a type of your own that is stored
/// as GeoJSON, that is with the fields `type` and `coordinates`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` holds no place",
    label = "this operator needs a geometry",
    note = "use `geojson::Geometry` (feature `geojson-1`), or `[f64; 2]` for longitude and latitude",
    note = "for a type of your own that is stored as GeoJSON: implement `odmium::filter::Geometry` for it"
)]
pub trait Geometry {}

/// A model that declares a geospatial index. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no geospatial index, which `near` needs",
    label = "a search by distance in `{Self}`",
    note = "declare one: `#[field(index(sphere))]`, or `#[field(index(flat))]` for pairs of coordinates on a plane",
    note = "without an index, and within `any`, use `within_circle`, which does not sort"
)]
pub trait GeoSearch {}

/// Documents of any shape are searched on trust.
#[diagnostic::do_not_recommend]
impl GeoSearch for Document {}

#[diagnostic::do_not_recommend]
impl Geometry for [f64; 2] {}
#[diagnostic::do_not_recommend]
impl Geometry for (f64, f64) {}
#[diagnostic::do_not_recommend]
impl Geometry for Bson {}
#[diagnostic::do_not_recommend]
impl<T: Geometry> Geometry for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Geometry> Geometry for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T: Geometry> Geometry for Box<T> {}
#[diagnostic::do_not_recommend]
impl<T: Geometry> Geometry for Vec<T> {}

/// Conditions on places.
impl<D, T: Geometry, P: Readable> Field<D, T, P> {
    /// The place lies wholly within a polygon or several (`$geoWithin`), on the sphere. Needs no index.
    pub fn within<G: IntoGeometry>(self, area: G) -> Filter<D> {
        Filter::test(self.name(), "$geoWithin", geometry(area))
    }

    /// The place lies wholly within the polygon of these corners (`$geoWithin`), on the sphere. Needs no index.
    ///
    /// The ring is closed by itself. The server takes the smaller of the two areas that it divides the earth into.
    pub fn within_polygon(self, corners: impl IntoIterator<Item = [f64; 2]>) -> Filter<D> {
        Filter::test(self.name(), "$geoWithin", Ok(doc! { "$geometry": shape::polygon(corners) }.into()))
    }

    /// The place lies within a circle of this radius in metres (`$geoWithin`, `$centerSphere`). Needs no index.
    pub fn within_circle(self, center: [f64; 2], radius_m: f64) -> Filter<D> {
        let radius = distance(radius_m).map(|radius| Bson::Double(radius / EARTH_RADIUS_M));
        let circle = radius.map(|radius| doc! { "$centerSphere": [shape::pair(center), radius] }.into());
        Filter::test(self.name(), "$geoWithin", circle)
    }

    /// The place lies within a circle on the plane (`$geoWithin`, `$center`): the radius is in units of the coordinates.
    pub fn within_flat_circle(self, center: [f64; 2], radius: f64) -> Filter<D> {
        let circle = distance(radius).map(|radius| doc! { "$center": [shape::pair(center), radius] }.into());
        Filter::test(self.name(), "$geoWithin", circle)
    }

    /// The place lies within a box on the plane, given by its lower left and upper right corner (`$geoWithin`, `$box`).
    pub fn within_box(self, low: [f64; 2], high: [f64; 2]) -> Filter<D> {
        let area = doc! { "$box": [shape::pair(low), shape::pair(high)] };
        Filter::test(self.name(), "$geoWithin", Ok(area.into()))
    }

    /// The place lies within a polygon on the plane (`$geoWithin`, `$polygon`).
    pub fn within_flat_polygon(self, corners: impl IntoIterator<Item = [f64; 2]>) -> Filter<D> {
        let corners: Vec<Bson> = corners.into_iter().map(shape::pair).collect();
        Filter::test(self.name(), "$geoWithin", Ok(doc! { "$polygon": corners }.into()))
    }

    /// The place and the geometry have a point in common (`$geoIntersects`). Needs no index.
    pub fn intersects<G: IntoGeometry>(self, geometry: G) -> Filter<D> {
        Filter::test(self.name(), "$geoIntersects", self::geometry(geometry))
    }
}

/// Conditions that an index finds by distance. They also sort, nearest first, unless the operation sorts otherwise.
///
/// The server takes one of them, joined by `&` only: not negated, not in `|`, not on an element, not in `count`, `distinct`
/// or an aggregation (which has a stage for it).
impl<D: GeoSearch, T: Geometry, P: Readable> Field<D, T, P> {
    /// The nearest first (`$near`), by an index of kind `sphere`; [`Near`] sets the largest and smallest distance.
    ///
    /// ```
    /// # use odmium::{bson::doc, filter::Near, prelude::*};
    /// #[derive(Document)]
    /// #[document(collection = "shops")]
    /// struct Shop {
    ///     id: Id<Shop>,
    ///     #[field(index(sphere))]
    ///     place: [f64; 2],
    /// }
    ///
    /// let filter = Shop.place.near(Near::to([2.35, 48.85]).max_distance_m(500.0));
    /// let point = doc! { "type": "Point", "coordinates": [2.35, 48.85] };
    /// assert_eq!(
    ///     filter.to_document()?,
    ///     doc! { "place": { "$near": { "$geometry": point, "$maxDistance": 500.0 } } },
    /// );
    /// # Ok::<(), odmium::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the filter is used, [argument](crate::Error::is_argument): a distance that is negative or no number, and a
    /// place in the filter where the server does not take it. From the server: when the field's index is not there.
    pub fn near(self, place: impl Into<Near>) -> Filter<D> {
        self.by_distance(place.into().on_sphere("$near"))
    }

    /// The same by `$nearSphere`.
    ///
    /// # Errors
    ///
    /// As [`near`](Self::near).
    pub fn near_sphere(self, place: impl Into<Near>) -> Filter<D> {
        self.by_distance(place.into().on_sphere("$nearSphere"))
    }

    /// The nearest first on the plane (`$near`), by an index of kind `flat`, within these distances in units of the
    /// coordinates: `near_flat([1.0, 2.0], ..)` at any, `near_flat([1.0, 2.0], ..=5.0)` at most 5.
    ///
    /// The server includes both ends, however the range is written.
    ///
    /// # Errors
    ///
    /// As [`near`](Self::near).
    pub fn near_flat(self, point: [f64; 2], distance: impl RangeBounds<f64>) -> Filter<D> {
        self.by_distance(near::on_plane(point, &distance))
    }

    fn by_distance(self, tests: Result<Document, EncodeError>) -> Filter<D> {
        match tests {
            Ok(tests) => Filter::new(Node::Near { path: self.name(), tests }),
            Err(error) => Filter::invalid(error),
        }
    }
}

fn geometry<G: IntoGeometry>(geometry: G) -> Result<Bson, EncodeError> {
    Ok(doc! { "$geometry": geometry.into_geometry()? }.into())
}

/// A distance that the server can take.
fn distance(distance: f64) -> Result<f64, EncodeError> {
    match distance {
        0.0.. => Ok(distance),
        _ => Err(EncodeError::argument(format!("a distance is zero or more, so it cannot be {distance}"))),
    }
}
