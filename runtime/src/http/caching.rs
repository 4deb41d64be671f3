//! How long an answer may be kept.

use std::time::{Duration, SystemTime};

use http::{
    HeaderMap,
    header::{CACHE_CONTROL, EXPIRES},
};

use super::headers::set;

/// What `Cache-Control` and `Expires` say (RFC 9111).
///
/// ```
/// # use odmium::http::Caching;
/// # use std::time::Duration;
/// // `public, max-age=86400, immutable`: for names that stand for one content for ever.
/// let assets = Caching::max_age(Duration::from_secs(86_400)).immutable();
/// // `private, max-age=60`: not in caches that several users share.
/// let own = Caching::max_age(Duration::from_secs(60)).private();
/// # drop((assets, own));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caching {
    store: bool,
    seconds: u64,
    is_private: bool,
    is_immutable: bool,
}

impl Caching {
    /// `no-cache`: may be kept, but each use asks whether it is still the same, which costs one look at the file's document.
    pub const REVALIDATE: Self = Self { store: true, seconds: 0, is_private: false, is_immutable: false };

    /// `no-store`: is kept nowhere.
    pub const NEVER: Self = Self { store: false, ..Self::REVALIDATE };

    /// `public, max-age`, and `Expires`: may be used so long without asking; whole seconds, at most 2,147,483,647 of them.
    /// None at all is [`REVALIDATE`](Self::REVALIDATE).
    #[must_use]
    pub fn max_age(age: Duration) -> Self {
        Self { seconds: age.as_secs().min(i32::MAX as u64), ..Self::REVALIDATE }
    }

    /// Only for the cache of the one user, not for one that several share.
    #[must_use]
    pub const fn private(self) -> Self {
        Self { is_private: true, ..self }
    }

    /// Nothing is asked before the age is over, not even when the page is loaded again (RFC 8246).
    #[must_use]
    pub const fn immutable(self) -> Self {
        Self { is_immutable: true, ..self }
    }

    pub(super) fn write(self, headers: &mut HeaderMap, now: SystemTime) {
        let Self { store, seconds, is_private, is_immutable } = self;
        let for_whom = match (is_private, seconds) {
            (true, _) => "private, ",
            (false, 1..) => "public, ",
            (false, 0) => "",
        };
        let immutable = if is_immutable { ", immutable" } else { "" };
        let value = match (store, seconds) {
            (false, _) => "no-store".to_owned(),
            (true, 0) => format!("{for_whom}no-cache"),
            (true, _) => format!("{for_whom}max-age={seconds}{immutable}"),
        };
        set(headers, CACHE_CONTROL, &value);
        if store && seconds > 0 {
            set(headers, EXPIRES, &httpdate::fmt_http_date(now + Duration::from_secs(seconds)));
        }
    }
}
