//! Watches a client: its commands and how long they take, its servers, their heartbeats and its connections.
//!
//! `cargo run -p odmium-examples --example monitoring`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::{
    collections::BTreeMap,
    process::ExitCode,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use odmium::{
    Client, dev,
    monitor::{
        CmapEvent, CommandFailedEvent, CommandListener, CommandSucceededEvent, HeartbeatListener,
        ServerDescriptionChangedEvent, ServerHeartbeatFailedEvent, ServerHeartbeatSucceededEvent,
        ServerListener, TopologyDescriptionChangedEvent, TopologyListener,
    },
    prelude::*,
};

#[derive(Document)]
#[document(collection = "visits")]
struct Visit {
    id: i32,
    page: String,
}

/// How often each command was sent, how often it failed, and how long it took.
#[derive(Default)]
struct Statistics(Mutex<BTreeMap<String, Row>>);

#[derive(Default)]
struct Row {
    sent: usize,
    failed: usize,
    time: Duration,
}

impl Statistics {
    fn add(&self, command: &str, time: Duration, failed: bool) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let row = rows.entry(command.to_owned()).or_default();
        row.sent += 1;
        row.failed += usize::from(failed);
        row.time += time;
    }

    fn print(&self) {
        println!("{:12} {:>5} {:>7}", "command", "sent", "failed");
        for (command, Row { sent, failed, time }) in
            self.0.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            println!("{command:12} {sent:5} {failed:7} {:?} each", *time / u32::try_from(*sent).unwrap_or(1));
        }
    }
}

impl CommandListener for Statistics {
    fn succeeded(&self, event: &CommandSucceededEvent) {
        self.add(&event.command_name, event.duration, false);
    }

    fn failed(&self, event: &CommandFailedEvent) {
        self.add(&event.command_name, event.duration, true);
    }
}

/// Prints what happens to the servers. The heartbeats that find nothing new are many; only the failed ones are shown.
struct Printer;

impl ServerListener for Printer {
    fn changed(&self, event: &ServerDescriptionChangedEvent) {
        let (before, now) = (event.previous_description.server_type(), event.new_description.server_type());
        println!("server {}: {before} -> {now}", event.address);
    }
}

impl TopologyListener for Printer {
    fn changed(&self, event: &TopologyDescriptionChangedEvent) {
        let (before, now) = (&event.previous_description, &event.new_description);
        println!("topology: {:?} -> {:?}", before.topology_type(), now.topology_type());
    }
}

impl HeartbeatListener for Printer {
    fn succeeded(&self, event: &ServerHeartbeatSucceededEvent) {
        // An awaited one is answered only when something has changed, or after 10 s.
        if !event.awaited {
            println!("heartbeat of {} answered", event.server_address);
        }
    }

    fn failed(&self, event: &ServerHeartbeatFailedEvent) {
        println!("heartbeat of {} failed: {}", event.server_address, event.failure);
    }
}

async fn run() -> odmium::Result<()> {
    let statistics = Arc::new(Statistics::default());
    let opened = Arc::new(AtomicUsize::new(0));
    let connections = opened.clone();
    let client = Client::builder()
        // The server that MONGODB_URI names, or one that ends with this program.
        .uri(dev::shared().await?.uri())
        .command_listener(statistics.clone())
        .server_listener(Printer)
        .topology_listener(Printer)
        .heartbeat_listener(Printer)
        .on_pool(move |event| {
            if let CmapEvent::ConnectionReady(_) = event {
                connections.fetch_add(1, Ordering::Relaxed);
            }
        })
        .connect()
        .await?;

    let topology =
        client.wait_for_topology(Duration::from_secs(10), |topology| topology.is_primary()).await?;
    println!("connected: {topology}\n");

    let db = client.database(&format!("monitoring_{}", std::process::id()));
    let visits = db.collection::<Visit>();
    visits.insert_many((0..100).map(|id| Visit { id, page: format!("/{}", id % 7) })).await?;
    for page in 0..7 {
        let page = visits.find(Visit.page.eq(format!("/{page}"))).batch_size(10).await?;
        visits.update_many(Visit.id.gt(page.len() as i32), Visit.page.set("/")).await?;
    }
    if let Err(error) = db.run_command(odmium::bson::doc! { "noSuchCommand": 1 }).await {
        println!("refused: {error}\n");
    }
    db.drop().await?;

    client.close().await;
    statistics.print();
    println!("{} connections opened", opened.load(Ordering::Relaxed));
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
