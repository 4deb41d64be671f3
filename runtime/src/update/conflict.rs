//! Two changes of one place: the server refuses them, the compiler does so before.

/// Stops the build when two of these paths are one, or parent and child.
pub(super) const fn check(paths: &[Option<&str>]) {
    let mut a = 0;
    while a < paths.len() {
        let mut b = a + 1;
        while b < paths.len() {
            if let (Some(one), Some(other)) = (paths[a], paths[b]) {
                assert!(
                    !overlap(one, other),
                    "two changes of this update write the same path, or a path and its parent: keep one of them"
                );
            }
            b += 1;
        }
        a += 1;
    }
}

/// Whether the paths are one, or parent and child.
pub(super) const fn overlap(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut i = 0;
    while i < short.len() {
        if short[i] != long[i] {
            return false;
        }
        i += 1;
    }
    short.len() == long.len() || long[short.len()] == b'.'
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn a_path_overlaps_itself_and_its_children_only() {
        assert!(overlap("a.b", "a.b"));
        assert!(overlap("a.b", "a"));
        assert!(overlap("a", "a.b.c"));
        assert!(!overlap("a", "ab"));
        assert!(!overlap("a.b", "a.c"));
    }
}
