//! Operations on a cursor.

use odmium::bson::Bson;
use tokio::time::timeout;

use super::{Done, Given, unknown};
use crate::{args::Args, cursors::CursorEntity, failure::Failure, run::PATIENCE};

pub async fn perform(cursor: &CursorEntity, name: &str, args: Args) -> Done {
    args.done()?;
    let given = |found: Option<Bson>| found.map_or(Given::Nothing, Given::from);
    match name {
        "close" => {
            cursor.close().await?;
            Ok(Given::Nothing)
        }
        "iterateOnce" => Ok(given(cursor.once().await?)),
        "iterateUntilDocumentOrError" => match timeout(PATIENCE, cursor.next()).await {
            Ok(found) => Ok(given(found?)),
            Err(_) => Err(Failure::test("there was no document within 10 seconds")),
        },
        _ => Err(unknown(name)),
    }
}
