//! What a client was made with.

use std::{fmt, time::Duration};

use mongodb::options::{ClientOptions, ReadConcern, SelectionCriteria, ServerAddress, WriteConcern};

use crate::monitor::Listeners;

/// How many connections a client opens to one server at most, unless the caller says otherwise.
///
/// The driver's default of 10 makes a busy service wait for itself; the other drivers' default is 100.
pub(super) const MAX_POOL_SIZE: u32 = 100;

/// The options that are honoured here and not by the driver. Zero is no limit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Own {
    pub(crate) timeout: Option<Duration>,
    pub(crate) socket_timeout: Option<Duration>,
    pub(crate) wait_queue_timeout: Option<Duration>,
}

impl Own {
    /// The limits of `other` where it has any.
    pub(super) fn overridden_by(self, other: Self) -> Self {
        Self {
            timeout: other.timeout.or(self.timeout),
            socket_timeout: other.socket_timeout.or(self.socket_timeout),
            wait_queue_timeout: other.wait_queue_timeout.or(self.wait_queue_timeout),
        }
    }
}

/// What a client was made with, as it takes effect: defaults are filled in. See [`Client::settings`](super::Client::settings).
#[derive(Clone, Default)]
pub struct Settings {
    pub(super) options: ClientOptions,
    pub(super) own: Own,
    pub(super) listeners: Listeners,
}

macro_rules! getters {
    ($($(#[$text:meta])* $name:ident: $type:ty = $field:ident or $default:expr;)*) => { $(
        $(#[$text])*
        #[must_use]
        pub fn $name(&self) -> $type {
            self.options.$field.unwrap_or($default)
        }
    )* };
}

impl Settings {
    /// The servers that were named; those that were found since are in the [topology](super::Client::topology).
    #[must_use]
    pub fn hosts(&self) -> &[ServerAddress] {
        &self.options.hosts
    }

    /// The name that the server's log and `currentOp` show.
    #[must_use]
    pub fn app_name(&self) -> Option<&str> {
        self.options.app_name.as_deref()
    }

    /// The replica set that the servers must belong to.
    #[must_use]
    pub fn replica_set(&self) -> Option<&str> {
        self.options.repl_set_name.as_deref()
    }

    getters! {
        /// The most connections to one server.
        max_pool_size: u32 = max_pool_size or MAX_POOL_SIZE;
        /// The connections to one server that are kept open.
        min_pool_size: u32 = min_pool_size or 0;
        /// How many connections to one server are opened at the same time.
        max_connecting: u32 = max_connecting or 2;
        /// How long opening a connection may take.
        connect_timeout: Duration = connect_timeout or Duration::from_secs(10);
        /// How long an operation waits for a server that it can use.
        server_selection_timeout: Duration = server_selection_timeout or Duration::from_secs(30);
        /// How often each server is asked how it is.
        heartbeat_frequency: Duration = heartbeat_freq or Duration::from_secs(10);
        /// How much slower than the fastest a server may be that is read from.
        local_threshold: Duration = local_threshold or Duration::from_millis(15);
        /// Whether a read is tried again after a failure that may pass.
        retry_reads: bool = retry_reads or true;
        /// Whether a write is tried again, without doing it twice.
        retry_writes: bool = retry_writes or true;
        /// Whether only the named server is used, whatever its role.
        direct_connection: bool = direct_connection or false;
    }

    /// How long a connection may be idle before it is closed; `None` is forever.
    #[must_use]
    pub fn max_idle_time(&self) -> Option<Duration> {
        self.options.max_idle_time.filter(|time| !time.is_zero())
    }

    /// How long an operation may take as a whole; `None` is without limit.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.own.timeout.filter(|limit| !limit.is_zero())
    }

    /// How long the answer to one message may take; `None` is without limit.
    #[must_use]
    pub fn socket_timeout(&self) -> Option<Duration> {
        self.own.socket_timeout.filter(|limit| !limit.is_zero())
    }

    /// How long an operation waits for a connection; `None` is without limit.
    #[must_use]
    pub fn wait_queue_timeout(&self) -> Option<Duration> {
        self.own.wait_queue_timeout.filter(|limit| !limit.is_zero())
    }

    /// How settled data must be that is read; `None` leaves it to the server.
    #[must_use]
    pub fn read_concern(&self) -> Option<&ReadConcern> {
        self.options.read_concern.as_ref()
    }

    /// Which servers are read from; `None` is the primary.
    #[must_use]
    pub fn selection_criteria(&self) -> Option<&SelectionCriteria> {
        self.options.selection_criteria.as_ref()
    }

    /// How many servers must have a write; `None` leaves it to the server.
    #[must_use]
    pub fn write_concern(&self) -> Option<&WriteConcern> {
        self.options.write_concern.as_ref()
    }

    /// The listeners.
    #[must_use]
    pub fn listeners(&self) -> &Listeners {
        &self.listeners
    }

    /// The driver's options, with everything that has no getter here. May hold a password.
    #[must_use]
    pub fn driver_options(&self) -> &ClientOptions {
        &self.options
    }
}

/// Without the credentials.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("hosts", &self.hosts())
            .field("app_name", &self.app_name())
            .field("max_pool_size", &self.max_pool_size())
            .field("timeout", &self.timeout())
            .field("listeners", &self.listeners)
            .finish_non_exhaustive()
    }
}
