//! Change streams.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use odmium::{
    Record,
    action::Watch,
    bson::{Bson, Document, RawDocumentBuf, Timestamp, deserialize_from_bson},
    change_stream::{BeforeChange, Event, FullDocument, ResumeToken},
    codec::{DecodeOwned, Encode},
    options::{Collation, ReadConcern, ReadPreference},
};

use super::{Done, Given, watched::Typed};
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

/// Sets the options that every stream has.
macro_rules! set_options {
    ($watch:ident, $args:ident) => {
        options!($watch, $args:
            "batchSize" => batch_size(u32),
            "collation" => collation(Collation),
            "comment" => comment(Bson),
            "maxAwaitTimeMS" => max_await_time(Duration),
            "pipeline" => pipeline(Vec<Document>),
            "readConcern" => read_concern(ReadConcern),
            "readPreference" => selection_criteria(ReadPreference),
            "resumeAfter" => resume_after(ResumeToken),
            "showExpandedEvents" => show_expanded_events(bool),
            "startAfter" => start_after(ResumeToken),
            "startAtOperationTime" => start_at_operation_time(Timestamp),
            "timeoutMS" => timeout(Duration),
        )
    };
}

/// Opens a stream in a task of its own.
macro_rules! open {
    ($watch:expr, $session:expr, $stream:expr, $bson:expr) => {{
        let (watch, session) = ($watch, $session);
        let opened = CursorEntity::open(|demands, ready| {
            Box::pin(async move {
                let mut session = match lock(session).await {
                    Ok(session) => session,
                    Err(failure) => return drop(ready.send(Err(failure))),
                };
                let opened = in_session!(watch, session).await;
                cursors::serve(opened.map($stream), $bson, demands, ready).await;
            })
        });
        Ok(Given::Entity(Entity::Cursor(Arc::new(opened.await?))))
    }};
}

/// Opens a change stream on whatever `watch` watches: of typed events, or of raw ones.
pub async fn create<D>(mut watch: Watch<'static, Event<D>>, mut args: Args, run: &Run) -> Done
where
    D: Record + DecodeOwned + Encode + Send + 'static,
    D::Id: Encode + Send,
{
    let session = args.session(&run.entities)?;
    set_options!(watch, args);
    if run.typed_events {
        args.done()?;
        run.typed.store(true, Ordering::Relaxed);
        return open!(watch, session, Typed, Bson::Document);
    }
    let mut watch = watch.raw();
    options!(watch, args:
        "fullDocument" => full_document_mode(FullDocument),
        "fullDocumentBeforeChange" => before_change_mode(BeforeChange),
    );
    args.done()?;
    open!(watch, session, std::convert::identity, bson)
}

fn bson(event: RawDocumentBuf) -> Bson {
    Document::try_from(event.as_ref()).map_or(Bson::Undefined, Bson::Document)
}
