//! Uploading with a progress bar, compressed where that pays.

use std::{
    error::Error,
    path::{Path, PathBuf},
};

use async_compression::tokio::bufread::GzipEncoder;
use indicatif::{ProgressBar, ProgressStyle};
use odmium::gridfs::Bucket;
use tokio::{fs, io::BufReader};

use super::Details;

pub(crate) async fn all(bucket: &Bucket<Details>, paths: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    for path in paths {
        println!("{}", one(bucket, path).await.map_err(|error| format!("{}: {error}", path.display()))?);
    }
    Ok(())
}

/// Uploads a file under its name, and tells what became of it.
pub(crate) async fn one(bucket: &Bucket<Details>, path: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.file_name().ok_or("not a file")?.to_string_lossy().into_owned();
    let source = fs::File::open(path).await?;
    let metadata = source.metadata().await?;
    if !metadata.is_file() {
        return Err("not a file".into());
    }
    let length = metadata.len();
    let bar = ProgressBar::new(length).with_style(ProgressStyle::with_template(
        "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
    )?);
    bar.set_message(name.clone());
    let source = BufReader::with_capacity(1 << 18, bar.wrap_async_read(source));

    let is_compressed = pays(&name);
    let details = Details {
        content_encoding: is_compressed.then(|| "gzip".to_owned()),
        original_length: i64::try_from(length)?,
    };
    let id = match is_compressed {
        true => bucket.upload_from(&name, GzipEncoder::new(source)).metadata(details).sha256().await?,
        false => bucket.upload_from(&name, source).metadata(details).sha256().await?,
    };
    bar.finish_and_clear();

    let stored = bucket.open_download_stream(id).await?.file().length;
    Ok(match is_compressed {
        true => format!("uploaded {name}: {length} bytes, stored as {stored} bytes of gzip"),
        false => format!("uploaded {name}: {length} bytes"),
    })
}

/// Whether files of this kind are text; pictures, films and archives are compressed already.
fn pays(name: &str) -> bool {
    const TEXT: [&str; 14] =
        ["c", "css", "csv", "html", "js", "json", "log", "md", "py", "rs", "svg", "toml", "txt", "xml"];
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| TEXT.contains(&extension.to_lowercase().as_str()))
}
