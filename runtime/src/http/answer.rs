//! The answer for a file: whether it has changed, how much of it, and its bytes.

use std::{
    fmt::Write,
    hash::{BuildHasher, RandomState},
    ops::Range,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{
    HeaderMap, Method, Response, StatusCode,
    header::{
        ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
        RANGE, TRANSFER_ENCODING,
    },
    request::Parts,
};
use mongodb::bson::DateTime;

use super::{
    FileBody, HookError, Settings,
    body::Part,
    conditions::{self, RangeVerdict, Verdict},
    headers::set,
    range::{self, Selection},
    service::plain,
};
use crate::gridfs::{File, Metadata};

impl<M: Metadata> Settings<M> {
    /// Answers by the conditions and ranges of the request, in the order of RFC 9110, section 13.2.2.
    pub(super) async fn send(
        &self,
        file: File<M>,
        mut headers: HeaderMap,
        request: &Parts,
    ) -> Result<Response<FileBody>, HookError> {
        match conditions::judge(&request.headers, &headers) {
            Verdict::Proceed => {}
            Verdict::Failed => return Ok(plain(request, StatusCode::PRECONDITION_FAILED)),
            Verdict::NotModified => {
                // What describes the content is known to the client.
                for name in [ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE] {
                    headers.remove(name);
                }
                return Ok(response(StatusCode::NOT_MODIFIED, headers, FileBody::empty()));
            }
        }
        headers.remove(TRANSFER_ENCODING);
        headers.remove(CONTENT_RANGE);
        headers.insert(CONTENT_LENGTH, file.length.into());
        if request.method == Method::HEAD {
            return Ok(response(StatusCode::OK, headers, FileBody::empty()));
        }

        let length = file.length;
        let (status, parts, end) = match self.selection(&file, &headers, request).await? {
            Selection::Unsatisfiable => {
                let mut response = plain(request, StatusCode::RANGE_NOT_SATISFIABLE);
                set(response.headers_mut(), CONTENT_RANGE, &format!("bytes */{length}"));
                return Ok(response);
            }
            Selection::Whole => {
                (StatusCode::OK, vec![Part { head: Bytes::new(), range: 0..length }], Bytes::new())
            }
            Selection::Parts(ranges) => match <[Range<u64>; 1]>::try_from(ranges) {
                Ok([range]) => {
                    set(&mut headers, CONTENT_RANGE, &content_range(&range, length));
                    (StatusCode::PARTIAL_CONTENT, vec![Part { head: Bytes::new(), range }], Bytes::new())
                }
                Err(ranges) => {
                    let (parts, end) = multipart(&mut headers, ranges, length);
                    (StatusCode::PARTIAL_CONTENT, parts, end)
                }
            },
        };
        let id = file.id.clone();
        let mut body = FileBody::parts(self.bucket.open_file(file)?, parts, end);
        if let Err(error) = body.begin().await {
            // It may have been deleted since it was found.
            let is_gone = error.is_damaged_file() && !self.has(id).await?;
            return if is_gone { Ok(plain(request, StatusCode::NOT_FOUND)) } else { Err(error.into()) };
        }
        headers.insert(CONTENT_LENGTH, body.length().into());
        Ok(response(status, headers, body))
    }

    async fn selection(
        &self,
        file: &File<M>,
        headers: &HeaderMap,
        request: &Parts,
    ) -> Result<Selection, HookError> {
        let Some(value) = conditions::only(&request.headers, &RANGE) else { return Ok(Selection::Whole) };
        let wants_ranges = match conditions::judge_range(&request.headers, headers) {
            RangeVerdict::Ranges => true,
            RangeVerdict::Whole => false,
            RangeVerdict::SameDate(date) => self.is_only_of_its_second(file, date).await?,
        };
        if !wants_ranges {
            return Ok(Selection::Whole);
        }
        Ok(match range::select(value, file.length, self.max_ranges) {
            // A coding beside several parts would be that of all of them together.
            Selection::Parts(parts) if parts.len() > 1 && headers.contains_key(CONTENT_ENCODING) => {
                Selection::Whole
            }
            selection => selection,
        })
    }

    /// Whether the date alone tells this revision from all others: the second is over, and saw no other one
    /// (RFC 9110, section 8.8.2.2).
    async fn is_only_of_its_second(&self, file: &File<M>, date: SystemTime) -> Result<bool, HookError> {
        let end = date + Duration::from_secs(1);
        if SystemTime::now() < end {
            return Ok(false);
        }
        let fields = self.bucket.fields();
        let (start, end) = (DateTime::from_system_time(date), DateTime::from_system_time(end));
        let Some(name) = &file.filename else { return Ok(true) };
        let others = fields.filename.eq(name.clone())
            & fields.upload_date.gte(start)
            & fields.upload_date.lt(end)
            & fields.id.ne(file.id.clone());
        Ok(self.bucket.files().count(others).limit(1).await? == 0)
    }
}

fn response(status: StatusCode, headers: HeaderMap, body: FileBody) -> Response<FileBody> {
    let mut response = Response::new(body);
    (*response.status_mut(), *response.headers_mut()) = (status, headers);
    response
}

fn content_range(range: &Range<u64>, length: u64) -> String {
    format!("bytes {}-{}/{length}", range.start, range.end - 1)
}

/// Several ranges, with the media type of the file before each (RFC 9110, section 14.6).
fn multipart(headers: &mut HeaderMap, ranges: Vec<Range<u64>>, length: u64) -> (Vec<Part>, Bytes) {
    // The keys are random: nobody can write a file that holds it.
    let [one, two] = [0, 1].map(|n: u8| RandomState::new().hash_one(n));
    let boundary = format!("{one:016x}{two:016x}");
    let media_type = headers.remove(CONTENT_TYPE);
    set(headers, CONTENT_TYPE, &format!("multipart/byteranges; boundary={boundary}"));
    let media_type = media_type.as_ref().and_then(|it| it.to_str().ok());
    let parts = ranges.into_iter().enumerate().map(|(index, range)| {
        let mut head = format!("{}--{boundary}\r\n", if index == 0 { "" } else { "\r\n" });
        if let Some(media_type) = media_type {
            // Writing to a string cannot fail.
            let _ = write!(head, "Content-Type: {media_type}\r\n");
        }
        let _ = write!(head, "Content-Range: {}\r\n\r\n", content_range(&range, length));
        Part { head: head.into(), range }
    });
    (parts.collect(), format!("\r\n--{boundary}--\r\n").into())
}
