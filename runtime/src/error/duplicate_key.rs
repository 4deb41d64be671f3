//! A unique index holds the value already.

use std::fmt;

use super::{Error, ErrorKind, Kind};

/// Code of the server's `DuplicateKey` error.
pub(super) const CODE: i32 = 11000;

/// Which unique index refused a write, and for which value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DuplicateKey {
    /// `database.collection`.
    pub namespace: String,
    /// The name of the index, such as `email_1`.
    pub index: String,
    /// The value that is there already, as the server prints it: `{ email: "ann@x.org" }`.
    pub key: String,
}

impl DuplicateKey {
    /// Reads the server's text, for instance
    /// `E11000 duplicate key error collection: db.users index: email_1 dup key: { email: "a" }`.
    ///
    /// The name is only in the text: the reply's `keyPattern` cannot tell two indexes over the same keys apart.
    pub(super) fn parse(message: &str) -> Self {
        let between = |from: &str, to: &str| {
            let rest = &message[message.find(from)? + from.len()..];
            Some(rest[..rest.find(to).unwrap_or(rest.len())].trim().to_owned())
        };
        let key = between(" dup key: ", "\u{0}").unwrap_or_default();
        let until = if message.contains(" collation: ") { " collation: " } else { " dup key:" };
        Self {
            namespace: between(" collection: ", " index: ").unwrap_or_default(),
            index: between(" index: ", until).unwrap_or_default(),
            key,
        }
    }
}

impl fmt::Display for DuplicateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { namespace, index, key } = self;
        write!(f, "a document with {key} exists already in `{namespace}` (unique index `{index}`): ")?;
        f.write_str("write another value, or update the document that has it")
    }
}

impl Error {
    /// Whether a unique index refused a write; in a write of many documents, any of them.
    #[must_use]
    pub fn is_duplicate_key(&self) -> bool {
        self.duplicate_key_details().is_some()
    }

    /// The name of the index that refused the write, and the value; for indexes that no model declares.
    #[must_use]
    pub fn duplicate_key_details(&self) -> Option<&DuplicateKey> {
        match &self.0.kind {
            Kind::DuplicateKey(key) => Some(key),
            Kind::BulkWrite(bulk) => bulk.duplicate_key(),
            _ => self.write_failures().iter().find_map(|failure| failure.duplicate_key.as_ref()),
        }
    }

    pub(super) fn is_kind(&self, kind: ErrorKind) -> bool {
        self.kind() == kind
    }
}

#[cfg(test)]
mod tests {
    use super::DuplicateKey;

    #[test]
    fn the_servers_text_is_taken_apart() {
        let key = DuplicateKey::parse(
            r#"E11000 duplicate key error collection: db.a b index: e mail_1 dup key: { email: " index: x" }"#,
        );
        assert_eq!(key.namespace, "db.a b");
        assert_eq!(key.index, "e mail_1");
        assert_eq!(key.key, r#"{ email: " index: x" }"#);
    }

    #[test]
    fn a_collation_is_not_part_of_the_name() {
        let key = DuplicateKey::parse(
            r#"E11000 duplicate key error collection: d.c index: e_1 collation: { locale: "en" } dup key: { e: "0x2b" }"#,
        );
        assert_eq!(key.index, "e_1");
    }

    #[test]
    fn a_text_of_another_shape_gives_empty_parts() {
        assert_eq!(DuplicateKey::parse("E11000").index, "");
    }
}
