//! Keys in commands that are small enough.

use std::collections::HashSet;

use mongodb::bson::{Bson, RawDocumentBuf};

use super::{key::Key, plan::Plan};
use crate::{
    codec::RawValue,
    error::{Error, Result},
};

/// How many keys go into one command.
const MAX_KEYS: usize = 100_000;
/// How many bytes of keys go into one command, of the 16 MiB that it may have.
const MAX_BYTES: usize = 8 << 20;

/// The keys of some of the documents, as commands that are small enough.
pub(super) struct Part {
    /// Up to which document they are.
    pub(super) end: usize,
    pub(super) commands: Vec<Vec<Bson>>,
}

/// Splits the different keys into commands. Where the server sorts the targets, all of one document are in one command.
pub(super) fn parts(plan: &Plan, wanted: &[Vec<RawValue<'_>>]) -> Result<Vec<Part>> {
    let together = plan.order().is_some() && wanted.iter().any(|keys| keys.len() > 1);
    let mut parts = Vec::new();
    let mut part = Part { end: 0, commands: Vec::new() };
    let (mut keys, mut bytes, mut seen) = (Vec::new(), 0, HashSet::new());
    for row in wanted {
        if together && !fits(keys.len() + row.len(), bytes + row.iter().map(size).sum::<usize>()) {
            part.commands.push(std::mem::take(&mut keys));
            let next = Part { end: part.end, commands: Vec::new() };
            parts.push(std::mem::replace(&mut part, next));
            bytes = 0;
            seen.clear();
        }
        for key in row {
            if !seen.insert(Key::of(*key)) {
                continue;
            }
            if !fits(keys.len() + 1, bytes + size(key)) {
                if together {
                    return Err(Error::argument(format!(
                        "`{}` of one document has more keys than one command can take, which a sorted relation needs: \
                         drop its sort order",
                        plan.local
                    )));
                }
                part.commands.push(std::mem::take(&mut keys));
                bytes = 0;
            }
            keys.push(key.to_bson()?);
            bytes += size(key);
        }
        part.end += 1;
    }
    part.commands.push(keys);
    parts.push(part);
    for part in &mut parts {
        part.commands.retain(|keys| !keys.is_empty());
    }
    Ok(parts)
}

fn fits(keys: usize, bytes: usize) -> bool {
    keys <= MAX_KEYS && bytes <= MAX_BYTES
}

/// Ids in parts that commands can take.
pub(crate) fn chunks(ids: &[Bson]) -> Vec<&[Bson]> {
    let mut chunks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (end, id) in ids.iter().enumerate() {
        let id = match id {
            Bson::String(text) => text.len(),
            Bson::Binary(binary) => binary.bytes.len(),
            Bson::Document(document) => {
                RawDocumentBuf::try_from(document).map_or(0, |raw| raw.as_bytes().len())
            }
            _ => 12,
        } + 9;
        if !fits(end - start + 1, bytes + id) && end > start {
            chunks.push(&ids[start..end]);
            (start, bytes) = (end, 0);
        }
        bytes += id;
    }
    chunks.extend(ids.get(start..).filter(|rest| !rest.is_empty()));
    chunks
}

/// What a key takes in a command: its type, the number of the element, its end, the value.
fn size(key: &RawValue<'_>) -> usize {
    key.bytes().len() + 9
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{Bson, RawDocumentBuf, doc};

    use super::{MAX_KEYS, chunks, parts};
    use crate::relation::{key::keys_at, plan::Plan};

    fn commands(rows: &[RawDocumentBuf], plan: &Plan) -> Vec<(usize, Vec<usize>)> {
        let wanted: Vec<_> = rows.iter().map(|row| keys_at(row.as_bytes(), "a").unwrap()).collect();
        let parts = parts(plan, &wanted).unwrap();
        parts.iter().map(|part| (part.end, part.commands.iter().map(Vec::len).collect())).collect()
    }

    fn row(keys: impl IntoIterator<Item = i32>) -> RawDocumentBuf {
        RawDocumentBuf::try_from(&doc! { "a": keys.into_iter().collect::<Vec<_>>() }).unwrap()
    }

    #[test]
    fn ids_are_split_by_number_and_by_bytes() {
        let lens = |ids: &[Bson]| chunks(ids).iter().map(|chunk| chunk.len()).collect::<Vec<_>>();
        assert!(lens(&[]).is_empty());
        assert_eq!(lens(&vec![Bson::Int32(1); MAX_KEYS + 1]), [MAX_KEYS, 1]);
        assert_eq!(lens(&vec![Bson::String("x".repeat(3 << 20)); 5]), [2, 2, 1]);
        assert_eq!(lens(&[Bson::String("x".repeat(9 << 20)), Bson::Null]), [1, 1]);
    }

    #[test]
    fn keys_are_sent_once_and_in_parts() {
        let plan = Plan::new("a".into(), "b", "_id".into());
        assert_eq!(commands(&[row([1, 2]), row([2, 1]), row([])], &plan), [(3, vec![2])]);
        assert_eq!(commands(&[row([])], &plan), [(1, vec![])]);
        let half = MAX_KEYS as i32 / 2;
        let rows = [row(0..half), row(half..2 * half), row([1, 2 * half])];
        assert_eq!(commands(&rows, &plan), [(3, vec![MAX_KEYS, 1])]);
        // Sorted, each document finds all of its targets in one command.
        let sorted = Plan { sort: Some(doc! { "x": 1 }), ..plan };
        assert_eq!(commands(&rows, &sorted), [(2, vec![MAX_KEYS]), (3, vec![2])]);
    }
}
