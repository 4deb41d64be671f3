//! Deleting, renaming, dropping, and chunks without a file.

use std::time::Duration;

use odmium::{
    Database,
    bson::{Bson, Document, doc, oid::ObjectId},
    prelude::*,
};

use super::chunks;

// covers: M51
#[odmium::test]
async fn files_are_deleted_renamed_and_dropped(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>().chunk_size(2);
    let file = bucket.fields();
    let mut ids = Vec::new();
    for name in ["a", "a", "b", "b", "c"] {
        ids.push(bucket.upload_from(name, &b"12345"[..]).await?);
    }
    bucket.rename(ids[0].clone(), "z").await?;
    assert_eq!(bucket.files().count(file.filename.eq("a")).await?, 1);
    bucket.rename_by_name("b", "y").await?;
    assert_eq!(bucket.files().count(file.filename.eq("y")).await?, 2);
    bucket.delete(ids[0].clone()).await?;
    assert_eq!(chunks(&db, &bucket).await?, 12);
    bucket.delete_by_name("y").await?;
    assert_eq!(chunks(&db, &bucket).await?, 6);
    assert_eq!(bucket.files().count(Filter::everything()).await?, 2);
    bucket.drop().await?;
    assert_eq!(db.inner().list_collection_names().await?, [""; 0]);
    bucket.drop().await?;
    bucket.upload_from("again", &b"x"[..]).await?;
    let names = db.inner().collection::<Document>("fs.chunks").list_index_names().await?;
    assert_eq!(names, ["_id_", "files_id_1_n_1"], "a dropped bucket gets its indexes again");
    Ok(())
}

#[odmium::test]
async fn a_document_as_id_is_a_value_and_no_condition(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &b"x"[..]).id(doc! { "a": 1 }).await?;
    assert!(bucket.delete(doc! { "$gt": 0 }).await.unwrap_err().is_file_not_found());
    assert_eq!(bucket.open_download_stream(doc! { "a": 1 }).await?.read_all().await?, b"x");
    Ok(())
}

#[odmium::test]
async fn orphans_are_listed_and_removed(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>().chunk_size(2);
    let kept = bucket.upload_from("f", &b"12345"[..]).await?;
    let collection = db.collection_named::<Document>("fs.chunks");
    let day_old = ObjectId::from_bytes([0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    let parts = [
        (Bson::from(1), Bson::ObjectId(day_old)),
        (Bson::from(2), Bson::ObjectId(ObjectId::new())),
        (Bson::from(3), Bson::from("not dated")),
    ];
    for (files_id, id) in parts {
        collection.insert(&doc! { "_id": id, "files_id": files_id, "n": 0, "data": "" }).await?;
    }
    let ids = |orphans: Vec<odmium::gridfs::Orphan>| {
        let mut ids: Vec<_> = orphans.into_iter().map(|orphan| orphan.files_id.as_i32().unwrap()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(bucket.list_orphans().await?), [1]);
    assert_eq!(ids(bucket.list_orphans().older_than(Duration::ZERO).await?), [1, 2, 3]);
    let removed = bucket.remove_orphans().await?;
    assert_eq!((removed[0].chunks, removed[0].newest), (1, Some(day_old.timestamp())));
    assert_eq!(ids(removed), [1]);
    assert_eq!(ids(bucket.remove_orphans().older_than(Duration::ZERO).await?), [2, 3]);
    assert_eq!(chunks(&db, &bucket).await?, 3);
    assert_eq!(bucket.open_download_stream(kept).await?.read_all().await?, b"12345");
    Ok(())
}
