//! P10: the memory of a long stream, on a real server.

use std::fs;

use odmium::{Database, bson::doc, prelude::*};

use crate::{
    Result,
    report::{Goal::AtMost, Row, Unit},
    server::on_database,
    shapes::{Flat, Shape},
};

const SEEDS: u32 = 1_000;
const COPIES: u32 = 1_000;
/// The most that a server puts into one reply.
const BATCH: usize = 16 * 1024 * 1024;

pub(super) fn stream() -> Result<Vec<Row>> {
    let growth = on_database(|database| async move {
        prepare(&database).await?;
        let flats = database.collection::<Flat>();
        // The peak is that from here on.
        fs::write("/proc/self/clear_refs", "5")?;
        let before = memory("VmRSS:")?;
        let mut cursor = flats.find(Filter::everything()).cursor().await?;
        let mut found = 0;
        while let Some(flat) = cursor.try_next().await? {
            found += u32::from(!flat.field1.is_empty());
        }
        assert_eq!(found, SEEDS * COPIES);
        Ok(memory("VmHWM:")?.saturating_sub(before))
    })?;
    let work = "peak memory of a stream of 1,000,000";
    Ok(vec![
        Row::count("P10", work, "two batches of 16 MiB", Unit::Bytes, (growth, 2 * BATCH)).goal(AtMost(1.0)),
    ])
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
