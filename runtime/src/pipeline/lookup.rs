//! Stages that read another collection for each document.

use std::{cell::Cell, marker::PhantomData};

use mongodb::bson::{Document, doc};

use super::{Append, Extends, Input, JoinKey, Pipeline, place::declared, row::Slots};
use crate::{
    codec::Encode,
    error::EncodeError,
    expr::Expr,
    model,
    path::{Field, Readable, usable},
};

thread_local! {
    /// How many lookups are being built around this place.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// The document that a lookup is made for, in the pipeline that runs on the other collection.
#[derive(Debug)]
pub struct Outer<D> {
    depth: u32,
    variables: Result<Document, EncodeError>,
    document: PhantomData<fn() -> D>,
}

impl<D> Outer<D> {
    /// The pipeline that `build` makes, and the variables that it has asked for.
    fn run<P>(build: impl FnOnce(&mut Self) -> P) -> (P, Result<Document, EncodeError>) {
        let depth = DEPTH.get();
        DEPTH.set(depth + 1);
        let mut outer = Self { depth, variables: Ok(Document::new()), document: PhantomData };
        let pipeline = build(&mut outer);
        DEPTH.set(depth);
        (pipeline, outer.variables)
    }

    /// A value of that document as an expression over the documents of the other collection (`let`).
    pub fn value<F, I: Input<D>>(&mut self, value: I) -> Expr<F, I::Type> {
        let number = self.variables.as_ref().map_or(0, Document::len);
        let name = format!("outer{}_{number}", self.depth);
        match (value.into_input().render(), &mut self.variables) {
            (Ok(value), Ok(variables)) => _ = variables.insert(&*name, value),
            (Err(error), variables) => *variables = Err(error),
            (_, Err(_)) => {}
        }
        Expr::raw(format!("$${name}"))
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Every document of another collection whose field equals a field (`$lookup`): a pair of the document and a `Vec`.
    ///
    /// A missing field equals null and missing ones. Both keys have one type, each perhaps optional or an array.
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "customers")]
    /// # struct Customer { id: Id<Customer>, name: String }
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, customer: Id<Customer>, total: i64 }
    /// let orders: Pipeline<Order, (Order, Option<Customer>)> = Pipeline::new()
    ///     .lookup_one(Order.customer, Customer.id)
    ///     .with_fields(|rows, (order, customer)| rows.filter(order.total.gt(9) & customer.name.eq("Ann")));
    /// # orders.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn lookup<F, T, U, P: Readable, Q: Readable, R>(
        self,
        local: Field<O, T, P>,
        foreign: Field<F, U, Q>,
    ) -> Pipeline<S, R, A>
    where
        F: model::Document,
        T: JoinKey<U>,
        O: Append<Vec<F>, Output = R>,
    {
        self.add(|| {
            let mut slots = Slots::of::<O, Vec<F>>();
            let mut lookup = of_kind::<F>(equality(local, foreign)?);
            lookup.insert("as", slots.next());
            Ok([vec![doc! { "$lookup": lookup }], slots.finish()].concat())
        })
    }

    /// The first such document, or `None`: for a key that is unique.
    pub fn lookup_one<F, T, U, P: Readable, Q: Readable, R>(
        self,
        local: Field<O, T, P>,
        foreign: Field<F, U, Q>,
    ) -> Pipeline<S, R, A>
    where
        F: model::Document,
        T: JoinKey<U>,
        O: Append<Option<F>, Output = R>,
    {
        self.add(|| {
            let mut slots = Slots::of::<O, Option<F>>();
            let (mut lookup, key) = (of_kind::<F>(equality(local, foreign)?), slots.next());
            lookup.insert("as", &*key);
            let first = doc! { "$set": { &*key: { "$first": format!("${key}") } } };
            Ok([vec![doc! { "$lookup": lookup }, first], slots.finish()].concat())
        })
    }

    /// As [`lookup`](Self::lookup), into a field of a struct that has these documents as a flattened field.
    pub fn lookup_into<F, T, U, P: Readable, Q: Readable, N, R: Readable>(
        self,
        local: Field<O, T, P>,
        foreign: Field<F, U, Q>,
        into: Field<N, Vec<F>, R>,
    ) -> Pipeline<S, N, A>
    where
        F: model::Document,
        T: JoinKey<U>,
        N: Extends<O>,
    {
        self.add(|| {
            let mut lookup = of_kind::<F>(equality(local, foreign)?);
            lookup.insert("as", &*usable(into.name())?);
            Ok(vec![doc! { "$lookup": lookup }])
        })
    }

    /// What a pipeline on another collection gives for each document (`$lookup` with `let` and `pipeline`).
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "prices")]
    /// # struct Price { id: Id<Price>, sku: String, from: i32, price: i64 }
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, sku: String, day: i32 }
    /// let orders: Pipeline<Order, (Order, Vec<Price>)> = Pipeline::new().lookup_pipeline(|order| {
    ///     let same = Price.sku.expr().eq(order.value(Order.sku)) & Price.from.expr().lte(order.value(Order.day));
    ///     Pipeline::new().filter(same.into()).sort(Price.from.desc()).limit(1)
    /// });
    /// # orders.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn lookup_pipeline<F, U, R>(
        self,
        pipeline: impl FnOnce(&mut Outer<O>) -> Pipeline<F, U>,
    ) -> Pipeline<S, R, A>
    where
        F: model::Document,
        O: Append<Vec<U>, Output = R>,
    {
        self.add(|| {
            joined::<O, F, U>(Slots::of::<O, Vec<U>>(), doc! { "from": declared(F::COLLECTION) }, pipeline)
        })
    }

    /// The same of the documents whose field equals a field (MongoDB 5.0): an index serves the equality.
    pub fn lookup_pipeline_where<F, U, T, V, P: Readable, Q: Readable, R>(
        self,
        local: Field<O, T, P>,
        foreign: Field<F, V, Q>,
        pipeline: impl FnOnce(&mut Outer<O>) -> Pipeline<F, U>,
    ) -> Pipeline<S, R, A>
    where
        F: model::Document,
        T: JoinKey<V>,
        O: Append<Vec<U>, Output = R>,
    {
        self.add(|| joined(Slots::of::<O, Vec<U>>(), equality(local, foreign)?, pipeline))
    }

    /// Every one of these documents whose field equals a field (`$lookup` of `$documents`; MongoDB 6.0): a pair of the document
    /// and a `Vec`.
    pub fn lookup_documents<'a, F, T, U, R, P: Readable, Q: Readable>(
        self,
        local: Field<O, T, P>,
        foreign: Field<F, U, Q>,
        documents: impl IntoIterator<Item = &'a F>,
    ) -> Pipeline<S, R, A>
    where
        F: Encode + 'a,
        T: JoinKey<U>,
        O: Append<Vec<F>, Output = R>,
    {
        self.add(|| {
            let mut slots = Slots::of::<O, Vec<F>>();
            let (local, foreign) = (usable(local.name())?, usable(foreign.name())?);
            let lookup = doc! {
                "localField": &*local,
                "foreignField": &*foreign,
                "pipeline": Pipeline::documents(documents).render()?,
                "as": slots.next(),
            };
            Ok([vec![doc! { "$lookup": lookup }], slots.finish()].concat())
        })
    }
}

