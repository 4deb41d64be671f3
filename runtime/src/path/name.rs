//! Dotted names, computed by the compiler.

use std::{borrow::Cow, fmt, marker::PhantomData, rc::Rc, sync::Arc};

use crate::index::{Many, One};

/// A dotted name: nearly always one of the compiler's.
pub(crate) type Name = Cow<'static, str>;

/// How many bytes a dotted name may have.
const MAX_LEN: usize = 512;

/// What a [`Field`](super::Field) knows of its place: the dotted name.
pub trait Path: Sized {
    /// The name, where it is known at compile time.
    const KNOWN: Option<&'static str>;

    /// The dotted name.
    fn into_name(self) -> Cow<'static, str>;
}

/// A path whose name is known at compile time and that has no size.
pub trait StaticPath: Path + Copy + 'static {
    /// The dotted name.
    const NAME: &'static str;
    /// The only value.
    #[doc(hidden)]
    const NEW: Self;
    /// Whether it goes through an array.
    #[doc(hidden)]
    type Multiplicity;
}

/// The keys of a model, in the order of its fields.
#[doc(hidden)]
pub trait Keys {
    const KEYS: &'static [&'static str];

    /// Whether a map within takes the keys that it does not know.
    const HAS_REST: bool = false;

    /// Whether it reads a key, in a flattened field or not.
    #[must_use]
    fn knows(key: &str) -> bool {
        Self::KEYS.contains(&key)
    }
}

macro_rules! transparent {
    ($($wrapper:ident)*) => {$(
        impl<T: Keys> Keys for $wrapper<T> {
            const KEYS: &'static [&'static str] = T::KEYS;
            const HAS_REST: bool = T::HAS_REST;

            fn knows(key: &str) -> bool {
                T::knows(key)
            }
        }
    )*};
}

transparent!(Box Rc Arc);

/// Whether no key is in both lists.
#[doc(hidden)]
#[must_use]
pub const fn distinct(some: &[&str], others: &[&str]) -> bool {
    let mut i = 0;
    while i < some.len() {
        let mut j = 0;
        while j < others.len() {
            if same(some[i].as_bytes(), others[j].as_bytes()) {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}

const fn same(some: &[u8], other: &[u8]) -> bool {
    let mut i = 0;
    while i < some.len() && i < other.len() && some[i] == other[i] {
        i += 1;
    }
    i == some.len() && i == other.len()
}

/// The document itself.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Root;

/// Every element of the array at `P`; in an index, where one name stands for all of them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Each<P>(P);

/// The `I`th key of `M`, below `P`.
#[doc(hidden)]
pub struct Sub<P, M, const I: usize>(PhantomData<fn() -> (P, M)>);

impl<P, M, const I: usize> Clone for Sub<P, M, I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P, M, const I: usize> Copy for Sub<P, M, I> {}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Root")
    }
}

impl<P: StaticPath, M: Keys + 'static, const I: usize> fmt::Debug for Sub<P, M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}

impl Path for Root {
    const KNOWN: Option<&'static str> = Some("");

    fn into_name(self) -> Cow<'static, str> {
        Cow::Borrowed("")
    }
}

impl StaticPath for Root {
    const NAME: &'static str = "";
    const NEW: Self = Self;
    type Multiplicity = One;
}

impl<P: StaticPath> Path for Each<P> {
    const KNOWN: Option<&'static str> = P::KNOWN;

    fn into_name(self) -> Cow<'static, str> {
        self.0.into_name()
    }
}

impl<P: StaticPath> StaticPath for Each<P> {
    const NAME: &'static str = P::NAME;
    const NEW: Self = Self(P::NEW);
    type Multiplicity = Many;
}

impl<P: StaticPath, M: Keys + 'static, const I: usize> Path for Sub<P, M, I> {
    const KNOWN: Option<&'static str> = Some(Self::NAME);

    #[inline]
    fn into_name(self) -> Cow<'static, str> {
        Cow::Borrowed(Self::NAME)
    }
}

impl<P: StaticPath, M: Keys + 'static, const I: usize> StaticPath for Sub<P, M, I> {
    const NAME: &'static str = {
        let key = M::KEYS[I];
        if P::NAME.is_empty() { key } else { cut(&Self::BYTES, P::NAME.len() + 1 + key.len()) }
    };
    const NEW: Self = Self(PhantomData);
    type Multiplicity = P::Multiplicity;
}

impl<P: StaticPath, M: Keys + 'static, const I: usize> Sub<P, M, I> {
    // The length of a name cannot be the length of an array on stable Rust: a fixed buffer stands in.
    const BYTES: [u8; MAX_LEN] = join(P::NAME, M::KEYS[I]);
}

const fn join(parent: &str, key: &str) -> [u8; MAX_LEN] {
    assert!(parent.len() + 1 + key.len() <= MAX_LEN, "the dotted name of this path is longer than 512 bytes");
    let mut bytes = [0; MAX_LEN];
    let (place, rest) = bytes.split_at_mut(parent.len());
    place.copy_from_slice(parent.as_bytes());
    rest[0] = b'.';
    let (_, rest) = rest.split_at_mut(1);
    let (place, _) = rest.split_at_mut(key.len());
    place.copy_from_slice(key.as_bytes());
    bytes
}

const fn cut(bytes: &'static [u8; MAX_LEN], len: usize) -> &'static str {
    match std::str::from_utf8(bytes.split_at(len).0) {
        Ok(name) => name,
        Err(_) => panic!("two texts joined by a dot are a text"),
    }
}
