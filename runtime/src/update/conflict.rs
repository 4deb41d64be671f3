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

/// Stops the build when one of the changed paths belongs to the key of an upsert.
pub(crate) const fn check_key(key: &[Option<&str>], change: Option<&str>, parts: &[Option<&str>]) {
    let mut a = 0;
    while a < key.len() {
        if let Some(key) = key[a] {
            check_key_and(key, change);
            let mut b = 0;
            while b < parts.len() {
                check_key_and(key, parts[b]);
                b += 1;
            }
        }
        a += 1;
    }
}

const fn check_key_and(key: &str, change: Option<&str>) {
    if let Some(change) = change
        && overlap(key, change)
    {
        let (bytes, len) = concat([
            "`",
            key,
            "` is the key of this upsert, which sets it: leave out the change of `",
            change,
            "`",
        ]);
        match std::str::from_utf8(bytes.split_at(len).0) {
            Ok(message) => panic!("{}", message),
            Err(_) => panic!("an upsert sets its key itself: leave it out of the changes"),
        }
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
