//! The name of a file in the path of a request.

use percent_encoding::percent_decode_str;

/// Takes the prefix away and decodes what is behind it, once. `None` when it is not under the prefix.
///
/// Nothing in a name is special: `..` is two dots, and `%2F` is a slash as any other.
pub(super) fn name(path: &str, prefix: &str) -> Option<Result<String, NotText>> {
    let rest = path.strip_prefix(prefix)?;
    let name = match rest.strip_prefix('/') {
        Some(name) => name,
        None if rest.is_empty() => rest,
        None => return None,
    };
    let is_encoded =
        |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !name.split('%').skip(1).all(is_encoded) {
        return Some(Err(NotText));
    }
    let decoded = percent_decode_str(name).decode_utf8().map(Into::into);
    Some(decoded.map_err(|_| NotText))
}

/// The path is not UTF-8 in percent-encoding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotText;

#[cfg(test)]
mod tests {
    use super::{NotText, name};

    #[test]
    fn names_are_decoded_once_and_not_interpreted() {
        for (path, prefix, expected) in [
            ("/a.txt", "", Some(Ok("a.txt"))),
            ("/", "", Some(Ok(""))),
            ("*", "", None),
            ("/files/a/b", "/files", Some(Ok("a/b"))),
            ("/files", "/files", Some(Ok(""))),
            ("/filesystem", "/files", None),
            ("/other/a", "/files", None),
            ("/%2e%2E/..//x", "", Some(Ok("../..//x"))),
            ("/a%2Fb%252Fc", "", Some(Ok("a/b%2Fc"))),
            ("/%00%0d%0A", "", Some(Ok("\0\r\n"))),
            ("/%E2%82%AC+%20", "", Some(Ok("\u{20ac}+ "))),
            ("/%", "", Some(Err(NotText))),
            ("/%4", "", Some(Err(NotText))),
            ("/%zz", "", Some(Err(NotText))),
            ("/%%41", "", Some(Err(NotText))),
            ("/%ff", "", Some(Err(NotText))),
            ("/%C0%AF", "", Some(Err(NotText))),
        ] {
            assert_eq!(name(path, prefix), expected.map(|it| it.map(str::to_owned)), "{path} {prefix}");
        }
    }
}
