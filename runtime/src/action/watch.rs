//! Opening a change stream.

use std::{
    future::{IntoFuture, Ready},
    marker::PhantomData,
    time::Duration,
};

use futures_util::future::BoxFuture;
use mongodb::{
    bson::{Document, RawDocumentBuf, Timestamp},
    options::AggregateOptions,
};

use super::{Target, options::setters, unopened::unopened};
use crate::{
    ChangeStream, Client, Collection, Session,
    change_stream::{BeforeChange, Change, Event, FullDocument, Plan, ResumeToken, StageOptions, Start},
    codec::DecodeOwned,
    error::{EncodeError, Error, Result},
    model::{Discriminator, Record},
};

/// Opens a change stream of events of type `E`; see [`Collection::watch`](crate::Collection::watch).
///
/// # Errors
///
/// [Session](Error::is_session) in a transaction or a snapshot session. The server refuses it when it is no member of a
/// replica set, when a token is too old (code 286), and for stages that it does not allow in change streams.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Watch<'a, E> {
    pub(crate) target: Target,
    stage: StageOptions,
    stages: Result<Vec<Document>, EncodeError>,
    options: AggregateOptions,
    session: Option<&'a mut Session>,
    event: PhantomData<fn() -> E>,
}

impl<'a, E> Watch<'a, E> {
    pub(crate) fn new(target: Target) -> Self {
        let stage = StageOptions::default();
        let options = AggregateOptions::default();
        Self { target, stage, stages: Ok(Vec::new()), options, session: None, event: PhantomData }
    }

    pub(crate) fn on_collection<D: Record>(collection: &Collection<D>) -> Self {
        let stages = Ok(D::DISCRIMINATOR.map(Discriminator::events).into_iter().collect());
        Self { stages, ..Self::new(Target::Collection(collection.untyped())) }
    }

    pub(crate) fn on_cluster(client: &Client) -> Self {
        let mut watch = Self::new(Target::Database(client.database("admin")));
        watch.stage.is_cluster = true;
        watch
    }

    /// The same for another type of events.
    fn giving<F>(self) -> Watch<'a, F> {
        let Self { target, stage, stages, options, session, event: PhantomData } = self;
        Watch { target, stage, stages, options, session, event: PhantomData }
    }

    setters!(session batch_size collation comment max_await_time read_concern selection_criteria);

    /// Begins behind this token, wherever it was told to begin.
    pub(crate) fn starting_after(mut self, token: ResumeToken) -> Self {
        self.stage.start = Start { start_after: Some(token), ..Start::default() };
        self
    }

    /// Goes on behind this token, also behind the event that ended a stream.
    pub fn start_after(mut self, token: ResumeToken) -> Self {
        self.stage.start.start_after = Some(token);
        self
    }

    /// Goes on behind this token. [`start_after`](Self::start_after) does so too, and takes the token of an event that ended
    /// a stream; this one is refused then.
    pub fn resume_after(mut self, token: ResumeToken) -> Self {
        self.stage.start.resume_after = Some(token);
        self
    }

    /// Begins with what happened at or after this time of the deployment's clock, as
    /// [`Session::operation_time`](Session::operation_time) tells it. The server's oplog must reach back to it.
    pub fn start_at_operation_time(mut self, time: Timestamp) -> Self {
        self.stage.start.at = Some(time);
        self
    }

    /// Also gives events of collections and indexes as such: created, dropped, changed, sharded (from MongoDB 6.0 on).
    pub fn show_expanded_events(mut self, show: bool) -> Self {
        self.stage.show_expanded_events = Some(show);
        self
    }

    /// Adds a stage in MongoDB's own words: `$match`, `$project`, `$addFields`, `$set`, `$unset`, `$replaceRoot`,
    /// `$replaceWith`, `$redact`, or, on newer servers, `$changeStreamSplitLargeEvent`.
    ///
    /// `_id` is the place in the stream and must stay. Where other fields go or change, read the events
    /// [`raw`](Self::raw) or [`as_type`](Self::as_type).
    pub fn raw_stage(mut self, stage: Document) -> Self {
        if let Ok(stages) = &mut self.stages {
            stages.push(stage);
        }
        self
    }

    /// Adds many stages, as [`raw_stage`](Self::raw_stage) adds one.
    pub fn pipeline(self, stages: impl IntoIterator<Item = Document>) -> Self {
        stages.into_iter().fold(self, Self::raw_stage)
    }

    /// How long the server may take to open the stream, and for each answer later; zero is without limit. It fails with a
    /// [timeout](Error::is_timeout) then. Set it above [`max_await_time`](Self::max_await_time).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.target.scope_mut().set_timeout(limit);
        self
    }

    /// Gives the events as they come from the server.
    pub fn raw(self) -> Watch<'a, RawDocumentBuf> {
        self.giving()
    }

    /// Reads each event as a `T`, for pipelines that change the form of events: a
    /// [`bson::Document`](mongodb::bson::Document), or a struct that derives [`Embedded`](macro@crate::Embedded).
    pub fn as_type<T: DecodeOwned + 'static>(self) -> Watch<'a, T> {
        self.giving()
    }
}

