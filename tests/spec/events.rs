//! What a client reports, as the documents that tests compare with.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Mutex,
    time::Instant,
};

use odmium::{
    bson::{Bson, Document, doc, oid::ObjectId},
    mongodb::{
        TopologyType,
        event::{
            cmap::{ConnectionCheckoutFailedReason, ConnectionClosedReason},
            sdam::TopologyDescription,
        },
    },
    monitor::{CmapEvent, CommandEvent, SdamEvent},
};

/// Their commands and replies may hold secrets.
const SENSITIVE: [&str; 9] = [
    "authenticate",
    "saslStart",
    "saslContinue",
    "getnonce",
    "createUser",
    "updateUser",
    "copydbgetnonce",
    "copydbsaslstart",
    "copydb",
];

#[derive(Clone, Debug)]
pub struct Event {
    /// `command`, `cmap` or `sdam`.
    pub kind: &'static str,
    /// Such as `commandStartedEvent`.
    pub name: &'static str,
    pub content: Document,
    at: Instant,
}

/// Everything that a client has reported.
pub struct Log {
    observed: BTreeSet<String>,
    ignored: Vec<String>,
    sensitive: bool,
    /// Names of events for an entity, by the entity's name.
    stored: Vec<Document>,
    start: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    events: Vec<Event>,
    /// The database and the id of the session of each command under way.
    under_way: HashMap<i32, (String, Option<Document>)>,
    /// The ids of sessions of which a command met a network error.
    dirty: Vec<Document>,
    /// The ids of the sessions of all commands.
    lsids: Vec<Document>,
    checked_out: i64,
    topology: Option<ObjectId>,
}

impl Log {
    pub fn new(
        observed: BTreeSet<String>,
        ignored: Vec<String>,
        sensitive: bool,
        stored: Vec<Document>,
    ) -> Self {
        Self { observed, ignored, sensitive, stored, start: Instant::now(), state: Mutex::default() }
    }

    pub fn events(&self) -> Vec<Event> {
        let events = &self.state.lock().unwrap().events;
        events.iter().filter(|event| self.observed.contains(event.name)).cloned().collect()
    }

    pub fn checked_out(&self) -> i64 {
        self.state.lock().unwrap().checked_out
    }

    pub fn topology(&self) -> Option<String> {
        self.state.lock().unwrap().topology.map(ObjectId::to_hex)
    }

    /// The ids of the sessions of the last two commands.
    pub fn last_lsids(&self) -> Option<(Document, Document)> {
        match self.state.lock().unwrap().lsids.as_slice() {
            [.., one, two] => Some((one.clone(), two.clone())),
            _ => None,
        }
    }

    /// Whether a command of the session met a network error. The driver does not tell itself.
    pub fn is_dirty(&self, lsid: &Document) -> bool {
        self.state.lock().unwrap().dirty.contains(lsid)
    }

    /// The events that the test wants as lists of documents, by the lists' names.
    pub fn lists(&self) -> Vec<(String, Bson)> {
        let events = self.state.lock().unwrap().events.clone();
        let list = |stored: &Document| {
            let names = stored.get_array("events").cloned().unwrap_or_default();
            let wanted = |event: &&Event| {
                let pascal = event.name.strip_suffix("Event").unwrap_or(event.name);
                names.iter().filter_map(Bson::as_str).any(|name| {
                    name.eq_ignore_ascii_case(event.name)
                        || name.trim_end_matches("Event").eq_ignore_ascii_case(pascal)
                })
            };
            let documents = events.iter().filter(wanted).map(|event| {
                let mut document = event.content.clone();
                document.insert("name", event.name);
                document.insert("observedAt", event.at.duration_since(self.start).as_secs_f64());
                Bson::Document(document)
            });
            (stored.get_str("id").unwrap_or_default().to_owned(), Bson::Array(documents.collect()))
        };
        self.stored.iter().map(list).collect()
    }

    fn push(&self, kind: &'static str, name: &'static str, content: Document) {
        self.state.lock().unwrap().events.push(Event { kind, name, content, at: Instant::now() });
    }

    fn passes(&self, command: &str, body: &Document) -> bool {
        if self.ignored.iter().any(|it| it == command) {
            return false;
        }
        let secret = SENSITIVE.iter().any(|it| it.eq_ignore_ascii_case(command));
        // The driver empties a `hello` that carries credentials, and its reply.
        let hello = ["hello", "ismaster"].iter().any(|it| it.eq_ignore_ascii_case(command));
        self.sensitive || !(secret || (hello && body.is_empty()))
    }

