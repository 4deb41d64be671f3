//! Numbers read from every stored number that fits without loss, and from no other.

use std::fmt::Debug;

use bson::{Bson, Decimal128};
use odmium::codec::{Decode, DecodeErrorKind};

use crate::support::{read_bson, refused};

fn decimal(text: &str) -> Bson {
    Bson::Decimal128(text.parse().unwrap())
}

#[track_caller]
fn reads<T: for<'de> Decode<'de> + PartialEq + Debug>(stored: impl Into<Bson>, value: T) {
    let stored = stored.into();
    assert_eq!(read_bson::<T>(stored.clone()).unwrap(), value, "{stored:?}");
}

/// Of the right type, but not lossless.
#[track_caller]
fn loses<T: for<'de> Decode<'de> + Debug>(stored: impl Into<Bson>) {
    let stored = stored.into();
    let error = read_bson::<T>(stored.clone()).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Value { .. }), "{stored:?}: {error}");
}

// covers: T3
#[test]
fn integers_are_read_from_every_number_that_is_one() {
    for seven in
        [Bson::Int32(7), Bson::Int64(7), Bson::Double(7.0), decimal("7"), decimal("7.00"), decimal("0.7E1")]
    {
        reads(seven.clone(), 7_i8);
        reads(seven.clone(), 7_u8);
        reads(seven.clone(), 7_i16);
        reads(seven.clone(), 7_u16);
        reads(seven.clone(), 7_i32);
        reads(seven.clone(), 7_u32);
        reads(seven.clone(), 7_i64);
        reads(seven.clone(), 7.0_f32);
        reads(seven.clone(), 7.0_f64);
        assert_eq!(read_bson::<Decimal128>(seven).unwrap().to_string().parse::<f64>().unwrap(), 7.0);
    }
    reads(-0.0, 0);
    reads(decimal("-0"), 0);
    reads(decimal("0E+6000"), 0);
    reads(decimal("9.22E+4"), 92_200);
    reads(decimal("-9223372036854775808"), i64::MIN);
    reads(-(2f64.powi(63)), i64::MIN);
    reads(2f64.powi(53), 1_i64 << 53);
}

// covers: T3
#[test]
fn integers_refuse_what_is_out_of_range_or_has_a_fraction() {
    loses::<i32>(i64::from(i32::MAX) + 1);
    loses::<i32>(i64::from(i32::MIN) - 1);
    loses::<i32>(f64::from(i32::MAX) + 1.0);
    loses::<i8>(128);
    loses::<i8>(-129);
    loses::<u8>(256);
    loses::<u8>(-1);
    loses::<i16>(32768);
    loses::<u16>(-1);
    loses::<u32>(-1_i64);
    loses::<u32>(4_294_967_296_i64);
    loses::<i64>(2f64.powi(63));
    loses::<i64>(-(2f64.powi(63)) * 1.000_000_1);
    loses::<i32>(0.5);
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE] {
        loses::<i64>(odd);
    }
    for odd in ["NaN", "Infinity", "-Infinity", "0.1", "1E-6176", "9223372036854775808", "1E+39", "1E+6111"] {
        loses::<i64>(decimal(odd));
    }
    refused::<i32>("7", "must be an integer of 32 bits, but a string is stored");
    refused::<u8>(300, "must be an integer from 0 to 255, but 300 is stored");
    refused::<i32>(true, "a boolean is stored");
    refused::<i32>(Bson::Null, "null is stored");
}

// covers: T3
#[test]
fn doubles_are_read_from_integers_and_decimals_that_they_hold_exactly() {
    reads(1_i64 << 53, 2f64.powi(53));
    reads(i64::MIN, -(2f64.powi(63)));
    reads((1_i64 << 60) + (1 << 20), (1_u64 << 60) as f64 + f64::from(1 << 20));
    loses::<f64>((1_i64 << 53) + 1);
    loses::<f64>(i64::MAX);
    reads(decimal("0.5"), 0.5);
    reads(decimal("-1.25E+2"), -125.0);
    reads(decimal("9007199254740992"), 2f64.powi(53));
    reads(decimal("1E+22"), 1e22);
    reads(decimal("Infinity"), f64::INFINITY);
    reads(decimal("-Infinity"), f64::NEG_INFINITY);
    assert!(read_bson::<f64>(decimal("NaN")).unwrap().is_nan());
    assert!(read_bson::<f64>(decimal("-0.0")).unwrap().is_sign_negative());
    for inexact in ["0.1", "9007199254740993", "1E+23", "1E-6176", "9.99E+6144"] {
        loses::<f64>(decimal(inexact));
    }
    reads(0.5, 0.5_f32);
    reads(f64::INFINITY, f32::INFINITY);
    assert!(read_bson::<f32>(f64::NAN).unwrap().is_nan());
    loses::<f32>(0.1);
    loses::<f32>(1e300);
    loses::<f32>((1 << 24) + 1);
    refused::<f64>("0.5", "must be a number, but a string is stored");
}

// covers: T3
#[test]
fn decimals_are_read_from_every_number_that_34_digits_hold() {
    let cases: [(Bson, &str); 9] = [
        (i32::MIN.into(), "-2147483648"),
        (i64::MAX.into(), "9223372036854775807"),
        (0.5.into(), "0.5"),
        ((-0.0).into(), "-0"),
        (1e22.into(), "1E+22"),
        (2f64.powi(-30).into(), "9.31322574615478515625E-10"),
        (f64::INFINITY.into(), "Infinity"),
        (f64::NEG_INFINITY.into(), "-Infinity"),
        (f64::NAN.into(), "NaN"),
    ];
    for (stored, text) in cases {
        assert_eq!(read_bson::<Decimal128>(stored).unwrap().to_string(), text);
    }
    loses::<Decimal128>(0.1);
    loses::<Decimal128>(f64::MAX);
    loses::<Decimal128>(f64::MIN_POSITIVE);
}
