//! Strongly-typed conversion, convert incomplete date strings.

use odmium::{
    Collection, Database,
    bson::{Bson, Decimal128, doc},
    expr::{self, DateText, literal, switch},
    pipeline::Merge,
    prelude::*,
};

use super::decimal;
use crate::support::{date, numbered, page, run, same};

// covers: T10
#[odmium::test]
async fn strongly_typed_conversion(db: Database) -> odmium::Result<()> {
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        customer_id: String,
        order_date: String,
        value: String,
        further_info: Info,
    }
    #[derive(Embedded)]
    struct Info {
        item_qty: String,
        reported: Option<String>,
    }
    #[derive(Document, Debug, PartialEq)]
    #[document(collection = "orders_typed", shape)]
    struct Typed {
        id: i32,
        customer_id: String,
        order_date: DateTime,
        value: Decimal128,
        further_info: TypedInfo,
    }
    #[derive(Embedded, Debug, PartialEq)]
    #[document(shape)]
    struct TypedInfo {
        item_qty: i32,
        reported: Option<bool>,
    }

    let orders = page::<Order>(
        &db,
        numbered([
            doc! {
                "customer_id": "elise", "order_date": "2020-05-30T08:35:52", "value": "231.43",
                "further_info": { "item_qty": "3", "reported": "false" },
            },
            doc! {
                "customer_id": "oranieri", "order_date": "2020-01-01T08:25:37", "value": "63.13",
                "further_info": { "item_qty": "2" },
            },
            doc! {
                "customer_id": "tj", "order_date": "2019-05-28T19:13:32", "value": "2.01",
                "further_info": { "item_qty": "1", "reported": "true" },
            },
        ]),
    )
    .await;
    let reported = || Order.further_info.reported.expr().to_lower();
    let typed = Pipeline::new().project(TypedShape {
        id: Order.id.expr(),
        customer_id: Order.customer_id.expr(),
        order_date: Order.order_date.expr().to_date(),
        value: Order.value.expr().to_decimal(),
        further_info: expr::document(TypedInfoShape {
            item_qty: Order.further_info.item_qty.expr().to_int(),
            reported: switch(reported().eq("true"), literal(true).optional())
                .case(reported().eq("false"), false)
                .default(expr::remove()),
        }),
    });
    orders.aggregate().then_write(typed.merge(Merge::new())).await?;
    let target: Collection<Typed> = db.collection();
    let found: Vec<Typed> = target.find(Filter::everything()).sort(Typed.id.asc()).await?;
    let ours = run(&target, vec![doc! { "$sort": { "_id": 1 } }]).await;

    let reported = |text: &str, then: bool| {
        doc! { "case": { "$eq": [{ "$toLower": "$further_info.reported" }, text] }, "then": then }
    };
    let raw = vec![
        doc! { "$set": {
            "order_date": { "$toDate": "$order_date" },
            "value": { "$toDecimal": "$value" },
            "further_info.item_qty": { "$toInt": "$further_info.item_qty" },
            "further_info.reported": { "$switch": {
                "branches": [reported("true", true), reported("false", false)],
                "default": { "$ifNull": ["$further_info.reported", "$$REMOVE"] },
            } },
        } },
        doc! { "$out": "orders_raw" },
    ];
    run(&orders, raw).await;
    let raw = db.inner().collection("orders_raw");
    let raw: Vec<Bson> = raw.find(doc! {}).sort(doc! { "_id": 1 }).await?.try_collect().await?;
    assert_eq!(ours, raw);
    assert_eq!(found[0].order_date, date("2020-05-30T08:35:52Z"));
    assert_eq!(found[0].further_info, TypedInfo { item_qty: 3, reported: Some(false) });
    assert_eq!(found[1].further_info.reported, None);
    Ok(())
}

// covers: T10
#[odmium::test]
async fn convert_incomplete_date_strings(db: Database) {
    #[derive(Document)]
    #[document(collection = "payments")]
    struct Payment {
        id: i32,
        account: String,
        pymntdate: String,
        amount: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Dated {
        account: String,
        pymntdate: DateTime,
        amount: Decimal128,
    }
    const MONTHS: [(&str, &str); 4] = [("JAN", "01"), ("FEB", "02"), ("NOV", "11"), ("DEC", "12")];

    let payment =
        |day: &str, amount| doc! { "account": "010101", "pymntdate": day, "amount": decimal(amount) };
    let payments = page::<Payment>(
        &db,
        numbered([
            payment("01-JAN-20 01.01.01.123000000", "1.01"),
            payment("02-FEB-20 02.02.02.456000000", "2.02"),
            payment("11-NOV-20 11.11.11.789000000", "11.11"),
            payment("12-DEC-20 12.12.12.999000000", "12.12"),
        ]),
    )
    .await;
    let text = || Payment.pymntdate.expr();
    let month = text().substr_cp(3, 3).bind(|month| {
        let [(first, number), rest @ ..] = MONTHS;
        let first = switch(month.clone().eq(first), number);
        let cases =
            rest.into_iter().fold(first, |cases, (name, number)| cases.case(month.clone().eq(name), number));
        cases.default("ERROR")
    });
    let whole = text().substr_cp(0, 3).concat(month).concat("-20").concat(text().substr_cp(7, 15));
    let typed = Pipeline::new().project(DatedShape {
        account: Payment.account.expr(),
        pymntdate: DateText::of(whole).format("%d-%m-%Y %H.%M.%S.%L").date(),
        amount: Payment.amount.expr(),
    });
    let branch = |(name, number): (&str, &str)| doc! { "case": { "$eq": ["$$month", name] }, "then": number };
    let raw = [
        doc! { "$set": { "pymntdate": { "$let": {
            "vars": { "txt": "$pymntdate", "month": { "$substrCP": ["$pymntdate", 3, 3] } },
            "in": { "$dateFromString": {
                "format": "%d-%m-%Y %H.%M.%S.%L",
                "dateString": { "$concat": [
                    { "$substrCP": ["$$txt", 0, 3] },
                    { "$switch": { "branches": MONTHS.map(branch).to_vec(), "default": "ERROR" } },
                    "-20",
                    { "$substrCP": ["$$txt", 7, 15] },
                ] },
            } },
        } } } },
        doc! { "$unset": ["_id"] },
    ];
    let found = same(&payments, typed, raw).await;
    assert_eq!(found[1].pymntdate, date("2020-02-02T02:02:02.456Z"));
}
