//! The example that tails the oplog.

use std::process::Command;

use crate::support::printed;

// covers: M58
#[test]
fn it_prints_what_is_written() {
    let printed = printed(&mut Command::new(env!("CARGO_BIN_EXE_tail_oplog")));
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.len(), 4, "{printed}");
    assert_eq!(lines[0], r#"inserted { "_id": 1, "paid": false }"#);
    assert_eq!(lines[1], r#"inserted { "_id": 2, "paid": false }"#);
    assert!(
        lines[2].starts_with(r#"updated { "_id": 1 } by {"#) && lines[2].contains(r#""paid": true"#),
        "{printed}"
    );
    assert_eq!(lines[3], r#"deleted { "_id": 2 }"#);
}
