//! The manual's pages on dates, their parts and their texts.

use odmium::{
    Database,
    bson::doc,
    expr::{DateParts, DateText},
    prelude::*,
};

use crate::support::{computed, date, numbered, page};

#[derive(Document)]
#[document(collection = "sales")]
struct Sale {
    id: i32,
    date: DateTime,
}

// covers: T10
#[odmium::test]
async fn parts_of_a_date(db: Database) {
    let sale = doc! { "item": "abc", "date": date("2014-01-01T08:15:39.736Z") };
    let sales = page::<Sale>(&db, numbered([sale])).await;
    let at = || Sale.date.expr();
    macro_rules! parts {
        ($($method:ident $op:literal $expected:expr;)*) => {$(
            let found = computed(&sales, at().$method(), doc! { $op: "$date" }).await;
            assert_eq!(found, [$expected], $op);
        )*};
    }
    parts! {
        year "$year" 2014; month "$month" 1; day_of_month "$dayOfMonth" 1; hour "$hour" 8; minute "$minute" 15;
        second "$second" 39; millisecond "$millisecond" 736; day_of_year "$dayOfYear" 1;
        day_of_week "$dayOfWeek" 4; week "$week" 0; iso_week "$isoWeek" 1;
        iso_day_of_week "$isoDayOfWeek" 3; iso_week_year "$isoWeekYear" 2014_i64;
    }
    let raw = doc! { "$dateToParts": { "date": "$date", "timezone": "America/New_York" } };
    let found = computed(&sales, at().timezone("America/New_York").date_to_parts(), raw).await;
    assert_eq!(found[0].get_i32("hour").unwrap(), 3);
    let raw = doc! { "$dateToParts": { "date": "$date", "iso8601": true } };
    let found = computed(&sales, at().date_to_iso_parts(), raw).await;
    assert_eq!(found[0].get_i32("isoDayOfWeek").unwrap(), 3);
}

// covers: T10
#[odmium::test]
async fn date_to_string(db: Database) {
    let sale = doc! { "item": "abc", "date": date("2014-01-01T08:15:39.736Z") };
    let sales = page::<Sale>(&db, numbered([sale])).await;
    let formats = [
        ("%Y-%m-%d", None, "2014-01-01"),
        ("%H:%M:%S:%L%z", Some("America/New_York"), "03:15:39:736-0500"),
        ("%H:%M:%S:%L%z", Some("+04:30"), "12:45:39:736+0430"),
        ("%Z", Some("America/New_York"), "-300"),
        ("%j", None, "001"),
        ("%G-W%V-%u", None, "2014-W01-3"),
        ("%w-%U", None, "4-00"),
    ];
    for (format, zone, expected) in formats {
        let mut raw = doc! { "format": format, "date": "$date" };
        let at = Sale.date.expr();
        let typed = match zone {
            Some(zone) => {
                raw.insert("timezone", zone);
                at.timezone(zone).date_to_string(format)
            }
            None => at.date_to_string(format),
        };
        assert_eq!(computed(&sales, typed, doc! { "$dateToString": raw }).await, [expected]);
    }
}

// covers: T10
#[odmium::test]
async fn date_from_parts(db: Database) {
    let sales = page::<Sale>(&db, numbered([doc! { "date": date("2017-01-01T00:00:00Z") }])).await;
    let cases = [
        (
            DateParts::year(2017).month(2).day(8).hour(12),
            doc! { "year": 2017, "month": 2, "day": 8, "hour": 12 },
            "2017-02-08T12:00:00Z",
        ),
        (
            DateParts::iso_week(2017, 6).iso_day_of_week(3).hour(12),
            doc! { "isoWeekYear": 2017, "isoWeek": 6, "isoDayOfWeek": 3, "hour": 12 },
            "2017-02-08T12:00:00Z",
        ),
        (
            DateParts::year(2016)
                .month(12)
                .day(31)
                .hour(23)
                .minute(46)
                .second(12)
                .timezone("America/New_York"),
            doc! {
                "year": 2016, "month": 12, "day": 31, "hour": 23, "minute": 46, "second": 12,
                "timezone": "America/New_York",
            },
            "2017-01-01T04:46:12Z",
        ),
        // Values beyond the range are carried over.
        (
            DateParts::year(2017).month(14).day(1).hour(12),
            doc! { "year": 2017, "month": 14, "day": 1, "hour": 12 },
            "2018-02-01T12:00:00Z",
        ),
        (
            DateParts::year(2017).month(0).day(1).hour(12),
            doc! { "year": 2017, "month": 0, "day": 1, "hour": 12 },
            "2016-12-01T12:00:00Z",
        ),
    ];
    for (parts, raw, expected) in cases {
        let found = computed(&sales, parts.date(), doc! { "$dateFromParts": raw }).await;
        assert_eq!(found, [date(expected)]);
    }
}

#[derive(Document)]
#[document(collection = "logmessages")]
struct Log {
    id: i32,
    date: Option<String>,
    timezone: String,
}

// covers: T10
#[odmium::test]
async fn date_from_string_in_a_time_zone(db: Database) {
    let logs = page::<Log>(
        &db,
        numbered([
            doc! { "date": "2017-02-08T12:10:40.787", "timezone": "America/New_York" },
            doc! { "date": "2017-02-08", "timezone": "-05:00" },
            doc! { "message": " Step 1: Ended ", "timezone": "-05:00" },
            doc! { "date": "2017-02-09", "timezone": "Europe/London" },
            doc! { "date": "2017-02-09T03:35:02.055", "timezone": "+0530" },
        ]),
    )
    .await;
    let typed = DateText::of(Log.date).timezone("America/New_York").date();
    let raw = doc! { "$dateFromString": { "dateString": "$date", "timezone": "America/New_York" } };
    let found = computed(&logs, typed, raw).await;
    assert_eq!(
        found[..3],
        [Some(date("2017-02-08T17:10:40.787Z")), Some(date("2017-02-08T05:00:00Z")), None,]
    );
    let typed = DateText::of(Log.date).timezone(Log.timezone).date();
    let raw = doc! { "$dateFromString": { "dateString": "$date", "timezone": "$timezone" } };
    let found = computed(&logs, typed, raw).await;
    assert_eq!(found[4], Some(date("2017-02-08T22:05:02.055Z")));
}

// covers: T10
#[odmium::test]
async fn date_from_string_by_format_and_with_errors(db: Database) {
    let logs = page::<Log>(
        &db,
        numbered([
            doc! { "date": "06-15-2018", "timezone": "UTC" },
            doc! { "date": "20177-02-09T03:35:02.055", "timezone": "UTC" },
            doc! { "date": null, "timezone": "UTC" },
        ]),
    )
    .await;
    let typed = DateText::of(Log.date).format("%m-%d-%Y").try_date();
    let raw = doc! { "$dateFromString": { "dateString": "$date", "format": "%m-%d-%Y", "onError": null } };
    let found = computed(&logs, typed, raw.clone()).await;
    assert_eq!(found, [Some(date("2018-06-15T00:00:00Z")), None, None]);
    assert_eq!(computed(&logs, Log.date.expr().try_date_from_string("%m-%d-%Y"), raw).await, found);
    // `onNull` is what stands for null.
    let epoch = DateTime::from_millis(0);
    let typed = DateText::of(Log.date).format("%m-%d-%Y").try_date().if_null(epoch);
    let raw = doc! { "$dateFromString": {
        "dateString": "$date", "format": "%m-%d-%Y", "onError": epoch, "onNull": epoch,
    } };
    assert_eq!(computed(&logs, typed, raw).await[1..], [epoch, epoch]);
}
