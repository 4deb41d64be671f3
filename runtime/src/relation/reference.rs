//! A field that holds the `_id` of another document.

use std::{borrow::Cow, cmp::Ordering, fmt, hash, marker::PhantomData};

use mongodb::bson::{Bson, DateTime, Uuid, oid::ObjectId, spec::ElementType};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    codec::{self, Decode, DecodeError, Encode, EncodeError, MapKey, RawValue, Slot},
    filter::{Ordered, Value},
    model::{Document, Id, Identified},
    view::Shows,
};

/// The `_id` of a `T`, stored as that id and nothing else: no collection, no `DBRef`.
///
/// `Option<Ref<T>>`, `Vec<Ref<T>>`, sets and maps of it are fields too. Filters and updates take the id, a reference or the
/// document itself: `Post.author.eq(user.id)`, `Post.author.set(&user)`. The server does not check that the document exists.
///
/// [`with`](crate::action::Find::with) loads what it refers to.
///
/// # Examples
///
/// ```
/// # use odmium::prelude::*;
/// #[derive(Document)]
/// #[document(collection = "users")]
/// struct User { id: Id<User>, name: String }
///
/// #[derive(Document)]
/// #[document(collection = "posts")]
/// struct Post { id: Id<Post>, author: Ref<User>, editor: Option<Ref<User>> }
///
/// let ann = User { id: Id::new(), name: "Ann".into() };
/// let post = Post { id: Id::new(), author: Ref::from(&ann), editor: None };
/// assert_eq!(*post.author.id(), ann.id);
/// let by_ann = Post.author.eq(&ann) | Post.editor.eq(ann.id);
/// # by_ann.to_document()?;
/// # Ok::<(), odmium::Error>(())
/// ```
// The second member is for the compiler's messages: only the last one decides whether a struct has a size, so that a `T`
// that is no document is one mistake, and not one wherever a struct with such a field is named.
pub struct Ref<T: Document>(T::Id, PhantomData<()>);

impl<T: Document> Ref<T> {
    /// Refers to the document of this `_id`.
    pub const fn new(id: T::Id) -> Self {
        Self(id, PhantomData)
    }

    /// The `_id`.
    pub const fn id(&self) -> &T::Id {
        &self.0
    }

    /// The `_id`.
    pub fn into_id(self) -> T::Id {
        self.0
    }
}

impl<T: Document> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T: Document<Id: Copy>> Copy for Ref<T> {}

impl<T: Document<Id: PartialEq>> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Document<Id: Eq>> Eq for Ref<T> {}

impl<T: Document<Id: PartialOrd>> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<T: Document<Id: Ord>> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T: Document<Id: hash::Hash>> hash::Hash for Ref<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: Document> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ref").field(&self.0).finish()
    }
}

impl<T: Document<Id: fmt::Display>> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Document<Id = Id<T>>> From<Id<T>> for Ref<T> {
    fn from(id: Id<T>) -> Self {
        Self(id, PhantomData)
    }
}

impl<T: Document + Identified> From<&T> for Ref<T> {
    fn from(document: &T) -> Self {
        Self(document.id_of().clone(), PhantomData)
    }
}

impl<T: Document> Encode for Ref<T> {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        self.0.encode(slot);
    }
}

impl<'de, T: Document> Decode<'de> for Ref<T> {
    const LIKELY: Option<ElementType> = <T::Id as Decode<'de>>::LIKELY;

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        T::Id::decode(value).map(Self::new)
    }
}

impl<T: Document<Id: MapKey>> MapKey for Ref<T> {
    fn to_key(&self) -> Cow<'_, str> {
        self.0.to_key()
    }

    fn from_key(key: &str) -> Option<Self> {
        T::Id::from_key(key).map(Self::new)
    }
}

impl<T: Document<Id: Serialize>> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Document<Id: Deserialize<'de>>> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::Id::deserialize(deserializer).map(Self::new)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Document<Id: Ordered>> Ordered for Ref<T> {}
#[diagnostic::do_not_recommend]
impl<T: Document> Shows<Self> for Ref<T> {}
#[diagnostic::do_not_recommend]
impl<T: Document<Id = Self>> Shows<Ref<T>> for Id<T> {}

/// A value that stands for a document of the model `T`: a [`Ref`], its id, or the document.
///
/// Implement it for an id type of your own, so that filters take its values beside a `Ref<T>`.
pub trait RefTo<T: Document> {
    /// The id as it is sent.
    ///
    /// # Errors
    ///
    /// When it cannot be written as BSON.
    fn to_id(&self) -> Result<Bson, EncodeError>;
}

impl<T: Document, V: RefTo<T>> Value<Ref<T>> for V {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        self.to_id()
    }
}

/// A type of `_id` that is no reference itself.
///
/// Implement it for an id type of your own, so that lookups and [`Relation::on`](super::Relation::on) take it for equal to a
/// `Ref<T>`.
pub trait PlainId {}

impl<T> PlainId for Id<T> {}

macro_rules! refers {
    ($([$($bound:tt)*] $value:ty: $this:ident => $id:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Document $($bound)*> RefTo<T> for $value {
            fn to_id(&self) -> Result<Bson, EncodeError> {
                let $this = self;
                codec::encode_to_bson($id)
            }
        }
    )*};
}

refers! {
    [] Ref<T>: this => &this.0;
    [] &Ref<T>: this => &this.0;
    [+ Identified] &T: this => this.id_of();
    [<Id = Id<T>>] Id<T>: this => this;
    [<Id = Id<T>>] &Id<T>: this => *this;
    [<Id = String>] &str: this => *this;
}

macro_rules! ids {
    ($($id:ty)*) => {
        $(impl PlainId for $id {})*
        refers!($([<Id = $id>] $id: this => this; [<Id = $id>] &$id: this => *this;)*);
    };
}

ids!(ObjectId String i32 i64 u32 Uuid DateTime);
#[cfg(feature = "uuid-1")]
ids!(uuid::Uuid);
