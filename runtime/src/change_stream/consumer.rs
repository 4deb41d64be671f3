//! A consumer that goes on where it was after a restart.

use std::{
    future::{Future, IntoFuture},
    time::Duration,
};

use futures_util::future::BoxFuture;
use mongodb::{
    bson::{DateTime, Document, doc, oid::ObjectId},
    options::ReturnDocument,
};
use tokio::time::Instant;

use super::{ChangeStream, ResumeToken};
use crate::{
    Collection,
    action::Watch,
    codec::{decode_bson, encode_to_bson},
    cursor::{ReadRow, Whole},
    error::{Error, Result},
    model::Record,
};

/// How many events a batch has at most, unless it is told.
const BATCH: usize = 1000;

/// How often a consumer that gets no events stores where it is.
const IDLE: Duration = Duration::from_secs(60);

impl<'a, E> Watch<'a, E> {
    /// A consumer of that name, which stores in `tokens` how far it has come and goes on there after a restart.
    ///
    /// Each consumer is one small document, its name the `_id`. The collection must not be one that is watched.
    pub fn consumer<D: Record>(self, name: impl Into<String>, tokens: &Collection<D>) -> OpenConsumer<'a, E> {
        OpenConsumer { watch: self, name: name.into(), tokens: tokens.untyped(), most: BATCH, idle: IDLE }
    }
}

/// Opens a consumer; see [`Watch::consumer`].
///
/// It begins where a consumer of this name has stored that it is. The first time it begins now, or where the stream is told
/// to.
///
/// # Errors
///
/// As [`Watch`], and as a write. [Argument](Error::is_argument) when the place would be stored in the collection that is
/// watched. With code 286 the oplog does not reach back to its place: delete its document, which makes
/// it begin anew, and read the data itself.
#[derive(Debug)]
#[must_use = "nothing is sent before the action is awaited"]
pub struct OpenConsumer<'a, E> {
    watch: Watch<'a, E>,
    name: String,
    tokens: Collection<Document>,
    most: usize,
    idle: Duration,
}

impl<'a, E: 'static> OpenConsumer<'a, E> {
    /// How many events a batch has at most; 1000 unless it is set, and at least one. The server decides how many come in one
    /// reply, see [`Watch::batch_size`].
    pub fn max_batch(mut self, events: usize) -> Self {
        self.most = events.max(1);
        self
    }

    /// How often to store the place while no events come, a minute unless it is set: the server's oplog moves on, and a
    /// place that it has left is lost.
    pub fn idle_interval(mut self, time: Duration) -> Self {
        self.idle = time;
        self
    }

    async fn open(self) -> Result<Consumer<'a, E>> {
        let Self { mut watch, name, tokens, most, idle } = self;
        if watch.target.base().namespace() == tokens.inner().namespace() {
            return Err(Error::argument(format!(
                "the consumer `{name}` would store its place in the collection that it watches: give it another one"
            )));
        }
        let owner = ObjectId::new();
        let stored = tokens.scoped("OpenConsumer", Box::pin(take_over(&tokens, &name, owner))).await?;
        let token = stored.as_ref().and_then(|stored| stored.get("token"));
        let token = token.map(decode_bson::<ResumeToken>).transpose()?;
        let is_new = token.is_none();
        if let Some(token) = token {
            watch = watch.starting_after(token);
        }
        let stream = watch.await?;
        let mut consumer = Consumer {
            stream,
            tokens,
            name,
            owner,
            most,
            idle,
            stored: Instant::now(),
            handled: None,
            failure: None,
        };
        if is_new {
            // Before the first event: a restart before the first `commit` would begin later otherwise.
            consumer.store().await?;
        }
        Ok(consumer)
    }
}

impl<'a, E: 'static> IntoFuture for OpenConsumer<'a, E> {
    type Output = Result<Consumer<'a, E>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

/// Reads a change stream in batches and stores after each one how far it has come.
///
/// At least once: every event is given to a consumer of this name, and is given again when the program ends between
/// handling a batch and [`commit`](Self::commit). Make handling an event twice harmless, for example by writing with its
/// `_id`, or with its [time](super::Info::cluster_time).
///
/// Of several consumers of one name, the one that was opened last goes on; the others get an error at their next commit.
#[must_use = "a consumer gives nothing until it is polled"]
pub struct Consumer<'s, E> {
    stream: ChangeStream<'s, E>,
    tokens: Collection<Document>,
    name: String,
    /// Which of the consumers of this name it is.
    owner: ObjectId,
    most: usize,
    idle: Duration,
    stored: Instant,
    /// Behind the batches that were given since the last commit.
    handled: Option<ResumeToken>,
    /// Of the event after the batch that was given last.
    failure: Option<Error>,
}

