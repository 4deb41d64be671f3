//! Why a `mongod` ended before it was ready, from its exit status and its output.

use std::process::ExitStatus;

use crate::Error;

/// Lines of a log that go into an error.
const LINES: usize = 12;
/// Characters of one of these lines.
const WIDTH: usize = 600;

/// What to do about an early end.
#[derive(Debug)]
pub(super) enum Exit {
    /// Something else listens on the port: try another one.
    PortTaken,
    /// Another process still has the program open for writing: try again shortly.
    ProgramBusy,
    /// Trying again does not help.
    Failed(Error),
}

impl Exit {
    pub(super) fn explain(status: ExitStatus, output: &str) -> Self {
        let code = status.code();
        if code == Some(126) && output.contains("Text file busy") {
            return Self::ProgramBusy;
        }
        if output.contains("Address already in use") {
            return Self::PortTaken;
        }
        Self::Failed(Error::dev(message(code, output)))
    }
}

fn message(code: Option<i32>, output: &str) -> String {
    const OTHERWISE: &str = "or set ODMIUM_MONGOD to another mongod, or MONGODB_URI to a running server";
    if let Some(library) = missing_library(output) {
        return match package(library) {
            Some(package) => format!(
                "mongod needs the library {library}: install it (on Debian and Ubuntu: apt-get install {package}), \
                 {OTHERWISE}"
            ),
            None => format!("mongod needs the library {library}: install it, {OTHERWISE}"),
        };
    }
    let lines = worst_lines(output);
    if output.contains("`GLIBC_") {
        return format!(
            "mongod needs a newer C library than this system's: install MongoDB for this system, {OTHERWISE}:\n{lines}"
        );
    }
    match code {
        Some(126 | 127) => {
            format!("mongod cannot be run: install MongoDB for this system, {OTHERWISE}:\n{lines}")
        }
        Some(132) => format!(
            "mongod ended with an illegal instruction, as MongoDB 5.0 and later do on a processor without AVX: set \
             ODMIUM_MONGOD to an older mongod, or MONGODB_URI to a running server:\n{lines}"
        ),
        Some(code) => format!("mongod ended with status {code}, for the reason in its last lines:\n{lines}"),
        None => format!("mongod's watchdog was killed: start the server again:\n{lines}"),
    }
}

fn missing_library(output: &str) -> Option<&str> {
    let (_, rest) = output.split_once("error while loading shared libraries: ")?;
    let (library, reason) = rest.split_once(':')?;
    reason.contains("cannot open shared object file").then_some(library)
}

fn package(library: &str) -> Option<&'static str> {
    Some(match library {
        "libcurl.so.4" => "libcurl4",
        "libssl.so.3" | "libcrypto.so.3" => "libssl3",
        "libssl.so.1.1" | "libcrypto.so.1.1" => "libssl1.1",
        "liblzma.so.5" => "liblzma5",
        "libgcc_s.so.1" => "libgcc-s1",
        "libstdc++.so.6" => "libstdc++6",
        "libsasl2.so.2" => "libsasl2-2",
        "libgssapi_krb5.so.2" => "libgssapi-krb5-2",
        "libsnmp.so.40" => "libsnmp40",
        "libldap-2.5.so.0" => "libldap-2.5-0",
        _ => return None,
    })
}

/// The lines that tell of errors, else the last ones: after an error mongod logs dozens of lines about its shutdown.
pub(super) fn worst_lines(output: &str) -> String {
    let worst = output.lines().filter(|line| is_bad(line)).collect::<Vec<_>>();
    if worst.is_empty() { last_lines(output, LINES) } else { join_last(&worst, LINES) }
}

pub(super) fn last_lines(output: &str, count: usize) -> String {
    join_last(&output.lines().collect::<Vec<_>>(), count)
}

/// Whether a line is plain text, or a log entry of severity error or fatal.
fn is_bad(line: &str) -> bool {
    let plain = !line.starts_with('{') && !line.trim().is_empty();
    plain || line.contains("\"s\":\"E\"") || line.contains("\"s\":\"F\"")
}

fn join_last(lines: &[&str], count: usize) -> String {
    let lines = &lines[lines.len().saturating_sub(count)..];
    let lines = lines.iter().map(|line| match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}..", &line[..end]),
        None => (*line).to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_missing_library_and_its_package() {
        let output = "mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file: \
                      No such file or directory\n";
        let message = message(Some(127), output);
        assert!(
            message.contains("libcurl.so.4") && message.contains("apt-get install libcurl4"),
            "{message}"
        );
    }

    #[test]
    fn prefers_lines_that_tell_of_errors() {
        let output =
            "{\"s\":\"I\",\"msg\":\"a\"}\n{\"s\":\"E\",\"msg\":\"bad\"}\n{\"s\":\"I\",\"msg\":\"b\"}\n";
        assert_eq!(worst_lines(output), "{\"s\":\"E\",\"msg\":\"bad\"}");
        assert_eq!(worst_lines("{\"s\":\"I\"}\n"), "{\"s\":\"I\"}");
        assert_eq!(last_lines("1\n2\n3", 2), "2\n3");
        assert_eq!(last_lines(&"ä".repeat(WIDTH + 1), 1), format!("{}..", "ä".repeat(WIDTH)));
    }
}
