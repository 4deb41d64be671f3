//! Files whose chunks are not as they should be.

use odmium::{
    Database, Filter, Update,
    bson::{Binary, Bson, DateTime, Document, doc},
    error::Damage,
};
use tokio::io::AsyncReadExt;

use super::content;

fn data(bytes: &[u8]) -> Bson {
    Bson::Binary(Binary { subtype: 0.into(), bytes: bytes.to_vec() })
}

// covers: M53
#[odmium::test]
async fn each_kind_of_damage_is_told(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>().chunk_size(4);
    let chunks = db.collection_named::<Document>("fs.chunks");
    // The content of the file, the chunk to replace, by what; the damage.
    type Case = (&'static [u8], i32, Option<Bson>, Option<Damage>);
    let cases: [Case; 12] = [
        (b"abcdefghij", 0, None, Some(Damage::MissingChunk { n: 0 })),
        (b"abcdefghij", 1, None, Some(Damage::MissingChunk { n: 1 })),
        (b"abcdefghij", 2, None, Some(Damage::MissingChunk { n: 2 })),
        (b"abcdefghij", 1, Some(data(b"efg")), Some(Damage::WrongSize { n: 1, expected: 4, found: 3 })),
        (b"abcdefghij", 1, Some(data(b"efghx")), Some(Damage::WrongSize { n: 1, expected: 4, found: 5 })),
        (b"abcdefghij", 2, Some(data(b"i")), Some(Damage::WrongSize { n: 2, expected: 2, found: 1 })),
        (b"abcdefghij", 2, Some(data(b"")), Some(Damage::WrongSize { n: 2, expected: 2, found: 0 })),
        (b"abcdefghij", 3, Some(data(b"x")), Some(Damage::ExtraChunk { n: 3 })),
        (b"abcdefgh", 2, Some(data(b"x")), Some(Damage::ExtraChunk { n: 2 })),
        (b"", 0, Some(data(b"x")), Some(Damage::ExtraChunk { n: 0 })),
        (b"", 0, Some(data(b"")), None),
        (b"abcdefgh", 2, Some(data(b"")), None),
    ];
    for (bytes, n, replacement, damage) in cases {
        let id = bucket.upload_from("f", bytes).await?;
        let chunk = doc! { "files_id": &id, "n": n };
        chunks.delete_many(Filter::raw(chunk.clone())).await?;
        if let Some(data) = replacement {
            chunks.insert(&doc! { "files_id": &id, "n": n, "data": data }).await?;
        }
        let mut written = Vec::new();
        let whole = bucket.open_download_stream(id.clone()).await?.read_all().await;
        let copied = bucket.download_to(id.clone(), &mut written).await;
        let mut download = bucket.open_download_stream(id.clone()).await?;
        let exact = download.read_exact(&mut vec![0; bytes.len()]).await;
        match &damage {
            None => {
                assert_eq!(whole?, bytes);
                assert_eq!(copied?, bytes.len() as u64);
            }
            Some(damage) => {
                let error = whole.unwrap_err();
                assert!(error.is_damaged_file());
                assert_eq!(error.damage(), Some(damage));
                assert_eq!(copied.unwrap_err().damage(), Some(damage));
                assert!(bytes.is_empty() || exact.is_err(), "{damage:?}");
                assert!(error.to_string().contains(&format!("is damaged, {damage}")), "{error}");
            }
        }
        bucket.delete(id).await?;
    }
    Ok(())
}

#[odmium::test]
async fn a_changed_byte_is_found_by_the_checksum(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let bytes = content(6 << 20);
    let id = bucket.upload_from("f", &bytes[..]).sha256().await?;
    let mut download = bucket.open_download_stream(id.clone()).await?;
    assert!(download.read_all().await? == bytes);
    download.set_position(0);
    assert!(download.read_all().await? == bytes, "from the start again");
    assert_eq!(download.file().metadata, None);

    let mut changed = bytes[..255 * 1024].to_vec();
    changed[1000] ^= 1;
    let chunks = db.collection_named::<Document>("fs.chunks");
    let update = Update::raw(doc! { "$set": { "data": data(&changed) } });
    chunks.update_one(Filter::raw(doc! { "n": 0 }), update).await?;
    let mut download = bucket.open_download_stream(id).await?;
    let error = download.read_all().await.unwrap_err();
    assert_eq!(error.damage(), Some(&Damage::Checksum));
    assert!(download.position() < bytes.len() as u64, "the end was not given");
    download.set_position(3 << 20);
    assert!(download.read_bytes(10).await? == bytes[3 << 20..][..10], "a part cannot be compared");
    Ok(())
}

#[odmium::test]
async fn a_file_document_of_nonsense_is_a_decode_error(db: Database) -> odmium::Result<()> {
    let files = db.collection_named::<Document>("fs.files");
    let date = DateTime::now();
    for (id, fields) in [
        (1, doc! { "length": -1_i64, "chunkSize": 4, "uploadDate": date }),
        (2, doc! { "length": 1, "chunkSize": 0, "uploadDate": date }),
        (3, doc! { "length": 1, "chunkSize": 4 }),
        (4, doc! { "length": "1", "chunkSize": 4, "uploadDate": date }),
        (5, doc! { "length": 1, "chunkSize": 4, "uploadDate": date, "metadata": 5 }),
        (6, doc! { "length": i64::MAX, "chunkSize": 1_i64 << 40, "uploadDate": date }),
    ] {
        let mut file = doc! { "_id": id };
        file.extend(fields);
        files.insert(&file).await?;
        let error = db.bucket::<Document>().open_download_stream(id).await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
    }
    let huge = doc! { "_id": 7, "length": i64::MAX, "chunkSize": 1, "uploadDate": date };
    files.insert(&huge).await?;
    let error = db.bucket::<Document>().open_download_stream(7).await?.read_all().await.unwrap_err();
    assert_eq!(error.damage(), Some(&Damage::MissingChunk { n: 0 }));
    Ok(())
}
