//! Ends transactions whose future was dropped, so that nothing stays open on the server.
//!
//! The driver knows a transaction as open only once its first operation has answered. One that is dropped before, in the
//! middle of an operation, of a commit or of an abort, the driver would hand back to its pool of sessions as it is: the
//! server would keep it open, with its locks, for a minute.

use std::time::Duration;

use mongodb::{
    ClientSession,
    bson::{Bson, Document, doc},
};

/// How far the transaction of a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// None is open.
    Idle,
    Open,
    /// The commit is under way, or was dropped half way.
    Committing,
    /// The commit failed: the server may have it, or may have the transaction open.
    Doubtful,
    /// The abort is under way, or was dropped half way.
    Aborting,
}

/// Ends the transaction of a session that was dropped in this phase, and what an operation left open that was dropped half
/// way (`loose`).
pub(super) async fn run(mut session: ClientSession, phase: Phase, unsettled: bool, loose: bool) {
    // Nobody waits for errors here. When the server cannot be reached, it ends the transaction by itself.
    match phase {
        Phase::Idle if loose => kill_late(&session).await,
        Phase::Idle => {}
        // It was asked for and may be half done: a second commit finds it done, or does it.
        Phase::Committing => drop(session.commit_transaction().await),
        Phase::Open if !unsettled => drop(session.abort_transaction().await),
        Phase::Open | Phase::Aborting | Phase::Doubtful => abort_unsettled(&mut session).await,
    }
}

/// Aborts a transaction of which an operation may still be under way, or even on its way to the server.
pub(super) async fn abort_unsettled(session: &mut ClientSession) {
    kill(session).await;
    drop(session.abort_transaction().await);
    // A message that comes late belongs to an older transaction then, which the server refuses.
    if session.start_transaction().await.is_ok() {
        let any = session.client().database("odmium").collection::<Bson>("none");
        drop(any.find(doc! {}).limit(-1).session(&mut *session).batch().await);
        drop(session.abort_transaction().await);
    }
}

/// Stops what runs in the session and closes its cursors, on every shard.
async fn kill(session: &ClientSession) {
    let command: Document = doc! { "killSessions": [session.id().clone()] };
    drop(session.client().database("admin").run_command(command).await);
}

/// The same for an operation whose message may still be on its way. The session is not given to others before.
async fn kill_late(session: &ClientSession) {
    for pause in [0, 50, 250] {
        tokio::time::sleep(Duration::from_millis(pause)).await;
        kill(session).await;
    }
}
