//! What an upload sends.

use std::{collections::VecDeque, time::Duration};

use mongodb::bson::{Bson, Document, RawDocumentBuf, doc, oid::ObjectId};
use tokio::{runtime::Handle, task::JoinHandle};

use super::{
    super::{
        Bucket, Metadata,
        lane::{Work, handle},
    },
    chunker::Mark,
};
use crate::{Collection, Error, Session, action::in_any_session, codec::encode_to_raw, error::Result};

/// How often the background clean-up is tried, and how long it waits in between.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_secs(2);
/// How many chunks one command deletes by their ids.
const DELETED_AT_ONCE: usize = 10_000;

/// Where an upload goes.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) id: Bson,
    pub(super) mark: Option<Mark>,
    bucket: String,
    files: Collection<Document>,
    chunks: Collection<Document>,
    handle: Handle,
}

/// One step of an upload.
pub(super) struct Send {
    pub(super) target: Target,
    pub(super) what: What,
}

pub(super) enum What {
    Chunks(Vec<RawDocumentBuf>),
    File(Document),
}

impl Work for Send {
    type Output = ();

    async fn run(self, session: Option<&mut Session>) -> Result<()> {
        let Self { target, what } = self;
        match what {
            What::Chunks(batch) => {
                // The driver copies each document as it is handed over.
                let insert = target.chunks.inner().insert_many(&batch);
                drop(batch);
                in_any_session!(session, target.chunks, insert)?;
            }
            What::File(file) => {
                let insert = target.files.inner().insert_one(encode_to_raw(&file)?);
                in_any_session!(session, target.files, insert)?;
            }
        }
        Ok(())
    }
}

impl Target {
    pub(super) fn new<M: Metadata>(bucket: &Bucket<M>, id: Bson, mark: Option<Mark>) -> Result<Self> {
        Ok(Self {
            id,
            mark,
            bucket: bucket.name().to_owned(),
            files: bucket.files.untyped(),
            chunks: bucket.chunks.untyped(),
            handle: handle()?,
        })
    }

    pub(super) fn typed_files(&self) -> &Collection<Document> {
        &self.files
    }

    pub(super) fn not_found(&self) -> Error {
        Error::file_not_found(&self.bucket, format_args!("with _id {}", self.id))
    }

    /// Removes the chunks of this upload, and no others.
    pub(super) async fn clean(&self, mut session: Option<&mut Session>) -> Result<()> {
        let chunks = &self.chunks;
        let of_file = doc! { "files_id": self.id.clone() };
        let Some(mark) = self.mark else {
            return delete(chunks, of_file, session).await;
        };
        let ids = self.marked(of_file, mark, session.as_deref_mut()).await?;
        for some in ids.chunks(DELETED_AT_ONCE) {
            delete(chunks, doc! { "_id": { "$in": some } }, session.as_deref_mut()).await?;
        }
        Ok(())
    }

    async fn marked(
        &self,
        filter: Document,
        mark: Mark,
        session: Option<&mut Session>,
    ) -> Result<Vec<ObjectId>> {
        let find = self.chunks.find(crate::Filter::raw(filter)).select_raw::<Document>(doc! { "_id": 1 });
        let find = match session {
            None => find,
            Some(session) => find.session(session),
        };
        let mut cursor = find.cursor().await?;
        let mut ids = Vec::new();
        while let Some(chunk) = cursor.try_next().await? {
            ids.extend(chunk.get_object_id("_id").ok().filter(|id| mark.is_on(*id)));
        }
        Ok(ids)
    }
}

async fn delete(
    chunks: &Collection<Document>,
    filter: Document,
    session: Option<&mut Session>,
) -> Result<()> {
    let action = chunks.delete_many(crate::Filter::raw(filter));
    match session {
        None => action.await,
        Some(session) => action.session(session).await,
    }
    .map(drop)
}

/// Removes the chunks when what is under way has ended: what arrived after the removal would stay for ever.
pub(super) fn clean_in_background(
    target: &Target,
    tasks: VecDeque<JoinHandle<Result<()>>>,
) -> JoinHandle<()> {
    let target = target.clone();
    let handle = target.handle.clone();
    handle.spawn(async move {
        for task in tasks {
            let _ = task.await;
        }
        for _ in 0..TRIES {
            if target.clean(None).await.is_ok() {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    })
}
