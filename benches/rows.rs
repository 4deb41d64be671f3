//! The measurements, one module for each kind of work.

mod bulk;
mod codec;
mod compile;
mod filter;
mod gridfs;
mod python;
mod server;
mod watch;

use crate::{Result, report::Row};

/// Measures the rows of the given ids; of all when none is given.
pub fn measure(ids: &[String]) -> Result<Vec<Row>> {
    type Measure = fn() -> Result<Vec<Row>>;
    const ALL: [(&str, Measure); 9] = [
        ("P1", codec::encode),
        ("P2", codec::decode),
        ("P3", server::find),
        ("P5", server::insert_many),
        ("P6", gridfs::files),
        ("P7", watch::watch),
        ("P8", bulk::bulk_write),
        ("P11", compile::check),
        ("P12", filter::build),
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
