//! Two changes of one place: the server refuses them, the compiler does so before.

/// How many bytes of a message are kept.
const LEN: usize = 256;

/// Stops the build when two of these paths are one, or parent and child; the message names them.
pub(super) const fn check(paths: &[Option<&str>]) {
    let mut a = 0;
    while a < paths.len() {
        let mut b = a + 1;
        while b < paths.len() {
            if let (Some(one), Some(other)) = (paths[a], paths[b])
                && overlap(one, other)
            {
                let (bytes, len) = message(one, other);
                match std::str::from_utf8(bytes.split_at(len).0) {
                    Ok(message) => panic!("{}", message),
                    Err(_) => panic!("two changes of this update write one path, or a path and its parent"),
                }
            }
            b += 1;
        }
        a += 1;
    }
}

const fn message(one: &str, other: &str) -> ([u8; LEN], usize) {
    concat(["this update changes `", one, "` and `", other, "`: keep one of the two changes"])
}

const fn concat(parts: [&str; 5]) -> ([u8; LEN], usize) {
    let (mut bytes, mut len, mut part) = ([0; LEN], 0, 0);
    while part < parts.len() {
        let text = parts[part].as_bytes();
        let mut i = 0;
        while i < text.len() && len < LEN {
            bytes[len] = text[i];
            (len, i) = (len + 1, i + 1);
        }
        part += 1;
    }
    (bytes, len)
}

/// Whether the paths are one, or parent and child.
///
/// `$[]` stands for every element, `$[f0]` for some of them, which may be others than those of `$[f1]`; the server
/// refuses `$` or a number beside them in one array.
pub(super) const fn overlap(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (mut i, mut j) = (0, 0);
    loop {
        let (end_i, end_j) = (segment(one, i), segment(other, j));
        if !same(one, i, end_i, other, j, end_j) {
            let (many, others) = (is_elements(one, i), is_elements(other, j));
            match (many, others) {
                (false, false) => return false,
                (true, true) if !is_all(one, i) && !is_all(other, j) => return false,
                (true, true) => {}
                (true, false) | (false, true) => return true,
            }
        }
        if end_i == one.len() || end_j == other.len() {
            return true;
        }
        (i, j) = (end_i + 1, end_j + 1);
    }
}

/// Where the segment that begins at `start` ends.
const fn segment(path: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < path.len() && path[end] != b'.' {
        end += 1;
    }
    end
}

const fn same(one: &[u8], mut i: usize, end_i: usize, other: &[u8], mut j: usize, end_j: usize) -> bool {
    if end_i - i != end_j - j {
        return false;
    }
    while i < end_i {
        if one[i] != other[j] {
            return false;
        }
        (i, j) = (i + 1, j + 1);
    }
    true
}

/// Whether the segment is `$[]` or `$[name]`.
const fn is_elements(path: &[u8], start: usize) -> bool {
    start + 1 < path.len() && path[start] == b'$' && path[start + 1] == b'['
}

/// Whether the segment, one of elements, is `$[]`.
const fn is_all(path: &[u8], start: usize) -> bool {
    start + 2 < path.len() && path[start + 2] == b']'
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

    #[test]
    fn elements_overlap_as_on_the_server() {
        assert!(overlap("a.$[].q", "a.$[].q"));
        assert!(!overlap("a.$[].q", "a.$[].p"));
        assert!(overlap("a.$[].q", "a.$[f0].q"));
        assert!(!overlap("a.$[].q", "a.$[f0].p"));
        assert!(!overlap("a.$[f0].q", "a.$[f1].q"));
        assert!(overlap("a.$[f0].q", "a.$[f0]"));
        assert!(overlap("a.$[].q", "a.0.p"));
        assert!(overlap("a.$.q", "a.$[].p"));
        assert!(!overlap("a.$.q", "a.0.q"));
        assert!(overlap("a", "a.$[].q"));
    }
}
