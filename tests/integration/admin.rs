//! Checks, profiles, old commands, and indexes in code.

use std::time::Duration;

use odmium::{
    Client, Database,
    admin::{Output, ProfilingLevel},
    bson::{Document as Bag, RawDocumentBuf, doc},
    dev,
    index::Index,
    options::{Collation, CommitQuorum, IndexVersion, Sphere2DIndexVersion, TextIndexVersion},
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "places")]
struct Place {
    id: i32,
    #[field(index)]
    city: String,
    text: String,
    at: Vec<f64>,
    tags: Vec<String>,
    more: More,
    seen: DateTime,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct More {
    size: i32,
}

fn place(id: i32, city: &str) -> Place {
    let tags = vec!["a".to_owned(), "b".to_owned()];
    let (more, seen) = (More { size: id }, DateTime::now());
    Place { id, city: city.into(), text: "coffee and tea".into(), at: vec![2.0, 48.0], tags, more, seen }
}

// covers: M20
#[odmium::test]
async fn a_collection_is_checked(db: Database) -> odmium::Result<()> {
    let places = db.collection::<Place>();
    assert_eq!(places.validate().await.unwrap_err().code(), Some(26));
    places.insert_many([place(1, "Paris"), place(2, "Rome")]).await?;
    for check in [places.validate(), places.validate().full(true), places.validate().background(true)] {
        let found = check.await?;
        assert!(found.valid && found.errors.is_empty(), "{found:?}");
        assert_eq!(found.records, 2);
    }
    let found = places.validate().metadata(true).await?;
    assert!(found.valid && found.reply.contains_key("ns"), "{found:?}");
    Ok(())
}

// covers: M20
#[odmium::test]
async fn the_profiler_writes_down_what_it_is_told_to(db: Database) -> odmium::Result<()> {
    let places = db.collection::<Place>();
    places.insert(&place(1, "Paris")).await?;
    assert_eq!(db.profiling().await?.level, ProfilingLevel::Off);
    let before = db.set_profiling(ProfilingLevel::All).sample_rate(1.0).await?;
    assert_eq!(before.level, ProfilingLevel::Off);
    places.find(Place.city.eq("Paris")).comment("seen").await?;
    let before = db
        .set_profiling(ProfilingLevel::Slow)
        .slow_after(Duration::from_millis(before.slow_after.as_millis() as u64))
        .filter(doc! { "op": "remove" })
        .await?;
    assert_eq!(before.level, ProfilingLevel::All);
    let now = db.profiling().await?;
    assert_eq!((now.level, now.filter), (ProfilingLevel::Slow, Some(doc! { "op": { "$eq": "remove" } })));
    places.delete_all().await?;
    assert_eq!(db.set_profiling(ProfilingLevel::Off).filter(doc! {}).await?.level, ProfilingLevel::Slow);
    assert_eq!(db.profiling().await?.filter, None);
    let entries = db.profiling_info().await?;
    assert!(
        entries.iter().any(|it| it.get_document("command").is_ok_and(|it| it.get_str("comment").is_ok()))
    );
    assert_eq!(entries.iter().filter(|it| it.get_str("op").unwrap() == "remove").count(), 1);
    Ok(())
}

// covers: M34
#[odmium::test]
async fn map_reduce_gives_rows_or_fills_a_collection(db: Database) -> odmium::Result<()> {
    #[derive(Document, Debug, PartialEq)]
    #[document(collection = "sums")]
    struct Sum {
        id: String,
        value: f64,
    }
    let places = db.collection::<Place>();
    places.insert_many([place(1, "Paris"), place(2, "Rome"), place(3, "Paris")]).await?;
    let run = || {
        places.map_reduce(
            "function() { emit(this.city, this.more.size) }",
            "function(k, all) { return Array.sum(all) }",
        )
    };
    let sum = |id: &str, value| Sum { id: id.into(), value };
    let sorted = |mut rows: Vec<Sum>| {
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        rows
    };
    assert_eq!(sorted(run().inline().await?), [sum("Paris", 4.0), sum("Rome", 2.0)]);
    let some = run()
        .filter(Place.id.gt(1))
        .sort(Place.id.asc())
        .limit(5)
        .scope(doc! { "extra": 100 })
        .finalize("function(k, value) { return value + extra }")
        .collation(Collation::builder().locale("en").build())
        .max_time(Duration::from_secs(20))
        .comment("c");
    assert_eq!(sorted(some.inline().await?), [sum("Paris", 103.0), sum("Rome", 102.0)]);

    for (output, expected) in [
        (Output::Replace("sums".into()), [4.0, 2.0]),
        (Output::Reduce("sums".into()), [8.0, 4.0]),
        (Output::Merge("sums".into()), [4.0, 2.0]),
    ] {
        let sums = run().bypass_document_validation(true).out::<Sum>(output.clone()).await?;
        let values: Vec<_> =
            sums.find(Filter::everything()).sort(Sum.id.asc()).await?.iter().map(|it| it.value).collect();
        assert_eq!(values, expected, "{output:?}");
    }
    Ok(())
}

// covers: M34
#[tokio::test]
async fn indexes_are_built_anew_on_a_server_of_its_own() -> odmium::Result<()> {
    let server = dev::Server::builder().standalone().start().await?;
    let places = Client::connect(server.uri()).await?.database("alone").collection::<Place>();
    places.insert(&place(1, "Paris")).await?;
    let reply = places.reindex().await?;
    assert_eq!(reply.get_i32("nIndexes").unwrap(), 1);
    let shared = dev::client().await?.database("alone").collection::<Place>();
    assert!(shared.reindex().await.unwrap_err().is_command());
    // Bulk writes work here too, without a second try.
    use odmium::action::Write;
    let writes =
        [Write::update_one(Place.id.eq(1), Place.city.set("Rome")), Write::delete_many(Place.id.gt(5))];
    assert_eq!(places.bulk_write(writes).await?.modified, 1);
    Ok(())
}

// covers: M33
#[odmium::test]
async fn every_kind_of_index_is_created_in_code(db: Database) -> odmium::Result<()> {
    let places = db.collection::<Place>();
    let english = Collation::builder().locale("en").build();
    let cases = [
        (Index::new().asc(Place.city), "city_1", doc! { "city": 1 }, doc! {}),
        (
            Index::new().desc(Place.city).asc(Place.more.size).unique().hidden(),
            "city_-1_more.size_1",
            doc! { "city": -1, "more.size": 1 },
            doc! { "unique": true, "hidden": true },
        ),
        (Index::new().asc(Place.tags).sparse(), "tags_1", doc! { "tags": 1 }, doc! { "sparse": true }),
        (
            Index::new()
                .text(Place.text)
                .text(Place.city)
                .weights(doc! { "text": 3 })
                .default_language("french")
                .language_override("lang")
                .text_version(TextIndexVersion::V3),
            "text_text_city_text",
            doc! { "_fts": "text", "_ftsx": 1 },
            doc! {
                "weights": { "city": 1, "text": 3 }, "default_language": "french", "language_override": "lang",
                "textIndexVersion": 3,
            },
        ),
        (
            Index::new().flat(Place.at).bits(20).bounds(-200.0, 200.0),
            "at_2d",
            doc! { "at": "2d" },
            doc! { "bits": 20, "min": -200.0, "max": 200.0 },
        ),
        (
            Index::new().sphere(Place.at).desc(Place.city).sphere_version(Sphere2DIndexVersion::V3),
            "at_2dsphere_city_-1",
            doc! { "at": "2dsphere", "city": -1 },
            doc! { "2dsphereIndexVersion": 3 },
        ),
        (Index::new().hashed(Place.city), "city_hashed", doc! { "city": "hashed" }, doc! {}),
        (Index::new().wildcard(Place.more), "more.$**_1", doc! { "more.$**": 1 }, doc! {}),
        (
            Index::new().wildcard_of_all().wildcard_projection(doc! { "more": 1 }),
            "$**_1",
            doc! { "$**": 1 },
            doc! { "wildcardProjection": { "more": 1 } },
        ),
        (
            Index::new().asc(Place.seen).expire_after(Duration::from_secs(3600)).named("expiry"),
            "expiry",
            doc! { "seen": 1 },
            doc! { "expireAfterSeconds": 3600 },
        ),
        (
            Index::new().asc(Place.text).partial(Place.id.gt(5)).version(IndexVersion::V2),
            "text_1",
            doc! { "text": 1 },
            doc! { "partialFilterExpression": { "_id": { "$gt": 5 } } },
        ),
        (
            Index::new().desc(Place.text).collation(english).storage_engine(doc! { "wiredTiger": {} }),
            "text_-1",
            doc! { "text": -1 },
            doc! { "storageEngine": { "wiredTiger": {} } },
        ),
    ];
    for (index, name, keys, options) in cases {
        assert_eq!(places.create_index(index).await?, name);
        let listed = places.index_information().await?.remove(name).unwrap();
        assert_eq!((listed.name.as_str(), listed.keys), (name, keys));
        for (key, value) in options {
            assert_eq!(listed.options.get(&key), Some(&value), "{name} {key}");
        }
        assert_eq!(places.create_index(Index::raw(doc! { "again": 1 })).await?, "again_1");
    }
    places.insert_many([place(1, "Paris"), place(2, "Rome")]).await?;
    let error = places.create_index(Index::new().asc(Place.text).named("unique").unique()).await.unwrap_err();
    assert!(error.is_duplicate_key(), "{error:?}");
    assert!(places.create_index(Index::new()).await.unwrap_err().is_argument());

    places.drop_indexes().await?;
    let all = db.collection_named::<Bag>("places");
    assert_eq!(all.create_index(Index::new().text_of_all()).await?, "$**_text");
    Ok(())
}

// covers: M33
#[odmium::test]
async fn indexes_are_dropped_by_name_or_keys_and_listed(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let places = db.collection::<Place>();
    assert_eq!(places.list_indexes().await?, []);
    drop(sent.take());
    let create = || {
        [
            Index::new().asc(Place.city),
            Index::new().asc(Place.text).desc(Place.id),
            Index::new().asc(Place.tags),
        ]
    };
    let names = places
        .create_indexes(create())
        .commit_quorum(CommitQuorum::Majority)
        .max_time(Duration::from_secs(20))
        .comment("c")
        .await?;
    assert_eq!(names, ["city_1", "text_1__id_-1", "tags_1"]);
    let command = sent.only();
    assert_eq!(command.get_str("commitQuorum").unwrap(), "majority");
    assert!(command.contains_key("maxTimeMS") && command.contains_key("comment"), "{command}");
    assert_eq!(places.create_indexes([]).await?, Vec::<String>::new());

    assert_eq!(
        places.list_indexes().comment("c").names().await?,
        ["_id_", "city_1", "text_1__id_-1", "tags_1"]
    );
    let raw: Vec<RawDocumentBuf> = places.list_indexes().rows().await?.collect().await?;
    assert_eq!(raw[1].get_document("key").unwrap().get_i32("city").unwrap(), 1);

    places.drop_index(doc! { "text": 1, "_id": -1 }).await?;
    places.drop_index(PlaceIndex::City).comment("c").max_time(Duration::from_secs(20)).await?;
    assert_eq!(places.list_indexes().names().await?, ["_id_", "tags_1"]);
    assert_eq!(places.drop_index("city_1").await.unwrap_err().code(), Some(27));
    let error = places.drop_index(doc! { "text": 1 }).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("no index has the keys text_1"), "{error}");
    let french = Collation::builder().locale("fr").build();
    places.create_index(Index::new().asc(Place.tags).collation(french).named("french")).await?;
    let error = places.drop_index(doc! { "tags": 1 }).await.unwrap_err();
    assert!(error.to_string().contains("several indexes"), "{error}");
    places.drop_indexes().await?;
    assert_eq!(places.list_indexes().names().await?, ["_id_"]);
    Ok(())
}