impl<E: 'static> Consumer<'_, E>
where
    Whole: ReadRow<E>,
{
    /// The next events, as many as are there: at least one, and waits for it. `None` when the stream has ended.
    ///
    /// Cancel safety: a dropped future loses no event.
    ///
    /// # Errors
    ///
    /// As [`ChangeStream::try_next`]. An event that does not fit the model is passed over with its error: the next commit
    /// goes beyond it.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<E>>> {
        if let Some(failure) = self.failure.take() {
            self.handled = self.stream.resume_token();
            return Err(failure);
        }
        loop {
            let first = self.stream.next_if_any().await;
            match first {
                Err(error) => {
                    if error.is_decode() {
                        self.handled = self.stream.resume_token();
                    }
                    return Err(error);
                }
                Ok(Some(first)) => {
                    let mut batch = vec![first];
                    // No `await` from here on: a dropped future would lose what was read.
                    let (token, failure) = self.stream.read_rest(&mut batch, self.most);
                    (self.handled, self.failure) = (token, failure);
                    return Ok(Some(batch));
                }
                Ok(None) if !self.stream.is_alive() => return Ok(None),
                Ok(None) => {
                    if self.handled.is_none() && self.stored.elapsed() >= self.idle {
                        self.store().await?;
                    }
                }
            }
        }
    }

    /// Calls a function with each batch and commits it when the function has returned `Ok`. Ends with the stream, or with
    /// the first error, whose batch is given again after a restart.
    ///
    /// # Errors
    ///
    /// As [`next_batch`](Self::next_batch), [`commit`](Self::commit), and the function.
    pub async fn run<F, H, X>(mut self, mut handle: F) -> Result<(), X>
    where
        F: FnMut(Vec<E>) -> H,
        H: Future<Output = Result<(), X>>,
        X: From<Error>,
    {
        while let Some(batch) = self.next_batch().await? {
            handle(batch).await?;
            self.commit().await?;
        }
        Ok(())
    }
}

impl<E: 'static> Consumer<'_, E> {
    /// Stores that all batches given so far are handled.
    ///
    /// Cancel safety: whether it is stored is not known when the future is dropped; call it again.
    ///
    /// # Errors
    ///
    /// [Conflict](Error::is_conflict) when another consumer of this name was opened since; else as a write, and calling again is
    /// safe.
    pub async fn commit(&mut self) -> Result<()> {
        let Some(token) = self.handled.clone() else { return Ok(()) };
        self.store_token(&token).await?;
        self.handled = None;
        Ok(())
    }

    /// The place behind the batch that was given last.
    #[must_use]
    pub fn resume_token(&self) -> Option<ResumeToken> {
        self.handled.clone().or_else(|| self.stream.resume_token())
    }

    /// Closes the stream, on the server as well when this returns. What is not committed is given again.
    ///
    /// # Errors
    ///
    /// As [`ChangeStream::close`].
    pub async fn close(self) -> Result<()> {
        self.stream.close().await
    }

    /// Stores where the stream is.
    async fn store(&mut self) -> Result<()> {
        match self.stream.resume_token() {
            Some(token) => self.store_token(&token).await,
            None => Ok(()),
        }
    }

    async fn store_token(&mut self, token: &ResumeToken) -> Result<()> {
        let mine = doc! { "_id": &self.name, "owner": self.owner };
        let place = doc! { "$set": { "token": encode_to_bson(token)?, "at": DateTime::now() } };
        let update = async { Ok(self.tokens.inner().update_one(mine, place).await?) };
        let result = self.tokens.scoped("Commit", Box::pin(update)).await?;
        if result.matched_count == 0 {
            return Err(Error::taken_over(&self.name));
        }
        self.stored = Instant::now();
        Ok(())
    }
}

/// Makes this consumer the one of its name, and gives the document of that name.
async fn take_over(tokens: &Collection<Document>, name: &str, owner: ObjectId) -> Result<Option<Document>> {
    let documents = tokens.inner().clone_with_type::<Document>();
    let take_over = documents
        .find_one_and_update(doc! { "_id": name }, doc! { "$set": { "owner": owner } })
        .upsert(true)
        .return_document(ReturnDocument::After);
    Ok(take_over.await?)
}

impl<E> std::fmt::Debug for Consumer<'_, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Consumer")
            .field("name", &self.name)
            .field("stream", &self.stream)
            .finish_non_exhaustive()
    }
}
