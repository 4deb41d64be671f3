//! The example on monitoring, run as a program.

use std::process::Command;

use crate::support::printed;

// covers: M57
#[test]
fn it_prints_what_happens() {
    let printed = printed(&mut Command::new(env!("CARGO_BIN_EXE_monitoring")));
    for part in [
        "\nserver 127.0.0.1:",
        ": Unknown -> RSPrimary\n",
        " -> ReplicaSetWithPrimary\n",
        "heartbeat of 127.0.0.1:",
        "connected: ReplicaSetWithPrimary, 127.0.0.1:",
        "refused: the server refused the command (code 59 CommandNotFound)",
    ] {
        assert!(printed.contains(part), "{part}:\n{printed}");
    }
    let row = |command: &str| {
        let line =
            printed.lines().find(|line| line.starts_with(command)).unwrap_or_else(|| panic!("{printed}"));
        line.split_whitespace().skip(1).take(2).map(|cell| cell.parse().unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(row("insert "), [1, 0], "{printed}");
    assert_eq!(row("find "), [7, 0], "{printed}");
    assert_eq!(row("update "), [7, 0], "{printed}");
    assert_eq!(row("noSuchCommand "), [1, 1], "{printed}");
    assert_eq!(row("dropDatabase "), [1, 0], "{printed}");
    assert!(printed.ends_with(" connections opened\n"), "{printed}");
}
