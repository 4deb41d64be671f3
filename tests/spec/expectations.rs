//! What a client must have reported when the operations are done.

use std::time::Duration;

use odmium::bson::Document;
use tokio::time::{Instant, sleep};

use crate::{
    clients::ClientEntity,
    failure::Failure,
    logs::{self, Message},
    matching,
    run::Run,
    schema::{ExpectedEvents, ExpectedMessage, ExpectedMessages, Test},
};

/// How long what a client reports from the background may take, and how long nothing more may come.
const QUIET: Duration = Duration::from_millis(500);

/// Compares the events, log messages and spans of every client.
pub async fn check(run: &Run, test: &Test) -> Result<(), Failure> {
    let background =
        test.expect_events.iter().any(|it| it.event_type.as_deref().is_some_and(|it| it != "command"));
    if background {
        sleep(QUIET).await;
    }
    for expected in &test.expect_events {
        let client = run.entities.client(&expected.client)?;
        soon(|| events(run, &client, expected)).await?;
    }
    for expected in &test.expect_log_messages {
        let client = run.entities.client(&expected.client)?;
        soon(|| messages(run, &client, expected)).await?;
    }
    for expected in &test.expect_tracing_messages {
        let client = run.entities.client(&expected.client)?;
        let Some(spans) = &client.spans else {
            return Err(Failure::test(format!("`{}` does not observe tracing messages", expected.client)));
        };
        soon(|| spans.compare(&expected.spans, expected.ignore_extra_spans, &run.entities)).await?;
    }
    Ok(())
}

/// Compares at once, and again for a while if it does not fit.
async fn soon(check: impl Fn() -> Result<(), String>) -> Result<(), Failure> {
    let deadline = Instant::now() + QUIET;
    loop {
        match check() {
            Ok(()) => return Ok(()),
            Err(error) if Instant::now() > deadline => return Err(Failure::test(error)),
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

fn events(run: &Run, client: &ClientEntity, expected: &ExpectedEvents) -> Result<(), String> {
    let kind = expected.event_type.as_deref().unwrap_or("command");
    let found = client.events(kind);
    let at = |error: String| {
        let told: Vec<_> = found.iter().map(|it| format!("\n    {} {}", it.name, it.content)).collect();
        format!("the {kind} events of {}: {error}; they are{}", expected.client, told.concat())
    };
    if found.len() < expected.events.len()
        || (found.len() > expected.events.len() && !expected.ignore_extra_events)
    {
        return Err(at(format!("{} are expected and there are {}", expected.events.len(), found.len())));
    }
    for (index, (expected, found)) in expected.events.iter().zip(&found).enumerate() {
        event(run, expected, found.name, &found.content)
            .map_err(|error| at(format!("event {index} {error}")))?;
    }
    Ok(())
}

/// Compares one event with the document that names and describes it.
pub fn event(run: &Run, expected: &Document, name: &str, content: &Document) -> Result<(), String> {
    let Some((wanted, parts)) = expected.iter().next() else {
        return Err("is expected to be nothing".to_owned());
    };
    if wanted != name {
        return Err(format!("is a {name} and should be a {wanted}"));
    }
    for (key, part) in parts.as_document().into_iter().flatten() {
        // The whole event is no document of its own; its parts are.
        matching::matches(part, content.get(key), &run.entities)
            .map_err(|error| format!("`{key}` {error}"))?;
    }
    Ok(())
}

fn messages(run: &Run, client: &ClientEntity, expected: &ExpectedMessages) -> Result<(), String> {
    let mut found = client.messages();
    found.retain(|message| !expected.ignore_messages.iter().any(|it| message_fits(run, it, message).is_ok()));
    let at = |error: String| {
        let told: Vec<_> =
            found.iter().map(|it| format!("\n    {} {} {}", it.level, it.component, it.data)).collect();
        format!("the log messages of {}: {error}; they are{}", expected.client, told.concat())
    };
    if found.len() < expected.messages.len()
        || (found.len() > expected.messages.len() && !expected.ignore_extra_messages)
    {
        return Err(at(format!("{} are expected and there are {}", expected.messages.len(), found.len())));
    }
    for (index, (expected, found)) in expected.messages.iter().zip(&found).enumerate() {
        message_fits(run, expected, found).map_err(|error| at(format!("message {index} {error}")))?;
    }
    Ok(())
}

fn message_fits(run: &Run, expected: &ExpectedMessage, found: &Message) -> Result<(), String> {
    if expected.component != found.component {
        return Err(format!("is of {} and should be of {}", found.component, expected.component));
    }
    if logs::severity(&expected.level) != logs::severity(found.level) {
        return Err(format!("is {} and should be {}", found.level, expected.level));
    }
    if let Some(redacted) = expected.failure_is_redacted {
        let failure = found.data.get_str("failure").map_err(|_| "should have a failure".to_owned())?;
        // An error of the network has nothing to hide.
        let is_redacted = failure.contains("REDACTED");
        if is_redacted != redacted {
            return Err(format!("has a failure that should be redacted: {redacted}; it is {failure}"));
        }
    }
    matching::document(&expected.data, &found.data, &run.entities)
}
