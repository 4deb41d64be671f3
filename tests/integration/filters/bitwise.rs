//! The manual's pages on bits.

use odmium::{
    Database,
    bson::{Binary, Bson, doc, spec::BinarySubtype},
    prelude::*,
};

use super::agree::{agree, case, holding};

#[derive(Document, Debug)]
#[document(collection = "bits")]
struct Flags {
    id: i32,
    a: Bson,
}

// covers: T5
#[odmium::test]
async fn masks_positions_and_bytes(db: Database) -> odmium::Result<()> {
    let bytes = |byte: u8| Binary { subtype: BinarySubtype::Generic, bytes: vec![byte] };
    let flags = holding::<Flags>(
        &db,
        [
            doc! { "_id": 1, "a": 54 },
            doc! { "_id": 2, "a": 20 },
            doc! { "_id": 3, "a": 20.0 },
            doc! { "_id": 4, "a": bytes(0b0110_0110) },
        ],
    )
    .await?;
    let cases = [
        case(Flags.a.bits_all_clear([1, 5]), doc! { "a": { "$bitsAllClear": [1, 5] } }, [2, 3]),
        case(Flags.a.bits_all_clear(35), doc! { "a": { "$bitsAllClear": 35_i64 } }, [2, 3]),
        case(Flags.a.bits_all_clear(bytes(0x20)), doc! { "a": { "$bitsAllClear": bytes(0x20) } }, [2, 3]),
        case(Flags.a.bits_all_set([1, 5]), doc! { "a": { "$bitsAllSet": [1, 5] } }, [1, 4]),
        case(Flags.a.bits_all_set(50), doc! { "a": { "$bitsAllSet": 50_i64 } }, [1]),
        case(Flags.a.bits_all_set(bytes(0x30)), doc! { "a": { "$bitsAllSet": bytes(0x30) } }, [1]),
        case(Flags.a.bits_any_clear([1, 5]), doc! { "a": { "$bitsAnyClear": [1, 5] } }, [2, 3]),
        case(Flags.a.bits_any_clear(35), doc! { "a": { "$bitsAnyClear": 35_i64 } }, [1, 2, 3, 4]),
        case(Flags.a.bits_any_set([1, 5]), doc! { "a": { "$bitsAnySet": [1, 5] } }, [1, 4]),
        case(Flags.a.bits_any_set(bytes(0x30)), doc! { "a": { "$bitsAnySet": bytes(0x30) } }, [1, 2, 3, 4]),
    ];
    agree(&flags, cases).await
}