    pub fn command(&self, event: &CommandEvent) {
        match event {
            CommandEvent::Started(event) => {
                if !self.passes(&event.command_name, &event.command) {
                    return;
                }
                let lsid = event.command.get_document("lsid").ok().cloned();
                let mut state = self.state.lock().unwrap();
                state.lsids.extend(lsid.clone());
                state.under_way.insert(event.request_id, (event.db.clone(), lsid));
                drop(state);
                let content = doc! {
                    "commandName": &event.command_name,
                    "databaseName": &event.db,
                    "command": event.command.clone(),
                    "hasServiceId": event.service_id.is_some(),
                    "hasServerConnectionId": event.connection.server_id.is_some(),
                };
                self.push("command", "commandStartedEvent", content);
            }
            CommandEvent::Succeeded(event) => {
                if !self.passes(&event.command_name, &event.reply) {
                    return;
                }
                let (database, _) = self.end(event.request_id);
                let content = doc! {
                    "commandName": &event.command_name,
                    "databaseName": database,
                    "reply": event.reply.clone(),
                    "hasServiceId": event.service_id.is_some(),
                    "hasServerConnectionId": event.connection.server_id.is_some(),
                };
                self.push("command", "commandSucceededEvent", content);
            }
            CommandEvent::Failed(event) => {
                if !self.passes(&event.command_name, &doc! { "": 0 }) {
                    return;
                }
                let (database, lsid) = self.end(event.request_id);
                if let Some(lsid) = lsid
                    && odmium::Error::from(event.failure.clone()).is_network()
                {
                    self.state.lock().unwrap().dirty.push(lsid);
                }
                let content = doc! {
                    "commandName": &event.command_name,
                    "databaseName": database,
                    "hasServiceId": event.service_id.is_some(),
                    "hasServerConnectionId": event.connection.server_id.is_some(),
                };
                self.push("command", "commandFailedEvent", content);
            }
            _ => {}
        }
    }

    /// The driver names the database only when a command starts.
    fn end(&self, request: i32) -> (String, Option<Document>) {
        self.state.lock().unwrap().under_way.remove(&request).unwrap_or_default()
    }

    pub fn pool(&self, event: &CmapEvent) {
        let (name, content) = match event {
            CmapEvent::PoolCreated(_) => ("poolCreatedEvent", doc! {}),
            CmapEvent::PoolReady(_) => ("poolReadyEvent", doc! {}),
            CmapEvent::PoolCleared(event) => (
                "poolClearedEvent",
                doc! {
                    "hasServiceId": event.service_id.is_some(),
                    "interruptInUseConnections": event.interrupt_in_use_connections,
                },
            ),
            CmapEvent::PoolClosed(_) => ("poolClosedEvent", doc! {}),
            CmapEvent::ConnectionCreated(_) => ("connectionCreatedEvent", doc! {}),
            CmapEvent::ConnectionReady(_) => ("connectionReadyEvent", doc! {}),
            CmapEvent::ConnectionClosed(event) => {
                let reason = match event.reason {
                    ConnectionClosedReason::Stale => "stale",
                    ConnectionClosedReason::Idle => "idle",
                    ConnectionClosedReason::PoolClosed => "poolClosed",
                    _ => "error",
                };
                ("connectionClosedEvent", doc! { "reason": reason })
            }
            CmapEvent::ConnectionCheckoutStarted(_) => ("connectionCheckOutStartedEvent", doc! {}),
            CmapEvent::ConnectionCheckoutFailed(event) => {
                let reason = match event.reason {
                    ConnectionCheckoutFailedReason::Timeout => "timeout",
                    _ => "connectionError",
                };
                ("connectionCheckOutFailedEvent", doc! { "reason": reason })
            }
            CmapEvent::ConnectionCheckedOut(_) => {
                self.state.lock().unwrap().checked_out += 1;
                ("connectionCheckedOutEvent", doc! {})
            }
            CmapEvent::ConnectionCheckedIn(_) => {
                self.state.lock().unwrap().checked_out -= 1;
                ("connectionCheckedInEvent", doc! {})
            }
            _ => return,
        };
        self.push("cmap", name, content);
    }

    pub fn server(&self, event: &SdamEvent) {
        let (name, content) = match event {
            SdamEvent::TopologyOpening(event) => {
                self.state.lock().unwrap().topology = Some(event.topology_id);
                ("topologyOpeningEvent", doc! {})
            }
            SdamEvent::TopologyClosed(_) => ("topologyClosedEvent", doc! {}),
            SdamEvent::TopologyDescriptionChanged(event) => (
                "topologyDescriptionChangedEvent",
                doc! {
                    "previousDescription": { "type": topology_type(&event.previous_description) },
                    "newDescription": { "type": topology_type(&event.new_description) },
                },
            ),
            SdamEvent::ServerDescriptionChanged(event) => (
                "serverDescriptionChangedEvent",
                doc! {
                    "previousDescription": { "type": event.previous_description.server_type().to_string() },
                    "newDescription": { "type": event.new_description.server_type().to_string() },
                },
            ),
            SdamEvent::ServerOpening(_) => ("serverOpeningEvent", doc! {}),
            SdamEvent::ServerClosed(_) => ("serverClosedEvent", doc! {}),
            SdamEvent::ServerHeartbeatStarted(event) => {
                ("serverHeartbeatStartedEvent", doc! { "awaited": event.awaited })
            }
            SdamEvent::ServerHeartbeatSucceeded(event) => {
                ("serverHeartbeatSucceededEvent", doc! { "awaited": event.awaited })
            }
            SdamEvent::ServerHeartbeatFailed(event) => {
                ("serverHeartbeatFailedEvent", doc! { "awaited": event.awaited })
            }
            _ => return,
        };
        self.push("sdam", name, content);
    }
}

fn topology_type(topology: &TopologyDescription) -> &'static str {
    match topology.topology_type() {
        TopologyType::Single => "Single",
        TopologyType::ReplicaSetNoPrimary => "ReplicaSetNoPrimary",
        TopologyType::ReplicaSetWithPrimary => "ReplicaSetWithPrimary",
        TopologyType::Sharded => "Sharded",
        TopologyType::LoadBalanced => "LoadBalanced",
        _ => "Unknown",
    }
}
