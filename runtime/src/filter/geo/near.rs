//! A place to be near to, and how near.

use std::ops::{Bound, RangeBounds};

use mongodb::bson::{Bson, Document, doc};

use super::{IntoGeometry, distance, shape::pair};
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

    /// At most this many metres away.
    #[must_use]
    pub fn max_distance_m(mut self, metres: f64) -> Self {
        self.max = Some(metres);
        self
    }

    /// At least this many metres away.
    #[must_use]
    pub fn min_distance_m(mut self, metres: f64) -> Self {
        self.min = Some(metres);
        self
    }

    /// As the stage `$geoNear` has it.
    pub(crate) fn into_distances(self) -> Result<Document, EncodeError> {
        let mut stage = doc! { "near": self.point? };
        for (name, limit) in [("minDistance", self.min), ("maxDistance", self.max)] {
            if let Some(limit) = limit {
                stage.insert(name, distance(limit)?);
            }
        }
        Ok(stage)
    }

    pub(super) fn on_sphere(self, op: &'static str) -> Result<Document, EncodeError> {
        let mut near = doc! { "$geometry": self.point? };
        distances(&mut near, self.min, self.max)?;
        Ok(doc! { op: near })
    }
}

pub(super) fn on_plane(point: [f64; 2], range: &impl RangeBounds<f64>) -> Result<Document, EncodeError> {
    let mut tests = doc! { "$near": pair(point) };
    distances(&mut tests, end(range.start_bound()), end(range.end_bound()))?;
    Ok(tests)
}

fn end(bound: Bound<&f64>) -> Option<f64> {
    match bound {
        Bound::Included(distance) | Bound::Excluded(distance) => Some(*distance),
        Bound::Unbounded => None,
    }
}

fn distances(document: &mut Document, min: Option<f64>, max: Option<f64>) -> Result<(), EncodeError> {
    for (op, limit) in [("$minDistance", min), ("$maxDistance", max)] {
        if let Some(limit) = limit {
            document.insert(op, distance(limit)?);
        }
    }
    Ok(())
}

impl<G: IntoGeometry> From<G> for Near {
    fn from(point: G) -> Self {
        Self::to(point)
    }
}
