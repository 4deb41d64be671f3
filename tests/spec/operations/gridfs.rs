//! Operations on a bucket.

use odmium::{
    bson::{Binary, Bson, Document, spec::BinarySubtype},
    gridfs::Bucket,
};

use super::{Done, Given, unknown};
use crate::{
    args::{Args, options},
    entities::{in_session, lock},
    failure::Failure,
    matching::hex,
    run::Run,
};

pub async fn perform(bucket: &Bucket, name: &str, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    match name {
        "upload" | "uploadWithId" => {
            let source = args.get::<Document>("source")?;
            let bytes = source.get_str("$$hexBytes").ok().and_then(hex);
            let bytes = bytes.ok_or_else(|| Failure::test("the source should be `$$hexBytes`"))?;
            let mut upload = bucket.upload_from(args.get::<String>("filename")?, &bytes[..]);
            options!(upload, args:
                "chunkSizeBytes" => chunk_size(u32),
                "contentType" => content_type(String),
                "id" => id(Bson),
                "metadata" => metadata(Document),
            );
            // None is ever computed.
            args.opt::<bool>("disableMD5")?;
            args.done()?;
            Ok(in_session!(upload, session).await?.into())
        }
        "download" => {
            let id = args.get::<Bson>("id")?;
            args.done()?;
            let mut file = in_session!(bucket.open_download_stream(id), session).await?;
            Ok(binary(file.read_all().await?))
        }
        "downloadByName" => {
            let mut open = bucket.open_download_stream_by_name(args.get::<String>("filename")?);
            options!(open, args: "revision" => revision(i32));
            args.done()?;
            let mut file = in_session!(open, session).await?;
            Ok(binary(file.read_all().await?))
        }
        "delete" => {
            let id = args.get::<Bson>("id")?;
            args.done()?;
            in_session!(bucket.delete(id), session).await?;
            Ok(Given::Nothing)
        }
        "deleteByName" => {
            let filename = args.get::<String>("filename")?;
            args.done()?;
            in_session!(bucket.delete_by_name(filename), session).await?;
            Ok(Given::Nothing)
        }
        "rename" => {
            let (id, filename) = (args.get::<Bson>("id")?, args.get::<String>("newFilename")?);
            args.done()?;
            in_session!(bucket.rename(id, filename), session).await?;
            Ok(Given::Nothing)
        }
        "renameByName" => {
            let (old, new) = (args.get::<String>("filename")?, args.get::<String>("newFilename")?);
            args.done()?;
            in_session!(bucket.rename_by_name(old, new), session).await?;
            Ok(Given::Nothing)
        }
        "drop" => {
            args.done()?;
            in_session!(bucket.drop(), session).await?;
            Ok(Given::Nothing)
        }
        "find" => {
            let find = bucket.find(odmium::Filter::raw(args.get("filter")?));
            args.done()?;
            let found = in_session!(find.select_raw::<Document>(Document::new()), session).await?;
            Ok(Bson::Array(found.into_iter().map(Bson::Document).collect()).into())
        }
        _ => Err(unknown(name)),
    }
}

fn binary(bytes: Vec<u8>) -> Given {
    Bson::Binary(Binary { subtype: BinarySubtype::Generic, bytes }).into()
}
