//! What a stream is asked for beside its stages.

use mongodb::bson::{Document, Timestamp, doc};

use super::ResumeToken;
use crate::{codec::encode_to_bson, error::Result};

/// Which state of a changed document an event carries in `fullDocument`, for streams of [raw](crate::action::Watch::raw)
/// events.
///
/// Inserts and replaces carry their document in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FullDocument {
    /// None for updates.
    #[default]
    Default,
    /// The document as it is when the event is read, which may be later than the change; null when it is deleted by then.
    UpdateLookup,
    /// The document right after the change, or null when the server has not kept it.
    WhenAvailable,
    /// The same; the stream fails when the server has not kept it.
    Required,
}

impl FullDocument {
    /// Its name on the server.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::UpdateLookup => "updateLookup",
            Self::WhenAvailable => "whenAvailable",
            Self::Required => "required",
        }
    }
}

/// Whether an event carries the document as it was before the change, for streams of [raw](crate::action::Watch::raw)
/// events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BeforeChange {
    /// No.
    #[default]
    Off,
    /// Where the server has kept it; null otherwise.
    WhenAvailable,
    /// Always: the stream fails when the server has not kept it.
    Required,
}

impl BeforeChange {
    /// Its name on the server.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::WhenAvailable => "whenAvailable",
            Self::Required => "required",
        }
    }
}

/// The options of the stage `$changeStream`.
#[derive(Clone, Debug, Default)]
pub(crate) struct StageOptions {
    pub(crate) full_document: Option<FullDocument>,
    pub(crate) before_change: Option<BeforeChange>,
    pub(crate) show_expanded_events: Option<bool>,
    pub(crate) is_cluster: bool,
    pub(crate) start: Start,
}

/// Where a stream begins: more than one is for the server to refuse.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    pub(crate) resume_after: Option<ResumeToken>,
    pub(crate) start_after: Option<ResumeToken>,
    pub(crate) at: Option<Timestamp>,
}

impl Start {
    /// What its first token is before anything was read.
    pub(crate) fn token(&self) -> Option<&ResumeToken> {
        self.start_after.as_ref().or(self.resume_after.as_ref())
    }

    /// Where a stream that began here goes on, by the specification's resume process.
    ///
    /// `token` is where it stands, `is_read` whether it has given an event, `opened` when it was opened.
    pub(crate) fn resume(
        &self,
        token: Option<ResumeToken>,
        is_read: bool,
        opened: Option<Timestamp>,
    ) -> Self {
        match token {
            // A token of an invalidate event is good for `startAfter` only.
            Some(token) if self.start_after.is_some() && !is_read => {
                Self { start_after: Some(token), ..Self::default() }
            }
            Some(token) => Self { resume_after: Some(token), ..Self::default() },
            None => Self { at: self.at.or(opened), ..Self::default() },
        }
    }

    pub(crate) fn is_none(&self) -> bool {
        self.resume_after.is_none() && self.start_after.is_none() && self.at.is_none()
    }
}

impl StageOptions {
    /// The stage, for a stream that begins at `start`.
    pub(crate) fn stage(&self, start: &Start) -> Result<Document> {
        let mut options = Document::new();
        if let Some(mode) = self.full_document {
            options.insert("fullDocument", mode.as_str());
        }
        if let Some(mode) = self.before_change {
            options.insert("fullDocumentBeforeChange", mode.as_str());
        }
        if let Some(token) = &start.resume_after {
            options.insert("resumeAfter", encode_to_bson(token)?);
        }
        if let Some(token) = &start.start_after {
            options.insert("startAfter", encode_to_bson(token)?);
        }
        if let Some(at) = start.at {
            options.insert("startAtOperationTime", at);
        }
        if self.is_cluster {
            options.insert("allChangesForCluster", true);
        }
        if let Some(show) = self.show_expanded_events {
            options.insert("showExpandedEvents", show);
        }
        Ok(doc! { "$changeStream": options })
    }
}
