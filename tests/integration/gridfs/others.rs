//! Files of the Python driver are read here, and ours there.

use std::{path::PathBuf, process::Command};

use odmium::{
    Database,
    bson::{Document, doc},
    dev,
};

/// Sizes around the edges of a chunk of 1000 bytes, and more than one message.
const SIZES: [usize; 6] = [0, 1, 999, 1000, 1001, 9_000_001];

const SCRIPT: &str = r#"
import sys
import gridfs, pymongo

def content(length):
    return (bytes(range(251)) * (length // 251 + 1))[:length]

uri, name, sizes = sys.argv[1], sys.argv[2], [int(size) for size in sys.argv[3:]]
bucket = gridfs.GridFSBucket(pymongo.MongoClient(uri)[name])
for size in sizes:
    with bucket.open_download_stream_by_name(f"ours{size}") as file:
        assert file.read() == content(size), size
        assert (file.length, file.chunk_size, file.content_type) == (size, 1000, "a/b"), size
        assert file.metadata["size"] == size and file.aliases == ["x"] and file.upload_date
    bucket.upload_from_stream(f"theirs{size}", content(size), chunk_size_bytes=1000, metadata={"size": size})
old = gridfs.GridFS(pymongo.MongoClient(uri)[name])
old.put(b"old", _id="own id", filename="old", contentType="text/plain", aliases=["y"], shelf=3)
"#;

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

/// The interpreter of an environment that has the Python driver; made once for each build folder.
fn python() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pymongo-4.11");
    let python = folder.join("bin/python");
    if !folder.join("ready").exists() {
        let run = |command: &mut Command| {
            let output = command.output().expect("Python can be started");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "pymongo==4.11"]));
        std::fs::write(folder.join("ready"), "").expect("the folder can be written");
    }
    python
}

// covers: M46, M48
#[odmium::test]
#[cfg_attr(not(python), ignore = "no Python: python3 is not on the PATH")]
async fn files_go_to_pymongo_and_back(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>().chunk_size(1000);
    for size in SIZES {
        bucket
            .upload_from(format!("ours{size}"), &content(size)[..])
            .metadata(doc! { "size": size as i64 })
            .content_type("a/b")
            .aliases(["x"])
            .await?;
    }
    let (uri, name) = (dev::shared().await?.uri().to_owned(), db.name().to_owned());
    let output = tokio::task::spawn_blocking(move || {
        let sizes = SIZES.map(|size| size.to_string());
        Command::new(python()).args(["-c", SCRIPT]).arg(uri).arg(name).args(sizes).output()
    });
    let output = output.await.expect("no panic").expect("Python can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for size in SIZES {
        let mut file = bucket.open_download_stream_by_name(format!("theirs{size}")).await?;
        assert!(file.read_all().await? == content(size), "{size}");
        assert_eq!((file.file().length, file.file().chunk_size), (size as u64, 1000));
        assert_eq!(file.file().metadata.as_ref().unwrap(), &doc! { "size": size as i32 });
    }
    let mut old = bucket.open_download_stream("own id").await?;
    assert_eq!(old.read_all().await?, b"old");
    let file = old.file();
    assert_eq!((file.content_type.as_deref(), file.aliases[0].as_str()), (Some("text/plain"), "y"));
    assert_eq!(file.others, doc! { "shelf": 3 });
    Ok(())
}
