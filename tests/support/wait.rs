//! Waiting for what happens in the background.

use std::time::{Duration, Instant};

use odmium::Result;

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
