//! What a test calls by a name: clients and what comes from them, and values.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use odmium::{
    Collection, Database, Session,
    bson::{Bson, Document},
    gridfs::Bucket,
};
use tokio::{
    sync::{OwnedMutexGuard, mpsc, oneshot},
    task::JoinHandle,
    time::timeout,
};

use crate::{clients::ClientEntity, cursors::CursorEntity, failure::Failure};

#[derive(Clone)]
pub enum Entity {
    Bucket(Box<Bucket>),
    Client(Arc<ClientEntity>),
    Collection(Collection<Document>),
    Cursor(Arc<CursorEntity>),
    Database(Database),
    Session(Arc<SessionEntity>),
    Thread(Arc<ThreadEntity>),
    Value(Bson),
}

impl Entity {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bucket(_) => "bucket",
            Self::Client(_) => "client",
            Self::Collection(_) => "collection",
            Self::Cursor(_) => "cursor",
            Self::Database(_) => "database",
            Self::Session(_) => "session",
            Self::Thread(_) => "thread",
            Self::Value(_) => "value",
        }
    }
}

/// The entities of one test, by name.
#[derive(Default)]
pub struct Entities(Mutex<BTreeMap<String, Entity>>);

macro_rules! getters {
    ($($name:ident: $variant:ident($type:ty);)*) => { $(
        pub fn $name(&self, id: &str) -> Result<$type, Failure> {
            match self.get(id)? {
                Entity::$variant(entity) => Ok(entity),
                other => Err(Failure::test(format!("`{id}` is a {} and no {}", other.kind(), stringify!($name)))),
            }
        }
    )* };
}

impl Entities {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entity>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    pub fn get(&self, id: &str) -> Result<Entity, Failure> {
        self.lock().get(id).cloned().ok_or_else(|| Failure::test(format!("there is no entity `{id}`")))
    }

    getters! {
        client: Client(Arc<ClientEntity>);
        database: Database(Database);
        session: Session(Arc<SessionEntity>);
        thread: Thread(Arc<ThreadEntity>);
    }

    /// A value: one that was saved, or a list of events that a client keeps under that name.
    pub fn value(&self, id: &str) -> Result<Bson, Failure> {
        let lists = || self.clients().into_iter().flat_map(|client| client.log.lists());
        match self.get(id) {
            Ok(Entity::Value(value)) => Ok(value),
            Ok(other) => Err(Failure::test(format!("`{id}` is a {} and no value", other.kind()))),
            Err(none) => lists().find(|(name, _)| name == id).map(|(_, list)| list).ok_or(none),
        }
    }

    /// Adds an entity; its name must be new.
    pub fn add(&self, id: &str, entity: Entity) -> Result<(), Failure> {
        match self.lock().insert(id.to_owned(), entity) {
            None => Ok(()),
            Some(_) => Err(Failure::test(format!("there is an entity `{id}` already"))),
        }
    }

    /// Adds an entity, or puts it in the place of one with its name.
    pub fn set(&self, id: &str, entity: Entity) {
        self.lock().insert(id.to_owned(), entity);
    }

    pub fn clients(&self) -> Vec<Arc<ClientEntity>> {
        let clients = self.sorted(|entity| match entity {
            Entity::Client(client) => Some(client.clone()),
            _ => None,
        });
        clients.into_iter().map(|(_, client)| client).collect()
    }

    pub fn sessions(&self) -> Vec<Arc<SessionEntity>> {
        let sessions = self.sorted(|entity| match entity {
            Entity::Session(session) => Some(session.clone()),
            _ => None,
        });
        sessions.into_iter().map(|(_, session)| session).collect()
    }

    fn sorted<T>(&self, pick: impl Fn(&Entity) -> Option<T>) -> Vec<(String, T)> {
        self.lock().iter().filter_map(|(id, entity)| Some((id.clone(), pick(entity)?))).collect()
    }

    /// Takes everything that holds a client, cursors first and clients last.
    pub fn take(&self) -> Vec<Entity> {
        let mut entities: Vec<_> = std::mem::take(&mut *self.lock()).into_values().collect();
        entities.sort_by_key(|entity| match entity {
            Entity::Thread(_) => 0,
            Entity::Cursor(_) => 1,
            Entity::Session(_) => 2,
            Entity::Client(_) => 4,
            _ => 3,
        });
        entities
    }
}

