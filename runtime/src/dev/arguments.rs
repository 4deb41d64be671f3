//! The command line of `mongod`.

use std::ffi::OsString;

use super::replica_set::NAME;
use crate::{Error, Result};

/// What `ServerBuilder` sets itself, by a method or always.
const OWN: [&str; 13] = [
    "--port",
    "--dbpath",
    "--replSet",
    "--bind_ip",
    "--bind_ip_all",
    "--logpath",
    "--syslog",
    "--fork",
    "--auth",
    "--keyFile",
    "--tlsMode",
    "--config",
    "-f",
];

/// Refuses what cannot be changed by an argument.
pub(super) fn check(own: &[OsString]) -> Result<()> {
    for argument in own {
        let argument = argument.to_string_lossy();
        let name = argument.split('=').next().unwrap_or_default();
        if OWN.contains(&name) {
            return Err(Error::dev(format!(
                "the development server sets {name} itself: use its methods `port`, `data_dir`, `replica_set`, \
                 `standalone`, `auth` or `tls`, not `arg`"
            )));
        }
    }
    Ok(())
}

/// Those of the user and those that every server here gets.
pub(super) fn all(own: &[OsString], replica_set: bool, test_commands: bool) -> Vec<OsString> {
    let given = |name: &str| own.iter().any(|argument| argument.to_string_lossy().contains(name));
    let mut arguments =
        vec![OsString::from("--quiet"), "--bind_ip=127.0.0.1".into(), "--nounixsocket".into()];
    let mut default = |name: &str, argument: &str| {
        // mongod refuses an option that is given twice.
        if !given(name) {
            arguments.push(argument.into());
        }
    };
    // The most it may take, not what it takes; with half of it, the largest document (16 MiB) is refused.
    default("--wiredTigerCacheSizeGB", "--wiredTigerCacheSizeGB=0.5");
    // Without it each node allocates 300 MB of journal files when it starts.
    default(
        "--wiredTigerEngineConfigString",
        "--wiredTigerEngineConfigString=log=(file_max=8MB,prealloc=false)",
    );
    // Nobody reads the metrics, which it would write each second.
    default("diagnosticDataCollectionEnabled", "--setParameter=diagnosticDataCollectionEnabled=false");
    if replica_set {
        default("--oplogSize", "--oplogSize=64");
        arguments.push(format!("--replSet={NAME}").into());
    }
    if test_commands {
        arguments.push("--setParameter=enableTestCommands=1".into());
    }
    arguments.extend(own.iter().cloned());
    arguments
}
