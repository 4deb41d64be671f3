//! The tables of the guide: what stands in the column of odmium is sent as what stands in the column of MongoDB.

use std::{collections::BTreeMap, fs};

use odmium::{bson::Document, prelude::*, update::Update};

use crate::support::root;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    tags: Vec<String>,
    items: Vec<Item>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
}

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    note: Option<String>,
    old_note: Option<String>,
    total: i64,
    items: Vec<Item>,
    scores: Vec<i32>,
    prices: BTreeMap<String, i32>,
    changed_at: DateTime,
}

/// Each expression as it is written, and what it is sent as.
macro_rules! sent {
    ($($code:expr => $document:expr;)*) => { vec![$((stringify!($code), $document.unwrap())),*] };
    (filters: $($code:expr;)*) => { sent!($($code => Filter::<User>::to_document(&$code);)*) };
    (updates: $($code:expr;)*) => { sent!($($code => Update::<Order>::new().and($code).to_document();)*) };
}

/// Compares the two columns of the table under a heading with what is sent.
fn check(page: &str, heading: &str, [ours, theirs]: [usize; 2], sent: &[(&str, Document)]) {
    let text = fs::read_to_string(root().join("runtime/docs").join(page)).unwrap();
    let section = text.split_once(&format!("\n# {heading}\n")).unwrap().1.split("\n# ").next().unwrap();
    // A bar within a cell is written with a backslash.
    let section = section.replace("\\|", "\u{0}");
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let rows: Vec<_> = rows.map(|row| row.split('|').map(plain).collect::<Vec<_>>()).collect();
    assert_eq!(rows.len(), sent.len(), "{page}, {heading}");
    for (row, (code, document)) in rows.iter().zip(sent) {
        assert_eq!(row[ours], plain(code));
        assert_eq!(row[theirs], plain(&document.to_string()), "{code}");
    }
}

/// Without what is a matter of taste: spaces, the quotes of keys, the quotation marks of code.
fn plain(cell: &str) -> String {
    cell.replace([' ', '\n', '"', '`'], "").replace('\u{0}', "|")
}

// covers: T5, T6
#[test]
fn filters_are_sent_as_the_guide_says() {
    let sent = sent! { filters:
        User.age.eq(18);
        User.age.ne(18);
        User.age.gte(18) & User.age.lt(65);
        User.age.between(18, 65);
        User.name.is_in(["Ann", "Bob"]);
        User.name.not_in(["Ann", "Bob"]);
        User.nick.is_none();
        User.nick.exists();
        User.age.modulo(10, 0);
        User.name.starts_with("An");
        User.name.contains_ignore_case("nn");
        User.name.matches("^A.n?$", "i");
        User.tags.contains("vip");
        User.tags.has_all(["vip", "new"]);
        User.tags.len_eq(3);
        User.items.any(Item.sku.eq("A1") & Item.qty.gt(2));
        User.age.lt(18) | User.name.eq("Ann");
        !User.age.gte(18);
        Filter::everything();
    };
    check("reading-and-writing.md", "Filters", [2, 1], &sent);
}

// covers: T3, T5
#[test]
fn missing_and_null_are_told_apart_as_the_guide_says() {
    let sent = sent! { filters:
        User.nick.is_none();
        User.nick.is_some();
        User.nick.exists();
        User.nick.is_missing();
        User.nick.is_null();
    };
    check("models-and-types.md", "Missing and null", [1, 5], &sent);
}

// covers: T7
#[test]
fn updates_are_sent_as_the_guide_says() {
    let sent = sent! { updates:
        Order.note.set("x");
        Order.note.unset();
        Order.note.set_or_unset(None::<&str>);
        Order.total.set_on_insert(1);
        Order.note.rename_to(Order.old_note);
        Order.total.inc(5);
        Order.total.mul(2);
        Order.total.min(9);
        Order.total.max(9);
        Order.total.bit_and(7);
        Order.changed_at.current_date();
        (Order.total.inc(1), Order.note.set("x"));
    };
    check("updates.md", "Fields", [2, 1], &sent);
    let sent = sent! { updates:
        Order.scores.push(7);
        Order.scores.push_each([7, 8]);
        Order.scores.push_each([7]).at(0);
        Order.scores.push_each([7]).keep_first(100);
        Order.scores.push_each([7]).keep_last(100);
        Order.scores.push_each([7]).sort_asc();
        Order.items.push_each(Vec::<Item>::new()).sort(Item.qty.desc());
        Order.scores.add_to_set(7);
        Order.scores.add_each_to_set([7, 8]);
        Order.scores.pop_first();
        Order.scores.pop_last();
        Order.scores.pull(7);
        Order.scores.pull_where_value(|score| score.gte(6));
        Order.items.pull_where(Item.qty.lt(1));
        Order.scores.pull_all([7, 8]);
    };
    check("updates.md", "Arrays", [2, 1], &sent);
    let sent = sent! { updates:
        Order.items.found().qty.set(1);
        Order.items.each().qty.set(1);
        Order.items.update_where(Item.sku.eq("A1"), |item| item.qty.set(1));
        Order.scores.update_where_value(|score| score.gt(9), |score| score.set(9));
        Order.items.at(0).then(Item.qty).set(1);
        Order.prices.key("EUR").inc(1);
    };
    check("updates.md", "Elements and keys", [2, 1], &sent);
}
