//! What can be compared with a place.

use mongodb::bson::{Bson, Document, doc};

use crate::error::EncodeError;

/// A value that is a GeoJSON geometry: a pair of longitude and latitude, or a type of the `geojson` crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no geometry",
    label = "not a geometry",
    note = "a point is `[longitude, latitude]`; other shapes are types of the `geojson` crate (feature `geojson-1`)"
)]
pub trait IntoGeometry {
    /// The GeoJSON object.
    ///
    /// # Errors
    ///
    /// When it cannot be written as BSON.
    fn into_geometry(self) -> Result<Bson, EncodeError>;
}

#[diagnostic::do_not_recommend]
impl IntoGeometry for [f64; 2] {
    fn into_geometry(self) -> Result<Bson, EncodeError> {
        Ok(doc! { "type": "Point", "coordinates": pair(self) }.into())
    }
}

#[diagnostic::do_not_recommend]
impl IntoGeometry for (f64, f64) {
    fn into_geometry(self) -> Result<Bson, EncodeError> {
        <[f64; 2]>::from(self).into_geometry()
    }
}

pub(super) fn pair([x, y]: [f64; 2]) -> Bson {
    Bson::Array(vec![x.into(), y.into()])
}

/// A closed ring of these corners.
pub(super) fn polygon(corners: impl IntoIterator<Item = [f64; 2]>) -> Document {
    let mut ring: Vec<Bson> = corners.into_iter().map(pair).collect();
    if ring.first() != ring.last() {
        ring.extend(ring.first().cloned());
    }
    doc! { "type": "Polygon", "coordinates": [ring] }
}

#[cfg(feature = "geojson-1")]
mod geojson {
    use ::geojson::{Geometry, GeometryValue, Position};

    use super::{Bson, EncodeError, IntoGeometry, doc};
    use crate::codec::encode_to_bson;

    macro_rules! geometries {
        ($($ty:ty: $value:ident => $bson:expr;)*) => {$(
            #[diagnostic::do_not_recommend]
            impl crate::filter::Geometry for $ty {}

            #[diagnostic::do_not_recommend]
            impl IntoGeometry for &$ty {
                fn into_geometry(self) -> Result<Bson, EncodeError> {
                    let $value = self;
                    Ok($bson)
                }
            }

            #[diagnostic::do_not_recommend]
            impl IntoGeometry for $ty {
                fn into_geometry(self) -> Result<Bson, EncodeError> {
                    (&self).into_geometry()
                }
            }
        )*};
    }

    geometries! {
        Geometry: geometry => encode_to_bson(geometry)?;
        GeometryValue: geometry => encode_to_bson(geometry)?;
        Position: position => doc! { "type": "Point", "coordinates": encode_to_bson(position)? }.into();
    }
}
