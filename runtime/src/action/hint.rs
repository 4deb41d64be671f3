//! Which index an operation is to use.

use mongodb::{bson::Document, options::Hint};

use crate::model::IndexName;

/// What names an index: a variant of a model's index enum, a name, or a document of keys.
pub trait IntoHint {
    /// The hint as the driver takes it.
    fn into_hint(self) -> Hint;
}

impl<I: IndexName> IntoHint for I {
    fn into_hint(self) -> Hint {
        Hint::Name(self.name().to_owned())
    }
}

impl IntoHint for &str {
    fn into_hint(self) -> Hint {
        Hint::Name(self.to_owned())
    }
}

impl IntoHint for Document {
    fn into_hint(self) -> Hint {
        Hint::Keys(self)
    }
}

impl IntoHint for Hint {
    fn into_hint(self) -> Hint {
        self
    }
}