fn equality<O, F: model::Document, T, U, P: Readable, Q: Readable>(
    local: Field<O, T, P>,
    foreign: Field<F, U, Q>,
) -> Result<Document, EncodeError> {
    let (local, foreign) = (usable(local.name())?, usable(foreign.name())?);
    Ok(doc! { "from": declared(F::COLLECTION), "localField": &*local, "foreignField": &*foreign })
}

/// Of a model that shares its collection, only its own documents (MongoDB 5.0).
fn of_kind<F: model::Document>(mut lookup: Document) -> Document {
    if let Some(own) = F::DISCRIMINATOR {
        lookup.insert("pipeline", vec![doc! { "$match": own.to_document() }]);
    }
    lookup
}

fn joined<O, F: model::Document, U>(
    mut slots: Slots,
    mut lookup: Document,
    pipeline: impl FnOnce(&mut Outer<O>) -> Pipeline<F, U>,
) -> Result<Vec<Document>, EncodeError> {
    let (pipeline, variables) = Outer::run(pipeline);
    let variables = variables?;
    if !variables.is_empty() {
        lookup.insert("let", variables);
    }
    lookup.insert("pipeline", model::begin::<F>(pipeline.render()?)?);
    lookup.insert("as", slots.next());
    Ok([vec![doc! { "$lookup": lookup }], slots.finish()].concat())
}
