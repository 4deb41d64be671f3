//! Numbers: the type of a result follows the server's rules.

use std::f64::consts::{FRAC_PI_2, PI};

use odmium::{
    Database,
    bson::{self, Bson, Decimal128, doc},
    expr::{Expr, literal, rand},
    filter::BsonType,
};

use super::{Cases, Row, decimal};

#[odmium::test]
async fn arithmetic_has_the_type_that_the_server_gives(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let (big, wide) = (5_000_000_000, 5_000_000_007);
    cases.same(Row.n + 1, doc! { "$add": ["$n", 1] }, 8).await;
    cases.same(Row.n + Row.n + 1, doc! { "$add": ["$n", "$n", 1] }, 15).await;
    cases.same(Row.n + Row.big, doc! { "$add": ["$n", "$big"] }, wide).await;
    cases.same(Row.n + literal(1_i64), doc! { "$add": ["$n", 1_i64] }, 8_i64).await;
    cases.same(Row.n + Row.x, doc! { "$add": ["$n", "$x"] }, 9.5).await;
    cases.same(Row.big + Row.x, doc! { "$add": ["$big", "$x"] }, 5_000_000_002.5).await;
    cases.same(Row.x + Row.dec, doc! { "$add": ["$x", "$dec"] }, decimal("4.0")).await;
    cases.same(Row.small + Row.small, doc! { "$add": ["$small", "$small"] }, 400).await;
    cases.same(Row.huge + 2, doc! { "$add": ["$huge", 2_i64] }, 42_i64).await;
    cases.opt(Row.n + Row.on, doc! { "$add": ["$n", "$on"] }, Some(10), None).await;
    cases.opt(Row.on + 1, doc! { "$add": ["$on", 1] }, Some(4), None).await;
    cases.opt(Row.on + Row.obig, doc! { "$add": ["$on", "$obig"] }, Some(7_i64), None).await;
    cases.same(Row.n - 8, doc! { "$subtract": ["$n", 8] }, -1).await;
    cases.opt(Row.big - Row.on, doc! { "$subtract": ["$big", "$on"] }, Some(big - 3), None).await;
    cases.same(Row.n * 2, doc! { "$multiply": ["$n", 2] }, 14).await;
    cases.same(Row.n * 1.5, doc! { "$multiply": ["$n", 1.5] }, 10.5).await;
    cases.same(Row.n * Row.x * Row.n, doc! { "$multiply": ["$n", "$x", "$n"] }, 122.5).await;
    cases.opt(Row.on * Row.ox, doc! { "$multiply": ["$on", "$ox"] }, Some(0.75), None).await;
    cases.same(Row.n / 7, doc! { "$divide": ["$n", 7] }, 1.0).await;
    cases.same(Row.big / Row.n, doc! { "$divide": ["$big", "$n"] }, 5e9 / 7.0).await;
    cases.same(Row.dec / 2, doc! { "$divide": ["$dec", 2_i64] }, decimal("0.75")).await;
    cases.opt(Row.on / 2, doc! { "$divide": ["$on", 2] }, Some(1.5), None).await;
    cases.same(Row.n % 4, doc! { "$mod": ["$n", 4] }, 3).await;
    cases.same(Row.big % 3, doc! { "$mod": ["$big", 3_i64] }, 2_i64).await;
    cases.same(Row.x % 2, doc! { "$mod": ["$x", 2] }, 0.5).await;
    cases.opt(Row.on % 2, doc! { "$mod": ["$on", 2] }, Some(1), None).await;
    let mixed =
        doc! { "$subtract": [{ "$multiply": [{ "$add": ["$n", 1] }, "$x"] }, { "$divide": ["$n", 2] }] };
    cases.same((Row.n + 1) * Row.x - Row.n / 2, mixed, 16.5).await;
    Ok(())
}

