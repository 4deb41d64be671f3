//! `$geoNear`, `$documents`, `$sample`, `$unionWith`.

use odmium::{
    Collection, Database,
    bson::{Document, doc},
    filter::Near,
    pipeline::{GeoNear, Pipeline},
    prelude::*,
};

use super::compare::{beside, columns, filled, same, same_by, same_on};

#[derive(Document, Debug)]
#[document(collection = "places")]
struct Place {
    id: i32,
    name: String,
    #[field(index(sphere))]
    location: geojson::Geometry,
    category: String,
}

async fn places(db: &Database) -> Collection<Place> {
    let place = |id: i32, name: &str, at: [f64; 2], category: &str| {
        let location = doc! { "type": "Point", "coordinates": at };
        doc! { "_id": id, "name": name, "location": location, "category": category }
    };
    let places = filled::<Place>(
        db,
        [
            place(1, "Central Park", [-73.97, 40.77], "Parks"),
            place(2, "Sara D. Roosevelt Park", [-73.9928, 40.7193], "Parks"),
            place(3, "Polo Grounds", [-73.9375, 40.8303], "Stadiums"),
        ],
    );
    let places = places.await;
    places.sync_indexes().await.unwrap();
    places
}

/// The distance where the page has it.
fn calculated(row: Document) -> Document {
    let mut row = beside(&["dist"])(row);
    let distance = row.remove("dist").unwrap();
    row.insert("dist", doc! { "calculated": distance });
    row
}

// covers: T10
#[odmium::test]
async fn geo_near_maximum_distance(db: Database) {
    let places = places(&db).await;
    let near = Near::to([-73.99279, 40.719296]).max_distance_m(2.0);
    let typed =
        Pipeline::new().geo_near(GeoNear::new(Place.location, near).filter(Place.category.eq("Parks")));
    let page = vec![
        doc! { "$geoNear": {
            "near": { "type": "Point", "coordinates": [-73.99279, 40.719296] }, "distanceField": "dist.calculated",
            "maxDistance": 2, "query": { "category": "Parks" }, "includeLocs": "dist.location", "spherical": true,
        } },
        doc! { "$unset": "dist.location" },
    ];
    let found = same_by(&places, typed, page, calculated).await;
    let [(place, metres)] = &*found else { panic!("{found:?}") };
    assert_eq!(place.id, 2);
    assert!((metres - 0.953_993_2).abs() < 1e-3, "{metres}");
}

// covers: T10
#[odmium::test]
async fn geo_near_minimum_distance(db: Database) {
    let places = places(&db).await;
    let near = Near::to([-73.99279, 40.719296]).min_distance_m(2.0);
    let typed =
        Pipeline::new().geo_near(GeoNear::new(Place.location, near).filter(Place.category.eq("Parks")));
    let page = vec![
        doc! { "$geoNear": {
            "near": { "type": "Point", "coordinates": [-73.99279, 40.719296] }, "distanceField": "dist.calculated",
            "minDistance": 2, "query": { "category": "Parks" }, "includeLocs": "dist.location", "spherical": true,
        } },
        doc! { "$unset": "dist.location" },
    ];
    assert_eq!(same_by(&places, typed, page, calculated).await[0].0.id, 1);
}

// covers: T10
#[odmium::test]
async fn geo_near_with_a_key_and_a_limit(db: Database) {
    let places = places(&db).await;
    let near =
        GeoNear::new(Place.location, Near::to([-73.98142, 40.71782])).filter(Place.category.eq("Parks"));
    let page = vec![
        doc! { "$geoNear": {
            "near": { "type": "Point", "coordinates": [-73.98142, 40.71782] }, "key": "location",
            "distanceField": "dist.calculated", "query": { "category": "Parks" },
        } },
        doc! { "$limit": 5 },
    ];
    let found = same_by(&places, Pipeline::new().geo_near(near).limit(5), page, calculated).await;
    assert_eq!(found.iter().map(|(place, _)| place.id).collect::<Vec<_>>(), [2, 1]);
    assert!((found[0].1 - 974.175_76).abs() < 1e-3, "{}", found[0].1);
}

#[derive(Embedded, Debug, PartialEq)]
struct X {
    x: i32,
}

#[derive(Document, Debug)]
#[document(collection = "locations")]
struct Location {
    id: i32,
    zip: i32,
}

#[derive(Embedded, Debug)]
struct Zip {
    zip_id: i32,
    name: String,
}

