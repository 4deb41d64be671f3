//! Listeners, and spans of the `tracing` crate.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use odmium::{
    Client, Database, Result,
    bson::{Document, doc},
    dev,
    mongodb::{
        event::{EventHandler, command::CommandEvent},
        otel::OpentelemetryOptions,
    },
    monitor::{
        CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent,
        ConnectionCheckedOutEvent, ConnectionClosedEvent, HeartbeatListener, PoolCreatedEvent, PoolListener,
        SdamEvent, ServerDescriptionChangedEvent, ServerHeartbeatFailedEvent, ServerHeartbeatStartedEvent,
        ServerHeartbeatSucceededEvent, ServerListener, ServerOpeningEvent, TopologyDescriptionChangedEvent,
        TopologyListener, TopologyOpeningEvent,
    },
    prelude::*,
};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// What happened, one line each.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn push(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn has(&self, line: &str) -> bool {
        self.0.lock().unwrap().iter().any(|it| it == line)
    }
}

macro_rules! log {
    ($listener:ident { $($name:ident($event:ty)),* }) => {
        impl $listener for Log {
            $(
                fn $name(&self, _: &$event) {
                    self.push(concat!(stringify!($listener), " ", stringify!($name)));
                }
            )*
        }
    };
}

log!(ServerListener { opened(ServerOpeningEvent), changed(ServerDescriptionChangedEvent) });
log!(TopologyListener { opened(TopologyOpeningEvent), changed(TopologyDescriptionChangedEvent) });
log!(HeartbeatListener {
    started(ServerHeartbeatStartedEvent),
    succeeded(ServerHeartbeatSucceededEvent),
    failed(ServerHeartbeatFailedEvent)
});
log!(PoolListener {
    pool_created(PoolCreatedEvent),
    checked_out(ConnectionCheckedOutEvent),
    connection_closed(ConnectionClosedEvent)
});

impl CommandListener for Log {
    fn started(&self, event: &CommandStartedEvent) {
        self.push(format!("{} {}", event.command_name, event.request_id));
    }

    fn succeeded(&self, event: &CommandSucceededEvent) {
        assert!(!event.duration.is_zero());
        self.push(format!("{} {} ok", event.command_name, event.request_id));
    }

    fn failed(&self, event: &CommandFailedEvent) {
        self.push(format!("{} {} failed", event.command_name, event.request_id));
    }
}

struct Panics;

impl CommandListener for Panics {
    fn event(&self, _: &CommandEvent) {
        std::panic::panic_any("a listener that panics");
    }
}

// covers: M11
#[odmium::test]
async fn any_number_of_listeners_of_every_kind(db: Database) -> Result<()> {
    let (first, second, closures, driver) = (Log::default(), Log::default(), Log::default(), Log::default());
    let (on_command, on_server, on_pool) = (closures.clone(), closures.clone(), closures.clone());
    let last = driver.clone();
    let client = Client::builder()
        .uri(dev::shared().await?.uri())
        .command_listener(Panics)
        .command_listener(first.clone())
        .command_listener(second.clone())
        .server_listener(first.clone())
        .server_listener(second.clone())
        .topology_listener(first.clone())
        .heartbeat_listener(first.clone())
        .pool_listener(first.clone())
        .on_command(move |event| {
            on_command.push(format!("command {}", matches!(event, CommandEvent::Started(_))))
        })
        .on_server(move |event| {
            on_server.push(if let SdamEvent::ServerHeartbeatSucceeded(_) = event {
                "heartbeat"
            } else {
                "server"
            });
        })
        .on_pool(move |_| on_pool.push("pool"))
        .configure(move |options| {
            options.command_event_handler = Some(EventHandler::callback(move |_| last.push("driver")));
        })
        .connect()
        .await?;
    let listeners = client.settings().listeners();
    let counts = (listeners.commands().len(), listeners.servers().len(), listeners.pools().len());
    assert_eq!(counts, (4, 3, 2));
    assert_eq!((listeners.topology().len(), listeners.heartbeats().len()), (1, 1));
    client.wait_for_topology(Duration::from_secs(10), |now| now.is_primary()).await?;
    let db = client.database(db.name());
    assert!(db.run_command(doc! { "noSuchCommand": 1 }).await.unwrap_err().is_command());
    db.run_command(doc! { "ping": 1 }).await?;

    let lines = second.take();
    let commands: Vec<_> = lines.iter().filter(|line| !line.contains("Listener")).collect();
    let [bad, failed, ping, done] = commands.as_slice() else { panic!("{lines:?}") };
    assert_eq!(**failed, format!("{bad} failed"));
    assert_eq!(**done, format!("{ping} ok"));
    assert_eq!(driver.take(), ["driver"; 4]);
    for line in [
        "ServerListener opened",
        "ServerListener changed",
        "TopologyListener opened",
        "TopologyListener changed",
        "HeartbeatListener started",
        "HeartbeatListener succeeded",
        "PoolListener pool_created",
        "PoolListener checked_out",
    ] {
        assert!(first.has(line), "no {line}");
    }
    for line in ["command true", "command false", "server", "heartbeat", "pool"] {
        assert!(closures.has(line), "no {line}");
    }
    client.close().await;
    assert!(first.has("PoolListener connection_closed"));
    Ok(())
}

