//! What `select` takes: one member, or a tuple of them.

use super::{Column, ElemMatch, Meta, Projection, ReadColumn, Slice};
use crate::{codec::DocumentReader, cursor::ReadRow, error::DecodeError, expr::Expr, path::Field};

/// What `select` takes: a path, a part of an array (`User.tags.slice(5)`), an [expression](Expr), something that the server
/// knows of the match ([`text_score`](super::text_score)), or a tuple of up to twelve of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected from documents of type `{D}`",
    label = "no path of `{D}`, or one whose type borrows from the bytes",
    note = "select paths such as `User.name`, `User.tags.slice(5)`, or several in a tuple: `(User.name, User.age)`",
    note = "a view is selected by its type: `select_as::<UserCard>()`"
)]
pub trait Select<D> {
    /// What each document gives.
    type Output: 'static;
    /// Reads it.
    type Reader: ReadRow<Self::Output>;

    /// Adds the members to a projection.
    fn add_to(self, projection: &mut Projection) -> Self::Reader;
}

/// Reads one selected value.
#[derive(Clone, Debug)]
pub struct One<R>(R);

/// Reads a tuple of selected values.
#[derive(Clone, Debug)]
pub struct Several<R>(R);

impl<R: ReadColumn> ReadRow<R::Value> for One<R> {
    fn read(&self, document: &[u8]) -> Result<R::Value, DecodeError> {
        self.0.read(&mut DocumentReader::new(document)?)
    }
}

macro_rules! single {
    ($([$($generic:ident),*] $column:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D, $($generic),*> Select<D> for $column
        where
            Self: Column<D>,
        {
            type Output = <<Self as Column<D>>::Reader as ReadColumn>::Value;
            type Reader = One<<Self as Column<D>>::Reader>;

            fn add_to(self, projection: &mut Projection) -> Self::Reader {
                One(Column::add_to(self, projection))
            }
        }
    )*};
}

single! {
    [T, P] Field<D, T, P>;
    [F] Slice<F>;
    [F, T] ElemMatch<F, T>;
    [T] Meta<T>;
    [T] Expr<D, T>;
}

macro_rules! tuples {
    ($($($column:ident)*;)*) => {$(
        impl<D, $($column: Column<D>),*> Select<D> for ($($column,)*) {
            type Output = ($(<$column::Reader as ReadColumn>::Value,)*);
            type Reader = Several<($($column::Reader,)*)>;

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn add_to(self, projection: &mut Projection) -> Self::Reader {
                let ($($column,)*) = self;
                Several(($($column.add_to(projection),)*))
            }
        }

        impl<$($column: ReadColumn),*> ReadRow<($($column::Value,)*)> for Several<($($column,)*)> {
            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn read(&self, document: &[u8]) -> Result<($($column::Value,)*), DecodeError> {
                let ($($column,)*) = &self.0;
                let mut document = DocumentReader::new(document)?;
                Ok(($($column.read(&mut document)?,)*))
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C E;
    A B C E F;
    A B C E F G;
    A B C E F G H;
    A B C E F G H I;
    A B C E F G H I J;
    A B C E F G H I J K;
    A B C E F G H I J K L;
    A B C E F G H I J K L M;
}
