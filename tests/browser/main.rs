//! The pages of the examples in a real Chromium.
//!
//! They are ignored where there is no `chromium` or `chromedriver` on the `PATH` (Debian: `chromium`, `chromium-driver`).

mod browser;
mod live;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let is_missing = browser::programs().is_none();
    if is_missing {
        eprintln!("ignored: no chromium and chromedriver on the PATH (Debian: chromium, chromium-driver)");
    }
    let trials = live::TRIALS.map(|(name, run)| {
        let trial = Trial::test(name, move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            Ok(runtime.block_on(run())?)
        });
        trial.with_kind("chromium").with_ignored_flag(is_missing)
    });
    // One page at a time: they wait for each other's processor otherwise.
    let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
    libtest_mimic::run(&arguments, trials.into()).exit();
}
