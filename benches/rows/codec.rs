//! P1 and P2: encoding and decoding, without a server.

use std::hint::black_box;

use odmium::{
    bson,
    codec::{decode as read, encode_to_vec},
};

use crate::{
    Result,
    measure::computations,
    report::{
        Goal::{AtMost, Faster},
        Row,
    },
    shapes::{Flat, Nested, Shape, User},
};

/// How many documents a call handles, so that no branch learns one of them by heart.
const DOCUMENTS: u32 = 64;

pub(super) fn encode() -> Result<Vec<Row>> {
    Ok([encode_shape::<Flat>()?, encode_shape::<User>()?, encode_shape::<Nested>()?].concat())
}

pub(super) fn decode() -> Result<Vec<Row>> {
    Ok([decode_shape::<Flat>()?, decode_shape::<User>()?, decode_shape::<Nested>()?].concat())
}

fn encode_shape<S: Shape>() -> Result<Vec<Row>> {
    let values: Vec<S> = (0..DOCUMENTS).map(S::sample).collect();
    for value in &values {
        let bytes = encode_to_vec(value)?;
        assert_eq!(bytes, value.by_hand());
        assert_eq!(bytes, bson::serialize_to_vec(value)?);
    }
    let ours = || values.iter().for_each(|value| drop(black_box(encode_to_vec(value))));
    let serde = computations(ours, || {
        values.iter().for_each(|value| drop(black_box(bson::serialize_to_vec(value))));
    });
    let by_hand = computations(ours, || values.iter().for_each(|value| drop(black_box(value.by_hand()))));
    let work = format!("encode {}", S::NAME);
    Ok(vec![
        Row::cpu("P1", &work, "bson::serialize_to_vec", &serde).goal(Faster(7.0)),
        Row::cpu("P1", &work, "bytes written by hand", &by_hand).goal(AtMost(1.2)),
    ])
}

fn decode_shape<S: Shape>() -> Result<Vec<Row>> {
    let documents: Vec<Vec<u8>> = (0..DOCUMENTS).map(|seed| S::sample(seed).by_hand()).collect();
    for bytes in &documents {
        assert_eq!(bytes, &read::<S>(bytes)?.by_hand());
        assert_eq!(bytes, &bson::deserialize_from_slice::<S>(bytes)?.by_hand());
        read::<S::Row<'_>>(bytes)?;
        bson::deserialize_from_slice::<S::Row<'_>>(bytes)?;
    }
    let owned = || documents.iter().for_each(|bytes| drop(black_box(read::<S>(bytes))));
    let rows = || documents.iter().for_each(|bytes| drop(black_box(read::<S::Row<'_>>(bytes))));
    let serde = || {
        documents.iter().for_each(|bytes| drop(black_box(bson::deserialize_from_slice::<S>(bytes))));
    };
    let serde_rows = || {
        documents.iter().for_each(|bytes| drop(black_box(bson::deserialize_from_slice::<S::Row<'_>>(bytes))));
    };
    let (work, borrowed) = (format!("decode {}", S::NAME), format!("decode {}, borrowed", S::NAME));
    Ok(vec![
        Row::cpu("P2", work, "bson::deserialize_from_slice", &computations(owned, serde)).goal(Faster(4.0)),
        Row::cpu("P2", &borrowed, "bson::deserialize_from_slice", &computations(rows, serde))
            .goal(Faster(8.0)),
        Row::cpu("P2", borrowed, "the same, borrowed too", &computations(rows, serde_rows)),
    ])
}
