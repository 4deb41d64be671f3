//! Parts of arrays: `$slice` and `$elemMatch`.

use std::marker::PhantomData;

use mongodb::bson::{Bson, doc};

use super::{Column, Found, Projection, ReadColumn};
use crate::{
    codec::{Decode, DecodeOwned, DocumentReader, RawValue},
    error::{DecodeError, EncodeError},
    filter::{Filter, List},
    path::{Field, Located, Selectable},
};

/// Some of the elements of an array; see `slice` on array paths.
#[derive(Clone, Debug)]
#[must_use = "a selection does nothing until an operation takes it"]
pub struct Slice<F> {
    field: F,
    range: Bson,
}

/// The first element of an array that fulfils a filter; see `elem_match` on array paths.
#[must_use = "a selection does nothing until an operation takes it"]
pub struct ElemMatch<F, T> {
    field: F,
    filter: Result<Bson, EncodeError>,
    element: PhantomData<fn() -> T>,
}

/// Reads what [`ElemMatch`] gives.
#[derive(Debug)]
pub struct FirstOf<F, T> {
    field: F,
    element: PhantomData<fn() -> T>,
}

/// Parts of the array, for selections.
impl<D, A: List, P: Located> Field<D, A, P> {
    /// Selects the first `count` elements; the last ones when it is negative (`$slice`).
    pub fn slice(self, count: i32) -> Slice<Self> {
        Slice { field: self, range: count.into() }
    }

    /// Selects `count` elements after the first `skip`, which count from the end when negative (`$slice`).
    pub fn slice_from(self, skip: i32, count: u32) -> Slice<Self> {
        Slice { field: self, range: Bson::Array(vec![skip.into(), i64::from(count).into()]) }
    }

    /// Selects the first element, a document, that fulfils `filter` (`$elemMatch`).
    ///
    /// The server takes it on arrays at the top of the document only.
    pub fn elem_match(self, filter: Filter<A::Item>) -> ElemMatch<Self, A::Item> {
        let filter = filter.render().map(Bson::from);
        ElemMatch { field: self, filter, element: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<D: 'static, T, P: Selectable> Column<D> for Slice<Field<D, T, P>>
where
    Field<D, T, P>: ReadColumn,
{
    type Reader = Field<D, T, P>;

    fn add_to(self, projection: &mut Projection) -> Self::Reader {
        projection.include_as(&self.field.clone().path(), doc! { "$slice": self.range });
        self.field
    }
}

#[diagnostic::do_not_recommend]
impl<D: 'static, A: 'static, T: DecodeOwned + 'static, P: Selectable> Column<D>
    for ElemMatch<Field<D, A, P>, T>
{
    type Reader = FirstOf<Field<D, A, P>, T>;

    fn add_to(self, projection: &mut Projection) -> Self::Reader {
        match self.filter {
            Ok(filter) => {
                projection.include_as(&self.field.clone().path(), doc! { "$elemMatch": filter });
            }
            Err(error) => projection.fail(error),
        }
        FirstOf { field: self.field, element: PhantomData }
    }
}

impl<D: 'static, A: 'static, T: DecodeOwned + 'static, P: Located> ReadColumn for FirstOf<Field<D, A, P>, T> {
    type Value = Option<T>;

    fn read(&self, document: &mut DocumentReader<'_>) -> Result<Option<T>, DecodeError> {
        first_element(document, &self.field.clone().path())
    }
}

/// The first element of the array at a path.
pub(crate) fn first_element<'de, T: Decode<'de>>(
    document: &mut DocumentReader<'de>,
    path: &str,
) -> Result<Option<T>, DecodeError> {
    let first = |value: RawValue<'de>| -> Result<Option<T>, DecodeError> {
        let mut first = None;
        value.array()?.take_element(|value| first = Some(value))?;
        Ok(first)
    };
    match Found::at(document, path)? {
        Found::Value(value) => first(value).map_err(|error| error.at(path.to_owned())),
        Found::NoField | Found::NoParent => Ok(None),
    }
}

impl<F: Clone, T> Clone for FirstOf<F, T> {
    fn clone(&self) -> Self {
        Self { field: self.field.clone(), element: PhantomData }
    }
}

impl<F: std::fmt::Debug, T> std::fmt::Debug for ElemMatch<F, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ElemMatch").field("field", &self.field).field("filter", &self.filter).finish()
    }
}
