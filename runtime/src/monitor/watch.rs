//! Keeps what is known about the servers, from the driver's events.

use std::time::Duration;

use mongodb::event::sdam::SdamEvent;
use tokio::{sync::watch, time::timeout};

use super::Topology;
use crate::error::{Error, Result};

/// Keeps the latest [`Topology`]; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct TopologyWatch(watch::Sender<Topology>);

impl Default for TopologyWatch {
    fn default() -> Self {
        Self(watch::Sender::new(Topology::default()))
    }
}

impl TopologyWatch {
    pub(super) fn note(&self, event: &SdamEvent) {
        if let SdamEvent::TopologyDescriptionChanged(change) = event {
            self.0.send_replace(Topology::new(change.new_description.clone()));
        }
    }

    pub(crate) fn now(&self) -> Topology {
        self.0.borrow().clone()
    }

    /// Waits until the topology is as it should be.
    pub(crate) async fn wait(&self, limit: Duration, fits: impl Fn(&Topology) -> bool) -> Result<Topology> {
        let mut changes = self.0.subscribe();
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
