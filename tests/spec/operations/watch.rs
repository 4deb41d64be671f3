//! Change streams.

use std::{sync::Arc, time::Duration};

use odmium::{
    action::Watch,
    bson::{Bson, Document, RawDocumentBuf, Timestamp, deserialize_from_bson},
    change_stream::{BeforeChange, FullDocument, ResumeToken},
    options::{Collation, ReadConcern, ReadPreference},
};

use super::{Done, Given};
use crate::{
    args::{Args, FromArgument, options},
    cursors::{self, CursorEntity},
    entities::{Entity, in_session, lock},
    run::Run,
};

impl FromArgument for ResumeToken {
    fn read(value: Bson) -> Result<Self, String> {
        Self::from_document(&Document::read(value)?).map_err(|error| error.to_string())
    }
}

impl FromArgument for Timestamp {
    fn read(value: Bson) -> Result<Self, String> {
        deserialize_from_bson(value).map_err(|error| error.to_string())
    }
}

impl FromArgument for FullDocument {
    fn read(value: Bson) -> Result<Self, String> {
        let modes = [Self::Default, Self::UpdateLookup, Self::WhenAvailable, Self::Required];
        let name = value.as_str();
        let mode = modes.into_iter().find(|mode| Some(mode.as_str()) == name);
        mode.ok_or_else(|| format!("{value} is no mode of `fullDocument`"))
    }
}

impl FromArgument for BeforeChange {
    fn read(value: Bson) -> Result<Self, String> {
        let modes = [Self::Off, Self::WhenAvailable, Self::Required];
        let name = value.as_str();
        let mode = modes.into_iter().find(|mode| Some(mode.as_str()) == name);
        mode.ok_or_else(|| format!("{value} is no mode of `fullDocumentBeforeChange`"))
    }
}

/// Opens a change stream on whatever `watch` watches.
pub async fn create(watch: Watch<'static, RawDocumentBuf>, mut args: Args, run: &Run) -> Done {
    let session = args.session(&run.entities)?;
    let mut watch = watch;
    options!(watch, args:
        "batchSize" => batch_size(u32),
        "collation" => collation(Collation),
        "comment" => comment(Bson),
        "fullDocument" => full_document_mode(FullDocument),
        "fullDocumentBeforeChange" => before_change_mode(BeforeChange),
        "maxAwaitTimeMS" => max_await_time(Duration),
        "pipeline" => pipeline(Vec<Document>),
        "readConcern" => read_concern(ReadConcern),
        "readPreference" => selection_criteria(ReadPreference),
        "resumeAfter" => resume_after(ResumeToken),
        "showExpandedEvents" => show_expanded_events(bool),
        "startAfter" => start_after(ResumeToken),
        "startAtOperationTime" => start_at_operation_time(Timestamp),
        "timeoutMS" => timeout(Duration),
    );
    args.done()?;
    let opened = CursorEntity::open(|demands, ready| {
        Box::pin(async move {
            let mut session = match lock(session).await {
                Ok(session) => session,
                Err(failure) => return drop(ready.send(Err(failure))),
            };
            let opened = in_session!(watch, session).await;
            cursors::serve(opened, bson, demands, ready).await;
        })
    });
    Ok(Given::Entity(Entity::Cursor(Arc::new(opened.await?))))
}

fn bson(event: RawDocumentBuf) -> Bson {
    Document::try_from(event.as_ref()).map_or(Bson::Undefined, Bson::Document)
}
