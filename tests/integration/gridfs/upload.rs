//! Writing files.

use odmium::{
    Database,
    bson::{Binary, Bson, Document, doc, oid::ObjectId},
    gridfs::MAX_CHUNK_SIZE,
    options::{Acknowledgment, WriteConcern},
    prelude::*,
};
use tokio::io::AsyncWriteExt;

use super::{Photo, chunks, content, photo, raw_file};

// covers: M45, M46
#[odmium::test]
async fn files_of_every_size_are_stored_and_read(db: Database) -> odmium::Result<()> {
    // Length, chunk size, chunks.
    for (length, chunk_size, expected) in [
        (0, 4, 0),
        (1, 4, 1),
        (4, 4, 1),
        (5, 4, 2),
        (1000, 7, 143),
        (255 * 1024, 255 * 1024, 1),
        (11 << 20, 255 * 1024, 45),
        (300_000, 1, 300_000),
        (20 << 20, MAX_CHUNK_SIZE, 2),
    ] {
        let bucket = db.bucket::<Document>().named(format!("b{length}")).chunk_size(chunk_size);
        let bytes = content(length);
        let id = bucket.upload_from("f", &bytes[..]).await?;
        assert_eq!(chunks(&db, &bucket).await?, expected, "{length} by {chunk_size}");
        let mut download = bucket.open_download_stream(id).await?;
        assert_eq!(download.file().length, length as u64);
        assert!(download.read_all().await? == bytes, "{length} by {chunk_size}");
        let mut stream = bucket.open_upload_stream("g").await?;
        for piece in bytes.chunks(100_001) {
            AsyncWriteExt::write_all(&mut stream, piece).await.unwrap();
        }
        stream.shutdown().await.unwrap();
        assert!(bucket.open_download_stream_by_name("g").await?.read_all().await? == bytes);
        bucket.drop().await?;
    }
    Ok(())
}

// covers: M46
#[odmium::test]
async fn a_file_is_stored_as_other_drivers_do(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Photo>().chunk_size(4);
    let id = bucket
        .upload_from("cat.jpg", &b"abcdef"[..])
        .metadata(photo("ann"))
        .content_type("image/jpeg")
        .aliases(["cat", "pet"])
        .sha256()
        .await?;
    let mut file = raw_file(&db).await?;
    assert!(file.remove("uploadDate").unwrap().as_datetime().is_some());
    let sha256 = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
    assert_eq!(
        file,
        doc! {
            "_id": id.clone(), "length": 6_i64, "chunkSize": 4, "filename": "cat.jpg", "contentType": "image/jpeg",
            "aliases": ["cat", "pet"], "metadata": { "owner": "ann", "width": 800, "sha256": sha256 },
        }
    );
    let stored = db.collection_named::<Document>("fs.chunks");
    let mut stored = stored.find(Filter::everything()).await?;
    for chunk in &mut stored {
        assert!(chunk.remove("_id").unwrap().as_object_id().is_some());
    }
    let binary = |bytes: &[u8]| Bson::Binary(Binary { subtype: 0.into(), bytes: bytes.to_vec() });
    assert_eq!(
        stored,
        [
            doc! { "files_id": id.clone(), "n": 0, "data": binary(b"abcd") },
            doc! { "files_id": id.clone(), "n": 1, "data": binary(b"ef") },
        ]
    );
    let file = bucket.open_download_stream(id).await?.file().clone();
    assert_eq!(file.metadata, Some(photo("ann")));
    assert_eq!((file.content_type.as_deref(), file.aliases.len()), (Some("image/jpeg"), 2));
    assert_eq!((file.sha256.as_deref(), file.md5), (Some(sha256), None));
    for (name, index) in [("fs.files", "filename_1_uploadDate_1"), ("fs.chunks", "files_id_1_n_1")] {
        let names = db.inner().collection::<Document>(name).list_index_names().await?;
        assert_eq!(names, ["_id_", index]);
    }
    Ok(())
}

