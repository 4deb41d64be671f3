//! Which writes go together in one command.

use super::statement::{Kind, Statement};

/// How many statements the server takes in one command.
const MAX_STATEMENTS: usize = 100_000;
/// How many bytes of documents go into one insert: the server's 48 MB for a message, less what stands around them.
const MAX_INSERT: usize = 48_000_000 - 64 * 1024;
/// How many bytes of statements go into one update or delete: they are part of the command's own document.
const MAX_COMMAND: usize = 16 * 1024 * 1024;
/// The type, the key and its NUL around one element of an array.
const AROUND: usize = 8;

/// The statements of one command, by their positions.
#[derive(Debug, PartialEq)]
pub(super) struct Group {
    pub(super) kind: Kind,
    pub(super) target: usize,
    /// Whether a statement is about many documents.
    pub(super) many: bool,
    pub(super) members: Vec<usize>,
    size: usize,
}

impl Group {
    fn new(statement: &Statement) -> Self {
        let Statement { kind, target, .. } = *statement;
        Self { kind, target, many: false, members: Vec::new(), size: 0 }
    }

    fn has_room(&self, statement: &Statement, around: usize) -> bool {
        let max = if self.kind == Kind::Insert { MAX_INSERT } else { MAX_COMMAND.saturating_sub(around) };
        self.members.len() < MAX_STATEMENTS && self.size + statement.len() + AROUND <= max
    }

    fn push(&mut self, index: usize, statement: &Statement) {
        self.many |= statement.many;
        self.members.push(index);
        self.size += statement.len() + AROUND;
    }
}

/// Puts the statements into groups; `around` is the size of a command without them.
///
/// Ordered, a group ends where the kind or the collection changes. Otherwise there is one for each, and writes of many
/// documents stand apart, so that the others can be sent again when the connection fails.
pub(super) fn groups(statements: &[Statement], ordered: bool, around: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Where the group of each kind and collection is that was filled last.
    let mut open: Vec<usize> = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let fits = |group: &Group| {
            group.kind == statement.kind
                && group.target == statement.target
                && (ordered || group.many == statement.many)
        };
        if ordered {
            open.retain(|at| at + 1 == groups.len());
        }
        let at = open.iter().position(|at| groups.get(*at).is_some_and(fits));
        let full = at.is_some_and(|at| !groups[open[at]].has_room(statement, around));
        match at {
            Some(at) if !full => groups[open[at]].push(index, statement),
            at => {
                if let Some(at) = at {
                    open.swap_remove(at);
                }
                let mut group = Group::new(statement);
                group.push(index, statement);
                open.push(groups.len());
                groups.push(group);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{RawDocumentBuf, rawdoc};

    use super::{Kind, Statement, groups};

    fn statement(kind: Kind, many: bool, target: usize, bytes: RawDocumentBuf) -> Statement {
        Statement { kind, many, target, bytes }
    }

    /// `i`, `u`, `d` for the kinds, a capital for many documents, `2` behind it for the second collection.
    fn plan(writes: &str, ordered: bool) -> String {
        let statements: Vec<_> = writes
            .split(' ')
            .map(|write| {
                let kind = match write.to_lowercase().chars().next() {
                    Some('i') => Kind::Insert,
                    Some('u') => Kind::Update,
                    _ => Kind::Delete,
                };
                let many = write.starts_with(char::is_uppercase);
                statement(kind, many, usize::from(write.ends_with('2')), rawdoc! {})
            })
            .collect();
        let groups = groups(&statements, ordered, 0);
        let texts = groups.iter().map(|it| format!("{}{}{:?}", it.kind.command(), it.target, it.members));
        texts.collect::<Vec<_>>().join(" ").replace(", ", ",")
    }

    #[test]
    fn ordered_groups_end_where_the_kind_or_the_collection_changes() {
        for (writes, expected) in [
            ("i i u U d D i", "insert0[0,1] update0[2,3] delete0[4,5] insert0[6]"),
            ("i i2 i", "insert0[0] insert1[1] insert0[2]"),
        ] {
            assert_eq!(plan(writes, true), expected, "{writes}");
        }
    }

    #[test]
    fn unordered_groups_take_all_of_a_kind() {
        for (writes, expected) in [
            ("i u i d u", "insert0[0,2] update0[1,4] delete0[3]"),
            ("u U u2 U d D", "update0[0] update0[1,3] update1[2] delete0[4] delete0[5]"),
        ] {
            assert_eq!(plan(writes, false), expected, "{writes}");
        }
    }

    #[test]
    fn a_group_ends_at_the_servers_limits() {
        let large = || rawdoc! { "text": "x".repeat(6_000_000) };
        for (kind, ordered, expected) in [
            (Kind::Insert, true, vec![7, 2]),
            (Kind::Insert, false, vec![7, 2]),
            (Kind::Update, true, vec![2, 2, 2, 2, 1]),
            (Kind::Delete, false, vec![2, 2, 2, 2, 1]),
        ] {
            let statements: Vec<_> = (0..9).map(|_| statement(kind, false, 0, large())).collect();
            let sizes: Vec<_> = groups(&statements, ordered, 100).iter().map(|it| it.members.len()).collect();
            assert_eq!(sizes, expected, "{kind:?}");
        }
        let small: Vec<_> = (0..250_000).map(|_| statement(Kind::Delete, false, 0, rawdoc! {})).collect();
        let sizes: Vec<_> = groups(&small, true, 100).iter().map(|it| it.members.len()).collect();
        assert_eq!(sizes, [100_000, 100_000, 50_000]);
    }
}
