//! Collections that are no plain ones: created from what the model declares, changed where the server can.

use std::time::Duration;

use odmium::{
    Collection, Database,
    admin::CollectionKind,
    bson::{Bson, Document, doc},
    options::{Collation, TimeseriesGranularity, ValidationAction, ValidationLevel},
    pipeline::Pipeline,
    prelude::*,
    schema::{CollectionSpec, CollectionStep},
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "log", create(capped(1 << 16), max_documents(3)), index(at))]
struct Line {
    id: i32,
    at: i32,
}

#[derive(Document, Clone, Debug)]
#[document(
    collection = "weather",
    create(
        time_series(Weather.at),
        meta(Weather.station),
        granularity(TimeseriesGranularity::Minutes),
        expire_after("30d")
    )
)]
struct Weather {
    id: Id<Weather>,
    at: DateTime,
    #[field(rename = "place")]
    station: String,
    degrees: f64,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "people", create(
    collation(Collation::builder().locale("en").strength(odmium::options::CollationStrength::Secondary).build()),
    validator(Person.age.gte(0) & Person.name.exists()),
    validation_level(ValidationLevel::Moderate),
    pre_and_post_images,
    storage_engine(doc! { "wiredTiger": { "configString": "block_compressor=zlib" } }),
))]
struct Person {
    id: i32,
    name: String,
    age: i32,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "clustered", create(clustered, expire_after = Duration::from_secs(60)))]
struct Clustered {
    id: DateTime,
}

#[derive(Document, Clone, Debug)]
#[document(
    collection = "checked",
    create(json_schema(doc! { "required": ["name"] }), validation_action(ValidationAction::Warn))
)]
struct Checked {
    id: i32,
}

/// A view, and one that reads it.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "adults", create(view(adults())))]
struct Adult {
    id: i32,
    name: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "anns", create(view(Pipeline::<Adult>::new().filter(Adult.name.eq("Ann")).raw_stages([]))))]
struct Ann {
    id: i32,
}

fn adults() -> Pipeline<Person, Adult> {
    Pipeline::<Person>::new().filter(Person.age.gte(18)).raw_stage(doc! { "$project": { "name": 1 } })
}

#[derive(Database, Clone, Debug)]
struct Special {
    anns: Collection<Ann>,
    adults: Collection<Adult>,
    log: Collection<Line>,
    weather: Collection<Weather>,
    people: Collection<Person>,
    clustered: Collection<Clustered>,
    checked: Collection<Checked>,
}

/// What the server says of a collection.
async fn listed(db: &Database, name: &str) -> odmium::Result<(CollectionKind, Document)> {
    let mut list = db.list_collections().filter(doc! { "name": name }).await?;
    let info = list.pop().unwrap_or_else(|| panic!("there is no {name}"));
    Ok((info.kind, info.options))
}

// covers: T20
#[odmium::test]
async fn every_kind_is_created_as_it_is_declared(db: Database) -> odmium::Result<()> {
    let special = Special::in_database(&db)?;
    let plan = special.sync().plan().await?;
    assert!(plan.collections.iter().all(|it| it.step == CollectionStep::Create), "{plan}");
    assert!(plan.to_string().contains(&format!("create {}.weather", db.name())), "{plan}");
    assert_eq!(db.list_collections().names().await?.len(), 0, "a plan changes nothing");
    let done = special.sync().await?;
    assert!(done.to_string().contains(&format!("created {}.weather", db.name())), "{done}");
    assert!(special.sync().plan().await?.is_done(), "{}", special.sync().plan().await?);
    assert!(special.sync().drop_unknown(true).await?.is_done());

    let (kind, options) = listed(&db, "log").await?;
    assert_eq!(
        (kind, options),
        (CollectionKind::Collection, doc! { "capped": true, "size": 65536, "max": 3 })
    );
    let (kind, options) = listed(&db, "weather").await?;
    assert_eq!(kind, CollectionKind::TimeSeries);
    assert_eq!(options.get_i64("expireAfterSeconds").unwrap(), 30 * 86_400);
    let series = options.get_document("timeseries").unwrap();
    assert_eq!(series.get_str("timeField").unwrap(), "at");
    assert_eq!(series.get_str("metaField").unwrap(), "place");
    assert_eq!(series.get_str("granularity").unwrap(), "minutes");
    let (_, options) = listed(&db, "people").await?;
    assert_eq!(
        options.get_document("validator").unwrap(),
        &doc! { "age": { "$gte": 0 }, "name": { "$exists": true } }
    );
    assert_eq!(options.get_str("validationLevel").unwrap(), "moderate");
    assert_eq!(options.get_document("collation").unwrap().get_str("locale").unwrap(), "en");
    assert_eq!(options.get_document("changeStreamPreAndPostImages").unwrap(), &doc! { "enabled": true });
    assert!(options.contains_key("storageEngine"));
    let (_, options) = listed(&db, "clustered").await?;
    assert_eq!(
        options.get_document("clusteredIndex").unwrap().get_document("key").unwrap(),
        &doc! { "_id": 1 }
    );
    assert_eq!(options.get_i64("expireAfterSeconds").unwrap(), 60);
    let (_, options) = listed(&db, "checked").await?;
    assert_eq!(options.get_str("validationAction").unwrap(), "warn");
    let (kind, options) = listed(&db, "adults").await?;
    assert_eq!((kind, options.get_str("viewOn").unwrap()), (CollectionKind::View, "people"));
    assert_eq!(special.log.list_indexes().names().await?, ["_id_", "at_1"]);

    // And they do what they are for.
    let error = special.people.insert(&Person { id: 1, name: "Ann".into(), age: -1 }).await.unwrap_err();
    assert!(error.is_write(), "{error}");
    for (id, name, age) in [(1, "Ann", 20), (2, "Bob", 30), (3, "Eve", 3)] {
        special.people.insert(&Person { id, name: name.into(), age }).await?;
        special.log.insert(&Line { id, at: 0 }).await?;
        special.log.insert(&Line { id: id + 10, at: 0 }).await?;
    }
    assert_eq!(special.people.count(Person.name.eq("ANN")).await?, 1, "the collation counts");
    assert_eq!(special.log.count(Filter::everything()).await?, 3);
    let names: Vec<String> =
        special.adults.find(Filter::everything()).sort(Adult.name.desc()).select(Adult.name).await?;
    assert_eq!(names, ["Bob", "Ann"]);
    assert_eq!(special.anns.find(Filter::everything()).await?, [Ann { id: 1 }]);
    let now = Weather { id: Id::new(), at: DateTime::now(), station: "Paris".into(), degrees: 20.5 };
    special.weather.insert(&now).await?;
    assert_eq!(special.weather.find_one(Weather.station.eq("Paris")).await?.unwrap().degrees, 20.5);
    Ok(())
}

