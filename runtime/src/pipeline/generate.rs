//! Stages that are a source of documents, or fill gaps between them.

use std::{marker::PhantomData, ops::Range};

use mongodb::bson::{Bson, Document, doc};

use super::{Append, NoCollection, Pipeline, row::Slots};
use crate::{
    codec::{Encode, encode_to_bson},
    error::EncodeError,
    expr::{Date, Number, TimeUnit},
    filter::{Filter, GeoSearch, Geometry, IntoValue, Near},
    path::{Field, Readable, usable},
    sort::{self, IntoSort},
    update::Optional,
};

/// A field that [`Fill`] fills: one that may have no value.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` always has a value: there is nothing to fill",
    label = "this needs an `Option`",
    note = "make the field an `Option`, or write `set` to replace its value"
)]
pub trait Fillable {}

#[diagnostic::do_not_recommend]
impl<T: Optional> Fillable for T {}

impl<D: Encode> Pipeline<NoCollection, D> {
    /// These documents (`$documents`; MongoDB 5.1), for [`Database::aggregate`](crate::Database::aggregate).
    pub fn documents<'a>(documents: impl IntoIterator<Item = &'a D>) -> Self
    where
        D: 'a,
    {
        let documents: Result<Vec<Bson>, _> = documents.into_iter().map(encode_to_bson).collect();
        let start = Pipeline::<NoCollection>::new();
        start.stage("$documents", documents.map(|documents| doc! { "$literal": documents }))
    }
}

impl Pipeline<NoCollection, Document> {
    /// The operations that the server is working on (`$currentOp`), with the options of that stage; for the database
    /// `admin`.
    pub fn current_op(options: Document) -> Self {
        Pipeline::<NoCollection>::new().stage("$currentOp", Ok(options))
    }
}

/// Where [`geo_near`](Pipeline::geo_near) looks.
#[derive(Debug)]
#[must_use = "it does nothing until `geo_near` takes it"]
pub struct GeoNear<D> {
    stage: Result<Document, EncodeError>,
    document: PhantomData<fn() -> D>,
}

impl<D: GeoSearch> GeoNear<D> {
    /// Around a point, by the place in a field; [`Near`] sets the largest and smallest distance.
    pub fn new<T: Geometry, P: Readable>(field: Field<D, T, P>, near: impl Into<Near>) -> Self {
        let stage = || {
            let mut near = near.into().into_distances()?;
            near.insert("key", &*usable(field.name())?);
            near.insert("spherical", true);
            Ok(near)
        };
        Self { stage: stage(), document: PhantomData }
    }

    /// Only among documents that match.
    pub fn filter(mut self, filter: Filter<D>) -> Self {
        self.stage = self.stage.and_then(|mut stage| {
            stage.insert("query", filter.render()?);
            Ok(stage)
        });
        self
    }
}

/// Which values [`densify`](Pipeline::densify) adds between those of a field.
#[derive(Debug)]
#[must_use = "it does nothing until `densify` takes it"]
pub struct Densify<D> {
    field: Result<String, EncodeError>,
    partition: Result<Vec<Bson>, EncodeError>,
    range: Result<Document, EncodeError>,
    document: PhantomData<fn() -> D>,
}

impl<D> Densify<D> {
    /// Numbers, so far apart, from the least to the greatest of all documents.
    pub fn numbers<T: Number, P: Readable>(field: Field<D, T, P>, step: f64) -> Self {
        Self::over(field, doc! { "step": number(step), "bounds": "full" })
    }

    /// Numbers, so far apart, in a range of its own (`bounds: [..]`); documents outside of it stay as they are.
    ///
    /// The server fails where the range is of integers and the step is no whole number.
    pub fn numbers_in<T: Number, P: Readable, V: IntoValue<T>>(
        field: Field<D, T, P>,
        step: f64,
        range: Range<V>,
    ) -> Self {
        Self::over(field, doc! { "step": number(step) }).bounds(range)
    }

    /// Dates, so many units of time apart.
    pub fn dates<T: Date, P: Readable>(field: Field<D, T, P>, step: u32, unit: TimeUnit) -> Self {
        Self::over(field, doc! { "step": i64::from(step), "unit": unit.name(), "bounds": "full" })
    }

    /// Dates, so many units of time apart, in a range of its own (`bounds: [..]`); documents outside of it stay as they are.
    pub fn dates_in<T: Date, P: Readable, V: IntoValue<T>>(
        field: Field<D, T, P>,
        step: u32,
        unit: TimeUnit,
        range: Range<V>,
    ) -> Self {
        Self::over(field, doc! { "step": i64::from(step), "unit": unit.name() }).bounds(range)
    }

    fn over<T, P: Readable>(field: Field<D, T, P>, range: Document) -> Self {
        let field = usable(field.name()).map(String::from);
        Self { field, partition: Ok(Vec::new()), range: Ok(range), document: PhantomData }
    }

    fn bounds<T, V: IntoValue<T>>(mut self, bounds: Range<V>) -> Self {
        self.range = self.range.and_then(|mut range| {
            let bounds = [bounds.start.into_bson()?, bounds.end.into_bson()?];
            if let Some(step) = range.get_mut("step") {
                *step = as_bound(step, &bounds[0]);
            }
            range.insert("bounds", bounds);
            Ok(range)
        });
        self
    }

