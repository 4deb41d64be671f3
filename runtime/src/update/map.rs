//! Changes of maps.

use std::collections::{BTreeMap, HashMap};

use mongodb::bson::Bson;

use super::{Change, Update};
use crate::{
    codec::MapKey,
    path::{AsKey, Dynamic, Field, Writable},
};

macro_rules! maps {
    ($([$($generic:ident),*] $map:ty;)*) => {$(
        /// Changes of the keys.
        impl<D, K: MapKey, V, P: Writable $(, $generic)*> Field<D, $map, P> {
            /// Removes a key with its value (`$unset`).
            ///
            /// ```
            /// # use std::collections::BTreeMap;
            /// # use odmium::{bson::doc, prelude::*, update::Update};
            /// # #[derive(Document)]
            /// # #[document(collection = "items")]
            /// # struct Item { id: i32, prices: BTreeMap<String, i32> }
            /// let update = Update::new().and(Item.prices.unset_key("EUR"));
            /// assert_eq!(update.to_document()?, doc! { "$unset": { "prices.EUR": "" } });
            /// # Ok::<(), odmium::Error>(())
            /// ```
            pub fn unset_key(self, key: impl AsKey<K>) -> Change<D, Dynamic> {
                Change::new(Update::write("$unset", self.key(key).name(), Ok(Bson::String(String::new()))))
            }
        }
    )*};
}

maps! {
    [S] HashMap<K, V, S>;
    [S] Option<HashMap<K, V, S>>;
    [] BTreeMap<K, V>;
    [] Option<BTreeMap<K, V>>;
}