/// What another version of the program has declared.
async fn stored(db: &Database, command: Document) -> odmium::Result<()> {
    db.run_command(command).await.map(drop)
}

// covers: T20
#[odmium::test]
async fn what_can_be_changed_is_changed(db: Database) -> odmium::Result<()> {
    stored(&db, doc! { "create": "log", "capped": true, "size": 4096 }).await?;
    let series = doc! { "timeField": "at", "metaField": "place", "granularity": "seconds" };
    stored(&db, doc! { "create": "weather", "timeseries": series }).await?;
    let collation = doc! { "locale": "en", "strength": 2 };
    let engine = doc! { "wiredTiger": { "configString": "block_compressor=zlib" } };
    stored(&db, doc! {
        "create": "people", "collation": collation, "storageEngine": engine, "validator": { "age": 1 }, "validationAction": "warn",
    })
    .await?;
    stored(&db, doc! { "create": "clustered", "clusteredIndex": { "key": { "_id": 1 }, "unique": true } })
        .await?;
    stored(&db, doc! { "create": "adults", "viewOn": "others", "pipeline": [] }).await?;
    let special = Special::in_database(&db)?;
    let plan = special.sync().plan().await?;
    let step = |name: &str| {
        let found = plan.collections.iter().find(|it| it.name.ends_with(&format!(".{name}")));
        found.unwrap().step.clone()
    };
    let changes = |texts: &[&str]| CollectionStep::Change {
        differences: texts.iter().map(|it| (*it).to_owned()).collect(),
    };
    assert_eq!(step("log"), changes(&["size is 4096", "max is not set"]));
    assert_eq!(step("weather"), changes(&["granularity is \"seconds\"", "expireAfterSeconds is not set"]));
    assert_eq!(
        step("people"),
        changes(&[
            "validator is { \"age\": 1 }",
            "changeStreamPreAndPostImages is not set",
            "validationLevel is strict",
            "validationAction is warn"
        ])
    );
    assert_eq!(step("clustered"), changes(&["expireAfterSeconds is not set"]));
    assert_eq!(step("adults"), changes(&["the view reads another pipeline"]));
    special.sync().await?;
    assert!(special.sync().plan().await?.is_done(), "{}", special.sync().plan().await?);
    let (_, log) = listed(&db, "log").await?;
    assert_eq!((log.get("size"), log.get("max")), (Some(&Bson::Int32(65536)), Some(&Bson::Int32(3))));
    let (_, people) = listed(&db, "people").await?;
    assert_eq!(people.get_str("validationAction").unwrap(), "error");
    let (_, adults) = listed(&db, "adults").await?;
    assert_eq!(adults.get_str("viewOn").unwrap(), "people");
    assert_eq!(adults.get_array("pipeline").unwrap().len(), 2);
    Ok(())
}