// covers: T10
#[odmium::test]
async fn documents_in_a_stage_and_in_a_lookup(db: Database) {
    let numbers = [10, 2, 5].map(|x| X { x });
    let typed = Pipeline::documents(&numbers).bucket_auto(X.x, 4, |g| (g.count(),));
    let page = vec![
        doc! { "$documents": [{ "x": 10 }, { "x": 2 }, { "x": 5 }] },
        doc! { "$bucketAuto": { "groupBy": "$x", "buckets": 4 } },
    ];
    let bounds = |row| {
        let mut row = columns(&["_id", "count"])(row);
        let pair = columns(&["min", "max"])(row.get_document("_id").unwrap().clone());
        row.insert("_id", pair);
        row
    };
    let found = same_on(&db, typed, page, bounds).await;
    assert_eq!(found, [((2, 5), 1), ((5, 10), 1), ((10, 10), 1)]);

    let locations =
        filled::<Location>(&db, [10_001, 10_002].map(|zip| doc! { "_id": zip, "zip": zip })).await;
    let zips = [Zip { zip_id: 10_001, name: "a".into() }, Zip { zip_id: 10_002, name: "b".into() }];
    let typed = Pipeline::new().lookup_documents(Location.zip, Zip.zip_id, &zips);
    let page = vec![doc! { "$lookup": {
        "localField": "zip", "foreignField": "zip_id", "as": "city_state",
        "pipeline": [{ "$documents": [{ "zip_id": 10_001, "name": "a" }, { "zip_id": 10_002, "name": "b" }] }],
    } }];
    let found = same_by(&locations, typed, page, beside(&["city_state"])).await;
    assert_eq!(found[1].1[0].name, "b");
}

// covers: T10
#[odmium::test]
async fn sample_of_documents(db: Database) {
    let users = filled::<Location>(&db, (0..9).map(|id| doc! { "_id": id, "zip": id })).await;
    let found = users.aggregate().sample(3).await.unwrap();
    assert_eq!(found.len(), 3);
    // As many as there are gives them all, in whatever order.
    let page = vec![doc! { "$sample": { "size": 9 } }];
    assert_eq!(same(&users, Pipeline::new().sample(9), page).await.len(), 9);
}

#[derive(Document, Debug)]
#[document(collection = "suppliers")]
struct Supplier {
    id: i32,
    supplier: String,
    state: String,
}

#[derive(Document, Debug)]
#[document(collection = "warehouses")]
struct Warehouse {
    id: i32,
    warehouse: String,
    region: String,
    state: String,
}

async fn states(db: &Database) -> Collection<Supplier> {
    let warehouses =
        [(1, "A", "West", "California"), (2, "B", "Central", "Colorado"), (3, "C", "East", "Florida")];
    filled::<Warehouse>(
        db,
        warehouses.map(|(id, warehouse, region, state)| {
            doc! { "_id": id, "warehouse": warehouse, "region": region, "state": state }
        }),
    )
    .await;
    let suppliers = [
        (1, "Aardvark and Sons", "Texas"),
        (2, "Bears Run Amok.", "Colorado"),
        (3, "Squid Mark Inc. ", "Rhode Island"),
    ];
    filled(
        db,
        suppliers.map(|(id, supplier, state)| doc! { "_id": id, "supplier": supplier, "state": state }),
    )
    .await
}

// covers: T10
#[odmium::test]
async fn union_with_duplicates_and_without(db: Database) {
    let suppliers = states(&db).await;
    let all = || {
        let warehouses = Pipeline::new().project((Warehouse.state,));
        Pipeline::new().project((Supplier.state,)).union_with(warehouses)
    };
    let page = vec![
        doc! { "$project": { "state": 1, "_id": 0 } },
        doc! { "$unionWith": { "coll": "warehouses", "pipeline": [{ "$project": { "state": 1, "_id": 0 } }] } },
    ];
    assert_eq!(same_by(&suppliers, all(), page.clone(), columns(&["state"])).await.len(), 6);
    let typed = all().with_fields(|rows, (state,)| rows.group_by(state, |_| ()));
    let page = [page, vec![doc! { "$group": { "_id": "$state" } }]].concat();
    assert_eq!(same_by(&suppliers, typed, page, columns(&["_id"])).await.len(), 5);
}

#[derive(Document, Debug)]
#[document(collection = "sales_2017")]
struct Sale {
    id: Id<Sale>,
    store: String,
    item: String,
    quantity: i32,
}

