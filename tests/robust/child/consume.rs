//! Writes down the events of a consumer step by step.

use odmium::{
    Database, Result,
    bson::{Document, doc},
    change_stream::{Change, Event},
};

use crate::step;

/// Each event becomes an entry in the collection `journal`. Their `_id`s begin with the number of this run.
pub(crate) async fn run(db: Database, run: &str) -> Result<()> {
    let (places, journal) =
        (db.collection_named::<Document>("places"), db.collection_named::<Document>("journal"));
    let watch = db.collection_named::<Document>("events").watch().filter(Change::inserted());
    let mut consumer = watch.consumer("writer", &places).max_batch(4).await?;
    let mut entry = 10_000 * run.parse::<i32>().unwrap();
    step("opened").await;
    while let Some(batch) = consumer.next_batch().await? {
        let ids: Vec<i32> =
            batch.iter().filter_map(Event::id).map(|id| id.as_i32().expect("a number")).collect();
        let (first, last) = (ids[0], ids[ids.len() - 1]);
        step(&format!("given {first} {last}")).await;
        for (number, id) in ids.iter().enumerate() {
            if number == ids.len() / 2 {
                step("half handled").await;
            }
            journal.insert(&doc! { "_id": entry, "event": id }).await?;
            entry += 1;
        }
        step("handled").await;
        consumer.commit().await?;
        step("committed").await;
    }
    Ok(())
}
