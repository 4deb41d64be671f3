//! `$bucket`, `$bucketAuto`, `$facet`.

use odmium::{
    Database,
    bson::{Bson, Decimal128, Document, doc},
    pipeline::{Granularity, Pipeline},
    prelude::*,
};

use super::compare::{columns, decimal, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "artists")]
struct Artist {
    id: i32,
    last_name: String,
    first_name: String,
    year_born: i32,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Named {
    name: String,
    year_born: i32,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(group)]
struct Born {
    #[field(id)]
    from: Option<i32>,
    count: i64,
    artists: Vec<Named>,
}

#[derive(Document, Debug)]
#[document(collection = "artwork")]
struct Artwork {
    id: i32,
    title: String,
    artist: String,
    year: Option<i32>,
    price: Option<Decimal128>,
    dimensions: Dimensions,
    tags: Vec<String>,
}

#[derive(Embedded, Debug)]
struct Dimensions {
    height: i32,
    width: i32,
    units: String,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Priced {
    title: String,
    price: Option<Decimal128>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Dated {
    title: String,
    year: Option<i32>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(group, rename_all = "camelCase")]
struct ByPrice {
    #[field(id)]
    from: Option<Decimal128>,
    count: i64,
    artwork: Vec<Priced>,
    average_price: Option<Decimal128>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(group)]
struct ByYear {
    #[field(id)]
    from: Option<i32>,
    count: i64,
    artwork: Vec<Dated>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(group)]
struct Titles {
    #[field(id)]
    from: Option<Decimal128>,
    count: i64,
    titles: Vec<String>,
}

fn artists() -> Vec<Document> {
    let artist = |id: i32, last: &str, first: &str, born: i32, died: i32, nationality: &str| {
        doc! {
            "_id": id, "last_name": last, "first_name": first, "year_born": born, "year_died": died,
            "nationality": nationality,
        }
    };
    vec![
        artist(1, "Bernard", "Emil", 1868, 1941, "France"),
        artist(2, "Rippl-Ronai", "Joszef", 1861, 1927, "Hungary"),
        artist(3, "Ostroumova", "Anna", 1871, 1955, "Russia"),
        artist(4, "Van Gogh", "Vincent", 1853, 1890, "Holland"),
        artist(5, "Maurer", "Alfred", 1868, 1932, "USA"),
        artist(6, "Munch", "Edvard", 1863, 1944, "Norway"),
        artist(7, "Redon", "Odilon", 1840, 1916, "France"),
        artist(8, "Diriks", "Edvard", 1855, 1930, "Norway"),
    ]
}

/// The pages of `$bucket`, `$bucketAuto` and `$facet` have the same works, with other fields each.
fn artwork() -> Vec<Document> {
    let work = |id: i32, title: &str, artist: &str, height: i32, width: i32, tags: &[&str]| {
        let dimensions = doc! { "height": height, "width": width, "units": "in" };
        doc! { "_id": id, "title": title, "artist": artist, "dimensions": dimensions, "tags": tags.to_vec() }
    };
    let mut works = vec![
        work(
            1,
            "The Pillars of Society",
            "Grosz",
            39,
            21,
            &["painting", "satire", "Expressionism", "caricature"],
        ),
        work(2, "Melancholy III", "Munch", 49, 32, &["woodcut", "Expressionism"]),
        work(3, "Dancer", "Miro", 25, 20, &["oil", "Surrealism", "painting"]),
        work(4, "The Great Wave off Kanagawa", "Hokusai", 24, 36, &["woodblock", "ukiyo-e"]),
        work(5, "The Persistence of Memory", "Dali", 20, 24, &["Surrealism", "painting", "oil"]),
        work(6, "Composition VII", "Kandinsky", 30, 46, &["oil", "painting", "abstract"]),
        work(7, "The Scream", "Munch", 24, 18, &["Expressionism", "painting", "oil"]),
        work(8, "Blue Flower", "O'Keefe", 24, 20, &["abstract", "painting"]),
    ];
    let years = [Some(1926), Some(1902), Some(1925), None, Some(1931), Some(1913), Some(1893), Some(1918)];
    let prices = ["199.99", "280.00", "76.04", "167.30", "483.00", "385.00", "", "118.42"];
    for ((work, year), price) in works.iter_mut().zip(years).zip(prices) {
        if let Some(year) = year {
            work.insert("year", year);
        }
        if !price.is_empty() {
            work.insert("price", decimal(price));
        }
    }
    works
}

/// The page has a text where the typed form has none, and its bucket is the last one.
fn other<'a>(names: &'a [(&'a str, &'a str)]) -> impl Fn(Document) -> Document + 'a {
    move |mut row| {
        for (facet, name) in names {
            let buckets = row.get_array_mut(facet).unwrap();
            let none =
                |bucket: &Bson| bucket.as_document().is_some_and(|row| row.get("_id") == Some(&Bson::Null));
            if let Some(at) = buckets.iter().position(none) {
                let Bson::Document(mut rest) = buckets.remove(at) else { panic!("no document") };
                rest.insert("_id", *name);
                buckets.push(rest.into());
            }
        }
        row
    }
}

// covers: T10
#[odmium::test]
async fn bucket_by_year_and_filter_by_bucket_results(db: Database) {
    let artists = filled::<Artist>(&db, artists()).await;
    let typed = Pipeline::new()
        .bucket_or_none(Artist.year_born, [1840, 1850, 1860, 1870, 1880], |g| BornGroup {
            count: g.count(),
            artists: g.push(NamedShape {
                name: Artist.first_name.expr().concat(" ").concat(Artist.last_name),
                year_born: Artist.year_born.expr(),
            }),
        })
        .filter(Born.count.gt(3));
    let page = vec![
        doc! { "$bucket": {
            "groupBy": "$year_born", "boundaries": [1840, 1850, 1860, 1870, 1880], "default": "Other",
            "output": {
                "count": { "$sum": 1 },
                "artists": { "$push": {
                    "name": { "$concat": ["$first_name", " ", "$last_name"] }, "year_born": "$year_born",
                } },
            },
        } },
        doc! { "$match": { "count": { "$gt": 3 } } },
    ];
    let found = same(&artists, typed, page).await;
    let [Born { from: Some(1860), count: 4, artists }] = &*found else { panic!("{found:?}") };
    assert_eq!(artists[0], Named { name: "Emil Bernard".into(), year_born: 1868 });
}

// covers: T10
#[odmium::test]
async fn bucket_with_facet_by_multiple_fields(db: Database) {
    let artwork = filled::<Artwork>(&db, artwork()).await;
    let by_price =
        Pipeline::new().bucket_or_none(Artwork.price, ["0", "200", "400"].map(decimal), |g| ByPriceGroup {
            count: g.count(),
            artwork: g.push(PricedShape { title: Artwork.title.expr(), price: Artwork.price.expr() }),
            average_price: g.avg(Artwork.price),
        });
    let by_year = Pipeline::new().bucket_or_none(Artwork.year, [1890, 1910, 1920, 1940], |g| ByYearGroup {
        count: g.count(),
        artwork: g.push(DatedShape { title: Artwork.title.expr(), year: Artwork.year.expr() }),
    });
    let page = vec![doc! { "$facet": {
        "price": [{ "$bucket": {
            "groupBy": "$price", "boundaries": [0, 200, 400], "default": "Other",
            "output": {
                "count": { "$sum": 1 },
                "artwork": { "$push": { "title": "$title", "price": "$price" } },
                "averagePrice": { "$avg": "$price" },
            },
        } }],
        "year": [{ "$bucket": {
            "groupBy": "$year", "boundaries": [1890, 1910, 1920, 1940], "default": "Unknown",
            "output": { "count": { "$sum": 1 }, "artwork": { "$push": { "title": "$title", "year": "$year" } } },
        } }],
    } }];
    let named = columns(&["price", "year"]);
    let rest = other(&[("price", "Other"), ("year", "Unknown")]);
    let found =
        same_by(&artwork, Pipeline::new().facet((by_price, by_year)), page, |row| rest(named(row))).await;
    let [(prices, years)] = &*found else { panic!("{found:?}") };
    assert_eq!(prices.iter().map(|bucket| bucket.count).collect::<Vec<_>>(), [2, 4, 2]);
    assert_eq!(prices[1].average_price, Some(decimal("140.4375")));
    assert_eq!(years[0].from, None);
}

// covers: T10
#[odmium::test]
async fn bucket_auto_of_a_single_facet(db: Database) {
    let mut works = artwork();
    works[6].insert("price", decimal("159.00"));
    let artwork = filled::<Artwork>(&db, works).await;
    let page = vec![doc! { "$bucketAuto": { "groupBy": "$price", "buckets": 4 } }];
    let typed = Pipeline::new().bucket_auto(Artwork.price, 4, |g| (g.count(),));
    let found = same_by(&artwork, typed, page, |row| bounds(columns(&["_id", "count"])(row))).await;
    let bound = |price: &str| Some(decimal(price));
    assert_eq!(found[0], ((bound("76.04"), bound("159.00")), 2));
    assert_eq!(found[3], ((bound("385.00"), bound("483.00")), 2));
}

/// The pair of bounds as the page has it.
fn bounds(mut row: Document) -> Document {
    let pair = row.get_document_mut("_id").unwrap();
    *pair = columns(&["min", "max"])(std::mem::take(pair));
    row
}

#[derive(Document, Debug)]
#[document(collection = "things")]
struct Thing {
    id: i32,
}

// covers: T10
#[odmium::test]
async fn bucket_auto_with_different_granularities(db: Database) {
    let things = filled::<Thing>(&db, (0..100).map(|id| doc! { "_id": id })).await;
    let bucket = |granularity: Option<&str>| {
        let mut stage = doc! { "groupBy": "$_id", "buckets": 5 };
        stage.extend(granularity.map(|name| ("granularity".to_owned(), Bson::from(name))));
        vec![doc! { "$bucketAuto": stage }]
    };
    let keys = |row| bounds(columns(&["_id", "count"])(row));
    let plain = Pipeline::new().bucket_auto(Thing.id, 5, |g| (g.count(),));
    let found = same_by(&things, plain, bucket(None), keys).await;
    assert_eq!(found[4], ((80, 99), 20));
    let cases = [
        (Granularity::R20, "R20", (90.0, 100.0)),
        (Granularity::E24, "E24", (91.0, 100.0)),
        (Granularity::OneTwoFive, "1-2-5", (50.0, 100.0)),
        (Granularity::PowersOfTwo, "POWERSOF2", (64.0, 128.0)),
    ];
    for (granularity, name, last) in cases {
        let typed = Pipeline::new().bucket_auto_round(Thing.id, 5, granularity, |g| (g.count(),));
        let found = same_by(&things, typed, bucket(Some(name)), keys).await;
        assert_eq!(found.last().unwrap().0, last, "{name}");
    }
    let others = [
        (Granularity::R5, "R5"),
        (Granularity::R10, "R10"),
        (Granularity::R40, "R40"),
        (Granularity::R80, "R80"),
        (Granularity::E6, "E6"),
        (Granularity::E12, "E12"),
        (Granularity::E48, "E48"),
        (Granularity::E96, "E96"),
        (Granularity::E192, "E192"),
    ];
    for (granularity, name) in others {
        let typed = Pipeline::new().bucket_auto_round(Thing.id, 5, granularity, |g| (g.count(),));
        same_by(&things, typed, bucket(Some(name)), keys).await;
    }
}

// covers: T10
#[odmium::test]
async fn bucket_auto_of_several_facets(db: Database) {
    let artwork = filled::<Artwork>(&db, artwork()).await;
    let price = Pipeline::new().bucket_auto(Artwork.price, 4, |g| (g.count(),));
    let year = Pipeline::new().bucket_auto(Artwork.year, 3, |g| (g.count(), g.push(Artwork.year)));
    let area = Pipeline::new().bucket_auto(Artwork.dimensions.height * Artwork.dimensions.width, 4, |g| {
        (g.count(), g.push(Artwork.title))
    });
    let page = vec![doc! { "$facet": {
        "price": [{ "$bucketAuto": { "groupBy": "$price", "buckets": 4 } }],
        "year": [{ "$bucketAuto": {
            "groupBy": "$year", "buckets": 3, "output": { "count": { "$sum": 1 }, "years": { "$push": "$year" } },
        } }],
        "area": [{ "$bucketAuto": {
            "groupBy": { "$multiply": ["$dimensions.height", "$dimensions.width"] }, "buckets": 4,
            "output": { "count": { "$sum": 1 }, "titles": { "$push": "$title" } },
        } }],
    } }];
    let keys = facets(&[
        ("price", &["_id", "count"]),
        ("year", &["_id", "count", "years"]),
        ("area", &["_id", "count", "titles"]),
    ]);
    let found = same_by(&artwork, Pipeline::new().facet((price, year, area)), page, keys).await;
    let ((least, _), count, titles) = &found[0].2[0];
    assert_eq!((*least, *count, &*titles[0]), (432, 3, "The Scream"));
}

/// The rows of each facet under the page's names; pairs of bounds too.
fn facets<'a>(named: &'a [(&'a str, &'a [&'a str])]) -> impl Fn(Document) -> Document + 'a {
    move |mut row| {
        let facet = |(number, (name, keys)): (usize, &(&str, &[&str]))| {
            let Some(Bson::Array(rows)) = row.remove(format!("_{number}")) else { panic!("no facet {name}") };
            let rows = rows.into_iter().map(|row| match row {
                Bson::Document(row) => {
                    let row = columns(keys)(row);
                    Bson::from(if row.get_document("_id").is_ok() { bounds(row) } else { row })
                }
                other => other,
            });
            ((*name).to_owned(), rows.collect::<Vec<_>>().into())
        };
        named.iter().enumerate().map(facet).collect()
    }
}

// covers: T10
#[odmium::test]
async fn facets_of_artwork(db: Database) {
    let artwork = filled::<Artwork>(&db, artwork()).await;
    let by_tags = Pipeline::new()
        .unwind(Artwork.tags)
        .with_fields(|rows, (_, tag)| rows.sort_by_count(tag))
        .with_fields(|rows, (tag, count)| rows.sort((count.desc(), tag.asc())));
    let by_price = Pipeline::new().filter(Artwork.price.exists()).bucket_or_none(
        Artwork.price,
        ["0", "150", "200", "300", "400"].map(decimal),
        |g| TitlesGroup { count: g.count(), titles: g.push(Artwork.title) },
    );
    let by_years = Pipeline::new().bucket_auto(Artwork.year, 4, |g| (g.count(),));
    // The page has no order of the tags that are equally frequent.
    let page = vec![doc! { "$facet": {
        "categorizedByTags": [{ "$unwind": "$tags" }, { "$sortByCount": "$tags" }, { "$sort": { "count": -1, "_id": 1 } }],
        "categorizedByPrice": [
            { "$match": { "price": { "$exists": 1 } } },
            { "$bucket": {
                "groupBy": "$price", "boundaries": [0, 150, 200, 300, 400], "default": "Other",
                "output": { "count": { "$sum": 1 }, "titles": { "$push": "$title" } },
            } },
        ],
        "categorizedByYears(Auto)": [{ "$bucketAuto": { "groupBy": "$year", "buckets": 4 } }],
    } }];
    let keys = facets(&[
        ("categorizedByTags", &["_id", "count"]),
        ("categorizedByPrice", &[]),
        ("categorizedByYears(Auto)", &["_id", "count"]),
    ]);
    let rest = other(&[("categorizedByPrice", "Other")]);
    let typed = Pipeline::new().facet((by_tags, by_price, by_years));
    let found = same_by(&artwork, typed, page, |row| rest(keys(row))).await;
    let (tags, prices, years) = &found[0];
    assert_eq!(tags[0], ("painting".to_owned(), 6));
    assert_eq!((prices[0].from, prices[0].count), (None, 1));
    assert_eq!(years[0], ((None, Some(1902)), 2));
}
