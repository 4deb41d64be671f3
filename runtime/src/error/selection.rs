//! No fit server was found: the driver's long text about the topology, made short.

/// One sentence about which servers were tried and why none of them would do.
pub(super) fn sentence(message: &str) -> String {
    let servers: Vec<String> = message.split("{ Address: ").skip(1).map(server).collect();
    match servers.as_slice() {
        [] => format!("no fit server answered, check the address and that the server runs: {message}"),
        servers if message.contains("invalid peer certificate") => format!(
            "no server has a certificate that is trusted, check tlsCAFile and the host name: {}",
            servers.join("; ")
        ),
        servers => format!(
            "no fit server answered in time, check the address and that the server runs: {}",
            servers.join("; ")
        ),
    }
}

/// `127.0.0.1:1 (Connection refused (os error 111))` of `127.0.0.1:1, Type: Unknown, Error: Kind: I/O error: ..`.
fn server(text: &str) -> String {
    let until = |text: &str, end: &str| {
        text.split(end).next().unwrap_or_default().trim_end_matches([' ', '}']).to_owned()
    };
    let address = until(text, ", ");
    if let Some((_, error)) = text.split_once("Error: ") {
        let error = until(error, ", labels: ");
        return format!(
            "{address} ({})",
            error.trim_start_matches("Kind: ").trim_start_matches("I/O error: ")
        );
    }
    match text.split_once("Type: ") {
        Some((_, kind)) => format!("{address} (is {})", until(&until(kind, ", "), " }")),
        None => address,
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn addresses_and_causes_are_kept() {
        let text = "Server selection timeout: No available servers. Topology: { Type: ReplicaSetNoPrimary, Set Name: x, \
                    Servers: [ { Address: a:1, Type: Unknown, Error: Kind: I/O error: Connection refused (os error 111), \
                    labels: {}, source: None, server response: None }, { Address: b:2, Type: RsSecondary, Average RTT: 1ms } ] }";
        assert!(
            sentence(text).ends_with(": a:1 (Connection refused (os error 111)); b:2 (is RsSecondary)"),
            "{}",
            sentence(text)
        );
    }

    #[test]
    fn a_text_of_another_shape_is_kept_whole() {
        assert!(sentence("something else").ends_with(": something else"));
    }
}
