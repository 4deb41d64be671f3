//! Conditional requests (RFC 9110, section 13).

use std::time::{Duration, SystemTime};

use http::{
    HeaderMap, HeaderName,
    header::{
        ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
    },
};

/// What the conditions of a GET or HEAD request come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Proceed,
    NotModified,
    Failed,
}

/// Whether the ranges are to be sent, by `If-Range`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RangeVerdict {
    Ranges,
    Whole,
    /// The dates agree; whether that is enough depends on what else was uploaded in that second.
    SameDate(SystemTime),
}

/// Compares the conditions of a request with the validators of the response, in the order of section 13.2.2.
pub(super) fn judge(request: &HeaderMap, response: &HeaderMap) -> Verdict {
    let current = response.get(ETAG).map_or(&b""[..], |tag| tag.as_bytes());
    let modified = date(response, &LAST_MODIFIED);
    // Without dates on both sides the condition does not count.
    let is_unmodified_since = |name| Some(modified? <= date(request, &name)?);

    let holds = match request.contains_key(IF_MATCH) {
        true => lists(request, &IF_MATCH, |tag| strong(tag) && tag == current),
        false => is_unmodified_since(IF_UNMODIFIED_SINCE).unwrap_or(true),
    };
    if !holds {
        return Verdict::Failed;
    }
    let is_known = match request.contains_key(IF_NONE_MATCH) {
        true => lists(request, &IF_NONE_MATCH, |tag| opaque(tag) == opaque(current)),
        false => is_unmodified_since(IF_MODIFIED_SINCE).unwrap_or(false),
    };
    if is_known { Verdict::NotModified } else { Verdict::Proceed }
}

/// Compares `If-Range` with the validators of the response, strongly.
pub(super) fn judge_range(request: &HeaderMap, response: &HeaderMap) -> RangeVerdict {
    if !request.contains_key(IF_RANGE) {
        return RangeVerdict::Ranges;
    }
    if let Some(since) = date(request, &IF_RANGE) {
        return match date(response, &LAST_MODIFIED) == Some(since) {
            true => RangeVerdict::SameDate(since),
            false => RangeVerdict::Whole,
        };
    }
    let tag = only(request, &IF_RANGE).map(str::as_bytes);
    match response
        .get(ETAG)
        .is_some_and(|current| strong(current.as_bytes()) && tag == Some(current.as_bytes()))
    {
        true => RangeVerdict::Ranges,
        false => RangeVerdict::Whole,
    }
}

/// A date as a header: in whole seconds, and never later than now; none before 1970.
pub(super) fn since_epoch(milliseconds: i64, now: SystemTime) -> Option<SystemTime> {
    let since = Duration::from_secs(u64::try_from(milliseconds).ok()? / 1000);
    SystemTime::UNIX_EPOCH.checked_add(since).map(|date| date.min(now))
}

/// The value of a header that may stand only once.
pub(super) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    value.to_str().ok()
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(only(headers, name)?).ok()
}

/// Whether a list of entity tags is `*` or has one that fits. What is no entity tag ends the list.
fn lists(headers: &HeaderMap, name: &HeaderName, fits: impl Fn(&[u8]) -> bool) -> bool {
    if only(headers, name).is_some_and(|value| value.trim() == "*") {
        return true;
    }
    headers.get_all(name).iter().any(|value| {
        let mut rest = value.as_bytes();
        std::iter::from_fn(|| next_tag(&mut rest)).any(&fits)
    })
}

/// Takes the next entity tag with its quotes, and its `W/` if it is a weak one.
fn next_tag<'a>(list: &mut &'a [u8]) -> Option<&'a [u8]> {
    let start = list.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b','))?;
    let rest = &list[start..];
    let open = if rest.starts_with(b"W/") { 2 } else { 0 };
    if rest.get(open) != Some(&b'"') {
        return None;
    }
    let close = open + 1 + rest[open + 1..].iter().position(|byte| *byte == b'"')?;
    let (tag, rest) = rest.split_at(close + 1);
    let behind = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    *list = rest;
    matches!(behind, None | Some(b',')).then_some(tag)
}

fn strong(tag: &[u8]) -> bool {
    tag.starts_with(b"\"")
}

/// The tag without its mark of weakness.
fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::next_tag;

    #[test]
    fn entity_tags_are_told_apart() {
        let tags = |mut list: &'static [u8]| {
            std::iter::from_fn(|| next_tag(&mut list).map(|tag| String::from_utf8_lossy(tag).into_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(tags(br#""a", W/"b","c,d" , ,"""#), [r#""a""#, r#"W/"b""#, r#""c,d""#, r#""""#]);
        for (list, count) in [
            (&b"a"[..], 0),
            (br#"w/"a""#, 0),
            (br#""a"#, 0),
            (br#""a""b""#, 0),
            (br#""a", b, "c""#, 1),
            (b"", 0),
            (b"*", 0),
        ] {
            assert_eq!(tags(list).len(), count, "{list:?}");
        }
    }
}
