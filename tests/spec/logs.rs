//! The driver's log messages, which it writes as events of the `tracing` crate, by the id of the client's topology.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use odmium::bson::{Bson, Document};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::Interest,
};

#[derive(Clone, Debug)]
pub struct Message {
    pub level: &'static str,
    /// Such as `serverSelection`.
    pub component: String,
    pub data: Document,
}

/// How many clients want messages; none are kept while there is none.
static WANTED: AtomicUsize = AtomicUsize::new(0);
static MESSAGES: LazyLock<Mutex<HashMap<String, Vec<Message>>>> = LazyLock::new(Mutex::default);

/// Keeps messages as long as it lives.
pub struct Wanted(());

pub fn observe() -> Wanted {
    WANTED.fetch_add(1, Ordering::SeqCst);
    Wanted(())
}

impl Drop for Wanted {
    fn drop(&mut self) {
        if WANTED.fetch_sub(1, Ordering::SeqCst) == 1 {
            MESSAGES.lock().unwrap().clear();
        }
    }
}

/// What was logged about a topology.
pub fn of(topology: &str) -> Vec<Message> {
    MESSAGES.lock().unwrap().get(topology).cloned().unwrap_or_default()
}

/// Smaller is worse; the names are those of the specification, some of which the driver does not use.
pub fn severity(level: &str) -> usize {
    let levels =
        ["off", "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug", "trace"];
    levels.iter().position(|it| *it == level).unwrap_or(levels.len())
}

/// Starts to look at log messages; once in a process.
pub fn install() {
    tracing::subscriber::set_global_default(Collector).expect("it is installed once");
}

struct Collector;

impl Subscriber for Collector {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        let own = !metadata.is_span() && metadata.target().starts_with("mongodb::");
        if own { Interest::sometimes() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("mongodb::") && WANTED.load(Ordering::Relaxed) > 0
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(Document::new());
        event.record(&mut fields);
        let Fields(mut data) = fields;
        let Some(Bson::String(topology)) = data.remove("topologyId") else { return };
        let level = match *event.metadata().level() {
            Level::ERROR => "error",
            Level::WARN => "warning",
            Level::INFO => "info",
            Level::DEBUG => "debug",
            Level::TRACE => "trace",
        };
        let target = event.metadata().target();
        let component = match target.trim_start_matches("mongodb::") {
            "server_selection" => "serverSelection",
            other => other,
        };
        // Tests may ask for it; every message of the map is of one topology.
        data.insert("topologyId", topology.clone());
        let message = Message { level, component: component.to_owned(), data };
        MESSAGES.lock().unwrap().entry(topology).or_default().push(message);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields(Document);

impl Visit for Fields {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name(), i64::try_from(value).unwrap_or(i64::MAX));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.0.insert(field.name(), i64::try_from(value).unwrap_or(i64::MAX));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.insert(field.name(), value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name(), value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}
