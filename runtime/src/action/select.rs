//! What an action that gives documents reads of them.

use mongodb::bson::Document;

use crate::{
    cursor::Whole,
    error::Result,
    projection::{Projection, Select},
    view::View,
};

/// The projection that is sent, and how its replies are read.
pub(crate) struct Selection<R> {
    projection: Result<Option<Document>>,
    pub(crate) read: R,
}

impl Selection<Whole> {
    /// Whole documents.
    pub(crate) fn everything() -> Self {
        Self { projection: Ok(None), read: Whole }
    }

    pub(crate) fn raw(projection: Document) -> Self {
        Self { projection: Ok(Some(projection)), read: Whole }
    }

    pub(crate) fn with_projection(projection: Result<Option<Document>>) -> Self {
        Self { projection, read: Whole }
    }

    pub(crate) fn view<D, V: View<D>>() -> Self {
        let mut projection = Projection::default();
        projection.view::<V>(V::project);
        Self { projection: projection.into_document().map(Some), read: Whole }
    }
}

impl<R> Selection<R> {
    pub(crate) fn of<D, S: Select<D, Reader = R>>(selection: S) -> Self {
        let mut projection = Projection::default();
        let read = selection.add_to(&mut projection);
        Self { projection: projection.into_document().map(Some), read }
    }

    /// The projection to send, and the reader.
    pub(crate) fn into_parts(self) -> Result<(Option<Document>, R)> {
        Ok((self.projection?, self.read))
    }
}

/// The methods that choose what is read, on an action with these fields and a `selection`.
macro_rules! selects {
    ($action:ident { $($field:ident)* }) => {
        impl<'a, D: $crate::model::Record> $action<'a, D> {
            /// Reads only these paths: one gives its value, a tuple of up to twelve gives a tuple.
            ///
            /// The value of a path through an optional document is an `Option`.
            ///
            /// A field that a document lacks is an error, also where the model has a default for it: write
            /// `User.logins.expr().optional().if_null(0)` there.
            pub fn select<S: $crate::projection::Select<D>>(
                self,
                selection: S,
            ) -> $action<'a, D, S::Output, S::Reader> {
                let selection = $crate::action::select::Selection::of(selection);
                $action { $($field: self.$field,)* selection, output: std::marker::PhantomData }
            }

            /// Reads only the fields of a [view](crate::View) of the model.
            pub fn select_as<V: $crate::View<D>>(self) -> $action<'a, D, V> {
                let selection = $crate::action::select::Selection::view::<D, V>();
                $action { $($field: self.$field,)* selection, output: std::marker::PhantomData }
            }

            /// Reads what a projection in the server's own form leaves, as a [`bson::Document`](crate::bson::Document)
            /// or any other type that can be read. It is sent as it is: never build it from what a user sends.
            pub fn select_raw<T: $crate::codec::DecodeOwned + 'static>(
                self,
                projection: mongodb::bson::Document,
            ) -> $action<'a, D, T> {
                let selection = $crate::action::select::Selection::raw(projection);
                $action { $($field: self.$field,)* selection, output: std::marker::PhantomData }
            }
        }
    };
}

pub(crate) use selects;
