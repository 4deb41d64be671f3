//! P7: a change stream, on a real server.

use std::sync::Arc;

use odmium::{
    Collection,
    change_stream::{Event, ResumeToken},
    mongodb,
    mongodb::{bson, change_stream::event::OperationType},
    prelude::*,
};
use serde::{Deserialize, Serialize};

use super::python::Python;
use crate::{
    Result,
    measure::{Clock, Cost, operations},
    report::{Goal::AtMost, Row},
    server::{on_database, uri},
};

/// Half of them inserts, half updates of one field.
const EVENTS: u32 = 50_000;
const ROUNDS: usize = 7;

const SCRIPT: &str = include_str!("watch.py");

#[derive(Document, Serialize, Deserialize, Clone, Debug)]
#[document(collection = "ticks")]
struct Tick {
    #[serde(rename = "_id")]
    id: i32,
    symbol: String,
    price: f64,
    volume: i64,
}

pub(super) fn watch() -> Result<Vec<Row>> {
    let work = "change stream of 50,000 small events";
    on_database(move |database| async move {
        let sides = Arc::new(Sides::new(database.collection::<Tick>()).await?);
        let rounds = operations(ROUNDS, || sides.ours(), || sides.theirs()).await?;
        let mut rows = vec![
            Row::cpu("P7", work, "driver's typed stream", &rounds).goal(AtMost(0.6)),
            Row::wall("P7", work, "driver's typed stream", &rounds),
        ];
        if let Some(python) = Python::install()? {
            let rounds = operations(ROUNDS, || sides.ours(), || sides.python(&python)).await?;
            rows.push(Row::cpu("P7", work, "PyMongo's stream", &rounds));
            rows.push(Row::wall("P7", work, "PyMongo's stream", &rounds));
        }
        Ok(rows)
    })
}

/// The same stream on both sides, opened before what happened.
struct Sides {
    ours: Collection<Tick>,
    theirs: mongodb::Collection<Tick>,
    start: ResumeToken,
}

impl Sides {
    async fn new(ours: Collection<Tick>) -> Result<Self> {
        let theirs = ours.inner().clone_with_type();
        let start = ours.watch().await?.resume_token().ok_or("the server gives no token")?;
        let half = EVENTS as i32 / 2;
        let ticks = (0..half).map(|id| Tick {
            id,
            symbol: format!("S{:03}", id % 500),
            price: f64::from(id) / 7.0,
            volume: i64::from(id) * 10,
        });
        ours.insert_many(ticks.collect::<Vec<_>>()).await?;
        ours.update_many(Filter::everything(), Tick.price.inc(1.0)).await?;
        Ok(Self { ours, theirs, start })
    }

    async fn ours(&self) -> Result<Cost> {
        let clock = Clock::start();
        let mut stream = self.ours.watch().start_after(self.start.clone()).await?;
        let (mut sum, mut seen) = (0.0, 0);
        while seen < EVENTS {
            match stream.try_next().await?.ok_or("the stream has ended")? {
                Event::Inserted { document, .. } => sum += document.price,
                Event::Updated { changes, .. } => sum += changes.get(Tick.price)?.unwrap_or_default(),
                other => return Err(format!("unexpected: {other:?}").into()),
            }
            seen += 1;
        }
        done(clock, sum)
    }

    async fn theirs(&self) -> Result<Cost> {
        let token =
            bson::deserialize_from_slice(bson::rawdoc! { "t": self.start.as_raw().to_owned() }.as_bytes());
        let token: std::collections::HashMap<String, mongodb::change_stream::event::ResumeToken> = token?;
        let clock = Clock::start();
        let mut stream = self.theirs.watch().start_after(token["t"].clone()).await?;
        let (mut sum, mut seen) = (0.0, 0);
        while seen < EVENTS {
            let event =
                futures_util::TryStreamExt::try_next(&mut stream).await?.ok_or("the stream has ended")?;
            match (event.operation_type, event.full_document, event.update_description) {
                (OperationType::Insert, Some(document), _) => sum += document.price,
                (OperationType::Update, _, Some(changes)) => {
                    sum += changes.updated_fields.get_f64("price")?
                }
                other => return Err(format!("unexpected: {other:?}").into()),
            }
            seen += 1;
        }
        done(clock, sum)
    }

    async fn python(&self, python: &Python) -> Result<Cost> {
        let (uri, database) = (uri().await?, self.theirs.namespace().db);
        let (token, events) = (self.start.to_string(), EVENTS.to_string());
        python.run(SCRIPT, &[uri, &database, self.ours.name(), &token, &events]).await
    }
}

fn done(clock: Clock, sum: f64) -> Result<Cost> {
    let cost = clock.stop();
    assert!(sum > 0.0);
    Ok(cost)
}
