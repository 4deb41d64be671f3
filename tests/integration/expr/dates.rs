//! Dates. `Row.at` is 2024-03-31T23:30:15.250Z, a Sunday; `Row.until` is 2025-01-01; `Row.oat` is 2024-01-01.

use odmium::{
    Database,
    bson::doc,
    expr::{DateParts, Expr, TimeUnit, literal},
    prelude::*,
};

use super::{Cases, Row, date};

#[odmium::test]
async fn parts_of_dates(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    type Part = fn(Expr<Row, DateTime>) -> Expr<Row, i32>;
    type Zoned = fn(odmium::expr::Zoned<Row, DateTime>) -> Expr<Row, i32>;
    // In Paris, it is 01:30 on 1 April, a Monday.
    let parts: [(&str, Part, i32, Zoned, i32); 12] = [
        ("$year", Expr::year, 2024, odmium::expr::Zoned::year, 2024),
        ("$month", Expr::month, 3, odmium::expr::Zoned::month, 4),
        ("$dayOfMonth", Expr::day_of_month, 31, odmium::expr::Zoned::day_of_month, 1),
        ("$dayOfYear", Expr::day_of_year, 91, odmium::expr::Zoned::day_of_year, 92),
        ("$dayOfWeek", Expr::day_of_week, 1, odmium::expr::Zoned::day_of_week, 2),
        ("$week", Expr::week, 13, odmium::expr::Zoned::week, 13),
        ("$isoWeek", Expr::iso_week, 13, odmium::expr::Zoned::iso_week, 14),
        ("$isoDayOfWeek", Expr::iso_day_of_week, 7, odmium::expr::Zoned::iso_day_of_week, 1),
        ("$hour", Expr::hour, 23, odmium::expr::Zoned::hour, 1),
        ("$minute", Expr::minute, 30, odmium::expr::Zoned::minute, 30),
        ("$second", Expr::second, 15, odmium::expr::Zoned::second, 15),
        ("$millisecond", Expr::millisecond, 250, odmium::expr::Zoned::millisecond, 250),
    ];
    for (op, part, expected, zoned, in_paris) in parts {
        cases.same(part(Row.at.expr()), doc! { op: "$at" }, expected).await;
        let rendered = doc! { op: { "date": "$at", "timezone": "Europe/Paris" } };
        cases.same(zoned(Row.at.expr().timezone("Europe/Paris")), rendered, in_paris).await;
    }
    cases.same(Row.at.expr().iso_week_year(), doc! { "$isoWeekYear": "$at" }, 2024_i64).await;
    cases.opt(Row.oat.expr().year(), doc! { "$year": "$oat" }, Some(2024), None).await;
    let by_offset = Row.oat.expr().timezone("-02:00").year();
    cases.opt(by_offset, doc! { "$year": { "date": "$oat", "timezone": "-02:00" } }, Some(2023), None).await;
    let parts = doc! {
        "year": 2024, "month": 3, "day": 31, "hour": 23, "minute": 30, "second": 15, "millisecond": 250,
    };
    cases.same(Row.at.expr().date_to_parts(), doc! { "$dateToParts": { "date": "$at" } }, parts).await;
    let iso = Row.oat.expr().date_to_iso_parts();
    let parts = doc! {
        "isoWeekYear": 2024, "isoWeek": 1, "isoDayOfWeek": 1, "hour": 0, "minute": 0, "second": 0, "millisecond": 0,
    };
    cases.opt(iso, doc! { "$dateToParts": { "date": "$oat", "iso8601": true } }, Some(parts), None).await;
    Ok(())
}

