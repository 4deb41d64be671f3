//! Damaged and malicious bytes: an error, never a panic, an endless loop or a huge allocation.

use std::collections::{BTreeMap, HashMap};

use bson::{Bson, Document, RawDocument, doc};
use odmium::codec::{DecodeErrorKind, decode, encode_to_vec};
use proptest::{collection::vec, prelude::*};

use crate::properties::{Everything, document, everything};

/// Reads bytes in every way there is; true when they are a sound document.
fn read_all_ways(bytes: &[u8]) -> bool {
    let _ = decode::<Everything>(bytes);
    let _ = decode::<BTreeMap<String, Everything>>(bytes);
    let _ = decode::<HashMap<i32, Option<Vec<f64>>>>(bytes);
    let _ = decode::<&RawDocument>(bytes);
    match decode::<Document>(bytes) {
        Ok(document) => {
            // What was read can be written, and reads the same again.
            let written = encode_to_vec(&document).unwrap();
            assert_eq!(encode_to_vec(&decode::<Document>(&written).unwrap()).unwrap(), written);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// A document of one field, with the bytes of its value given freely.
fn field(kind: u8, value: &[u8]) -> Vec<u8> {
    let len = (value.len() + 8) as u32;
    [&len.to_le_bytes(), [kind].as_slice(), b"v\0", value, &[0]].concat()
}

proptest! {
    // covers: T3
    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..200), kind in any::<u8>()) {
        read_all_ways(&bytes);
        read_all_ways(&field(kind, &bytes));
        read_all_ways(&field(kind % 0x14, &bytes));
    }

    // covers: T3
    #[test]
    fn flipped_bits_do_no_harm(document in document(), model in everything(), flips in vec((any::<usize>(), 0..8_u32), 1..4)) {
        for mut bytes in [encode_to_vec(&document).unwrap(), encode_to_vec(&model).unwrap()] {
            for (at, bit) in &flips {
                let at = at % bytes.len();
                bytes[at] ^= 1 << bit;
            }
            read_all_ways(&bytes);
        }
    }

    // covers: T3
    #[test]
    fn what_is_accepted_is_what_the_bson_crate_accepts(document in document(), at in any::<usize>(), byte in any::<u8>()) {
        let mut bytes = encode_to_vec(&document).unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        let theirs = RawDocument::from_bytes(&bytes).and_then(Document::try_from);
        let ours = decode::<Document>(&bytes);
match (&ours, &theirs) {
            // The keys in an array are not looked at, so that their text does not matter.
            (Ok(_), Err(error)) if matches!(error.kind, bson::error::ErrorKind::Utf8Encoding { .. }) => {}
            _ => prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}\n{:?}", ours, theirs),
        }
    }
}

proptest! {
    // Each case reads a document once for each of its bytes.
    #![proptest_config(ProptestConfig::with_cases(32))]

    // covers: T3
    #[test]
    fn a_document_cut_off_anywhere_is_refused(model in everything()) {
        let bytes = encode_to_vec(&model).unwrap();
        for end in 0..bytes.len() {
            prop_assert!(!read_all_ways(&bytes[..end]));
            // Also when the length is made to fit.
            let mut cut = bytes[..end].to_vec();
            if let Some(len) = cut.get_mut(..4) {
                len.copy_from_slice(&(end as u32).to_le_bytes());
            }
            read_all_ways(&cut);
        }
    }
}

/// The most memory that this process had reserved at any time, in KiB, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmPeak:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

// covers: T3
#[test]
fn a_length_found_in_the_bytes_reserves_no_memory() {
    let before = peak_kib();
    let kinds = [2, 3, 4, 5, 12, 13, 14, 15];
    for kind in kinds {
        for len in [i32::MAX, i32::MAX - 1, i32::MAX - 16, i32::MAX / 2, 1 << 30, -1, i32::MIN, 0, 1, 4] {
            let value = [&len.to_le_bytes(), [0; 40].as_slice()].concat();
            let bytes = field(kind, &value);
            let error = decode::<Document>(&bytes).unwrap_err();
            assert!(
                matches!(error.kind(), DecodeErrorKind::Malformed(_) | DecodeErrorKind::Custom(_)),
                "{error}"
            );
            read_all_ways(&bytes);
            // The same inside, and as the length of the document itself.
            let outer = field(3, &bytes);
            assert!(!read_all_ways(&outer));
            let mut whole = bytes;
            whole[..4].copy_from_slice(&len.to_le_bytes());
            assert!(!read_all_ways(&whole));
        }
    }
    if let (Some(before), Some(after)) = (before, peak_kib()) {
        assert!(after - before < 512 * 1024, "{} MiB were reserved", (after - before) / 1024);
    }
}

// covers: T3
#[test]
fn an_error_in_the_bytes_names_its_path_and_document() {
    let sound = encode_to_vec(&doc! { "_id": 7, "a": { "b": [1, { "c": "text" }] } }).unwrap();
    let at = sound.windows(4).position(|window| window == b"text").unwrap();
    let mut bytes = sound;
    bytes[at] = 0xff;
    let error = decode::<Document>(&bytes).unwrap_err();
    assert_eq!(error.path(), "a.b.1.c");
    assert_eq!(error.id(), Some(&Bson::Int32(7)));
    assert_eq!(
        error.to_string(),
        "`a.b.1.c` of the document with _id 7 is no valid BSON: a text is not UTF-8"
    );
}
