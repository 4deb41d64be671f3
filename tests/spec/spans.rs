//! The driver's OpenTelemetry spans, compared with the tree of spans that a test expects.

use odmium::bson::{Bson, Document};
use opentelemetry::Value;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};

use crate::{entities::Entities, matching, schema::ExpectedSpan};

/// The spans of one client.
#[derive(Default)]
pub struct Spans(InMemorySpanExporter);

impl Spans {
    pub fn provider(&self) -> SdkTracerProvider {
        SdkTracerProvider::builder().with_simple_exporter(self.0.clone()).build()
    }

    /// Compares the spans that have ended. Children that are not expected may be told to be no fault.
    pub fn compare(
        &self,
        expected: &[ExpectedSpan],
        ignore_extra: bool,
        entities: &Entities,
    ) -> Result<(), String> {
        let mut spans = self.0.get_finished_spans().unwrap_or_default();
        spans.sort_by_key(|span| span.start_time);
        let roots: Vec<_> = spans.iter().filter(|span| parent(&spans, span).is_none()).collect();
        level(expected, &roots, &spans, ignore_extra, entities)
    }
}

fn parent<'s>(spans: &'s [SpanData], span: &SpanData) -> Option<&'s SpanData> {
    spans.iter().find(|it| it.span_context.span_id() == span.parent_span_id)
}

/// Compares spans and what is below them. Those that are ignored may stand between those that are expected.
fn level(
    expected: &[ExpectedSpan],
    found: &[&SpanData],
    all: &[SpanData],
    ignore_extra: bool,
    entities: &Entities,
) -> Result<(), String> {
    let names = || found.iter().map(|span| &*span.name).collect::<Vec<_>>().join(", ");
    if !ignore_extra && expected.len() != found.len() {
        let wanted: Vec<_> = expected.iter().map(|span| span.name.as_str()).collect();
        return Err(format!("the spans should be {} and are {}", wanted.join(", "), names()));
    }
    let mut rest = found.iter();
    for wanted in expected {
        let mut first = None;
        let mut fits = |span: &&&SpanData| match one(wanted, span, all, ignore_extra, entities) {
            Ok(()) => true,
            Err(error) => {
                if span.name == wanted.name {
                    first.get_or_insert(error);
                }
                false
            }
        };
        let found = match ignore_extra {
            true => rest.find(&mut fits),
            false => rest.next().filter(&mut fits),
        };
        if found.is_none() {
            let none = || format!("there is no span `{}` among {}", wanted.name, names());
            return Err(first.unwrap_or_else(none));
        }
    }
    Ok(())
}

fn one(
    expected: &ExpectedSpan,
    span: &SpanData,
    all: &[SpanData],
    ignore_extra: bool,
    entities: &Entities,
) -> Result<(), String> {
    if expected.name != span.name {
        return Err(format!("the span `{}` should be `{}`", span.name, expected.name));
    }
    matching::document(&expected.attributes, &attributes(span), entities)
        .map_err(|error| format!("of the span `{}`, {error}", span.name))?;
    let below = all.iter().filter(|it| it.parent_span_id == span.span_context.span_id());
    level(&expected.nested, &below.collect::<Vec<_>>(), all, ignore_extra, entities)
}

fn attributes(span: &SpanData) -> Document {
    let events = span.events.iter().flat_map(|event| event.attributes.iter());
    let attributes = span.attributes.iter().chain(events);
    attributes.map(|pair| (pair.key.to_string(), value(pair.key.as_str(), &pair.value))).collect()
}

fn value(key: &str, value: &Value) -> Bson {
    match value {
        // A document in other drivers, and compared as one.
        Value::String(text) if key == "db.mongodb.lsid" => {
            serde_json::from_str::<Document>(text.as_str()).map_or(Bson::Null, Bson::Document)
        }
        Value::Bool(value) => Bson::Boolean(*value),
        Value::I64(value) => Bson::Int64(*value),
        Value::F64(value) => Bson::Double(*value),
        other => Bson::String(other.to_string()),
    }
}
