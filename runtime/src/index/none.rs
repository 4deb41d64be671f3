//! The index enum of models that declare no index.

use crate::model::IndexName;

/// The indexes of a model that declares none: `UserIndex` stands for it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdIndex {
    /// The index over `_id`, which every collection has.
    Id,
}

impl IndexName for IdIndex {
    const ALL: &'static [Self] = &[Self::Id];

    fn name(self) -> &'static str {
        "_id_"
    }
}
