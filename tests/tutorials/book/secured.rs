//! Redacted view, mask sensitive fields.

use odmium::{
    Collection, Database,
    bson::{Decimal128, doc},
    expr::{literal, now, rand, remove},
    prelude::*,
};

use super::decimal;
use crate::support::{date, numbered, page, same};

// covers: T10
#[odmium::test]
async fn redacted_view(db: Database) {
    #[derive(Document)]
    #[document(collection = "persons")]
    struct Person {
        id: i32,
        firstname: String,
        dateofbirth: DateTime,
        address: Address,
    }
    #[derive(Embedded, Debug)]
    struct Address {
        city: String,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Adult {
        firstname: String,
        dateofbirth: DateTime,
        address: Address,
    }

    // Born so many years ago: the tests of another year see the same.
    let years =
        |years: i64| DateTime::from_millis(DateTime::now().timestamp_millis() - years * 31_557_600_000);
    let person = |name: &str, born: DateTime| {
        let city = format!("City of {name}");
        doc! {
            "firstname": name, "dateofbirth": born, "social_security_num": "507-28-9805",
            "address": { "city": city },
        }
    };
    let persons = page::<Person>(
        &db,
        numbered([
            person("Elise", date("1972-01-13T09:32:07Z")),
            person("Olive", date("1985-05-12T23:14:30Z")),
            person("Toni", years(11)),
            person("Bert", date("1941-04-07T22:11:52Z")),
            person("Sophie", years(17)),
        ]),
    )
    .await;
    let eighteen_years = 18 * 31_557_600_000_i64;
    let typed = Pipeline::new().filter(Person.dateofbirth.expr().lt(now() - eighteen_years).into()).project(
        AdultShape {
            firstname: Person.firstname.expr(),
            dateofbirth: Person.dateofbirth.expr(),
            address: Person.address.expr(),
        },
    );
    let raw = [
        doc! { "$match": { "$expr": { "$lt": [
            "$dateofbirth", { "$subtract": ["$$NOW", 18.0 * 365.25 * 24.0 * 60.0 * 60.0 * 1000.0] },
        ] } } },
        doc! { "$unset": ["_id", "social_security_num"] },
    ];
    let found = same(&persons, typed, raw).await;
    assert_eq!(found.len(), 3);
    assert!(found.iter().any(|it| it.firstname == "Olive" && it.address.city == "City of Olive"));
}

#[derive(Document)]
#[document(collection = "payments")]
struct Payment {
    id: i32,
    card_name: String,
    card_num: String,
    card_expiry: DateTime,
    card_sec_code: String,
    transaction_amount: Decimal128,
    reported: bool,
    customer_info: Option<Customer>,
}

#[derive(Embedded, Debug)]
struct Customer {
    category: String,
    rating: i32,
}

async fn payments(db: &Database) -> Collection<Payment> {
    page(
        db,
        numbered([
            doc! {
                "card_name": "Mrs. Jane A. Doe", "card_num": "1234567890123456",
                "card_expiry": date("2023-08-31T23:59:59Z"), "card_sec_code": "123",
                "transaction_amount": decimal("501.98"), "reported": false,
                "customer_info": { "category": "RESTRICTED", "rating": 89 },
            },
            doc! {
                "card_name": "Jim Smith", "card_num": "9876543210987654",
                "card_expiry": date("2022-12-31T23:59:59Z"), "card_sec_code": "987",
                "transaction_amount": decimal("64.01"), "reported": true,
                "customer_info": { "category": "NORMAL", "rating": 78 },
            },
        ]),
    )
    .await
}

// covers: T10
#[odmium::test]
async fn mask_sensitive_fields(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Masked {
        card_name: String,
        card_num: String,
        customer_info: Option<Customer>,
    }

    let payments = payments(&db).await;
    let last_name = Payment.card_name.expr().regex_find(r"(\S+)$").matched_text().if_null("Anonymous");
    let unrestricted = Payment.customer_info.category.expr().ne("RESTRICTED");
    let typed = Pipeline::new().project(MaskedShape {
        card_name: literal("Mx. Xxx ").concat(last_name),
        card_num: literal("XXXXXXXXXXXX").concat(Payment.card_num.expr().substr_cp(12, 4)),
        customer_info: unrestricted.cond(Payment.customer_info, remove()),
    });
    let raw = [
        doc! { "$set": {
            "card_name": { "$regexFind": { "input": "$card_name", "regex": r"(\S+)$" } },
            "card_num": { "$concat": ["XXXXXXXXXXXX", { "$substrCP": ["$card_num", 12, 4] }] },
            "customer_info": { "$cond": {
                "if": { "$eq": ["$customer_info.category", "RESTRICTED"] },
                "then": "$$REMOVE",
                "else": "$customer_info",
            } },
            "_id": "$$REMOVE",
        } },
        doc! { "$set": {
            "card_name": { "$concat": ["Mx. Xxx ", { "$ifNull": ["$card_name.match", "Anonymous"] }] },
        } },
        doc! { "$unset": ["card_expiry", "card_sec_code", "transaction_amount", "reported"] },
    ];
    let found = same(&payments, typed, raw).await;
    assert_eq!((&*found[0].card_name, &*found[0].card_num), ("Mx. Xxx Doe", "XXXXXXXXXXXX3456"));
    assert!(found[0].customer_info.is_none());
    assert_eq!(found[1].customer_info.as_ref().unwrap().rating, 78);
}

// covers: T10
#[odmium::test]
async fn mask_sensitive_fields_by_chance(db: Database) -> odmium::Result<()> {
    let payments = payments(&db).await;
    let month = 30 * 24 * 60 * 60 * 1000_i64;
    let digit = || (rand() * 10.0).floor().to_string();
    // Both sides draw their own numbers: what is sent is compared.
    let typed: Pipeline<Payment> = Pipeline::new()
        .set(Payment.card_expiry, Payment.card_expiry + ((rand() - 0.5) * (2.0 * 2_592_000_000.0)).floor())
        .set(Payment.card_sec_code, digit().concat(digit()).concat(digit()))
        .set(
            Payment.transaction_amount,
            Payment.transaction_amount + (rand() - 0.5) * 0.2 * Payment.transaction_amount,
        )
        .set(Payment.reported, rand().lte(0.8).cond(Payment.reported, !Payment.reported.expr()));
    let digit = doc! { "$toString": { "$floor": { "$multiply": [{ "$rand": {} }, 10.0] } } };
    let around = doc! { "$subtract": [{ "$rand": {} }, 0.5] };
    let raw = [
        doc! { "$set": { "card_expiry": { "$add": [
            "$card_expiry", { "$floor": { "$multiply": [&around, 2.0 * 2_592_000_000.0] } },
        ] } } },
        doc! { "$set": { "card_sec_code": { "$concat": [&digit, &digit, &digit] } } },
        doc! { "$set": { "transaction_amount": { "$add": [
            "$transaction_amount", { "$multiply": [&around, 0.2, "$transaction_amount"] },
        ] } } },
        doc! { "$set": { "reported": { "$cond": [
            { "$lte": [{ "$rand": {} }, 0.8] }, "$reported", { "$not": ["$reported"] },
        ] } } },
    ];
    assert_eq!(typed.to_stages()?, raw);
    let found = payments.aggregate().then(typed).await?;
    let (expiry, masked) = (date("2023-08-31T23:59:59Z"), found[0].card_expiry);
    assert!((masked.timestamp_millis() - expiry.timestamp_millis()).abs() <= month);
    assert!(found[0].card_sec_code.parse::<u32>().unwrap() < 1000);
    let amount: f64 = found[0].transaction_amount.to_string().parse().unwrap();
    assert!((451.0..=553.0).contains(&amount), "{amount}");
    Ok(())
}
