//! Filtered top subset, group and total, unpack arrays and group differently, distinct list of values.

use odmium::{
    Database,
    bson::{Bson, Decimal128, doc},
    prelude::*,
};

use super::decimal;
use crate::support::{date, numbered, page, same, same_order};

// covers: T10
#[odmium::test]
async fn filtered_top_subset(db: Database) {
    #[derive(Document)]
    #[document(collection = "persons")]
    struct Person {
        id: i32,
        person_id: String,
        firstname: String,
        dateofbirth: DateTime,
        gender: Option<String>,
        vocation: String,
    }
    // What is left of a person: a type says what the stages leave out.
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Youngest {
        person_id: String,
        firstname: String,
        dateofbirth: DateTime,
        gender: Option<String>,
    }

    let person = |id: &str, name: &str, born: &str, vocation: &str| {
        doc! { "person_id": id, "firstname": name, "dateofbirth": date(born), "vocation": vocation }
    };
    let mut olive = person("1723338115", "Olive", "1985-05-12T23:14:30Z", "ENGINEER");
    olive.insert("gender", "FEMALE");
    let persons = page::<Person>(
        &db,
        numbered([
            person("6392529400", "Elise", "1972-01-13T09:32:07Z", "ENGINEER"),
            olive,
            person("8732762874", "Toni", "1991-11-23T16:53:56Z", "POLITICIAN"),
            person("7363629563", "Bert", "1941-04-07T22:11:52Z", "FLORIST"),
            person("1029648329", "Sophie", "1959-07-06T17:35:45Z", "ENGINEER"),
            person("7363626383", "Carl", "1998-12-26T13:13:55Z", "ENGINEER"),
        ]),
    )
    .await;
    let typed = Pipeline::new()
        .filter(Person.vocation.eq("ENGINEER"))
        .sort(Person.dateofbirth.desc())
        .limit(3)
        .project(YoungestShape {
            person_id: Person.person_id.expr(),
            firstname: Person.firstname.expr(),
            dateofbirth: Person.dateofbirth.expr(),
            gender: Person.gender.expr(),
        });
    let raw = [
        doc! { "$match": { "vocation": "ENGINEER" } },
        doc! { "$sort": { "dateofbirth": -1 } },
        doc! { "$limit": 3 },
        doc! { "$unset": ["_id", "vocation"] },
    ];
    let found = same_order(&persons, typed, raw).await;
    assert_eq!(found.iter().map(|it| &*it.firstname).collect::<Vec<_>>(), ["Carl", "Olive", "Elise"]);
}