#[odmium::test]
async fn functions_of_numbers(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let (n, x, on) = (Row.n.expr(), Row.x.expr(), Row.on.expr());
    cases.same((Row.n - 9).abs(), doc! { "$abs": { "$subtract": ["$n", 9] } }, 2).await;
    cases.opt(on.clone().abs(), doc! { "$abs": "$on" }, Some(3), None).await;
    cases.same(x.clone().ceil(), doc! { "$ceil": "$x" }, 3.0).await;
    cases.same(n.clone().ceil(), doc! { "$ceil": "$n" }, 7).await;
    cases.same(x.clone().floor(), doc! { "$floor": "$x" }, 2.0).await;
    cases.same(x.clone().round(0), doc! { "$round": ["$x", 0] }, 2.0).await;
    cases.same(n.clone().round(-1), doc! { "$round": ["$n", -1] }, 10).await;
    cases.opt(on.clone().round(0), doc! { "$round": ["$on", 0] }, Some(3), None).await;
    cases.same(x.clone().trunc(0), doc! { "$trunc": ["$x", 0] }, 2.0).await;
    cases.same(Row.big.expr().trunc(-9), doc! { "$trunc": ["$big", -9] }, 5_000_000_000_i64).await;
    cases.same((Row.n - 7).exp(), doc! { "$exp": { "$subtract": ["$n", 7] } }, 1.0).await;
    cases.same((Row.n - 6).ln(), doc! { "$ln": { "$subtract": ["$n", 6] } }, 0.0).await;
    cases.same((Row.n + 93).log10(), doc! { "$log10": { "$add": ["$n", 93] } }, 2.0).await;
    cases.same((Row.n + 1).log(2), doc! { "$log": [{ "$add": ["$n", 1] }, 2] }, 3.0).await;
    cases.opt(on.clone().log(3), doc! { "$log": ["$on", 3] }, Some(1.0), None).await;
    cases.same((Row.n + 2).sqrt(), doc! { "$sqrt": { "$add": ["$n", 2] } }, 3.0).await;
    cases.same((Row.dec + 0.75).sqrt(), doc! { "$sqrt": { "$add": ["$dec", 0.75] } }, decimal("1.5")).await;
    cases.opt(on.clone().sqrt(), doc! { "$sqrt": "$on" }, Some(3_f64.sqrt()), None).await;
    // An integer to the power of one stays an integer on the server.
    cases.reads(n.clone().pow(2), doc! { "$pow": ["$n", 2] }, 49.0).await;
    cases.reads(n.clone().pow(-1), doc! { "$pow": ["$n", -1] }, 1.0 / 7.0).await;
    cases.same(x.clone().pow(2), doc! { "$pow": ["$x", 2] }, 6.25).await;
    cases.opt(Row.ox.expr().pow(2), doc! { "$pow": ["$ox", 2] }, Some(0.0625), None).await;
    Ok(())
}

#[odmium::test]
async fn functions_of_angles(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let zero = || Row.n - 7;
    let one = || Row.n - 6;
    type Function = fn(Expr<Row, i32>) -> Expr<Row, f64>;
    let of_zero: [(&str, Function, f64); 12] = [
        ("$sin", Expr::sin, 0.0),
        ("$cos", Expr::cos, 1.0),
        ("$tan", Expr::tan, 0.0),
        ("$asin", Expr::asin, 0.0),
        ("$acos", Expr::acos, FRAC_PI_2),
        ("$atan", Expr::atan, 0.0),
        ("$sinh", Expr::sinh, 0.0),
        ("$cosh", Expr::cosh, 1.0),
        ("$tanh", Expr::tanh, 0.0),
        ("$asinh", Expr::asinh, 0.0),
        ("$atanh", Expr::atanh, 0.0),
        ("$degreesToRadians", Expr::degrees_to_radians, 0.0),
    ];
    for (op, function, expected) in of_zero {
        cases.same(function(zero()), doc! { op: { "$subtract": ["$n", 7] } }, expected).await;
    }
    cases.same(one().acosh(), doc! { "$acosh": { "$subtract": ["$n", 6] } }, 0.0).await;
    cases.same(zero().atan2(1), doc! { "$atan2": [{ "$subtract": ["$n", 7] }, 1] }, 0.0).await;
    let half_turn = (one() * PI).radians_to_degrees();
    cases
        .same(
            half_turn,
            doc! { "$radiansToDegrees": { "$multiply": [{ "$subtract": ["$n", 6] }, PI] } },
            180.0,
        )
        .await;
    Ok(())
}

