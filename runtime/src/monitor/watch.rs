//! Keeps what is known about the servers, from the driver's events.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use mongodb::event::sdam::SdamEvent;
use tokio::{sync::watch, time::timeout};

use super::Topology;
use crate::error::{Error, Result};

/// Keeps the latest [`Topology`]; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct TopologyWatch {
    topology: watch::Sender<Topology>,
    /// After how many minutes without use servers end a session, by the last answer; 0 when none is known.
    session_minutes: Arc<AtomicU32>,
    /// How often a server has changed.
    changes: Arc<AtomicU32>,
}

impl Default for TopologyWatch {
    fn default() -> Self {
        Self {
            topology: watch::Sender::new(Topology::default()),
            session_minutes: Arc::default(),
            changes: Arc::default(),
        }
    }
}

impl TopologyWatch {
    pub(super) fn note(&self, event: &SdamEvent) {
        match event {
            SdamEvent::ServerDescriptionChanged(_) => {
                self.changes.fetch_add(1, Ordering::Relaxed);
            }
            SdamEvent::TopologyDescriptionChanged(change) => {
                self.topology.send_replace(Topology::new(change.new_description.clone()));
            }
            // Arbiters have no sessions, and nobody reads from them.
            SdamEvent::ServerHeartbeatSucceeded(heartbeat)
                if !heartbeat.reply.contains_key("arbiterOnly") =>
            {
                let minutes = heartbeat.reply.get_i32("logicalSessionTimeoutMinutes").unwrap_or_default();
                self.session_minutes.store(minutes.try_into().unwrap_or_default(), Ordering::Relaxed);
            }
            _ => {}
        }
    }

    /// After how long without use servers end a session; `None` where it is not known that they have sessions.
    pub(crate) fn session_lifetime(&self) -> Option<Duration> {
        let minutes = self.session_minutes.load(Ordering::Relaxed);
        (minutes > 0).then(|| Duration::from_secs(u64::from(minutes) * 60))
    }

    /// Goes up with each change of a server. A connection that fails is one, as its server is not known for a moment.
    pub(crate) fn changes(&self) -> u32 {
        self.changes.load(Ordering::Relaxed)
    }

    pub(crate) fn now(&self) -> Topology {
        self.topology.borrow().clone()
    }

    /// Waits until the topology is as it should be.
    pub(crate) async fn wait(&self, limit: Duration, fits: impl Fn(&Topology) -> bool) -> Result<Topology> {
        let mut changes = self.topology.subscribe();
        let outcome = match timeout(limit, changes.wait_for(fits)).await {
            // This value holds the sender, so that it is there.
            Ok(Err(_)) | Err(_) => None,
            Ok(Ok(topology)) => Some(topology.clone()),
        };
        outcome.ok_or_else(|| {
            Error::timeout(limit, &format!("waiting for the servers ({}) took longer", self.now()))
        })
    }
}
