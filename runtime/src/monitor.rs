//! Watching a client: listeners for what it does, and what it knows about its servers.
//!
//! Any number of listeners of each kind are registered on the [builder](crate::client::ClientBuilder) of a client:
//!
//! | trait | is told about | closure on the builder |
//! |---|---|---|
//! | [`CommandListener`] | every command, its answer or its failure | `on_command` |
//! | [`ServerListener`] | servers that are found, change or go | `on_server` |
//! | [`TopologyListener`] | the whole deployment: a new primary, a server more | `on_server` |
//! | [`HeartbeatListener`] | every check of a server | `on_server` |
//! | [`PoolListener`] | pools and their connections | `on_pool` |
//!
//! A listener is called from within the client and holds it up: it should count, or hand over to a channel, and
//! return. One that panics is passed over. While no command listener is registered none is installed in the driver, and
//! commands are not decoded for one; with one, every command and every answer is.
//!
//! Command events hold the documents that are sent and received, apart from those of authentication.

mod install;
mod listeners;
mod server_limits;
mod topology;
mod watch;

pub(crate) use self::{listeners::Callback, watch::TopologyWatch};
pub use self::{
    listeners::{
        CommandListener, HeartbeatListener, Listeners, PoolListener, ServerListener, TopologyListener,
    },
    server_limits::Limits,
    topology::Topology,
};
pub use mongodb::event::{
    cmap::{
        CmapEvent, ConnectionCheckedInEvent, ConnectionCheckedOutEvent, ConnectionCheckoutFailedEvent,
        ConnectionCheckoutStartedEvent, ConnectionClosedEvent, ConnectionCreatedEvent, ConnectionReadyEvent,
        PoolClearedEvent, PoolClosedEvent, PoolCreatedEvent, PoolReadyEvent,
    },
    command::{CommandEvent, CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent},
    sdam::{
        SdamEvent, ServerClosedEvent, ServerDescriptionChangedEvent, ServerHeartbeatFailedEvent,
        ServerHeartbeatStartedEvent, ServerHeartbeatSucceededEvent, ServerOpeningEvent, TopologyClosedEvent,
        TopologyDescriptionChangedEvent, TopologyOpeningEvent,
    },
};
