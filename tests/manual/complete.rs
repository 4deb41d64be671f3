//! The complete aggregation pipeline tutorials.

use odmium::{
    Database,
    bson::{DateTime, Document, doc},
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{date, filled, same};

#[derive(Document, Debug)]
#[document(collection = "persons")]
struct Person {
    id: Id<Person>,
    person_id: String,
    firstname: String,
    lastname: String,
    dateofbirth: DateTime,
    gender: Option<String>,
    vocation: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Person)]
struct Engineer {
    person_id: String,
    firstname: String,
    lastname: String,
    dateofbirth: DateTime,
    gender: Option<String>,
}

// covers: T10
#[odmium::test]
async fn filtered_subset(db: Database) {
    let person = |id: &str, first: &str, last: &str, born: &str, vocation: &str, street: &str| {
        doc! {
            "person_id": id, "firstname": first, "lastname": last, "dateofbirth": date(born), "vocation": vocation,
            "address": { "number": 1, "street": street, "city": "Tobihbo" },
        }
    };
    let mut persons = [
        person("6392529400", "Elise", "Smith", "1972-01-13T09:32:07Z", "ENGINEER", "Tipa Circle"),
        person("1723338115", "Olive", "Ranieri", "1985-05-12T23:14:30Z", "ENGINEER", "Mele Circle"),
        person("8732762874", "Toni", "Jones", "1991-11-23T16:53:56Z", "POLITICIAN", "High Street"),
        person("7363629563", "Bert", "Gooding", "1941-04-07T22:11:52Z", "FLORIST", "Upper Bold Road"),
        person("1029648329", "Sophie", "Celements", "1959-07-06T17:35:45Z", "ENGINEER", "Innings Close"),
        person("7363626383", "Carl", "Simmons", "1998-12-26T13:13:55Z", "ENGINEER", "Hillside Road"),
    ];
    persons[1].insert("gender", "FEMALE");
    let persons = filled::<Person>(&db, persons).await;
    let typed = Pipeline::new()
        .filter(Person.vocation.eq("ENGINEER"))
        .sort(Person.dateofbirth.desc())
        .limit(3)
        .project_as::<Engineer>();
    let page = vec![
        doc! { "$match": { "vocation": "ENGINEER" } },
        doc! { "$sort": { "dateofbirth": -1 } },
        doc! { "$limit": 3 },
        doc! { "$unset": ["_id", "vocation", "address"] },
    ];
    let found = same(&persons, typed, page).await;
    assert_eq!(found.iter().map(|person| &*person.firstname).collect::<Vec<_>>(), ["Carl", "Olive", "Elise"]);
}

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    customer_id: String,
    orderdate: DateTime,
    value: i32,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Line {
    orderdate: DateTime,
    value: i32,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Customer {
    customer_id: String,
    first_purchase_date: DateTime,
    total_value: i64,
    total_orders: i64,
    orders: Vec<Line>,
}

fn in_2020() -> Document {
    doc! { "orderdate": { "$gte": date("2020-01-01"), "$lt": date("2021-01-01") } }
}

// covers: T10
#[odmium::test]
async fn group_and_total(db: Database) {
    let (elise, olive, tj) = ("elise_smith@myemail.com", "oranieri@warmmail.com", "tj@wheresmyemail.com");
    let order = |customer: &str, at: &str, value: i32| {
        doc! { "customer_id": customer, "orderdate": date(at), "value": value }
    };
    let orders = [
        order(elise, "2020-05-30T08:35:52Z", 231),
        order(elise, "2020-01-13T09:32:07Z", 99),
        order(olive, "2020-01-01T08:25:37Z", 63),
        order(tj, "2019-05-28T19:13:32Z", 2),
        order(tj, "2020-11-23T22:56:53Z", 187),
        order(tj, "2020-08-18T23:04:48Z", 4),
        order(elise, "2020-12-26T08:55:46Z", 4),
        order(tj, "2021-02-28T07:49:32Z", 1024),
        order(elise, "2020-10-03T13:49:44Z", 102),
    ];
    let orders = filled::<Order>(&db, orders).await;
    let typed = Pipeline::new()
        .filter(Order.orderdate.gte(date("2020-01-01")) & Order.orderdate.lt(date("2021-01-01")))
        .sort(Order.orderdate.asc())
        .group_by(Order.customer_id, |g| {
            let line = LineShape { orderdate: Order.orderdate.expr(), value: Order.value.expr() };
            (g.first(Order.orderdate), g.sum(Order.value), g.count(), g.push(line))
        })
        .with_fields(|rows, (customer, first, total, count, orders)| {
            rows.sort(first.asc()).project(CustomerShape {
                customer_id: customer.expr(),
                first_purchase_date: first.expr(),
                total_value: total.expr(),
                total_orders: count.expr(),
                orders: orders.expr(),
            })
        });
    let page = vec![
        doc! { "$match": in_2020() },
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
    let found = same(&orders, typed, page).await;
    let totals: Vec<_> =
        found.iter().map(|row| (&*row.customer_id, row.total_value, row.total_orders)).collect();
    assert_eq!(totals, [(olive, 63, 1), (elise, 436, 4), (tj, 191, 2)]);
}

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct Basket {
    id: Id<Basket>,
    order_id: i64,
    products: Vec<Product>,
}

#[derive(Embedded, Debug)]
struct Product {
    prod_id: String,
    name: String,
    price: i32,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct SoldProduct {
    product_id: String,
    product: String,
    total_value: i64,
    quantity: i64,
}

// covers: T10
#[odmium::test]
async fn unpack_arrays(db: Database) {
    let product = |id: &str, name: &str, price: i32| doc! { "prod_id": id, "name": name, "price": price };
    let (laptop, hose) = ("Asus Laptop", "Karcher Hose Set");
    let baskets = [
        doc! { "order_id": 6_363_763_262_239_i64, "products": [product("abc12345", laptop, 431), product("def45678", hose, 22)] },
        doc! { "order_id": 1_197_372_932_325_i64, "products": [product("abc12345", laptop, 429)] },
        doc! { "order_id": 9_812_343_774_839_i64, "products": [
            product("pqr88223", "Morphy Richards Food Mixer", 431), product("def45678", hose, 21),
        ] },
        doc! { "order_id": 4_433_997_244_387_i64, "products": [
            product("def45678", hose, 23), product("jkl77336", "Picky Pencil Sharpener", 1),
            product("xyz11228", "Russell Hobbs Chrome Kettle", 16),
        ] },
    ];
    let baskets = filled::<Basket>(&db, baskets).await;
    let typed = Pipeline::new()
        .unwind_elements(Basket.products)
        .filter(Product.price.gt(15))
        .group_by(Product.prod_id, |g| (g.first(Product.name), g.sum(Product.price), g.count()))
        .with_fields(|rows, (id, name, total, count)| {
            rows.project(SoldProductShape {
                product_id: id.expr(),
                product: name.expr(),
                total_value: total.expr(),
                quantity: count.expr(),
            })
        });
    let page = vec![
        doc! { "$unwind": { "path": "$products" } },
        doc! { "$match": { "products.price": { "$gt": 15 } } },
        doc! { "$group": {
            "_id": "$products.prod_id",
            "product": { "$first": "$products.name" },
            "total_value": { "$sum": "$products.price" },
            "quantity": { "$sum": 1 },
        } },
        doc! { "$set": { "product_id": "$_id" } },
        doc! { "$unset": ["_id"] },
    ];
    let found = same(&baskets, typed, page).await;
    let hose = found.iter().find(|sold| sold.product_id == "def45678").unwrap();
    assert_eq!((found.len(), hose.total_value, hose.quantity), (4, 66, 3));
}

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct SingleOrder {
    id: Id<SingleOrder>,
    customer_id: String,
    orderdate: DateTime,
    product_id: String,
    value: f64,
}

#[derive(Document, Debug)]
#[document(collection = "products")]
struct Article {
    id: Id<Article>,
    p_id: String,
    name: String,
    category: String,
    description: String,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct NamedOrder {
    customer_id: String,
    orderdate: DateTime,
    value: f64,
    product_name: Option<String>,
    product_category: Option<String>,
}

// covers: T10, C8
#[odmium::test]
async fn one_to_one_join(db: Database) {
    let order = |customer: &str, at: &str, product: &str, value: f64| {
        doc! { "customer_id": customer, "orderdate": date(at), "product_id": product, "value": value }
    };
    let orders = [
        order("elise_smith@myemail.com", "2020-05-30T08:35:52Z", "a1b2c3d4", 431.43),
        order("tj@wheresmyemail.com", "2019-05-28T19:13:32Z", "z9y8x7w6", 5.01),
        order("oranieri@warmmail.com", "2020-01-01T08:25:37Z", "ff11gg22hh33", 63.13),
        order("jjones@tepidmail.com", "2020-12-26T08:55:46Z", "a1b2c3d4", 429.65),
    ];
    let article = |id: &str, name: &str, category: &str, text: &str| {
        doc! { "p_id": id, "name": name, "category": category, "description": text }
    };
    let articles = [
        article("a1b2c3d4", "Asus Laptop", "ELECTRONICS", "Good value laptop for students"),
        article("z9y8x7w6", "The Day Of The Triffids", "BOOKS", "Classic post-apocalyptic novel"),
        article(
            "ff11gg22hh33",
            "Morphy Richards Food Mixer",
            "KITCHENWARE",
            "Luxury mixer turning good cakes into great",
        ),
        article("pqr678st", "Karcher Hose Set", "GARDEN", "Hose + nosels + winder for tidy storage"),
    ];
    filled::<Article>(&db, articles).await;
    let orders = filled::<SingleOrder>(&db, orders).await;
    let typed = Pipeline::new()
        .filter(SingleOrder.orderdate.gte(date("2020-01-01")) & SingleOrder.orderdate.lt(date("2021-01-01")))
        .lookup_one(SingleOrder.product_id, Article.p_id)
        .with_fields(|rows, (order, article)| {
            rows.project(NamedOrderShape {
                customer_id: order.customer_id.expr(),
                orderdate: order.orderdate.expr(),
                value: order.value.expr(),
                product_name: article.name.expr().optional(),
                product_category: article.category.expr().optional(),
            })
        });
    let page = vec![
        doc! { "$match": in_2020() },
        doc! { "$lookup": { "from": "products", "localField": "product_id", "foreignField": "p_id", "as": "product_mapping" } },
        doc! { "$set": { "product_mapping": { "$first": "$product_mapping" } } },
        doc! { "$set": { "product_name": "$product_mapping.name", "product_category": "$product_mapping.category" } },
        doc! { "$unset": ["_id", "product_id", "product_mapping"] },
    ];
    let found = same(&orders, typed, page).await;
    let names: Vec<_> = found.iter().filter_map(|order| order.product_name.as_deref()).collect();
    assert_eq!(names, ["Asus Laptop", "Morphy Richards Food Mixer", "Asus Laptop"]);
}

#[derive(Document, Debug)]
#[document(collection = "products")]
struct Variant {
    id: Id<Variant>,
    name: String,
    variation: String,
    category: String,
    description: String,
}

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct VariantOrder {
    id: Id<VariantOrder>,
    customer_id: String,
    orderdate: DateTime,
    product_name: String,
    product_variation: String,
    value: f64,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct WithOrders {
    name: String,
    variation: String,
    category: String,
    orders: Vec<BoughtLine>,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct BoughtLine {
    customer_id: String,
    orderdate: DateTime,
    value: f64,
}

// covers: T10, C8
#[odmium::test]
async fn multi_field_join(db: Database) {
    let variant = |name: &str, variation: &str, category: &str, text: &str| {
        doc! { "name": name, "variation": variation, "category": category, "description": text }
    };
    let variants = [
        variant("Asus Laptop", "Ultra HD", "ELECTRONICS", "Great for watching movies"),
        variant("Asus Laptop", "Standard Display", "ELECTRONICS", "Good value laptop for students"),
        variant("The Day Of The Triffids", "1st Edition", "BOOKS", "Classic post-apocalyptic novel"),
        variant("The Day Of The Triffids", "2nd Edition", "BOOKS", "Classic post-apocalyptic novel"),
        variant(
            "Morphy Richards Food Mixer",
            "Deluxe",
            "KITCHENWARE",
            "Luxury mixer turning good cakes into great",
        ),
    ];
    let order = |customer: &str, at: &str, name: &str, variation: &str, value: f64| {
        doc! {
            "customer_id": customer, "orderdate": date(at), "product_name": name, "product_variation": variation,
            "value": value,
        }
    };
    let orders = [
        order("elise_smith@myemail.com", "2020-05-30T08:35:52Z", "Asus Laptop", "Standard Display", 431.43),
        order("tj@wheresmyemail.com", "2019-05-28T19:13:32Z", "The Day Of The Triffids", "2nd Edition", 5.01),
        order("oranieri@warmmail.com", "2020-01-01T08:25:37Z", "Morphy Richards Food Mixer", "Deluxe", 63.13),
        order("jjones@tepidmail.com", "2020-12-26T08:55:46Z", "Asus Laptop", "Standard Display", 429.65),
    ];
    filled::<VariantOrder>(&db, orders).await;
    let variants = filled::<Variant>(&db, variants).await;
    let typed = Pipeline::new()
        .lookup_pipeline(|product| {
            let name = VariantOrder.product_name.expr().eq(product.value(Variant.name));
            let variation = VariantOrder.product_variation.expr().eq(product.value(Variant.variation));
            let (from, to) = (date("2020-01-01"), date("2021-01-01"));
            Pipeline::new()
                .filter(Filter::expr(name & variation))
                .filter(VariantOrder.orderdate.gte(from) & VariantOrder.orderdate.lt(to))
                .project(BoughtLineShape {
                    customer_id: VariantOrder.customer_id.expr(),
                    orderdate: VariantOrder.orderdate.expr(),
                    value: VariantOrder.value.expr(),
                })
        })
        .with_fields(|rows, (product, orders)| {
            rows.filter(!orders.is_empty()).project(WithOrdersShape {
                name: product.name.expr(),
                variation: product.variation.expr(),
                category: product.category.expr(),
                orders: orders.expr(),
            })
        });
    let page = vec![
        doc! { "$lookup": {
            "from": "orders",
            "let": { "prdname": "$name", "prdvartn": "$variation" },
            "pipeline": [
                { "$match": { "$expr": { "$and": [
                    { "$eq": ["$product_name", "$$prdname"] }, { "$eq": ["$product_variation", "$$prdvartn"] },
                ] } } },
                { "$match": in_2020() },
                { "$unset": ["_id", "product_name", "product_variation"] },
            ],
            "as": "orders",
        } },
        doc! { "$match": { "orders": { "$ne": [] } } },
        doc! { "$unset": ["_id", "description"] },
    ];
    let found = same(&variants, typed, page).await;
    assert_eq!(found.iter().map(|row| row.orders.len()).collect::<Vec<_>>(), [2, 1]);
}
