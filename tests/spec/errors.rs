//! Whether an error is the one that a test expects.

use std::error::Error as _;

use odmium::{
    Error,
    bson::{Bson, Document},
};

use crate::{entities::Entities, matching, operations::results, schema::ExpectedError};

/// Compares an error with every part that is expected of it.
pub fn compare(expected: &ExpectedError, error: &Error, entities: &Entities) -> Result<(), String> {
    if expected.is_error == Some(false) {
        return Err("`isError` must be true where it is given".to_owned());
    }
    let check = |fits: bool, what: &str| if fits { Ok(()) } else { Err(format!("{what}: {error:#?}")) };
    if let Some(client) = expected.is_client_error {
        let what =
            if client { "the error should be of the client" } else { "the error should be of the server" };
        check(is_client(error) == client, what)?;
    }
    if let Some(timeout) = expected.is_timeout_error {
        check(error.is_timeout() == timeout, &format!("`is_timeout` should be {timeout}"))?;
    }
    if let Some(text) = &expected.error_contains {
        let told = chain(error).to_lowercase();
        check(told.contains(&text.to_lowercase()), &format!("the error should tell of {text:?}"))?;
    }
    if let Some(code) = expected.error_code {
        check(error.code() == Some(code), &format!("the code should be {code}"))?;
    }
    if let Some(name) = &expected.error_code_name {
        check(error.code_name() == Some(name), &format!("the name of the code should be {name}"))?;
    }
    for label in &expected.error_labels_contain {
        check(error.has_label(label), &format!("the label {label} should be there"))?;
    }
    for label in &expected.error_labels_omit {
        check(!error.has_label(label), &format!("the label {label} should not be there"))?;
    }
    if let Some(response) = &expected.error_response {
        let reply = error.reply().and_then(|reply| Document::try_from(reply.as_ref()).ok());
        let reply = reply.ok_or_else(|| format!("the error should have the server's reply: {error:#?}"))?;
        matching::document(response, &reply, entities)?;
    }
    if let Some(writes) = &expected.write_errors {
        for (index, wanted) in writes {
            let failure = error.write_failures().iter().find(|it| it.index.to_string() == *index);
            let failure = failure.ok_or_else(|| format!("write {index} should have failed: {error:#?}"))?;
            let found = results::write_failure(failure);
            matching::matches(wanted, Some(&Bson::Document(found)), entities)?;
        }
        check(writes.len() == error.write_failures().len(), "other writes failed as well")?;
    }
    if let Some(concerns) = &expected.write_concern_errors {
        let found: Vec<_> = error.write_concern_failures().iter().map(results::concern_failure).collect();
        let wanted = concerns.iter().cloned().map(Bson::Document).collect();
        matching::matches(&Bson::Array(wanted), Some(&Bson::Array(found)), entities)?;
    }
    if let Some(result) = &expected.expect_result {
        let partial = error.partial_result().map(|it| Bson::Document(results::bulk(it.clone())));
        matching::matches(result, partial.as_ref(), entities)?;
    }
    Ok(())
}

/// Whether the error does not come from a server.
fn is_client(error: &Error) -> bool {
    error.code().is_none() && error.reply().is_none() && error.write_failures().is_empty()
}

/// The texts of the error and of everything that caused it.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}; {cause}");
        source = cause.source();
    }
    text
}
