//! The members of tuples.

use mongodb::bson::doc;

use super::{Expr, object::below};

macro_rules! members {
    ($($($name:ident $number:literal $key:literal)*;)*) => {$(
        impl<D, $($name),*> Expr<D, ($($name,)*)> {
            /// The members, such as the two elements of a pair that [`zip`](Expr::zip) gives.
            ///
            /// ```
            /// # use odmium::prelude::*;
            /// # #[derive(Document)]
            /// # #[document(collection = "carts")]
            /// # struct Cart { id: Id<Cart>, prices: Vec<i64>, amounts: Vec<i64> }
            /// let sums = Cart.prices.expr().zip(Cart.amounts).map(|pair| {
            ///     let (price, amount) = pair.members();
            ///     price * amount
            /// });
            /// # sums.to_bson()?;
            /// # Ok::<(), odmium::Error>(())
            /// ```
            pub fn members(self) -> ($(Expr<D, $name>,)*) {
                ($(member(&self, $number, $key),)*)
            }
        }

        impl<D, $($name),*> Expr<D, Option<($($name,)*)>> {
            /// The members, each none where there is no tuple.
            pub fn members(self) -> ($(Expr<D, Option<$name>>,)*) {
                ($(member(&self, $number, $key),)*)
            }
        }
    )*};
}

members! {
    A 0 "_0" B 1 "_1";
    A 0 "_0" B 1 "_1" C 2 "_2";
    A 0 "_0" B 1 "_1" C 2 "_2" E 3 "_3";
    A 0 "_0" B 1 "_1" C 2 "_2" E 3 "_3" F 4 "_4";
    A 0 "_0" B 1 "_1" C 2 "_2" E 3 "_3" F 4 "_4" G 5 "_5";
}

/// Tuples are stored as arrays, and put together by stages as documents.
fn member<D, T, U>(tuple: &Expr<D, T>, number: i32, key: &str) -> Expr<D, U> {
    Expr::new(tuple.value.clone().map(|tuple| {
        let element = doc! { "$arrayElemAt": [tuple.clone(), number] };
        doc! { "$cond": [{ "$isArray": [tuple.clone()] }, element, below(tuple, key)] }.into()
    }))
}