// covers: T20
#[odmium::test]
async fn what_cannot_be_changed_is_an_error_and_nothing_is_dropped_unless_asked(
    db: Database,
) -> odmium::Result<()> {
    for (command, model, why) in [
        (doc! { "create": "log" }, 0, "it is not capped"),
        (doc! { "create": "weather" }, 1, "it is no time series"),
        (doc! { "create": "people", "collation": { "locale": "fr" } }, 2, "collation is"),
        (doc! { "create": "clustered" }, 3, "it is not clustered"),
        (doc! { "create": "adults" }, 4, "it is a collection, and a view is declared"),
        (
            doc! { "create": "checked", "viewOn": "log", "pipeline": [] },
            5,
            "it is a view, and a collection is declared",
        ),
        (
            doc! { "create": "people", "timeseries": { "timeField": "at" } },
            2,
            "it is a time series, and none is declared",
        ),
        (doc! { "create": "weather", "timeseries": { "timeField": "time" } }, 1, "timeField is \"time\""),
    ] {
        stored(&db, command.clone()).await?;
        let sync = match model {
            0 => db.collection::<Line>().sync(),
            1 => db.collection::<Weather>().sync(),
            2 => db.collection::<Person>().sync(),
            3 => db.collection::<Clustered>().sync(),
            4 => db.collection::<Adult>().sync(),
            _ => db.collection::<Checked>().sync(),
        };
        let plan = sync.plan().await?;
        assert!(plan.to_string().contains(why), "{command}: {plan}");
        assert!(!plan.is_done());
        let error = sync.clone().await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(why), "{command}: {error}");
        assert!(error.to_string().contains("recreate(true)"), "{error}");
        let done = sync.clone().recreate(true).await?;
        assert!(done.to_string().contains("dropped and created anew"), "{done}");
        assert!(sync.plan().await?.is_done());
        db.collection_named::<Document>(command.get_str("create").unwrap()).drop().await?;
    }
    Ok(())
}

// covers: T20
#[odmium::test]
async fn what_is_not_declared_stays_unless_dropping_is_asked_for(db: Database) -> odmium::Result<()> {
    stored(
        &db,
        doc! {
            "create": "plain", "validator": { "x": 1 }, "capped": true, "size": 4096,
            "changeStreamPreAndPostImages": { "enabled": true },
        },
    )
    .await?;
    #[derive(Document)]
    #[document(collection = "plain")]
    struct Plain {
        id: i32,
    }
    let plain = db.collection::<Plain>();
    let plan = plain.sync().await?;
    assert!(plan.is_done());
    let text = plan.to_string();
    assert!(text.contains("validator, changeStreamPreAndPostImages, capped (not declared; stay)"), "{text}");
    assert!(listed(&db, "plain").await?.1.contains_key("validator"));
    plain.sync().drop_unknown(true).await?;
    let (_, options) = listed(&db, "plain").await?;
    assert!(options.get_bool("capped").unwrap());
    assert!(
        options.get_document("validator").is_ok_and(Document::is_empty) || !options.contains_key("validator")
    );
    plain.insert(&Plain { id: 1 }).await?;
    // A time of expiry is taken off as well.
    stored(&db, doc! { "create": "weather", "expireAfterSeconds": 7, "timeseries": { "timeField": "at" } })
        .await?;
    #[derive(Document)]
    #[document(collection = "weather", create(time_series(Forever.at)))]
    struct Forever {
        id: i32,
        at: DateTime,
    }
    db.collection::<Forever>().sync().drop_unknown(true).await?;
    assert!(!listed(&db, "weather").await?.1.contains_key("expireAfterSeconds"));
    let _ = |it: Forever, plain: Plain| (it.id, it.at, plain.id);
    Ok(())
}

// covers: T20
#[odmium::test]
async fn several_processes_may_create_and_change_at_once(db: Database) -> odmium::Result<()> {
    for round in 0..3 {
        let special = Special::in_database(db.prefixed(format!("r{round}_")))?;
        let syncs: Vec<_> = (0..6).map(|_| tokio::spawn(special.sync().into_future())).collect();
        for sync in syncs {
            sync.await.unwrap()?;
        }
        assert!(special.sync().plan().await?.is_done());
        // A view reads the collection of its own tenant.
        assert_eq!(
            listed(&db, &format!("r{round}_adults")).await?.1.get_str("viewOn").unwrap(),
            format!("r{round}_people")
        );
    }
    Ok(())
}

#[derive(Document, Clone, Debug)]
#[document(collection = "bad", create(meta(Bad.name), time_series(Bad.at)))]
struct Bad {
    id: i32,
    at: DateTime,
    name: String,
}

// covers: T20
#[odmium::test]
async fn a_declaration_that_makes_no_sense_is_told_before_anything_is_sent(
    db: Database,
) -> odmium::Result<()> {
    let error = db.collection::<Bad>().sync().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`time_series(..)` before it"), "{error}");
    let spec: CollectionSpec<Bad> = CollectionSpec::new().capped(1);
    assert!(format!("{spec:?}").contains("capped"));
    Ok(())
}