#[odmium::test]
async fn conversions_and_their_failures(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    cases.same(Row.digits.expr().to_int(), doc! { "$toInt": "$digits" }, 42).await;
    cases.same(Row.n.expr().to_long(), doc! { "$toLong": "$n" }, 7_i64).await;
    cases.opt(Row.on.expr().to_long(), doc! { "$toLong": "$on" }, Some(3_i64), None).await;
    cases.same(Row.n.expr().to_double(), doc! { "$toDouble": "$n" }, 7.0).await;
    cases.same(Row.digits.expr().to_decimal(), doc! { "$toDecimal": "$digits" }, decimal("42")).await;
    cases.same(Row.n.expr().to_bool(), doc! { "$toBool": "$n" }, true).await;
    cases.same(Row.n.expr().to_string(), doc! { "$toString": "$n" }, "7".to_owned()).await;
    cases.opt(Row.on.expr().to_string(), doc! { "$toString": "$on" }, Some("3".to_owned()), None).await;
    let millis = odmium::prelude::DateTime::from_millis(7);
    cases.same(Row.n.expr().to_long().to_date(), doc! { "$toDate": { "$toLong": "$n" } }, millis).await;
    let id = bson::oid::ObjectId::from_bytes([1; 12]);
    let hex = literal(id.to_hex());
    cases.same(hex.to_object_id(), doc! { "$toObjectId": id.to_hex() }, id).await;

    let convert = |input: &str, on_error: Bson| {
        doc! { "$convert": { "input": input, "to": "int", "onError": on_error } }
    };
    cases.same(Row.s.expr().try_convert::<i32>(), convert("$s", Bson::Null), None).await;
    cases.same(Row.digits.expr().try_convert::<i32>(), convert("$digits", Bson::Null), Some(42)).await;
    cases.opt(Row.os.expr().convert_or(-1), convert("$os", Bson::Int32(-1)), Some(-1), None).await;
    cases.same(Row.s.expr().convert_or(-1), convert("$s", Bson::Int32(-1)), -1).await;
    let is_decimal: Expr<Row, Option<Decimal128>> = Row.s.expr().try_convert();
    cases
        .same(
            is_decimal,
            doc! { "$convert": { "input": "$s", "to": "decimal", "onError": Bson::Null } },
            None,
        )
        .await;

    let text = |text: &str| text.to_owned();
    cases.same(Row.n.expr().type_name(), doc! { "$type": "$n" }, text("int")).await;
    let types = [text("double"), text("null"), text("missing")];
    cases.each(Row.ox.expr().type_name(), doc! { "$type": "$ox" }, types).await;
    let is_int = doc! { "$eq": [{ "$type": "$on" }, "int"] };
    cases.opt(Row.on.expr().is_type(BsonType::Int32), is_int, true, false).await;
    cases.opt(Row.on.expr().is_type(BsonType::Number), doc! { "$isNumber": "$on" }, true, false).await;
    let missing = doc! { "$eq": [{ "$type": "$ox" }, "missing"] };
    cases.each(Row.ox.expr().is_missing(), missing, [false, false, true]).await;
    cases.opt(Row.on.expr().is_number(), doc! { "$isNumber": "$on" }, true, false).await;
    cases.opt(Row.olist.expr().is_array(), doc! { "$isArray": "$olist" }, true, false).await;
    let random = rand().lt(1.0) & rand().gte(0.0);
    let rendered = doc! { "$and": [{ "$lt": [{ "$rand": {} }, 1.0] }, { "$gte": [{ "$rand": {} }, 0.0] }] };
    cases.same(random, rendered, true).await;
    Ok(())
}