// covers: M46, M47
#[odmium::test]
async fn an_upload_stream_tells_about_itself_and_can_be_changed(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Photo>();
    let mut upload = bucket.open_upload_stream("a").id("my id").chunk_size(10).content_type("a/b").await?;
    assert_eq!(upload.id(), &Bson::from("my id"));
    upload.write_many(["hello ", "world, ", "and more"]).await?;
    upload.set("filename", "b").await?;
    upload.set("shelf", 7).await?;
    upload.set_metadata(&photo("ann")).await?;
    assert_eq!((upload.length(), upload.chunk_size(), upload.is_closed()), (21, 10, false));
    assert_eq!(
        (upload.filename(), upload.content_type(), upload.upload_date()),
        (Some("b"), Some("a/b"), None)
    );
    upload.close().await?;
    upload.close().await?;
    assert!(upload.is_closed() && upload.upload_date().is_some());
    upload.set("contentType", "c/d").await?;
    upload.set_metadata(&photo("bob")).await?;
    let file = bucket.find(bucket.fields().id.eq("my id")).one().await?;
    assert_eq!((file.filename.as_deref(), file.content_type.as_deref()), (Some("b"), Some("c/d")));
    assert_eq!((file.metadata, file.others), (Some(photo("bob")), doc! { "shelf": 7 }));
    assert_eq!(Some(file.upload_date), upload.upload_date());
    for field in ["_id", "length", "chunkSize", "uploadDate", "md5", "metadata", "", "a.b", "$set", "\0"] {
        assert!(upload.set(field, 1).await.unwrap_err().is_argument(), "{field:?}");
    }
    assert!(upload.write_all(b"x").await.unwrap_err().is_argument());
    assert!(upload.abort().await.unwrap_err().is_argument());
    bucket.delete("my id").await?;
    assert!(upload.set("shelf", 8).await.unwrap_err().is_file_not_found());
    Ok(())
}

// covers: M45
#[odmium::test]
async fn settings_that_cannot_be_used_are_refused(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    for size in [0, MAX_CHUNK_SIZE + 1, u32::MAX] {
        assert!(bucket.open_upload_stream("f").chunk_size(size).await.unwrap_err().is_argument());
        let bucket = bucket.clone().chunk_size(size);
        assert!(bucket.upload_from("f", &b"x"[..]).await.unwrap_err().is_argument());
    }
    let unsafe_writes =
        bucket.clone().write_concern(WriteConcern::builder().w(Acknowledgment::Nodes(0)).build());
    let id = ObjectId::new();
    let errors = [
        unsafe_writes.open_upload_stream("f").await.map(drop),
        unsafe_writes.upload_from("f", &b"x"[..]).await.map(drop),
        unsafe_writes.delete(id).await,
        unsafe_writes.rename(id, "g").await,
        unsafe_writes.drop().await,
        unsafe_writes.remove_orphans().await.map(drop),
    ];
    for result in errors {
        assert!(result.unwrap_err().to_string().contains("w: 0"));
    }
    let twice = doc! { "sha256": "mine" };
    let error = bucket.open_upload_stream("f").metadata(twice).sha256().await.unwrap_err();
    assert!(error.is_argument(), "{error}");
    Ok(())
}

#[odmium::test]
async fn indexes_of_other_drivers_are_kept(db: Database) -> odmium::Result<()> {
    db.run_command(doc! {
        "createIndexes": "fs.chunks",
        "indexes": [{ "name": "old", "key": { "files_id": 1.0, "n": 1.0 }, "unique": true }],
    })
    .await?;
    db.bucket::<Document>().upload_from("f", &b"x"[..]).await?;
    let names = db.inner().collection::<Document>("fs.chunks").list_index_names().await?;
    assert_eq!(names, ["_id_", "old"]);
    Ok(())
}
