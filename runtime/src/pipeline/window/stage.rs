//! The stage, and what it takes.

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document, doc};

use super::{
    super::{Acc, Accumulated, Append, Input, Parts, Pipeline, Varies, row::Slots, shape::Part},
    Window,
};
use crate::{
    error::EncodeError,
    sort::{self, IntoSort},
};

/// What [`set_window_fields`](Pipeline::set_window_fields) takes: the generated `..Group` of a struct that has the documents as
/// a flattened field, or a tuple of up to three values, which become members of a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not computed of windows of `{D}`",
    label = "not of windows of `{D}`",
    note = "write a tuple: `(w.rank(),)`, or the `..Group` of a struct with `#[document(group)]` that has a `{D}` as a flattened field"
)]
pub trait WindowShape<D> {
    /// The documents that it gives.
    type Output;

    /// Its fields, and the stages after.
    #[doc(hidden)]
    fn fields(self) -> Result<(Document, Vec<Document>), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<D, S: Accumulated<Source = D, Base = D>> WindowShape<D> for S {
    type Output = S::Output;

    fn fields(self) -> Result<(Document, Vec<Document>), EncodeError> {
        let mut parts = Parts::new();
        self.parts(&mut parts);
        Ok((parts.finish()?, Vec::new()))
    }
}

macro_rules! tuples {
    ($([$($name:ident)*] [$($bound:tt)*] $output:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Doc, $($name),*> WindowShape<Doc> for ($(Acc<Doc, $name>,)*)
        where
            Doc: $($bound)*,
        {
            type Output = $output;

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn fields(self) -> Result<(Document, Vec<Document>), EncodeError> {
                let ($($name,)*) = self;
                let mut slots = Slots::of::<Doc, A>();
                let mut fields = Document::new();
                $(fields.insert(slots.next(), $name.render()?);)*
                Ok((fields, slots.finish()))
            }
        }
    )*};
}

type With<D, T> = <D as Append<T>>::Output;

tuples! {
    [A] [Append<A>] With<Doc, A>;
    [A B] [Append<A, Output: Append<B>>] With<With<Doc, A>, B>;
    [A B C] [Append<A, Output: Append<B, Output: Append<C>>>] With<With<With<Doc, A>, B>, C>;
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Adds values that are computed of the documents around each one, in an order (`$setWindowFields`).
    ///
    /// ```
    /// # use odmium::{pipeline::{Bound, Pipeline}, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "sales")]
    /// # struct Sale { id: Id<Sale>, city: String, day: i32, sum: i64 }
    /// #[derive(Embedded)]
    /// #[document(group)]
    /// struct Running {
    ///     #[field(flatten)]
    ///     sale: Sale,
    ///     total: i64,
    ///     before: Option<i64>,
    /// }
    ///
    /// let running = Pipeline::<Sale>::new()
    ///     .set_window_fields_by(Sale.city, Sale.day.asc(), |w| RunningGroup {
    ///         total: w.documents(Bound::Unbounded, Bound::Current).sum(Sale.sum),
    ///         before: w.shift(Sale.sum, -1),
    ///     })
    ///     .filter(Running.total.gte(1000));
    /// # running.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn set_window_fields<W: WindowShape<O>>(
        self,
        order: impl IntoSort<O>,
        window: impl FnOnce(Window<O>) -> W,
    ) -> Pipeline<S, W::Output, A> {
        self.windows(None, order, window)
    }

    /// The same, each value of `partition` for itself.
    pub fn set_window_fields_by<W: WindowShape<O>>(
        self,
        partition: impl Input<O> + Varies,
        order: impl IntoSort<O>,
        window: impl FnOnce(Window<O>) -> W,
    ) -> Pipeline<S, W::Output, A> {
        self.windows(Some(partition.into_input().render()), order, window)
    }

    fn windows<W: WindowShape<O>>(
        self,
        partition: Option<Result<Bson, EncodeError>>,
        order: impl IntoSort<O>,
        window: impl FnOnce(Window<O>) -> W,
    ) -> Pipeline<S, W::Output, A> {
        self.add(|| {
            let mut stage = Document::new();
            if let Some(partition) = partition {
                stage.insert("partitionBy", partition?);
            }
            let order = sort::to_document(order);
            if !order.is_empty() {
                stage.insert("sortBy", order);
            }
            let (fields, mut after) = window(Window(PhantomData)).fields()?;
            stage.insert("output", fields);
            let mut stages = vec![doc! { "$setWindowFields": stage }];
            stages.append(&mut after);
            Ok(stages)
        })
    }
}
