//! Dotted names, computed by the compiler.

use std::{borrow::Cow, rc::Rc, sync::Arc};

/// A dotted name: nearly always one of the compiler's.
pub(crate) type Name = Cow<'static, str>;

/// How many bytes a dotted name may have.
pub(super) const MAX_LEN: usize = 512;

/// What a [`Field`](super::Field) knows of its place: the dotted name.
pub trait Path: Sized {
    /// The name, where it is known at compile time.
    const KNOWN: Option<&'static str>;

    /// The steps from the root to here, then `Rest`: a list that the type checker compares.
    #[doc(hidden)]
    type Steps<Rest>;

    /// What it becomes by a step that is only known at run time.
    #[doc(hidden)]
    type Chosen: super::Chosen;

    /// The dotted name.
    fn into_name(self) -> Cow<'static, str>;
}

/// A path whose name is known at compile time and that has no size.
#[diagnostic::on_unimplemented(
    message = "the name of this path is first known at run time",
    label = "this operator needs a path that the compiler knows",
    note = "below `at(..)` and `key(..)`, go on by `then`: `Order.items.at(0).then(Item.qty)`"
)]
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

/// Two names with a dot between them.
pub(super) const fn join(parent: &str, key: &str) -> [u8; MAX_LEN] {
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

/// The first bytes, as the text they are.
pub(super) const fn cut(bytes: &'static [u8; MAX_LEN], len: usize) -> &'static str {
    match std::str::from_utf8(bytes.split_at(len).0) {
        Ok(name) => name,
        Err(_) => panic!("two texts joined by a dot are a text"),
    }
}
