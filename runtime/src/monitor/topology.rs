//! What a client knows about its servers.

use std::{fmt, sync::Arc};

use mongodb::{
    ServerInfo, ServerType, TopologyType, event::sdam::TopologyDescription, options::ServerAddress,
};

/// What a client knew about its servers at one moment. See [`Client::topology`](crate::Client::topology).
#[derive(Clone, Default)]
pub struct Topology(Option<Arc<TopologyDescription>>);

impl Topology {
    pub(super) fn new(description: TopologyDescription) -> Self {
        Self(Some(Arc::new(description)))
    }

    /// What kind of deployment it is; `Unknown` until a server has answered.
    #[must_use]
    pub fn kind(&self) -> TopologyType {
        self.0.as_ref().map_or(TopologyType::Unknown, |description| description.topology_type())
    }

    /// Every server that is watched, in the order of the addresses.
    #[must_use]
    pub fn servers(&self) -> Vec<ServerInfo<'_>> {
        let Some(description) = &self.0 else { return Vec::new() };
        let mut servers: Vec<_> = description.servers().into_values().collect();
        servers.sort_by_cached_key(|server| server.address().to_string());
        servers
    }

    /// One server.
    #[must_use]
    pub fn server(&self, address: &ServerAddress) -> Option<ServerInfo<'_>> {
        self.0.as_ref()?.servers().remove(address)
    }

    /// The addresses of all servers that have answered and hold data or route to it.
    #[must_use]
    pub fn nodes(&self) -> Vec<ServerAddress> {
        self.addresses(|kind| {
            matches!(
                kind,
                ServerType::Standalone
                    | ServerType::Mongos
                    | ServerType::RsPrimary
                    | ServerType::RsSecondary
                    | ServerType::LoadBalancer
            )
        })
    }

    /// The primary of the replica set, when there is one.
    #[must_use]
    pub fn primary(&self) -> Option<ServerAddress> {
        self.addresses(|kind| kind == ServerType::RsPrimary).pop()
    }

    /// The secondaries of the replica set.
    #[must_use]
    pub fn secondaries(&self) -> Vec<ServerAddress> {
        self.addresses(|kind| kind == ServerType::RsSecondary)
    }

    /// The arbiters of the replica set, which vote and hold no data.
    #[must_use]
    pub fn arbiters(&self) -> Vec<ServerAddress> {
        self.addresses(|kind| kind == ServerType::RsArbiter)
    }

    /// The server that writes go to: the primary, or the only server. `None` when it is not known, and when there are
    /// several, as in a sharded cluster.
    #[must_use]
    pub fn address(&self) -> Option<ServerAddress> {
        match self.kind() {
            TopologyType::Single | TopologyType::Sharded | TopologyType::LoadBalanced => {
                let mut nodes = self.nodes();
                nodes.pop().filter(|_| nodes.is_empty())
            }
            _ => self.primary(),
        }
    }

    /// Whether a server that takes writes is known.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        self.0.as_ref().is_some_and(|description| description.has_writable_server())
    }

    /// Whether the servers are routers of a sharded cluster.
    #[must_use]
    pub fn is_mongos(&self) -> bool {
        self.kind() == TopologyType::Sharded
    }

    /// The name of the replica set.
    #[must_use]
    pub fn set_name(&self) -> Option<&str> {
        self.0.as_ref()?.set_name().map(String::as_str)
    }

    /// The driver's description; `None` until the client has begun to watch.
    #[must_use]
    pub fn description(&self) -> Option<&TopologyDescription> {
        self.0.as_deref()
    }

    /// Whether any server has answered.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.addresses(|kind| kind != ServerType::Unknown).is_empty()
    }

    fn addresses(&self, fits: impl Fn(ServerType) -> bool) -> Vec<ServerAddress> {
        self.servers()
            .iter()
            .filter(|server| fits(server.server_type()))
            .map(|server| server.address().clone())
            .collect()
    }
}

/// One line: what kind of deployment it is, and each server.
impl fmt::Display for Topology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind())?;
        for server in self.servers() {
            write!(f, ", {} {}", server.address(), server.server_type())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Topology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Topology").field(&self.to_string()).finish()
    }
}