    /// Each value of a field for itself; repeat it for several. A new document has these fields too.
    pub fn partition_by<T, P: Readable>(mut self, field: Field<D, T, P>) -> Self {
        self.partition = self.partition.and_then(|mut fields| {
            fields.push(usable(field.name())?.into_owned().into());
            Ok(fields)
        });
        self
    }

    /// From the least to the greatest value of each partition, and not of all documents.
    pub fn within_partition(mut self) -> Self {
        if let Ok(range) = &mut self.range {
            range.insert("bounds", "partition");
        }
        self
    }

    fn render(self) -> Result<Document, EncodeError> {
        let mut stage = doc! { "field": self.field? };
        let partition = self.partition?;
        if !partition.is_empty() {
            stage.insert("partitionByFields", partition);
        }
        stage.insert("range", self.range?);
        Ok(stage)
    }
}

/// A step; a whole one keeps integers what they are.
fn number(step: f64) -> Bson {
    #[expect(clippy::cast_possible_truncation, reason = "only where nothing is cut off")]
    match step.fract() == 0.0 && step.abs() < 9e15 {
        true => Bson::Int64(step as i64),
        false => Bson::Double(step),
    }
}

/// A step of the type of a bound, as the server wants it; unchanged where none of that type has its value.
fn as_bound(step: &Bson, bound: &Bson) -> Bson {
    let converted = match (step, bound) {
        (Bson::Int64(step), Bson::Int32(_)) => i32::try_from(*step).ok().map(Bson::Int32),
        (Bson::Int64(_), Bson::Double(_)) => step.to_string().parse().ok().map(Bson::Double),
        (Bson::Int64(_) | Bson::Double(_), Bson::Decimal128(_)) => {
            step.to_string().parse().ok().map(Bson::Decimal128)
        }
        _ => None,
    };
    converted.unwrap_or_else(|| step.clone())
}

/// What [`fill`](Pipeline::fill) writes where fields are null or missing.
#[derive(Debug)]
#[must_use = "it does nothing until `fill` takes it"]
pub struct Fill<D> {
    order: Document,
    partition: Vec<Bson>,
    output: Document,
    error: Option<EncodeError>,
    document: PhantomData<fn() -> D>,
}

impl<D> Default for Fill<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> Fill<D> {
    /// No field yet.
    pub fn new() -> Self {
        let (order, output) = (Document::new(), Document::new());
        Self { order, partition: Vec::new(), output, error: None, document: PhantomData }
    }

    /// The order in which a value has neighbours.
    pub fn sort(mut self, order: impl IntoSort<D>) -> Self {
        self.order = sort::to_document(order);
        self
    }

    /// Each value of a field for itself; repeat it for several.
    pub fn partition_by<T, P: Readable>(mut self, field: Field<D, T, P>) -> Self {
        match usable(field.name()) {
            Ok(name) => self.partition.push(name.into_owned().into()),
            Err(error) => self.error = Some(error),
        }
        self
    }

    /// A plain value.
    pub fn value<T: Fillable, P: Readable>(self, field: Field<D, T, P>, value: impl IntoValue<T>) -> Self {
        let value = value.into_bson().map(|value| doc! { "value": { "$literal": value } });
        self.field(field, value)
    }

    /// The last value before (`locf`); needs an order.
    pub fn last<T: Fillable, P: Readable>(self, field: Field<D, T, P>) -> Self {
        self.field(field, Ok(doc! { "method": "locf" }))
    }

    /// What lies on the line between its neighbours (`linear`); needs an order.
    pub fn linear<T: Fillable + Number, P: Readable>(self, field: Field<D, T, P>) -> Self {
        self.field(field, Ok(doc! { "method": "linear" }))
    }

    fn field<T, P: Readable>(mut self, field: Field<D, T, P>, fill: Result<Document, EncodeError>) -> Self {
        match (usable(field.name()), fill) {
            (Ok(name), Ok(fill)) => _ = self.output.insert(name, fill),
            (Err(error), _) | (_, Err(error)) => self.error = Some(error),
        }
        self
    }

    fn render(self) -> Result<Document, EncodeError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut stage = Document::new();
        if !self.partition.is_empty() {
            stage.insert("partitionByFields", self.partition);
        }
        if !self.order.is_empty() {
            stage.insert("sortBy", self.order);
        }
        stage.insert("output", self.output);
        Ok(stage)
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// The nearest first, each with its distance in metres (`$geoNear`); the first stage only.
    pub fn geo_near<R>(self, near: GeoNear<O>) -> Pipeline<S, R, A>
    where
        O: Append<f64, Output = R>,
    {
        self.add(|| {
            let mut slots = Slots::of::<O, f64>();
            let mut stage = near.stage?;
            stage.insert("distanceField", slots.next());
            Ok([vec![doc! { "$geoNear": stage }], slots.finish()].concat())
        })
    }

    /// Adds a document for each value that is missing between those of a field (`$densify`; MongoDB 5.1).
    ///
    /// Such a document has this field and those of the partition only: `U` is a struct that can be read of both.
    pub fn densify<U>(self, densify: Densify<O>) -> Pipeline<S, U, A> {
        self.stage("$densify", densify.render())
    }

    /// Fills optional fields that have no value (`$fill`; MongoDB 5.3).
    pub fn fill(self, fill: Fill<O>) -> Self {
        self.stage("$fill", fill.render())
    }
}
