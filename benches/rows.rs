//! The measurements, one module for each kind of work.

mod bulk;
mod codec;
mod compile;
mod filter;
mod gridfs;
mod memory;
mod odm;
mod python;
mod server;
mod single;
mod watch;

use crate::{Result, report::Row};

/// Measures the rows of the given ids; of all when none is given.
pub fn measure(ids: &[String]) -> Result<Vec<Row>> {
    type Measure = fn() -> Result<Vec<Row>>;
    const ALL: [(&str, Measure); 14] = [
        // First: memory that the others used, and that the allocator keeps, would hide how it grows.
        ("P10", memory::stream),
        ("P1", codec::encode),
        ("P2", codec::decode),
        ("P3", server::find),
        ("P4", single::operations_of_one),
        ("P5", server::insert_many),
        ("P6", gridfs::files),
        ("P7", watch::watch),
        ("P8", bulk::bulk_write),
        ("P9", odm::tasks),
        ("P11", compile::models::check),
        ("P11", compile::codec::build),
        ("P12", filter::build),
        ("P13", compile::pipelines::check),
    ];
    if let Some(unknown) = ids.iter().find(|id| ALL.iter().all(|(known, _)| known != id)) {
        return Err(
            format!("there is no measurement {unknown}: give any of {:?}", ALL.map(|(id, _)| id)).into()
        );
    }
    let mut rows = Vec::new();
    for (id, measure) in ALL {
        if ids.is_empty() || ids.iter().any(|wanted| wanted == id) {
            eprintln!("measuring {id} ..");
            rows.extend(measure()?);
        }
    }
    Ok(rows)
}
