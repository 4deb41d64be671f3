//! GridFS over HTTP: a real server, asked by a real client, and by hand where no client would send such a request.

mod caching;
mod codings;
mod conditions;
mod failures;
mod hooks;
mod hostile;
mod mounting;
mod multipart;
mod ranges;
mod rude;
mod statuses;
mod streaming;
mod support;