/// The store, the item and how many of it.
type Sold = (&'static str, &'static str, i32);

#[derive(Embedded, Debug)]
#[document(shape)]
struct SaleOfYear {
    #[field(id)]
    year: String,
    store: String,
    item: String,
    quantity: i32,
}

async fn sales_of_years(db: &Database) -> Collection<Sale> {
    let (one, two) = ("General Store", "ShopMart");
    let sales: [(i32, [Sold; 6]); 4] = [
        (
            2017,
            [
                (one, "Chocolates", 150),
                (two, "Chocolates", 50),
                (one, "Cookies", 100),
                (two, "Cookies", 120),
                (one, "Pie", 10),
                (two, "Pie", 5),
            ],
        ),
        (
            2018,
            [
                (one, "Cheese", 30),
                (two, "Cheese", 50),
                (one, "Chocolates", 125),
                (two, "Chocolates", 150),
                (one, "Cookies", 200),
                (two, "Cookies", 100),
            ],
        ),
        (
            2019,
            [
                (one, "Cheese", 50),
                (two, "Cheese", 20),
                (one, "Chocolates", 125),
                (two, "Chocolates", 150),
                (one, "Cookies", 200),
                (two, "Cookies", 100),
            ],
        ),
        (
            2020,
            [
                (one, "Cheese", 100),
                (two, "Cheese", 100),
                (one, "Chocolates", 200),
                (two, "Chocolates", 300),
                (one, "Cookies", 500),
                (two, "Cookies", 400),
            ],
        ),
    ];
    for (year, sales) in sales {
        let sales =
            sales.map(|(store, item, quantity)| doc! { "store": store, "item": item, "quantity": quantity });
        db.inner().collection::<Document>(&format!("sales_{year}")).insert_many(sales).await.unwrap();
    }
    db.collection()
}

// covers: T10
#[odmium::test]
async fn union_of_all_sales_by_year_and_stores_and_items(db: Database) {
    let sales = sales_of_years(&db).await;
    let of = |year: &str| {
        Pipeline::<Sale>::new().project(SaleOfYearShape {
            year: odmium::expr::literal(year.to_owned()),
            store: Sale.store.expr(),
            item: Sale.item.expr(),
            quantity: Sale.quantity.expr(),
        })
    };
    let typed = of("2017")
        .union_with_named("sales_2018", of("2018"))
        .union_with_named("sales_2019", of("2019"))
        .union_with_named("sales_2020", of("2020"))
        .sort((SaleOfYear.year.asc(), SaleOfYear.store.asc(), SaleOfYear.item.asc()));
    let page = vec![
        doc! { "$set": { "_id": "2017" } },
        doc! { "$unionWith": { "coll": "sales_2018", "pipeline": [{ "$set": { "_id": "2018" } }] } },
        doc! { "$unionWith": { "coll": "sales_2019", "pipeline": [{ "$set": { "_id": "2019" } }] } },
        doc! { "$unionWith": { "coll": "sales_2020", "pipeline": [{ "$set": { "_id": "2020" } }] } },
        doc! { "$sort": { "_id": 1, "store": 1, "item": 1 } },
    ];
    let found = same(&sales, typed, page).await;
    assert_eq!((found.len(), &*found[0].year, found[0].quantity), (24, "2017", 150));
}

// covers: T10
#[odmium::test]
async fn union_of_aggregated_sales_by_items(db: Database) {
    let sales = sales_of_years(&db).await;
    let typed = Pipeline::new()
        .union_with_named("sales_2018", Pipeline::<Sale>::new())
        .union_with_named("sales_2019", Pipeline::<Sale>::new())
        .union_with_named("sales_2020", Pipeline::<Sale>::new())
        .group_by(Sale.item, |g| (g.sum(Sale.quantity),))
        .with_fields(|rows, (_, total)| rows.sort(total.desc()));
    let page = vec![
        doc! { "$unionWith": "sales_2018" },
        doc! { "$unionWith": "sales_2019" },
        doc! { "$unionWith": "sales_2020" },
        doc! { "$group": { "_id": "$item", "total": { "$sum": "$quantity" } } },
        doc! { "$sort": { "total": -1 } },
    ];
    let found = same_by(&sales, typed, page, columns(&["_id", "total"])).await;
    assert_eq!(found[0], ("Cookies".to_owned(), 1720));
}
