//! Field types of other crates, at the edges of what they and BSON can hold.

use bson::{Bson, DateTime, Decimal128};
use chrono::{TimeZone as _, Utc};
use odmium::codec::{Decode, DecodeErrorKind, Encode};
use rust_decimal::Decimal;
use time::OffsetDateTime;
use url::Url;
use uuid::Uuid;

use crate::support::{read_bson, refused, stored_as, write};

/// Nanoseconds since 1970, and the milliseconds that are stored: cut towards the past, as chrono does.
const MOMENTS: [(i64, i64); 8] = [
    (0, 0),
    (1_000_000, 1),
    (1_999_999, 1),
    (-1, -1),
    (-1_000_000, -1),
    (-1_000_001, -2),
    (1_700_000_000_123_456_789, 1_700_000_000_123),
    (-2_208_988_800_000_000_000, -2_208_988_800_000),
];

#[track_caller]
fn date<T: Encode + for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(from_nanos: impl Fn(i64) -> T) {
    for (nanos, millis) in MOMENTS {
        let stored = DateTime::from_millis(millis);
        assert_eq!(write(&from_nanos(nanos)).unwrap(), write(&stored).unwrap(), "{nanos}");
        stored_as(from_nanos(millis * 1_000_000), stored);
    }
    for millis in [i64::MIN, i64::MAX, 400_000_i64 * 366 * 86_400_000] {
        let error = read_bson::<T>(DateTime::from_millis(millis)).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Value { .. }), "{error}");
    }
    refused::<T>(1_i64, "must be a date, but an int64 is stored");
    refused::<T>("2020-01-01T00:00:00Z", "must be a date, but a string is stored");
}

// covers: T3
#[test]
fn moments_are_dates_in_every_crate() {
    date(|nanos| Utc.timestamp_nanos(nanos));
    date(|nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos.into()).unwrap());
    date(|nanos| jiff::Timestamp::from_nanosecond(nanos.into()).unwrap());
}

// covers: T3
#[test]
fn the_first_and_last_moment_of_every_crate_can_be_written() {
    let chrono = [chrono::DateTime::<Utc>::MIN_UTC, chrono::DateTime::<Utc>::MAX_UTC];
    for moment in chrono {
        let cut =
            read_bson::<chrono::DateTime<Utc>>(DateTime::from_millis(moment.timestamp_millis())).unwrap();
        assert!((moment - cut).num_milliseconds() == 0, "{moment}");
        write(&moment).unwrap();
    }
    for moment in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
        let millis = read_written::<DateTime>(&moment).timestamp_millis();
        assert_eq!(millis, moment.as_nanosecond().div_euclid(1_000_000) as i64);
    }
    let (min, max) = (time::PrimitiveDateTime::MIN.assume_utc(), time::PrimitiveDateTime::MAX.assume_utc());
    for moment in [min, max] {
        assert_eq!(read_written::<OffsetDateTime>(&moment), moment.truncate_to_millisecond());
    }
}

fn read_written<T: for<'de> Decode<'de>>(value: &impl Encode) -> T {
    crate::support::read(&write(value).unwrap()).unwrap()
}

// covers: T3
#[test]
fn a_moment_with_an_offset_keeps_the_moment() {
    let moment = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
    let elsewhere = moment.to_offset(time::UtcOffset::from_hms(5, 30, 0).unwrap());
    assert_eq!(write(&elsewhere).unwrap(), write(&moment).unwrap());
}

fn decimal(text: &str) -> Bson {
    Bson::Decimal128(text.parse().unwrap())
}

// covers: T3
#[test]
fn a_decimal_keeps_every_digit() {
    let texts = [
        "0",
        "0.00",
        "-1.50",
        "1234567890.1234567890",
        "0.0000000000000000000000000001",
        "9999999999999999999999999999",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "7.9228162514264337593543950335",
    ];
    for text in texts {
        let value: Decimal = text.parse().unwrap();
        stored_as(value, decimal(text));
        assert_eq!(read_bson::<Decimal>(decimal(text)).unwrap().to_string(), text);
    }
}

// covers: T3
#[test]
fn a_decimal128_reads_as_a_decimal_only_without_loss() {
    let fits = [
        ("1E+3", "1000"),
        ("-12E+2", "-1200"),
        ("1E+28", "10000000000000000000000000000"),
        ("1E-28", "0.0000000000000000000000000001"),
        ("1.000000000000000000000000000000000", "1"),
        ("0.10000000000000000000000000000000", "0.1"),
        ("10E-29", "0.0000000000000000000000000001"),
        ("-0", "0"),
        ("0E+6111", "0"),
        ("0E-6176", "0"),
    ];
    for (stored, value) in fits {
        assert_eq!(read_bson::<Decimal>(decimal(stored)).unwrap(), value.parse().unwrap(), "{stored}");
    }
    let lost = [
        "79228162514264337593543950336",
        "1E+29",
        "1E-29",
        "0.12345678901234567890123456789",
        "9.9999999999999999999999999999",
        "1.000000000000000000000000000000001",
        "9.99E+6144",
        "1E-6176",
        "NaN",
        "Infinity",
        "-Infinity",
    ];
    for stored in lost {
        let error = read_bson::<Decimal>(decimal(stored)).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Value { .. }), "{stored}: {error}");
    }
    assert_eq!(read_bson::<Decimal>(i64::MIN).unwrap(), Decimal::from(i64::MIN));
    assert_eq!(read_bson::<Decimal>(0.5).unwrap(), "0.5".parse().unwrap());
    refused::<Decimal>("1", "must be a number, but a string is stored");
    assert!(read_bson::<Decimal128>(decimal("NaN")).is_ok());
}

// covers: T3
#[test]
fn a_uuid_is_binary_data_of_subtype_4() {
    let uuid = Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
    stored_as(uuid, bson::Uuid::from_bytes(*uuid.as_bytes()));
    stored_as(Uuid::nil(), bson::Uuid::from_bytes([0; 16]));
    refused::<Uuid>(uuid.to_string(), "must be a UUID, but a string is stored");
}

// covers: T3
#[test]
fn a_url_is_a_string() {
    let url: Url = "https://user@example.org:8080/a%20b?c=d#e".parse().unwrap();
    stored_as(url.clone(), url.as_str());
    refused::<Url>("not a url", "must be a URL (relative URL without a base), but \"not a url\" is stored");
    refused::<Url>(1, "must be a string, but an int32 is stored");
}
