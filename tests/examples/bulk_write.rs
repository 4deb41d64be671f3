//! The example of bulk writes: what it prints follows from the writes in it.

use std::process::Command;

use crate::support::printed;

// covers: M56
#[test]
fn ordered_and_unordered_bulk_writes_tell_their_errors() {
    let printed = printed(&mut Command::new(env!("CARGO_BIN_EXE_bulk_write")));
    let database = printed.split_once("already in `").unwrap().1.split_once('.').unwrap().0;
    let expected = format!(
        r#"opened: 3 inserted, 5 matched, 5 changed, 1 upserted, 1 deleted
write 4 made a new article: cup

ordered: the first failure ends it
done all the same: 0 inserted, 1 changed
write 1 (insert) failed: {tea}
every article needs a number of its own

unordered: every write is tried
done all the same: 1 inserted, 1 changed
write 1 (insert) failed: {tea}
write 3 (update) failed: {pot}
every article needs a number of its own

sold 4 pieces: 1 sales written down
cup: 12 in stock for 990
jam: 7 in stock for 600
pot: 3 in stock for 2500
tea: 49 in stock for 450
"#,
        tea = taken(database, "tea"),
        pot = taken(database, "pot"),
    );
    assert_eq!(printed, expected);
}

fn taken(database: &str, sku: &str) -> String {
    format!(
        "a document with {{ sku: \"{sku}\" }} exists already in `{database}.articles` (unique index `sku_1`): write \
         another value, or update the document that has it"
    )
}
