//! Field types of other crates, one feature each.

#[cfg(feature = "bytes-1")]
mod bytes;
#[cfg(feature = "chrono-0_4")]
mod chrono;
#[cfg(feature = "geojson-1")]
mod geojson;
#[cfg(feature = "jiff-0_2")]
mod jiff;
#[cfg(feature = "rust_decimal-1")]
mod rust_decimal;
#[cfg(feature = "time-0_3")]
mod time;
#[cfg(feature = "url-2")]
mod url;
#[cfg(feature = "uuid-1")]
mod uuid;
