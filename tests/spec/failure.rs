//! What ends a test before its end.

use std::fmt;

/// Why an operation has no result.
#[derive(Debug)]
pub enum Failure {
    /// It failed, which the test may expect.
    Operation(Box<odmium::Error>),
    /// The test cannot pass, whatever it expects.
    Test(String),
    /// The test cannot be run here, for this reason.
    Skip(String),
}

impl Failure {
    pub fn test(text: impl Into<String>) -> Self {
        Self::Test(text.into())
    }

    /// The same with where it happened in front.
    pub fn at(self, place: &str) -> Self {
        match self {
            Self::Operation(error) => Self::Test(format!("{place}: failed: {error:?}")),
            Self::Test(text) => Self::Test(format!("{place}: {text}")),
            skip @ Self::Skip(_) => skip,
        }
    }
}

impl From<odmium::Error> for Failure {
    fn from(error: odmium::Error) -> Self {
        Self::Operation(Box::new(error))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(error) => write!(f, "{error:?}"),
            Self::Test(text) | Self::Skip(text) => f.write_str(text),
        }
    }
}
