//! The kinds of listeners.

use std::{fmt, sync::Arc};

use mongodb::event::{
    cmap::{self, CmapEvent},
    command::{self, CommandEvent},
    sdam::{self, SdamEvent},
};

macro_rules! listener {
    (
        $(#[$text:meta])*
        $listener:ident of $events:ident {
            $($(#[$doc:meta])* $name:ident($event:ty) = $variant:ident;)*
        }
    ) => {
        $(#[$text])*
        pub trait $listener: Send + Sync {
            $(
                $(#[$doc])*
                fn $name(&self, event: &$event) {
                    let _ = event;
                }
            )*

            /// Any event of the kind; calls the other methods, unless it is written anew.
            fn event(&self, event: &$events) {
                match event {
                    $($events::$variant(event) => self.$name(event),)*
                    _ => {}
                }
            }
        }

        /// So that the caller keeps a hold of the listener.
        impl<L: $listener + ?Sized> $listener for Arc<L> {
            $(
                fn $name(&self, event: &$event) {
                    L::$name(self, event);
                }
            )*

            fn event(&self, event: &$events) {
                L::event(self, event);
            }
        }
    };
}

listener! {
    /// Is told about every command that an operation sends. See the [module](super).
    CommandListener of CommandEvent {
        /// A command is about to be sent.
        started(command::CommandStartedEvent) = Started;
        /// It was answered.
        succeeded(command::CommandSucceededEvent) = Succeeded;
        /// The server refused it, or the connection failed.
        failed(command::CommandFailedEvent) = Failed;
    }
}

listener! {
    /// Is told about single servers. See the [module](super).
    ServerListener of SdamEvent {
        /// A server is watched from now on.
        opened(sdam::ServerOpeningEvent) = ServerOpening;
        /// What is known about a server has changed.
        changed(sdam::ServerDescriptionChangedEvent) = ServerDescriptionChanged;
        /// A server is not watched any more.
        closed(sdam::ServerClosedEvent) = ServerClosed;
    }
}

listener! {
    /// Is told about the deployment as a whole. See the [module](super).
    TopologyListener of SdamEvent {
        /// The client was made.
        opened(sdam::TopologyOpeningEvent) = TopologyOpening;
        /// What is known about the deployment has changed.
        changed(sdam::TopologyDescriptionChangedEvent) = TopologyDescriptionChanged;
        /// The client was closed.
        closed(sdam::TopologyClosedEvent) = TopologyClosed;
    }
}

listener! {
    /// Is told about every check of a server. See the [module](super).
    HeartbeatListener of SdamEvent {
        /// A server is asked how it is.
        started(sdam::ServerHeartbeatStartedEvent) = ServerHeartbeatStarted;
        /// It answered.
        succeeded(sdam::ServerHeartbeatSucceededEvent) = ServerHeartbeatSucceeded;
        /// It did not.
        failed(sdam::ServerHeartbeatFailedEvent) = ServerHeartbeatFailed;
    }
}

listener! {
    /// Is told about the pools, one for each server, and their connections. See the [module](super).
    PoolListener of CmapEvent {
        /// A pool was made.
        pool_created(cmap::PoolCreatedEvent) = PoolCreated;
        /// A pool gives out connections from now on.
        pool_ready(cmap::PoolReadyEvent) = PoolReady;
        /// The server failed: the connections that are open are not used again.
        pool_cleared(cmap::PoolClearedEvent) = PoolCleared;
        /// A pool is not used any more.
        pool_closed(cmap::PoolClosedEvent) = PoolClosed;
        /// A connection is being opened.
        connection_created(cmap::ConnectionCreatedEvent) = ConnectionCreated;
        /// A connection can be used.
        connection_ready(cmap::ConnectionReadyEvent) = ConnectionReady;
        /// A connection was closed.
        connection_closed(cmap::ConnectionClosedEvent) = ConnectionClosed;
        /// An operation waits for a connection.
        checkout_started(cmap::ConnectionCheckoutStartedEvent) = ConnectionCheckoutStarted;
        /// An operation got none.
        checkout_failed(cmap::ConnectionCheckoutFailedEvent) = ConnectionCheckoutFailed;
        /// An operation got a connection.
        checked_out(cmap::ConnectionCheckedOutEvent) = ConnectionCheckedOut;
        /// An operation gave its connection back.
        checked_in(cmap::ConnectionCheckedInEvent) = ConnectionCheckedIn;
    }
}

/// A closure as a listener.
pub(crate) struct Callback<F>(pub(crate) F);

macro_rules! callbacks {
    ($($listener:ident($events:ident)),*) => { $(
        impl<F: Fn(&$events) + Send + Sync> $listener for Callback<F> {
            fn event(&self, event: &$events) {
                (self.0)(event);
            }
        }
    )* };
}

callbacks!(CommandListener(CommandEvent), ServerListener(SdamEvent), PoolListener(CmapEvent));

/// The listeners of a client.
#[derive(Clone, Default)]
pub struct Listeners {
    pub(crate) commands: Vec<Arc<dyn CommandListener>>,
    pub(crate) servers: Vec<Arc<dyn ServerListener>>,
    pub(crate) topology: Vec<Arc<dyn TopologyListener>>,
    pub(crate) heartbeats: Vec<Arc<dyn HeartbeatListener>>,
    pub(crate) pools: Vec<Arc<dyn PoolListener>>,
}

impl Listeners {
    /// Those of commands.
    #[must_use]
    pub fn commands(&self) -> &[Arc<dyn CommandListener>] {
        &self.commands
    }

    /// Those of servers, with the closures of [`on_server`](crate::client::ClientBuilder::on_server).
    #[must_use]
    pub fn servers(&self) -> &[Arc<dyn ServerListener>] {
        &self.servers
    }

    /// Those of the topology.
    #[must_use]
    pub fn topology(&self) -> &[Arc<dyn TopologyListener>] {
        &self.topology
    }

    /// Those of heartbeats.
    #[must_use]
    pub fn heartbeats(&self) -> &[Arc<dyn HeartbeatListener>] {
        &self.heartbeats
    }

    /// Those of pools.
    #[must_use]
    pub fn pools(&self) -> &[Arc<dyn PoolListener>] {
        &self.pools
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listeners")
            .field("commands", &self.commands.len())
            .field("servers", &self.servers.len())
            .field("topology", &self.topology.len())
            .field("heartbeats", &self.heartbeats.len())
            .field("pools", &self.pools.len())
            .finish()
    }
}