impl<'a, D: Record, After, Before> Watch<'a, Event<D, After, Before>> {
    /// Only events that fulfil a condition. Several are joined with "and".
    pub fn filter(mut self, change: Change<D>) -> Self {
        match (&mut self.stages, change.into_stage()) {
            (Ok(stages), Ok(stage)) => stages.push(stage),
            (Ok(_), Err(error)) => self.stages = Err(error),
            (Err(_), _) => {}
        }
        self
    }

    /// Updates carry the document as it is when the event is read, which may be later than the change (`updateLookup`).
    ///
    /// `None` when it is deleted by then.
    pub fn full_document(self) -> Watch<'a, Event<D, Option<D>, Before>> {
        self.after(FullDocument::UpdateLookup)
    }

    /// Updates carry the document right after the change where the server has kept it (`whenAvailable`).
    ///
    /// It keeps documents of collections with
    /// [`pre_and_post_images`](crate::admin::CreateCollection::pre_and_post_images), for a time that the server is
    /// configured with.
    pub fn full_document_when_available(self) -> Watch<'a, Event<D, Option<D>, Before>> {
        self.after(FullDocument::WhenAvailable)
    }

    /// Updates carry the document right after the change; the stream fails when the server has not kept it (`required`).
    pub fn full_document_required(self) -> Watch<'a, Event<D, D, Before>> {
        self.after(FullDocument::Required)
    }

    /// Updates, replacements and deletions carry the document before the change where the server has kept it
    /// (`whenAvailable`); see [`full_document_when_available`](Self::full_document_when_available).
    pub fn before_change(self) -> Watch<'a, Event<D, After, Option<D>>> {
        self.before(BeforeChange::WhenAvailable)
    }

    /// Updates, replacements and deletions carry the document before the change; the stream fails when the server has not
    /// kept it (`required`).
    pub fn before_change_required(self) -> Watch<'a, Event<D, After, D>> {
        self.before(BeforeChange::Required)
    }

    fn after<A>(mut self, mode: FullDocument) -> Watch<'a, Event<D, A, Before>> {
        self.stage.full_document = Some(mode);
        self.giving()
    }

    fn before<B>(mut self, mode: BeforeChange) -> Watch<'a, Event<D, After, B>> {
        self.stage.before_change = Some(mode);
        self.giving()
    }
}

/// Methods of the open stream, for the compiler's message where `.await` is forgotten.
impl<E> Watch<'_, E> {
    unopened! {
        [Opened]
        try_next() -> Ready<Result<Option<E>>>;
        next() -> Ready<Option<Result<E>>>;
        next_if_any() -> Ready<Result<Option<E>>>;
        close() -> Ready<Result<()>>;
        is_alive() -> bool;
        resume_token() -> Option<ResumeToken>;
    }
}

/// Options that decide the type of events elsewhere.
impl Watch<'_, RawDocumentBuf> {
    /// Which state of a changed document events carry in `fullDocument`.
    pub fn full_document_mode(mut self, mode: FullDocument) -> Self {
        self.stage.full_document = Some(mode);
        self
    }

    /// Whether events carry the document before the change in `fullDocumentBeforeChange`.
    pub fn before_change_mode(mut self, mode: BeforeChange) -> Self {
        self.stage.before_change = Some(mode);
        self
    }
}

impl<'a, E: 'static> IntoFuture for Watch<'a, E> {
    type Output = Result<ChangeStream<'a, E>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { target, stage, stages, options, session, .. } = self;
        Box::pin(async move {
            if let Some(session) = &session {
                check(session)?;
            }
            ChangeStream::open(Plan { target, stage, stages: stages?, options }, session).await
        })
    }
}

/// What the server refuses in words that do not help.
fn check(session: &Session) -> Result<()> {
    if session.in_transaction() {
        return Err(Error::session(
            "a change stream cannot run in a transaction: watch outside of it, with or without another session",
        ));
    }
    match session.options().snapshot {
        Some(true) => Err(Error::session(
            "a change stream cannot run in a snapshot session, which reads one moment: watch with another session, or \
             begin at its time by `start_at_operation_time`",
        )),
        _ => Ok(()),
    }
}

impl<E> std::fmt::Debug for Watch<'_, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch")
            .field("target", &self.target)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
