//! Several pipelines: over the same documents, and one after the other.

use mongodb::bson::{Bson, Document, doc};

use super::{Pipeline, place::declared, row::member};
use crate::{error::EncodeError, model};

/// What [`facet`](Pipeline::facet) takes: a tuple of up to six pipelines from `D`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of pipelines from `{D}`",
    label = "not pipelines from `{D}`",
    note = "write `(Pipeline::new().count(), Pipeline::new().sort(..).limit(10))`; one of them: `(pipeline,)`"
)]
pub trait Facets<D> {
    /// A `Vec` for each pipeline.
    type Output;

    /// The stage.
    #[doc(hidden)]
    fn render(self) -> Result<Document, EncodeError>;
}

macro_rules! tuples {
    ($($($name:ident $number:literal)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Doc, $($name),*> Facets<Doc> for ($(Pipeline<Doc, $name>,)*) {
            type Output = ($(Vec<$name>,)*);

            #[expect(non_snake_case, reason = "the type parameters name the members")]
            fn render(self) -> Result<Document, EncodeError> {
                let ($($name,)*) = self;
                Ok(doc! { $(member($number): $name.render()?),* })
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Several pipelines over the same documents (`$facet`): one document, a tuple with a `Vec` for each.
    ///
    /// ```
    /// # use odmium::{pipeline::Pipeline, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, city: String, age: i32 }
    /// let page: Pipeline<User, (Vec<(i64,)>, Vec<User>)> =
    ///     Pipeline::new().facet((Pipeline::new().count(), Pipeline::new().sort(User.age.desc()).limit(10)));
    /// # page.to_stages()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn facet<F: Facets<O>>(self, pipelines: F) -> Pipeline<S, F::Output, A> {
        self.stage("$facet", pipelines.render())
    }

    /// Followed by what a pipeline on another collection gives (`$unionWith`).
    pub fn union_with<F: model::Document>(self, other: Pipeline<F, O>) -> Self {
        self.union(declared(F::COLLECTION), other)
    }

    /// The same of a collection under another name than its model's: several collections of one model.
    pub fn union_with_named<F: model::Record>(self, collection: &str, other: Pipeline<F, O>) -> Self {
        self.union(collection.into(), other)
    }

    fn union<F: model::Record>(self, collection: Bson, other: Pipeline<F, O>) -> Self {
        let other = other.render().and_then(model::begin::<F>);
        self.stage("$unionWith", other.map(|stages| doc! { "coll": collection, "pipeline": stages }))
    }
}