/// A session, which one operation at a time uses.
pub struct SessionEntity {
    slot: Arc<tokio::sync::Mutex<Option<Session>>>,
    /// The id, also when the session has ended.
    lsid: Mutex<Document>,
    /// The client that it belongs to.
    pub client: String,
}

pub type SessionGuard = OwnedMutexGuard<Option<Session>>;

impl SessionEntity {
    pub fn new(session: Session, client: String) -> Self {
        let lsid = Mutex::new(session.id().clone());
        Self { slot: Arc::new(tokio::sync::Mutex::new(Some(session))), lsid, client }
    }

    pub fn lsid(&self) -> Document {
        let mut lsid = self.lsid.lock().unwrap();
        if let Ok(slot) = self.slot.try_lock()
            && let Some(session) = slot.as_ref()
        {
            lsid.clone_from(session.id());
        }
        lsid.clone()
    }

    /// Keeps the id of a session that is about to end.
    pub fn keep_lsid(&self, lsid: &Document) {
        self.lsid.lock().unwrap().clone_from(lsid);
    }

    /// Puts a session here that is only lent: [`take_back`](Self::take_back) gives it back.
    pub async fn put(&self, session: &mut Option<Session>) -> Result<(), Failure> {
        *self.lock().await? = session.take();
        Ok(())
    }

    pub async fn take_back(&self, session: &mut Option<Session>) {
        if let Ok(mut slot) = self.lock().await {
            *session = slot.take();
        }
    }

    /// The session for one operation. One that an open cursor has is not to be had.
    pub async fn lock(&self) -> Result<SessionGuard, Failure> {
        let guard = timeout(crate::run::PATIENCE, self.slot.clone().lock_owned()).await;
        guard.map_err(|_| Failure::test("the session is in use by an open cursor"))
    }
}

/// Makes an optional session entity ready for one operation.
pub async fn lock(session: Option<Arc<SessionEntity>>) -> Result<Option<SessionGuard>, Failure> {
    match session {
        None => Ok(None),
        Some(session) => {
            let guard = session.lock().await?;
            match guard.is_some() {
                true => Ok(Some(guard)),
                false => Err(Failure::test("the session has ended")),
            }
        }
    }
}

/// Runs an action in the session of a guard, where there is one.
macro_rules! in_session {
    ($action:expr, $guard:expr) => {{
        let action = $action;
        match $guard.as_mut().and_then(|guard| guard.as_mut()) {
            Some(session) => action.session(session),
            None => action,
        }
    }};
}

pub(crate) use in_session;

/// Operations that run beside the test, in their order.
pub struct ThreadEntity {
    queue: Mutex<Option<mpsc::UnboundedSender<Job>>>,
    work: Mutex<Option<JoinHandle<Result<(), Failure>>>>,
}

pub type Job = futures_util::future::BoxFuture<'static, Result<(), Failure>>;

impl ThreadEntity {
    pub fn start() -> Self {
        let (queue, mut jobs) = mpsc::unbounded_channel::<Job>();
        let work = tokio::spawn(async move {
            while let Some(job) = jobs.recv().await {
                job.await?;
            }
            Ok(())
        });
        Self { queue: Mutex::new(Some(queue)), work: Mutex::new(Some(work)) }
    }

    pub fn run(&self, job: Job) -> Result<(), Failure> {
        let queue = self.queue.lock().unwrap();
        let sent = queue.as_ref().is_some_and(|queue| queue.send(job).is_ok());
        if sent { Ok(()) } else { Err(Failure::test("the thread has ended")) }
    }

    /// Waits for everything that it was given.
    pub async fn join(&self) -> Result<(), Failure> {
        self.queue.lock().unwrap().take();
        let work = self.work.lock().unwrap().take();
        let Some(work) = work else { return Ok(()) };
        match timeout(crate::run::PATIENCE, work).await {
            Ok(Ok(result)) => result.map_err(|failure| failure.at("on the thread")),
            Ok(Err(panic)) => Err(Failure::test(format!("the thread panicked: {panic}"))),
            Err(_) => Err(Failure::test("the thread did not end within 10 seconds")),
        }
    }
}

/// An answer that another task gives.
pub type Reply<T> = oneshot::Sender<Result<T, Failure>>;