// covers: M11
#[tokio::test]
async fn a_failed_heartbeat_is_told() -> Result<()> {
    let log = Log::default();
    let client = Client::builder()
        .uri("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300")
        .heartbeat_listener(log.clone())
        .connect()
        .await?;
    assert!(client.ping().await.unwrap_err().is_server_selection());
    assert!(log.has("HeartbeatListener failed"));
    assert!(!client.topology().is_known());
    assert!(client.settings().listeners().commands().is_empty());
    Ok(())
}

/// Writes down the fields of spans when they end.
struct Spans(Log);

#[derive(Default)]
struct Fields(String);

impl tracing::field::Visit for Fields {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn fmt::Debug) {
        let value = if field.name() == "duration_us" { &"some" } else { value };
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}

impl<S> Layer<S> for Spans
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        id: &tracing::Id,
        context: Context<'_, S>,
    ) {
        let mut fields = Fields(format!("{} ", attributes.metadata().name()));
        attributes.record(&mut fields);
        context.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &tracing::Id, values: &tracing::span::Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let mut extensions = span.extensions_mut();
        values.record(extensions.get_mut::<Fields>().unwrap());
    }

    fn on_close(&self, id: tracing::Id, context: Context<'_, S>) {
        let span = context.span(&id).unwrap();
        self.0.push(span.extensions().get::<Fields>().unwrap().0.clone());
    }
}

// covers: M11
#[odmium::test]
async fn every_operation_is_a_span_without_values(db: Database) -> Result<()> {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(Spans(log.clone())));
    let rows = db.collection_named::<Document>("rows");
    rows.insert_many([doc! { "_id": 1, "secret": 2 }, doc! { "_id": 2 }]).await?;
    rows.find(Filter::everything()).await?;
    let name = db.name();
    let expected = |operation: &str, rest: &str| {
        format!("odmium.operation operation=\"{operation}\" db={name:?} collection=\"rows\" {rest}")
    };
    assert_eq!(
        log.take(),
        [
            expected("InsertMany", "documents=2 duration_us=\"some\" "),
            expected("Find", "documents=2 duration_us=\"some\" ")
        ]
    );
    rows.insert(&doc! { "_id": 1 }).await.unwrap_err();
    assert_eq!(log.take(), [expected("Insert", "duration_us=\"some\" error=DuplicateKey ")]);
    db.run_command(doc! { "ping": 1 }).await?;
    assert_eq!(
        log.take(),
        [format!("odmium.operation operation=\"RunCommand\" db={name:?} duration_us=\"some\" ")]
    );
    Ok(())
}

// covers: M11
#[odmium::test]
async fn opentelemetry_gets_the_drivers_spans(db: Database) -> Result<()> {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let client = Client::builder()
        .uri(dev::shared().await?.uri())
        .opentelemetry(OpentelemetryOptions::builder().enabled(true).tracer_provider(provider).build())
        .connect()
        .await?;
    client.database(db.name()).collection_named::<Document>("rows").insert(&doc! { "_id": 1 }).await?;
    let spans = exporter.get_finished_spans().unwrap();
    let names: Vec<_> = spans.iter().map(|span| span.name.to_string()).collect();
    assert_eq!(names, ["insert".to_owned(), format!("insert {}.rows", db.name())]);
    Ok(())
}
