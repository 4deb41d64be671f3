//! Lists, maps and tuples as values: of whatever is a value of their elements, owned or borrowed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};

use mongodb::bson::Bson;

use super::Value;
use crate::codec::{self, Encode, EncodeError, MapKey};

/// Through the codec, by value and by reference.
macro_rules! encoded {
    ($([$($generic:tt)*] $field:ty: $value:ty;)*) => {$(
        impl<$($generic)*> Value<$field> for $value {
            fn into_bson(self) -> Result<Bson, EncodeError> {
                codec::encode_to_bson(&self)
            }
        }

        impl<$($generic)*> Value<$field> for &$value {
            fn into_bson(self) -> Result<Bson, EncodeError> {
                codec::encode_to_bson(self)
            }
        }
    )*};
}

macro_rules! lists {
    ($($list:ident<T $(, $hasher:ident)?>)*) => {$(
        encoded! {
            [T, V: Value<T> + Encode $(, $hasher)?] $list<T $(, $hasher)?>: Vec<V>;
            [T, V: Value<T> + Encode, const N: usize $(, $hasher)?] $list<T $(, $hasher)?>: [V; N];
        }
        borrowed!([T, V: Value<T> + Encode $(, $hasher)?] $list<T $(, $hasher)?>);
    )*};
}

macro_rules! borrowed {
    ([$($generic:tt)*] $list:ty) => {
        impl<$($generic)*> Value<$list> for &[V] {
            fn into_bson(self) -> Result<Bson, EncodeError> {
                codec::encode_to_bson(self)
            }
        }
    };
}

lists!(Vec<T> VecDeque<T> LinkedList<T> BTreeSet<T> HashSet<T, S>);
borrowed!([T, V: Value<T> + Encode] [T]);

encoded! {
    [T, V: Value<T> + Encode] VecDeque<T>: VecDeque<V>;
    [T, V: Value<T> + Encode] LinkedList<T>: LinkedList<V>;
    [T, V: Value<T> + Encode] BTreeSet<T>: BTreeSet<V>;
    [T, V: Value<T> + Encode, S] HashSet<T, S>: HashSet<V, S>;
    [T, V: Value<T> + Encode, const N: usize] [T; N]: [V; N];
    [T, V: Value<T> + Encode] [T]: Vec<V>;
    [T, V: Value<T> + Encode] [T]: Box<[V]>;
    [T, V: Value<T> + Encode, const N: usize] [T]: [V; N];
    [K: MapKey, T, V: Value<T> + Encode, S] HashMap<K, T, S>: HashMap<K, V, S>;
    [K: MapKey, T, V: Value<T> + Encode] BTreeMap<K, T>: BTreeMap<K, V>;
    [A1, V1: Value<A1> + Encode] (A1,): (V1,);
    [A1, V1: Value<A1> + Encode, A2, V2: Value<A2> + Encode] (A1, A2): (V1, V2);
    [A1, V1: Value<A1> + Encode, A2, V2: Value<A2> + Encode, A3, V3: Value<A3> + Encode]
        (A1, A2, A3): (V1, V2, V3);
    [
        A1, V1: Value<A1> + Encode, A2, V2: Value<A2> + Encode, A3, V3: Value<A3> + Encode,
        A4, V4: Value<A4> + Encode
    ] (A1, A2, A3, A4): (V1, V2, V3, V4);
}