#[odmium::test]
async fn calculating_with_dates(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let zone = "Europe/Paris";
    let a_day = 86_400_000_i64;
    cases.same(Row.until + a_day, doc! { "$add": ["$until", a_day] }, date("2025-01-02T00:00:00Z")).await;
    cases
        .same(Row.until - 1000, doc! { "$subtract": ["$until", 1000_i64] }, date("2024-12-31T23:59:59Z"))
        .await;
    cases
        .opt(Row.oat + Row.n, doc! { "$add": ["$oat", "$n"] }, Some(date("2024-01-01T00:00:00.007Z")), None)
        .await;
    cases
        .opt(
            Row.until + Row.on,
            doc! { "$add": ["$until", "$on"] },
            Some(date("2025-01-01T00:00:00.003Z")),
            None,
        )
        .await;
    let apart = doc! { "$subtract": ["$until", "$oat"] };
    cases.opt(Row.until - Row.oat, apart, Some(366 * a_day), None).await;
    cases.same(Row.at - Row.at, doc! { "$subtract": ["$at", "$at"] }, 0_i64).await;

    let (at, oat) = (|| Row.at.expr(), || Row.oat.expr());
    let day = doc! { "$dateTrunc": { "date": "$at", "unit": "day" } };
    cases.same(at().date_trunc(TimeUnit::Day), day, date("2024-03-31T00:00:00Z")).await;
    let day = doc! { "$dateTrunc": { "date": "$at", "unit": "day", "timezone": zone } };
    cases.same(at().timezone(zone).date_trunc(TimeUnit::Day), day, date("2024-03-31T22:00:00Z")).await;
    let six_hours = doc! { "$dateTrunc": { "date": "$at", "unit": "hour", "binSize": 6_i64 } };
    cases.same(at().date_trunc_by(TimeUnit::Hour, 6), six_hours, date("2024-03-31T18:00:00Z")).await;
    let starts = [
        (TimeUnit::Year, "2024-01-01T00:00:00Z"),
        (TimeUnit::Quarter, "2024-01-01T00:00:00Z"),
        (TimeUnit::Month, "2024-03-01T00:00:00Z"),
        (TimeUnit::Week, "2024-03-31T00:00:00Z"),
        (TimeUnit::Hour, "2024-03-31T23:00:00Z"),
        (TimeUnit::Minute, "2024-03-31T23:30:00Z"),
        (TimeUnit::Second, "2024-03-31T23:30:15Z"),
        (TimeUnit::Millisecond, "2024-03-31T23:30:15.250Z"),
    ];
    for (unit, start) in starts {
        let rendered = doc! { "$dateTrunc": { "date": "$at", "unit": unit.name() } };
        cases.same(at().date_trunc(unit), rendered, date(start)).await;
    }
    let add = doc! { "$dateAdd": { "startDate": "$at", "unit": "month", "amount": 1 } };
    cases.same(at().date_add(TimeUnit::Month, 1), add, date("2024-04-30T23:30:15.250Z")).await;
    let add = doc! { "$dateAdd": { "startDate": "$oat", "unit": "day", "amount": "$n" } };
    cases.opt(oat().date_add(TimeUnit::Day, Row.n), add, Some(date("2024-01-08T00:00:00Z")), None).await;
    let subtract = doc! { "$dateSubtract": { "startDate": "$until", "unit": "quarter", "amount": 1 } };
    cases
        .same(Row.until.expr().date_subtract(TimeUnit::Quarter, 1), subtract, date("2024-10-01T00:00:00Z"))
        .await;
    let diff = doc! { "$dateDiff": { "startDate": "$at", "endDate": "$until", "unit": "month" } };
    cases.same(at().date_diff(Row.until, TimeUnit::Month), diff, 10_i64).await;
    let diff =
        doc! { "$dateDiff": { "startDate": "$oat", "endDate": "$at", "unit": "day", "timezone": zone } };
    cases.opt(oat().timezone(zone).date_diff(Row.at, TimeUnit::Day), diff, Some(91_i64), None).await;
    Ok(())
}

#[odmium::test]
async fn dates_and_texts(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let some = |text: &str| Some(text.to_owned());
    let (format, zone) = ("%d.%m.%Y %H:%M", "Europe/Paris");
    let rendered = doc! { "$dateToString": { "date": "$oat", "format": format } };
    cases.opt(Row.oat.expr().date_to_string(format), rendered, some("01.01.2024 00:00"), None).await;
    let rendered = doc! { "$dateToString": { "date": "$at", "format": format, "timezone": zone } };
    let text = Row.at.expr().timezone(zone).date_to_string(format);
    cases.same(text, rendered, "01.04.2024 01:30".to_owned()).await;
    let parsed = literal("31.12.2024".to_owned()).date_from_string("%d.%m.%Y");
    let rendered = doc! { "$dateFromString": { "dateString": "31.12.2024", "format": "%d.%m.%Y" } };
    cases.same(parsed, rendered, date("2024-12-31T00:00:00Z")).await;
    let rendered = doc! { "$dateFromString": { "dateString": "$s", "format": "%Y", "onError": null } };
    cases.same(Row.s.expr().try_date_from_string("%Y"), rendered, None).await;
    let rendered =
        doc! { "$dateFromParts": { "year": 2024, "month": "$n", "day": 2, "hour": 1, "timezone": zone } };
    let parts = DateParts::year(2024).month(Row.n).day(2).hour(1).timezone(zone);
    cases.same(parts.date(), rendered, date("2024-07-01T23:00:00Z")).await;
    let rendered = doc! { "$dateFromParts": {
        "isoWeekYear": 2024, "isoWeek": 2, "minute": 3, "second": 4, "millisecond": 5,
    } };
    let parts = DateParts::iso_week(2024, 2).minute(3).second(4).millisecond(5);
    cases.same(parts.date(), rendered, date("2024-01-08T00:03:04.005Z")).await;
    Ok(())
}