// covers: T10
#[odmium::test]
async fn group_and_total(db: Database) {
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        customer_id: String,
        orderdate: DateTime,
        value: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Bought {
        orderdate: DateTime,
        value: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(group)]
    struct Customer {
        #[field(id)]
        customer: String,
        first_purchase_date: DateTime,
        total_value: Decimal128,
        total_orders: i64,
        orders: Vec<Bought>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Total {
        customer_id: String,
        first_purchase_date: DateTime,
        total_value: Decimal128,
        total_orders: i64,
        orders: Vec<Bought>,
    }

    let order = |customer: &str, at: &str, value: &str| {
        doc! { "customer_id": format!("{customer}@mail.com"), "orderdate": date(at), "value": decimal(value) }
    };
    let orders = page::<Order>(
        &db,
        numbered([
            order("elise", "2020-05-30T08:35:52Z", "231.43"),
            order("elise", "2020-01-13T09:32:07Z", "99.99"),
            order("oranieri", "2020-01-01T08:25:37Z", "63.13"),
            order("tj", "2019-05-28T19:13:32Z", "2.01"),
            order("tj", "2020-11-23T22:56:53Z", "187.99"),
            order("tj", "2020-08-18T23:04:48Z", "4.59"),
            order("elise", "2020-12-26T08:55:46Z", "48.50"),
            order("tj", "2021-02-28T07:49:32Z", "1024.89"),
            order("elise", "2020-10-03T13:49:44Z", "102.24"),
        ]),
    )
    .await;
    let (start, end) = (date("2020-01-01T00:00:00Z"), date("2021-01-01T00:00:00Z"));
    let typed = Pipeline::new()
        .filter(Order.orderdate.gte(start) & Order.orderdate.lt(end))
        .sort(Order.orderdate.asc())
        .group_by(Order.customer_id, |g| CustomerGroup {
            first_purchase_date: g.first(Order.orderdate),
            total_value: g.sum(Order.value),
            total_orders: g.count(),
            orders: g.push(BoughtShape { orderdate: Order.orderdate.expr(), value: Order.value.expr() }),
        })
        .sort(Customer.first_purchase_date.asc())
        .project(TotalShape {
            customer_id: Customer.customer.expr(),
            first_purchase_date: Customer.first_purchase_date.expr(),
            total_value: Customer.total_value.expr(),
            total_orders: Customer.total_orders.expr(),
            orders: Customer.orders.expr(),
        });
    let raw = [
        doc! { "$match": { "orderdate": { "$gte": start, "$lt": end } } },
        doc! { "$sort": { "orderdate": 1 } },
        doc! { "$group": {
            "_id": "$customer_id",
            "first_purchase_date": { "$first": "$orderdate" },
            "total_value": { "$sum": "$value" },
            "total_orders": { "$sum": 1 },
            "orders": { "$push": { "orderdate": "$orderdate", "value": "$value" } },
        } },
        doc! { "$sort": { "first_purchase_date": 1 } },
        doc! { "$set": { "customer_id": "$_id" } },
        doc! { "$unset": ["_id"] },
    ];
    let found = same_order(&orders, typed, raw).await;
    let totals = found.iter().map(|it| (it.total_orders, it.total_value)).collect::<Vec<_>>();
    assert_eq!(totals, [(1, decimal("63.13")), (4, decimal("482.16")), (2, decimal("192.58"))]);
}

// covers: T10
#[odmium::test]
async fn unpack_arrays_and_group_differently(db: Database) {
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        products: Vec<Product>,
    }
    #[derive(Embedded)]
    struct Product {
        prod_id: String,
        name: String,
        price: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(group)]
    struct Sold {
        #[field(id)]
        prod_id: String,
        product: String,
        total_value: Decimal128,
        quantity: i64,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Report {
        product_id: String,
        product: String,
        total_value: Decimal128,
        quantity: i64,
    }

    let product = |id: &str, name: &str, price: &str| {
        doc! { "prod_id": id, "name": name, "price": decimal(price) }
    };
    let laptop = |price: &str| product("abc12345", "Asus Laptop", price);
    let hose = |price: &str| product("def45678", "Karcher Hose Set", price);
    let orders = page::<Order>(
        &db,
        numbered([
            doc! { "products": [laptop("431.43"), hose("22.13")] },
            doc! { "products": [laptop("429.99")] },
            doc! { "products": [product("pqr88223", "Food Mixer", "431.43"), hose("21.78")] },
            doc! { "products": [hose("23.43"), product("jkl77336", "Pencil Sharpener", "0.67")] },
        ]),
    )
    .await;
    let typed = Pipeline::new()
        .unwind_elements(Order.products)
        .filter(Product.price.gt(decimal("15.00")))
        .group_by(Product.prod_id, |g| SoldGroup {
            product: g.first(Product.name),
            total_value: g.sum(Product.price),
            quantity: g.count(),
        })
        .project(ReportShape {
            product_id: Sold.prod_id.expr(),
            product: Sold.product.expr(),
            total_value: Sold.total_value.expr(),
            quantity: Sold.quantity.expr(),
        });
    let raw = [
        doc! { "$unwind": { "path": "$products" } },
        doc! { "$match": { "products.price": { "$gt": decimal("15.00") } } },
        doc! { "$group": {
            "_id": "$products.prod_id",
            "product": { "$first": "$products.name" },
            "total_value": { "$sum": "$products.price" },
            "quantity": { "$sum": 1 },
        } },
        doc! { "$set": { "product_id": "$_id" } },
        doc! { "$unset": ["_id"] },
    ];
    let found = same(&orders, typed, raw).await;
    let hoses = found.iter().find(|it| it.product_id == "def45678").unwrap();
    assert_eq!((hoses.quantity, hoses.total_value), (3, decimal("67.34")));
    assert_eq!(found.len(), 3);
}

// covers: T10
#[odmium::test]
async fn distinct_list_of_values(db: Database) {
    // A text, or an array of texts.
    #[derive(Document)]
    #[document(collection = "persons")]
    struct Person {
        id: i32,
        language: Bson,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Language {
        language: String,
    }

    let persons = page::<Person>(
        &db,
        numbered([
            doc! { "firstname": "Elise", "language": "English" },
            doc! { "firstname": "Olive", "language": ["Italian", "English"] },
            doc! { "firstname": "Toni", "language": ["English", "Welsh"] },
            doc! { "firstname": "Bert", "language": "English" },
            doc! { "firstname": "Sophie", "language": ["Gaelic", "English"] },
            doc! { "firstname": "Diego", "language": "Spanish" },
        ]),
    )
    .await;
    // `$unwind` takes what is no array for an array of one: only the type has to say so.
    let typed = Pipeline::new()
        .unwind(Person.language.expr().raw_as::<Vec<String>>())
        .with_fields(|rows, (_, language)| rows.group_by(language, |_| ()))
        .with_fields(|rows, (language,)| rows.project(LanguageShape { language: language.expr() }));
    let raw = [
        doc! { "$unset": ["_id", "firstname"] },
        doc! { "$unwind": { "path": "$language" } },
        doc! { "$group": { "_id": "$language" } },
        doc! { "$set": { "language": "$_id" } },
        doc! { "$unset": ["_id"] },
    ];
    let found = same(&persons, typed, raw).await;
    assert_eq!(found.len(), 5);
    assert!(found.iter().any(|it| it.language == "Gaelic"));
}
