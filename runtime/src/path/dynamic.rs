//! Names that are only known at run time.

use std::borrow::Cow;

use super::{Path, overlap::Unknown};

/// A path whose name is only known at run time: map keys, [`Field::raw`](super::Field::raw).
#[derive(Clone, Debug)]
pub struct Dynamic(pub(super) Cow<'static, str>);

impl Path for Dynamic {
    const KNOWN: Option<&'static str> = None;
    type Steps<Rest> = Unknown;

    fn into_name(self) -> Cow<'static, str> {
        self.0
    }
}
