//! A place to be near to, and how near.

use mongodb::bson::{Bson, Document, doc};

use super::{IntoGeometry, distance};
use crate::error::EncodeError;

/// A place for [`near`](crate::path::Field::near), with the distances to look at.
#[derive(Clone, Debug)]
pub struct Near {
    point: Result<Bson, EncodeError>,
    min: Option<f64>,
    max: Option<f64>,
}

impl Near {
    /// Around this point, at any distance.
    pub fn to<G: IntoGeometry>(point: G) -> Self {
        Self { point: point.into_geometry(), min: None, max: None }
    }

    /// At most this many metres away; for `near_flat`, units of the coordinates.
    #[must_use]
    pub fn max_distance_m(mut self, metres: f64) -> Self {
        self.max = Some(metres);
        self
    }

    /// At least this many metres away; for `near_flat`, units of the coordinates.
    #[must_use]
    pub fn min_distance_m(mut self, metres: f64) -> Self {
        self.min = Some(metres);
        self
    }

    pub(super) fn on_sphere(self, op: &'static str) -> Result<Document, EncodeError> {
        let mut near = doc! { "$geometry": self.point.clone()? };
        self.distances(&mut near)?;
        Ok(doc! { op: near })
    }

    pub(super) fn on_plane(self) -> Result<Document, EncodeError> {
        let point = match self.point.clone()? {
            Bson::Document(mut point) => point.remove("coordinates").unwrap_or(Bson::Null),
            point => point,
        };
        let mut tests = doc! { "$near": point };
        self.distances(&mut tests)?;
        Ok(tests)
    }

    fn distances(&self, document: &mut Document) -> Result<(), EncodeError> {
        for (op, limit) in [("$minDistance", self.min), ("$maxDistance", self.max)] {
            if let Some(limit) = limit {
                document.insert(op, distance(limit)?);
            }
        }
        Ok(())
    }
}

impl<G: IntoGeometry> From<G> for Near {
    fn from(point: G) -> Self {
        Self::to(point)
    }
}
