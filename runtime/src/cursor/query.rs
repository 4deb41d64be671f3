//! What a cursor was opened with, so that it can be opened again.

use std::sync::Arc;

use futures_util::StreamExt;
use mongodb::{
    ClientSession, Collection,
    action::Action,
    bson::{Document, RawDocumentBuf, doc},
    options::{CursorType, FindOptions, SelectionCriteria},
    raw_batch_cursor::RawBatch,
};

use super::{Source, source_of};
use crate::{
    Session,
    client::{Scope, State},
    error::Result,
    session::Held,
};

/// A `find` with everything that belongs to it.
#[derive(Clone)]
pub(crate) struct Query {
    pub(crate) collection: Collection<RawDocumentBuf>,
    pub(crate) filter: Document,
    pub(crate) options: FindOptions,
    /// Who lends it a session when it is given none; the driver starts one of its own else.
    pub(crate) lender: Option<Arc<State>>,
}

impl Query {
    pub(super) async fn open(self, session: Option<&mut Session>) -> Result<Source<'_>> {
        let Self { collection, filter, options, lender } = self;
        // In one reply, after which the server has no cursor that could stay open.
        if session.is_none() && options.limit.is_some_and(i64::is_negative) {
            return Ok(Source::Plain(Box::new(collection.find(filter).with_options(options).batch().await?)));
        }
        let client = collection.client().clone();
        match lender {
            // A cursor that waits for more would keep it without end.
            Some(lender) if options.cursor_type.is_none() => {
                Ok(source_of!(session, &lender, &client, collection.find(filter).with_options(options)))
            }
            _ => Ok(source_of!(session, collection.find(filter).with_options(options))),
        }
    }

    /// The reply of one that is answered whole by the first reply, after which the server has no cursor.
    pub(crate) async fn only_reply(
        self,
        scope: &Scope,
        session: Option<&mut Session>,
    ) -> Result<Option<RawBatch>> {
        let Self { collection, filter, options, .. } = self;
        let mut held = Held::new(session, scope, collection.client()).await;
        let find = collection.find(filter).with_options(options);
        let reply = match held.enter() {
            Some(session) => reply_in(find, session).await,
            None => return Ok(find.batch().await?.next().await.transpose()?),
        };
        held.leave(reply.as_ref().err());
        Ok(reply?)
    }

    /// Whether the server answers at once when a tailable cursor has nothing: then it must not be asked without pause.
    pub(super) fn needs_pauses(&self) -> bool {
        matches!(self.options.cursor_type, Some(CursorType::Tailable))
    }

    /// Closes its cursor on the server; whether it found it there.
    pub(super) async fn kill(&self, id: i64) -> Result<bool> {
        let database = self.collection.client().database(&self.collection.namespace().db);
        let command = doc! { "killCursors": self.collection.name(), "cursors": [id] };
        let kill = database
            .run_command(command)
            .optional(self.criteria(), |kill, criteria| kill.selection_criteria(criteria));
        let reply = kill.await?;
        Ok(reply.get_array("cursorsKilled").is_ok_and(|killed| !killed.is_empty()))
    }

    /// The host and port of the server that has its cursor open.
    pub(super) async fn address(&self, id: i64) -> Result<Option<String>> {
        let stages = [
            doc! { "$currentOp": { "idleCursors": true } },
            doc! { "$match": { "cursor.cursorId": id } },
            doc! { "$project": { "host": 1 } },
        ];
        let admin = self.collection.client().database("admin");
        let find = admin
            .aggregate(stages)
            .optional(self.criteria(), |find, criteria| find.selection_criteria(criteria));
        let mut found = find.await?;
        let host = match found.advance().await? {
            true => found.current().get_str("host").ok().map(str::to_owned),
            false => None,
        };
        Ok(host)
    }

    fn criteria(&self) -> Option<SelectionCriteria> {
        let own = self.options.selection_criteria.as_ref();
        own.or_else(|| self.collection.selection_criteria()).cloned()
    }
}

async fn reply_in(
    find: mongodb::action::Find<'_, RawDocumentBuf>,
    session: &mut ClientSession,
) -> mongodb::error::Result<Option<RawBatch>> {
    let mut cursor = find.session(&mut *session).batch().await?;
    cursor.stream(session).next().await.transpose()
}
