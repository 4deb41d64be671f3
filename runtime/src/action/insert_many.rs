//! Inserting many documents.

mod encoded;

use std::borrow::Borrow;

use mongodb::{
    bson::RawDocument,
    error::{Error as DriverError, ErrorKind as DriverKind, InsertManyError},
    options::InsertManyOptions,
};

use self::encoded::Encoder;
use super::{action, in_any_session, options::setters};
use crate::{
    Collection, Session,
    client::span,
    codec::{Encode, encode_to_bson},
    error::{BulkFailure, Error, Result, WriteConcernFailure, WriteFailure},
    model::Record,
};

/// Inserts many documents; see [`Collection::insert_many`].
///
/// Gives the `_id`s in the order of the documents. Every document is encoded before the first one is sent: when one
/// cannot be stored, nothing is inserted. They are sent in messages of some 8 MiB and 25,000 documents, one after the
/// other; the driver sends each once more when the connection fails. An empty list sends nothing. Of a future that is dropped
/// half way, the messages before may be stored and those after it are not; a transaction makes it all or nothing.
///
/// # Errors
///
/// As [`Insert`](super::Insert); [`write_failures`](Error::write_failures) tells which documents failed,
/// [`partial_result`](Error::partial_result) which were stored. When
/// ordered, those before the failure are stored and those after it are not; when not, all others are. A write concern that
/// is not met does not end it. When the connection fails, both tell of the messages before, and what became of the one that
/// was under way is not known. In a transaction the first message with a failure is the last one, and nothing is stored.
#[must_use = "nothing is sent before the action is awaited"]
pub struct InsertMany<'a, D, I> {
    collection: Collection<D>,
    documents: I,
    options: InsertManyOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record, I> InsertMany<'a, D, I>
where
    I: Iterator,
    I::Item: Borrow<D>,
{
    pub(crate) fn new(collection: &Collection<D>, documents: I) -> Self {
        Self {
            collection: collection.clone(),
            documents,
            options: InsertManyOptions::default(),
            session: None,
        }
    }

    setters!(session ordered bypass_document_validation comment write_concern);

    async fn run(self) -> Result<Vec<D::Id>> {
        let Self { collection, documents, options, mut session } = self;
        let mut encoder = Encoder::default();
        for document in documents {
            encoder.push(document.borrow())?;
        }
        let (messages, ids) = encoder.finish()?;
        let is_ordered = options.ordered != Some(false);
        // The first failure ends a transaction: what is sent after it would only be told so.
        let in_transaction = session.as_deref().is_some_and(Session::in_transaction);
        let (mut failed, mut first, mut sent) = (None, 0, 0);
        for message in messages {
            let target = collection.inner().clone_with_type::<&RawDocument>();
            let insert = target.insert_many(message.documents()).with_options(options.clone());
            sent += message.len();
            if let Err(error) = in_any_session!(session.as_deref_mut(), collection, insert) {
                let Some(failure) = write_errors(&error) else {
                    let known = first > 0 && !in_transaction;
                    return Err(if known {
                        stopped(error, failed.as_ref(), &ids, first)?
                    } else {
                        error.into()
                    });
                };
                let refused = failure.write_errors.as_ref().is_some_and(|errors| !errors.is_empty());
                failed = Some(joined(failed.as_ref(), error, first));
                if in_transaction || is_ordered && refused {
                    break;
                }
            }
            first += message.len();
        }
        if let Some(error) = failed {
            let ids = ids.iter().take(sent).map(encode_to_bson).collect::<Result<Vec<_>, _>>()?;
            return Err(Error::from(error).of_inserts(ids, is_ordered));
        }
        span::documents(ids.len());
        Ok(ids)
    }
}

/// What ended it, with what is known of the messages before, which are the first `answered` documents.
fn stopped<I: Encode>(
    error: DriverError,
    failed: Option<&DriverError>,
    ids: &[I],
    answered: usize,
) -> Result<Error> {
    let before = failed.and_then(write_errors);
    let refused = before.and_then(|before| before.write_errors.as_ref()).into_iter().flatten();
    let failures: Vec<_> = refused.map(WriteFailure::of_indexed).collect();
    let concern = before.and_then(|before| before.write_concern_error.as_ref());
    let operations = ids.len();
    let ids = ids.iter().take(answered).map(encode_to_bson).collect::<Result<Vec<_>, _>>()?;
    let failure = BulkFailure {
        operations,
        partial: Some(BulkFailure::inserts(ids, &failures, false)),
        failures,
        concerns: concern.map(WriteConcernFailure::new).into_iter().collect(),
    };
    Ok(Error::bulk_write(failure, Some(error.into())))
}

/// The failures of single documents, where the error is about them.
fn write_errors(error: &DriverError) -> Option<&InsertManyError> {
    match error.kind.as_ref() {
        DriverKind::InsertMany(many) => Some(many),
        _ => None,
    }
}

/// What failed in the messages before, and in the one that begins with the document `first`.
fn joined(before: Option<&DriverError>, mut error: DriverError, first: usize) -> DriverError {
    let DriverKind::InsertMany(many) = error.kind.as_mut() else { return error };
    for failure in many.write_errors.iter_mut().flatten() {
        failure.index += first;
    }
    let earlier = before.and_then(write_errors);
    if let Some(InsertManyError { write_errors, write_concern_error, .. }) = earlier {
        let later = many.write_errors.take().into_iter().flatten();
        let all: Vec<_> = write_errors.iter().flatten().cloned().chain(later).collect();
        many.write_errors = (!all.is_empty()).then_some(all);
        many.write_concern_error = many.write_concern_error.take().or_else(|| write_concern_error.clone());
    }
    error
}

action!(InsertMany<D, I> where [D: Record, I: Iterator + Send + 'a, I::Item: Borrow<D>] => Vec<D::Id>);
