//! decimal128 beside the other numbers: only what is exact is converted.

use mongodb::bson::Decimal128;

/// What a decimal128 stands for.
pub(in crate::codec) enum Parts {
    /// The coefficient times ten to the exponent.
    Finite {
        negative: bool,
        coefficient: u128,
        exponent: i32,
    },
    Infinite {
        negative: bool,
    },
    Nan,
}

/// Takes the format apart (IEEE 754-2008, binary integer significand).
pub(in crate::codec) fn parts(decimal: Decimal128) -> Parts {
    const BIAS: i32 = 6176;
    let bits = u128::from_le_bytes(decimal.bytes());
    let negative = bits >> 127 == 1;
    match bits >> 122 & 0b11111 {
        0b11111 => Parts::Nan,
        0b11110 => Parts::Infinite { negative },
        // A coefficient of more than 34 digits: the standard reads it as zero.
        0b11000.. => {
            Parts::Finite { negative, coefficient: 0, exponent: (bits >> 111 & 0x3fff) as i32 - BIAS }
        }
        _ => {
            let coefficient = bits & ((1 << 113) - 1);
            let coefficient = if coefficient < 10u128.pow(34) { coefficient } else { 0 };
            Parts::Finite { negative, coefficient, exponent: (bits >> 113 & 0x3fff) as i32 - BIAS }
        }
    }
}

/// The integer, as its sign and size, when it is one that fits.
pub(super) fn to_integer(decimal: Decimal128) -> Option<(bool, u128)> {
    let Parts::Finite { negative, coefficient, exponent } = parts(decimal) else { return None };
    let power = || 10u128.checked_pow(exponent.unsigned_abs());
    let size = match exponent {
        _ if coefficient == 0 => 0,
        0.. => coefficient.checked_mul(power()?)?,
        _ => power().filter(|power| coefficient.is_multiple_of(*power)).map(|power| coefficient / power)?,
    };
    Some((negative && size != 0, size))
}

/// The double of the same value, when there is one.
pub(super) fn to_double(decimal: Decimal128) -> Option<f64> {
    let signed = |negative: bool, size: f64| if negative { -size } else { size };
    let (negative, mut size, exponent) = match parts(decimal) {
        Parts::Nan => return Some(f64::NAN),
        Parts::Infinite { negative } => return Some(signed(negative, f64::INFINITY)),
        Parts::Finite { negative, coefficient, exponent } => (negative, coefficient, exponent),
    };
    if size == 0 {
        return Some(signed(negative, 0.0));
    }
    // Ten is two times five: the fives must go into the significand, the twos go into the exponent.
    let fives = 5u128.checked_pow(exponent.unsigned_abs())?;
    size = match exponent {
        0.. => size.checked_mul(fives)?,
        _ if size.is_multiple_of(fives) => size / fives,
        _ => return None,
    };
    let twos = size.trailing_zeros();
    size >>= twos;
    if size >= 1 << f64::MANTISSA_DIGITS {
        return None;
    }
    Some(signed(negative, size as f64 * 2f64.powi(exponent + twos as i32)))
}

/// The decimal128 of the same value, when 34 digits hold it.
pub(super) fn from_double(double: f64) -> Option<Decimal128> {
    if !double.is_finite() {
        return match double {
            f64::INFINITY => "Infinity",
            f64::NEG_INFINITY => "-Infinity",
            _ => "NaN",
        }
        .parse()
        .ok();
    }
    let text = format!("{double:.33e}");
    let (digits, exponent) = text.split_once('e')?;
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let decimal = format!("{digits}E{exponent}").parse().ok()?;
    to_double(decimal).filter(|exact| *exact == double).map(|_| decimal)
}
