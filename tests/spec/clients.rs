//! Clients of a test, made as it describes them, and what they report.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use odmium::{
    Client,
    bson::{Bson, Document, deserialize_from_bson},
    mongodb::otel::OpentelemetryOptions,
    options::{ServerApi, ServerApiVersion},
};

use crate::{
    args::Args,
    events::{Event, Log},
    failure::Failure,
    logs,
    spans::Spans,
};

/// Monitors cannot be made to look more often than this.
const HEARTBEAT_MS: i64 = 500;
/// Long enough for every command of the data; the driver would cut texts at 1000 bytes.
const TEXT_LENGTH: usize = 10_000;

pub struct ClientEntity {
    pub id: String,
    /// Taken when the test closes it.
    client: Mutex<Option<Client>>,
    pub log: Arc<Log>,
    pub spans: Option<Spans>,
    /// The least severe level that is looked at, by component.
    pub levels: Vec<(String, String)>,
    _logging: Option<logs::Wanted>,
}

impl ClientEntity {
    /// Makes the client that a test describes.
    pub async fn create(uri: &str, description: &Document) -> Result<Self, Failure> {
        let mut args = Args::new(description);
        let id: String = args.get("id")?;
        let options = args.opt::<Document>("uriOptions")?.unwrap_or_default();
        // One server only: nothing to choose.
        args.opt::<bool>("useMultipleMongoses")?;
        let observed = args.opt::<Vec<String>>("observeEvents")?.unwrap_or_default();
        let mut ignored = args.opt::<Vec<String>>("ignoreCommandMonitoringEvents")?.unwrap_or_default();
        ignored.push("configureFailPoint".to_owned());
        let sensitive = args.opt::<bool>("observeSensitiveCommands")?.unwrap_or_default();
        let stored = args.opt::<Vec<Document>>("storeEventsAsEntities")?.unwrap_or_default();
        let levels = args.opt::<Document>("observeLogMessages")?.unwrap_or_default();
        let tracing = args.opt::<Document>("observeTracingMessages")?;
        let api = args.opt::<Document>("serverApi")?;
        if args.contains("autoEncryptOpts") {
            return Err(Failure::Skip("needs client-side encryption".to_owned()));
        }
        args.done()?;
        let log =
            Arc::new(Log::new(observed.into_iter().collect::<BTreeSet<_>>(), ignored, sensitive, stored));
        let logging = (!levels.is_empty()).then(logs::observe);
        let spans = tracing.as_ref().map(|_| Spans::default());
        let mut builder = Client::builder().uri(with_options(uri, &options)?);
        if let Some(api) = api {
            builder = builder.server_api(server_api(api)?);
        }
        if let (Some(spans), Some(tracing)) = (&spans, tracing) {
            let payload = tracing.get_bool("enableCommandPayload").unwrap_or_default();
            let telemetry = OpentelemetryOptions::builder().enabled(true).tracer_provider(spans.provider());
            let length = payload.then_some(TEXT_LENGTH);
            builder = builder.opentelemetry(telemetry.query_text_max_length(length).build());
        }
        let (commands, servers, pools) = (log.clone(), log.clone(), log.clone());
        let client = builder
            .configure(|options| options.tracing_max_document_length_bytes = Some(TEXT_LENGTH))
            .on_command(move |event| commands.command(event))
            .on_server(move |event| servers.server(event))
            .on_pool(move |event| pools.pool(event))
            .connect()
            .await?;
        let levels = levels.into_iter().map(|(component, level)| {
            let level = level.as_str().unwrap_or_default().to_owned();
            (component, level)
        });
        let levels = levels.collect();
        Ok(Self { id, client: Mutex::new(Some(client)), log, spans, levels, _logging: logging })
    }

    pub fn client(&self) -> Result<Client, Failure> {
        let client = self.client.lock().unwrap();
        client.clone().ok_or_else(|| Failure::test(format!("the client `{}` was closed", self.id)))
    }

    /// Closes the client, as a test asks for or at its end.
    pub async fn close(&self) {
        let client = self.client.lock().unwrap().take();
        if let Some(client) = client {
            client.close().grace(Duration::from_millis(100)).await;
        }
    }

    /// The messages that it has logged, as far as they are looked at.
    pub fn messages(&self) -> Vec<logs::Message> {
        let mut messages = self.log.topology().map(|id| logs::of(&id)).unwrap_or_default();
        messages.retain(|message| {
            let wanted = self.levels.iter().find(|(component, _)| *component == message.component);
            wanted.is_some_and(|(_, level)| logs::severity(message.level) <= logs::severity(level))
        });
        messages
    }

    /// The events of a kind that it was asked to observe.
    pub fn events(&self, kind: &str) -> Vec<Event> {
        self.log.events().into_iter().filter(|event| event.kind == kind).collect()
    }
}

fn server_api(api: Document) -> Result<ServerApi, Failure> {
    let mut args = Args::new(&api);
    let version: ServerApiVersion = deserialize_from_bson(args.get::<Bson>("version")?)
        .map_err(|error| Failure::test(format!("the version of the API is wrong: {error}")))?;
    let mut api = ServerApi::builder().version(version).build();
    api.strict = args.opt("strict")?;
    api.deprecation_errors = args.opt("deprecationErrors")?;
    args.done()?;
    Ok(api)
}

/// The connection string with more options; those of the test count.
fn with_options(uri: &str, options: &Document) -> Result<String, Failure> {
    let (hosts, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for (name, value) in options {
        let text = match value {
            Bson::String(text) => text.replace('%', "%25").replace('&', "%26").replace(' ', "%20"),
            Bson::Int32(number) if name == "heartbeatFrequencyMS" => {
                i64::from(*number).max(HEARTBEAT_MS).to_string()
            }
            Bson::Int32(_) | Bson::Int64(_) | Bson::Boolean(_) | Bson::Double(_) => value.to_string(),
            Bson::Array(texts) => texts.iter().filter_map(Bson::as_str).collect::<Vec<_>>().join(","),
            _ => return Err(Failure::test(format!("`{name}` in the options of the URI is {value}"))),
        };
        pairs.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        pairs.push((name.clone(), text));
    }
    let query: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(if query.is_empty() { hosts.to_owned() } else { format!("{hosts}?{}", query.join("&")) })
}
