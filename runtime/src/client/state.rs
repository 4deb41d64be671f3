//! What the clones of a client share.

use std::sync::atomic::{AtomicBool, Ordering};

use mongodb::{bson::doc, options::ClientOptions};
use tokio::sync::OnceCell;

use super::{limit, settings::Settings};
use crate::{
    error::{Error, Result},
    monitor::{Limits, Topology, TopologyWatch},
    session::Idle,
};

/// What the clones of a client share.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) topology: TopologyWatch,
    /// For operations that are given none.
    pub(crate) sessions: Idle,
    limits: OnceCell<Limits>,
    closed: AtomicBool,
}

impl State {
    /// The state of a new client, and the options for the driver that keep it up to date.
    pub(super) fn prepare(settings: Settings) -> (Self, ClientOptions) {
        let mut options = settings.options.clone();
        let topology = TopologyWatch::default();
        let stages = settings.wait_queue_timeout().is_some() || settings.socket_timeout().is_some();
        settings.listeners.install(&mut options, &topology, stages.then_some(limit::note as fn(&_)));
        (Self { settings, topology, ..Self::default() }, options)
    }

    /// The limits of the server; asked for once.
    pub(super) async fn limits(&self, client: &mongodb::Client) -> Result<Limits> {
        let ask = || async {
            let hello = client.database("admin").run_command(doc! { "hello": 1 }).await?;
            Ok(Limits::of(&hello))
        };
        self.limits.get_or_try_init(ask).await.copied()
    }

    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.sessions.close();
    }

    /// For what the driver lets pass on a closed client.
    pub(super) fn check_open(&self) -> Result<()> {
        if self.closed.load(Ordering::Relaxed) { Err(Error::closed()) } else { Ok(()) }
    }

    pub(super) fn topology(&self) -> Topology {
        self.topology.now()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::client::settings::Own;

    // covers: M11
    #[test]
    fn nothing_listens_to_operations_that_nobody_asked_for() {
        let (_, options) = State::prepare(Settings::default());
        assert!(options.command_event_handler.is_none() && options.cmap_event_handler.is_none());
        assert!(options.sdam_event_handler.is_some());
        let own = Own { wait_queue_timeout: Some(Duration::from_secs(1)), ..Own::default() };
        let (_, options) = State::prepare(Settings { own, ..Settings::default() });
        assert!(options.command_event_handler.is_none() && options.cmap_event_handler.is_some());
    }
}
