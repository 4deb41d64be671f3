//! What an action that gives documents reads of them.

use mongodb::bson::Document;

use crate::{
    cursor::{Numbered, Whole},
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

    /// The same with the number of each document.
    pub(crate) fn numbered(self) -> Selection<Numbered<R>> {
        Selection { projection: self.projection, read: Numbered(self.read) }
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

/// The methods that give what the server knows beside the fields of a document, on an action that finds.
macro_rules! shows_storage {
    ($action:ident { $($field:ident)* }) => {
        impl<'a, D: $crate::model::Record> $action<'a, D> {
            /// Reads only what stands in the index that was used, as a [`bson::Document`](crate::bson::Document) or any other
            /// type that can be read; empty documents where none was used.
            ///
            /// The keys are those of the index, also dotted ones: an index on `address.city` gives
            /// `{ "address.city": "Paris" }`.
            pub fn return_key<T: $crate::codec::DecodeOwned + 'static>(mut self) -> $action<'a, D, T> {
                self.options.return_key = Some(true);
                let selection = $crate::action::select::Selection::everything();
                $action { $($field: self.$field,)* selection, output: std::marker::PhantomData }
            }
        }

        impl<'a, D: $crate::model::Record, O: 'static, R> $action<'a, D, O, R> {
            /// Gives each document with its number in the storage engine, which may change; not for clustered collections.
            ///
            /// With a selection, [`record_id`](crate::projection::record_id) is one of its columns.
            pub fn show_record_id(mut self) -> $action<'a, D, (O, i64), $crate::cursor::Numbered<R>> {
                self.options.show_record_id = Some(true);
                let selection = self.selection.numbered();
                $action { $($field: self.$field,)* selection, output: std::marker::PhantomData }
            }
        }
    };
}

pub(crate) use {selects, shows_storage};
