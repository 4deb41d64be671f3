//! Waiting for what happens in the background.

use std::time::{Duration, Instant};

use odmium::{Database, Result, bson::doc};

/// How long a busy machine may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until it is true, and has been so a few times in a row.
///
/// # Errors
///
/// Those of the look itself.
///
/// # Panics
///
/// When it does not become true.
pub async fn eventually(
    what: &str,
    times: u32,
    mut is_true: impl AsyncFnMut() -> Result<bool>,
) -> Result<()> {
    let (start, mut seen) = (Instant::now(), 0);
    loop {
        seen = if is_true().await? { seen + 1 } else { 0 };
        if seen >= times {
            return Ok(());
        }
        assert!(start.elapsed() < PATIENCE, "in {PATIENCE:?} it did not come true that {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until no transaction is open on the server, and none comes late.
///
/// # Errors
///
/// When the server does not tell.
pub async fn no_open_transaction(admin: &Database) -> Result<()> {
    eventually("no transaction is open", 5, async || {
        let status = admin.run_command(doc! { "serverStatus": 1 }).await?;
        Ok(status
            .get_document("transactions")
            .is_ok_and(|them| them.get_i64("currentOpen").is_ok_and(|open| open == 0)))
    })
    .await
}
