//! The field types that are arrays.

/// Calls a macro with `[generics] type;` for each; the elements are a `T`.
macro_rules! lists {
    ($callback:ident) => {
        $callback! {
            [] Vec<T>;
            [] ::std::collections::VecDeque<T>;
            [] ::std::collections::LinkedList<T>;
            [] ::std::collections::BTreeSet<T>;
            [S] ::std::collections::HashSet<T, S>;
            [const N: usize] [T; N];
            [] Box<[T]>;
        }
    };
}

pub(crate) use lists;
