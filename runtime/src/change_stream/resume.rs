//! Opening a stream, again and again where it must be.

use std::time::Duration;

use futures_util::future::poll_fn;
use mongodb::{
    action::Action,
    bson::{Document, doc},
    error::{Error as DriverError, ErrorKind as DriverKind},
    options::{AggregateOptions, SelectionCriteria},
    raw_batch_cursor::RawBatch,
};

use super::options::{StageOptions, Start};
use crate::{
    Session,
    action::Target,
    cursor::{Source, source_of},
    error::{Error, Result},
};

/// `CursorNotFound`.
const CURSOR_NOT_FOUND: i32 = 43;

/// By which the server says that a stream can go on.
const RESUMABLE: &str = "ResumableChangeStreamError";

/// What a stream was opened with.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) target: Target,
    pub(crate) stage: StageOptions,
    /// The stages of the caller.
    pub(crate) stages: Vec<Document>,
    pub(crate) options: AggregateOptions,
}

impl Plan {
    /// Opens a cursor and gives its first reply, under the limits of the target.
    pub(crate) async fn open<'s>(
        &self,
        start: &Start,
        session: Option<&'s mut Session>,
    ) -> Result<(Source<'s>, RawBatch)> {
        let mut stages = vec![self.stage.stage(start)?];
        stages.extend(self.stages.iter().cloned());
        let open = async {
            let (target, options) = (self.target.clone(), self.options.clone());
            let mut source = source_of!(session, target.aggregate(stages).with_options(options));
            match poll_fn(|context| source.poll_next(context)).await {
                Some(reply) => Ok((source, reply?)),
                None => Err(Error::closed()),
            }
        };
        match self.target.scope().is_plain() {
            true => open.await,
            false => self.target.scoped("Watch", Box::pin(open)).await,
        }
    }

    /// Closes a cursor on the server.
    pub(crate) async fn kill(&self, id: i64) -> Result<()> {
        let (database, collection) = match &self.target {
            Target::Collection(collection) => {
                let database = collection.inner().namespace().db;
                (collection.inner().client().database(&database), collection.name())
            }
            Target::Database(database) => (database.inner().clone(), "$cmd.aggregate"),
        };
        let command = doc! { "killCursors": collection, "cursors": [id] };
        let kill = database
            .run_command(command)
            .optional(self.criteria(), |kill, criteria| kill.selection_criteria(criteria));
        kill.await?;
        Ok(())
    }

    fn criteria(&self) -> Option<SelectionCriteria> {
        let own = self.options.selection_criteria.as_ref();
        own.or_else(|| match &self.target {
            Target::Collection(collection) => collection.inner().selection_criteria(),
            Target::Database(database) => database.inner().selection_criteria(),
        })
        .cloned()
    }
}

/// Whether the specification says that a stream goes on after this error.
pub(crate) fn is_resumable(error: &Error) -> bool {
    match error.as_driver() {
        // A limit on the time of an answer: to the stream the same as a broken connection.
        None => error.is_timeout(),
        Some(driver) if driver.contains_label(RESUMABLE) || error.code() == Some(CURSOR_NOT_FOUND) => true,
        Some(driver) => !is_final(driver),
    }
}

/// Whether the server has said it, or nothing can change it.
fn is_final(error: &DriverError) -> bool {
    match error.kind.as_ref() {
        DriverKind::InvalidResponse { .. } => error.server_response().is_some(),
        kind => matches!(
            kind,
            DriverKind::Authentication { .. }
                | DriverKind::Command(_)
                | DriverKind::Write(_)
                | DriverKind::InvalidArgument { .. }
                | DriverKind::Shutdown
        ),
    }
}

/// How long to wait before a stream is opened again that was opened so often without a reply in between.
pub(crate) fn pause(failures: u32) -> Option<Duration> {
    let doublings = failures.checked_sub(2)?.min(4);
    Some(Duration::from_millis(100 << doublings))
}
