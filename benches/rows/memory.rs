//! P10: the memory of a long stream, on a real server.

use std::fs;

use odmium::{Database, action::Find, bson::doc, prelude::*};

use crate::{
    Result,
    report::{Goal::AtMost, Row, Unit},
    server::{on_database, on_database_here},
    shapes::{Flat, Shape},
};

const SEEDS: u32 = 1_000;
const COPIES: u32 = 1_000;
/// The most that a server puts into one reply.
const BATCH: usize = 16 * 1024 * 1024;
/// Documents in a batch of 2.5 MB.
const BOUND: u32 = 10_000;

pub(super) fn stream() -> Result<Vec<Row>> {
    // The smaller ones first: memory that the allocator keeps of the others would hide what they need.
    let (bounded, here) = on_database_here(async |database| {
        prepare(&database).await?;
        let flats = database.collection::<Flat>();
        let bounded = growth(flats.find(Filter::everything()).batch_size(BOUND)).await?;
        Ok((bounded, growth(flats.find(Filter::everything())).await?))
    })?;
    // A task goes from thread to thread, and the allocator keeps what was freed apart for each.
    let spawned = on_database(|database| async move {
        prepare(&database).await?;
        growth(database.collection::<Flat>().find(Filter::everything())).await
    })?;
    let row =
        |work, growth| Row::count("P10", work, "two batches of 16 MiB", Unit::Bytes, (growth, 2 * BATCH));
    Ok(vec![
        row("peak memory of a stream of 1,000,000", here).goal(AtMost(1.0)),
        row("the same, `batch_size` 10,000", bounded).goal(AtMost(1.0)),
        row("the same, in a task of two threads", spawned).goal(AtMost(1.0)),
    ])
}

/// How far the peak grows while the documents are streamed.
async fn growth(find: Find<'_, Flat>) -> Result<usize> {
    // The peak is that from here on.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = memory("VmRSS:")?;
    let mut cursor = find.cursor().await?;
    let mut found = 0;
    while let Some(flat) = cursor.try_next().await? {
        found += u32::from(!flat.field1.is_empty());
    }
    assert_eq!(found, SEEDS * COPIES);
    Ok(memory("VmHWM:")?.saturating_sub(before))
}

/// The server copies the documents itself, so that none of this process's memory is used before.
async fn prepare(database: &Database) -> Result<()> {
    let seeds = database.inner().collection::<Flat>("seeds");
    let documents: Vec<Flat> = (0..SEEDS).map(Flat::sample).collect();
    seeds.insert_many(&documents).await?;
    let copies = [
        doc! { "$set": { "copy": { "$range": [0, COPIES] } } },
        doc! { "$unwind": "$copy" },
        doc! { "$unset": ["_id", "copy"] },
        doc! { "$out": database.collection::<Flat>().name() },
    ];
    seeds.aggregate(copies).await?;
    Ok(())
}

/// A figure of this process, in bytes.
fn memory(figure: &str) -> Result<usize> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure));
    let kib = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("Linux does not tell this process's memory")?;
    Ok(kib.parse::<usize>()? * 1024)
}
