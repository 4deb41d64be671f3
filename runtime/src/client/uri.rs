//! The options of a connection string that the driver refuses, ignores or spells otherwise.

use std::time::Duration;

use super::settings::Own;
use crate::error::{Error, Result};

/// A connection string that the driver takes, and the options that are honoured here.
#[derive(Debug)]
pub(super) struct Cleaned {
    pub(super) uri: String,
    pub(super) own: Own,
}

/// Takes out of a connection string what the driver does not honour.
pub(super) fn clean(uri: &str) -> Result<Cleaned> {
    let mut own = Own::default();
    let Some((base, query)) = uri.split_once('?') else {
        return Ok(Cleaned { uri: uri.to_owned(), own });
    };
    let mut kept: Vec<String> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            // The driver's error for what is no pair is good.
            None => kept.push(pair.to_owned()),
            Some((name, value)) => match option(name, value, &mut own)? {
                Fate::Keep => kept.push(pair.to_owned()),
                Fate::Rename(name) => kept.push(format!("{name}={value}")),
                Fate::Become(pair) => kept.push(pair.to_owned()),
                Fate::Done => {}
            },
        }
    }
    // No `?` behind a host without a slash: the driver wants one.
    let uri = if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) };
    Ok(Cleaned { uri, own })
}

enum Fate {
    Keep,
    /// The driver knows it by another name.
    Rename(&'static str),
    Become(&'static str),
    /// Honoured here, or true without doing anything.
    Done,
}

fn option(name: &str, value: &str, own: &mut Own) -> Result<Fate> {
    let refuse =
        |why: &str| Err(Error::argument(format!("the connection string has `{name}={value}`, which {why}")));
    let lower = name.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "timeoutms" => limit(name, value, &mut own.timeout)?,
        "sockettimeoutms" => limit(name, value, &mut own.socket_timeout)?,
        "waitqueuetimeoutms" => limit(name, value, &mut own.wait_queue_timeout)?,
        "uuidrepresentation" => match value.to_ascii_lowercase().as_str() {
            "standard" | "unspecified" => Fate::Done,
            "csharplegacy" | "javalegacy" | "pythonlegacy" => {
                return refuse(
                    "cannot be set for a whole client: say it on the fields that hold old UUIDs, such as \
                     `#[field(as = JavaLegacyUuid)]`, and leave the option out",
                );
            }
            _ => return refuse("is no representation: use `standard`, or leave the option out"),
        },
        "wtimeout" => Fate::Rename("wTimeoutMS"),
        "j" => Fate::Rename("journal"),
        "fsync" if flag(name, value)? => {
            return refuse("is not supported: `journal=true` waits until a write is on disk");
        }
        "fsync" => Fate::Done,
        "w" if value == "0" => {
            return refuse(
                "is not supported: writes are always acknowledged, use `w=1` or leave the option out",
            );
        }
        "safe" | "slaveok" | "autoconnect" | "waitqueuemultiple" => {
            return refuse(match lower.as_str() {
                "safe" => "is not supported: use `w`",
                "slaveok" => "is not supported: use `readPreference`",
                "waitqueuemultiple" => {
                    "is not supported: any number of operations may wait, use `waitQueueTimeoutMS`"
                }
                _ => "is not supported: the client always connects by itself, leave the option out",
            });
        }
        "socketkeepalive" if flag(name, value)? => Fate::Done,
        "socketkeepalive" => {
            return refuse("is not supported: connections are always kept alive, leave the option out");
        }
        "ssl_ca_certs" => Fate::Rename("tlsCAFile"),
        "ssl_pem_passphrase" => Fate::Rename("tlsCertificateKeyFilePassword"),
        "ssl_certfile" | "ssl_keyfile" => {
            return refuse(
                "is not supported: put the certificate and its key into one PEM file and give it as `tlsCertificateKeyFile`",
            );
        }
        "ssl_cert_reqs" => match value {
            "CERT_NONE" => Fate::Become("tlsAllowInvalidCertificates=true"),
            "CERT_REQUIRED" => Fate::Become("tlsAllowInvalidCertificates=false"),
            _ => return refuse("is not supported: use `tlsAllowInvalidCertificates`"),
        },
        "tlscrlfile" | "ssl_crlfile" => {
            return refuse("is not supported: revocation lists are not read, leave the option out");
        }
        "tlsdisableocspendpointcheck" | "tlsdisablecertificaterevocationcheck" => {
            if !flag(name, value)? {
                return refuse("is not supported: revocation is never checked, leave the option out");
            }
            Fate::Done
        }
        "tlsallowinvalidhostnames" | "ssl_match_hostname" => {
            if flag(name, value)? != (lower == "ssl_match_hostname") {
                return refuse(
                    "is not supported: use the host name of the certificate, or `tlsAllowInvalidCertificates=true`, which \
                     checks nothing at all",
                );
            }
            Fate::Done
        }
        "compressors" => {
            compressors(value)?;
            Fate::Keep
        }
        _ => Fate::Keep,
    })
}

fn limit(name: &str, value: &str, place: &mut Option<Duration>) -> Result<Fate> {
    let millis: u64 = value.parse().map_err(|_| {
        Error::argument(format!(
            "the connection string has `{name}={value}`: give a number of milliseconds, or 0 for no limit"
        ))
    })?;
    if place.is_some() {
        return Err(Error::argument(format!(
            "the connection string has `{name}` twice: leave one of them out"
        )));
    }
    *place = Some(Duration::from_millis(millis));
    Ok(Fate::Done)
}

fn flag(name: &str, value: &str) -> Result<bool> {
    value.parse().map_err(|_| {
        Error::argument(format!("the connection string has `{name}={value}`: give `true` or `false`"))
    })
}

fn compressors(value: &str) -> Result<()> {
    for name in value.split(',') {
        let (feature, enabled) = match name {
            "zlib" => ("zlib-compression", cfg!(feature = "zlib-compression")),
            "zstd" => ("zstd-compression", cfg!(feature = "zstd-compression")),
            "snappy" => ("snappy-compression", cfg!(feature = "snappy-compression")),
            _ => {
                return Err(Error::argument(format!(
                    "the connection string has `compressors={value}`, of which `{name}` is none: use `zstd`, `zlib` or `snappy`"
                )));
            }
        };
        if !enabled {
            return Err(Error::argument(format!(
                "the connection string has `compressors={value}`, of which `{name}` needs the feature `{feature}` of odmium: enable \
                 it, or leave the compressor out"
            )));
        }
    }
    Ok(())
}
