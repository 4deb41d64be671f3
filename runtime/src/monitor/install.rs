//! One handler of the driver for many listeners.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use mongodb::{
    event::{EventHandler, cmap::CmapEvent, sdam::SdamEvent},
    options::ClientOptions,
};

use super::{Listeners, watch::TopologyWatch};

impl Listeners {
    /// Sets the driver's handlers. One that the caller has set in the options is called after the listeners.
    pub(crate) fn install(
        &self,
        options: &mut ClientOptions,
        topology: &TopologyWatch,
        stages: Option<fn(&CmapEvent)>,
    ) {
        if !self.commands.is_empty() {
            let listeners = self.commands.clone();
            options.command_event_handler = Some(chain(options.command_event_handler.take(), move |event| {
                tell(&listeners, |listener| listener.event(event));
            }));
        }
        if stages.is_some() || !self.pools.is_empty() {
            let listeners = self.pools.clone();
            options.cmap_event_handler = Some(chain(options.cmap_event_handler.take(), move |event| {
                if let Some(note) = stages {
                    note(event);
                }
                tell(&listeners, |listener| listener.event(event));
            }));
        }
        let (topology, listeners) = (topology.clone(), self.clone());
        options.sdam_event_handler =
            Some(chain(options.sdam_event_handler.take(), move |event: &SdamEvent| {
                topology.note(event);
                tell(&listeners.servers, |listener| listener.event(event));
                tell(&listeners.topology, |listener| listener.event(event));
                tell(&listeners.heartbeats, |listener| listener.event(event));
            }));
    }
}

/// A panic must not end the client's own tasks.
fn tell<L: ?Sized>(listeners: &[Arc<L>], call: impl Fn(&L)) {
    for listener in listeners {
        let _ = panic::catch_unwind(AssertUnwindSafe(|| call(listener)));
    }
}

fn chain<T: Send + Sync + 'static>(
    after: Option<EventHandler<T>>,
    first: impl Fn(&T) + Send + Sync + 'static,
) -> EventHandler<T> {
    match after {
        None => EventHandler::callback(move |event| first(&event)),
        Some(EventHandler::Callback(next)) => EventHandler::callback(move |event| {
            first(&event);
            next(event);
        }),
        Some(EventHandler::AsyncCallback(next)) => EventHandler::async_callback(move |event| {
            first(&event);
            next(event)
        }),
        Some(EventHandler::TokioMpsc(sender)) => {
            EventHandler::async_callback(move |event| -> BoxFuture<'static, ()> {
                first(&event);
                let sender = sender.clone();
                // A receiver that is gone wants no events.
                Box::pin(async move { drop(sender.send(event).await) })
            })
        }
        // The driver has no other kind.
        Some(_) => EventHandler::callback(move |event| first(&event)),
    }
}
