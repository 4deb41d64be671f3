//! The `Range` header: which bytes are asked for (RFC 9110, section 14).

use std::{cmp::Reverse, ops::Range};

/// What of a file is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selection {
    /// All: no range is asked for, or in a way that is to be ignored.
    Whole,
    /// No range begins within the file.
    Unsatisfiable,
    /// These, in the order of the request; they neither overlap nor touch. Never empty.
    Parts(Vec<Range<u64>>),
}

/// Reads the value of a `Range` header for a file of `length` bytes. More than `limit` ranges are ignored as a whole.
pub(super) fn select(value: &str, length: u64, limit: usize) -> Selection {
    match parse(value, limit) {
        None => Selection::Whole,
        Some(wanted) => {
            let suffix_of_nothing = length == 0 && wanted.iter().any(|it| matches!(it, Wanted::Last(1..)));
            let ranges: Vec<_> = wanted.iter().filter_map(|wanted| wanted.within(length)).collect();
            match ranges.is_empty() {
                // Satisfiable, but no `Content-Range` can name it.
                true if suffix_of_nothing => Selection::Whole,
                true => Selection::Unsatisfiable,
                false => Selection::Parts(joined(ranges)),
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// From the first to the last byte, both included.
    Between(u64, u64),
    /// So many bytes at the end.
    Last(u64),
}

impl Wanted {
    fn within(self, length: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::Between(first, last) => first..last.saturating_add(1).min(length),
            Self::Last(count) => length.saturating_sub(count)..length,
        };
        Some(range).filter(|range| !range.is_empty())
    }
}

/// `None` when the header is to be ignored.
fn parse(value: &str, limit: usize) -> Option<Vec<Wanted>> {
    let (unit, set) = value.split_once('=')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let mut ranges = Vec::new();
    // Empty elements of a list count for nothing.
    for spec in set.split(',').map(|spec| spec.trim_matches([' ', '\t'])).filter(|spec| !spec.is_empty()) {
        if ranges.len() == limit {
            return None;
        }
        ranges.push(match spec.split_once('-')? {
            ("", count) => Wanted::Last(number(count)?),
            (first, "") => Wanted::Between(number(first)?, u64::MAX),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                (first <= last).then_some(Wanted::Between(first, last))?
            }
        });
    }
    Some(ranges).filter(|ranges| !ranges.is_empty())
}

/// Digits; beyond 64 bits there is no file anyway.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Joins the ranges that overlap or touch; each stands where the first of them stood.
fn joined(ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut sorted: Vec<_> = ranges.into_iter().enumerate().collect();
    sorted.sort_unstable_by_key(|(_, range)| (range.start, Reverse(range.end)));
    let mut joined: Vec<(usize, Range<u64>)> = Vec::with_capacity(sorted.len());
    for (place, range) in sorted {
        match joined.last_mut() {
            Some((first, last)) if range.start <= last.end => {
                (*first, last.end) = (place.min(*first), range.end.max(last.end));
            }
            _ => joined.push((place, range)),
        }
    }
    joined.sort_unstable_by_key(|(place, _)| *place);
    joined.into_iter().map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::{Selection, select};

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        use Selection::{Unsatisfiable, Whole};
        let parts = |parts: &[(u64, u64)]| Selection::Parts(parts.iter().map(|(a, b)| *a..*b).collect());
        for (value, expected) in [
            ("bytes=0-499", parts(&[(0, 500)])),
            ("bytes=0-0", parts(&[(0, 1)])),
            ("bytes=999-", parts(&[(999, 1000)])),
            ("bytes=500-99999999999999999999999", parts(&[(500, 1000)])),
            ("bytes=-1", parts(&[(999, 1000)])),
            ("bytes=-5000", parts(&[(0, 1000)])),
            ("BYTES=0-1", parts(&[(0, 2)])),
            ("bytes= \t0-1 ,\t, 4-5 ", parts(&[(0, 2), (4, 6)])),
            ("bytes=4-5,0-1", parts(&[(4, 6), (0, 2)])),
            ("bytes=500-600,2-3,601-700,550-560,0-0", parts(&[(500, 701), (2, 4), (0, 1)])),
            ("bytes=5000-,1-1,-0", parts(&[(1, 2)])),
            ("bytes=1000-", Unsatisfiable),
            ("bytes=-0", Unsatisfiable),
            ("bytes=99999999999999999999999-", Unsatisfiable),
            ("bytes=5-4", Whole),
            ("bytes=0-1,5-4", Whole),
            ("bytes", Whole),
            ("bytes=", Whole),
            ("bytes=,", Whole),
            ("bytes=-", Whole),
            ("bytes=--1", Whole),
            ("bytes=+1-2", Whole),
            ("bytes=1-2-3", Whole),
            ("bytes=0x1-2", Whole),
            ("bytes=1 -2", Whole),
            ("bytes =1-2", Whole),
            ("bytes=\u{661}-2", Whole),
            ("pages=1-2", Whole),
            ("bytes=0-0,2-2,4-4,6-6,8-8,10-10", Whole),
        ] {
            assert_eq!(select(value, 1000, 5), expected, "{value}");
        }
        assert_eq!(select("bytes=0-0", 1000, 0), Whole);
        for (value, expected) in
            [("bytes=0-", Unsatisfiable), ("bytes=-1", Whole), ("bytes=-0", Unsatisfiable)]
        {
            assert_eq!(select(value, 0, 5), expected, "{value}");
        }
        let huge = select("bytes=18446744073709551615-", u64::MAX, 5);
        assert_eq!(huge, Unsatisfiable);
        assert_eq!(select("bytes=-1", u64::MAX, 5), parts(&[(u64::MAX - 1, u64::MAX)]));
    }
}
