//! What special collections allow, and what the server says of the rest.

use std::time::Duration;

use odmium::{
    Collection, Database,
    bson::{Document, doc},
    options::{Collation, CollationStrength, ValidationAction, ValidationLevel},
    prelude::*,
    schema::CollectionStep,
    transaction,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "weather", create(time_series(Weather.at), meta(Weather.station)))]
struct Weather {
    id: i32,
    at: DateTime,
    station: String,
    degrees: f64,
}

fn weather(id: i32, station: &str) -> Weather {
    let at = DateTime::from_millis(1_700_000_000_000 + i64::from(id) * 60_000);
    Weather { id, at, station: station.into(), degrees: f64::from(id) }
}

// covers: T20
#[odmium::test]
async fn a_time_series_takes_inserts_and_little_else(db: Database) -> odmium::Result<()> {
    let series = db.collection::<Weather>();
    series.sync().await?;
    series.insert_many((0..4).map(|id| weather(id, if id < 2 { "Paris" } else { "Rome" }))).await?;
    let by_time = series.find(Weather.at.gte(weather(2, "").at)).sort(Weather.at.asc()).await?;
    assert_eq!(by_time, [weather(2, "Rome"), weather(3, "Rome")]);

    // All measurements of one source can be renamed and deleted at once.
    series.update_many(Weather.station.eq("Rome"), Weather.station.set("Roma")).await?;
    assert_eq!(series.count(Weather.station.eq("Roma")).await?, 2);
    assert_eq!(series.delete_many(Weather.station.eq("Roma")).await?, 2);

    // Server 6.0 refuses the others, and says why.
    let is = |error: odmium::Error, why: &str| {
        assert!(error.to_string().contains(why) && error.code().is_some(), "{why}: {error:?}");
    };
    is(series.update_one(Weather.id.eq(1), Weather.degrees.set(1.0)).await.unwrap_err(), "non-multi update");
    is(series.update_many(Weather.id.eq(1), Weather.degrees.set(1.0)).await.unwrap_err(), "metaField");
    is(series.replace_one(Weather.id.eq(1), &weather(1, "x")).await.unwrap_err(), "time-series collection");
    is(series.delete_one(Weather.station.eq("Paris")).await.unwrap_err(), "non-multi delete");
    is(series.delete_many(Weather.degrees.gt(0.0)).await.unwrap_err(), "metaField");
    is(series.find_one_and_delete(Weather.id.eq(1)).await.unwrap_err(), "timeseries");
    let inserted = transaction!(db, |tx| { tx.collection::<Weather>().insert(&weather(9, "x")).await }).await;
    is(inserted.unwrap_err(), "multi-document transaction");
    assert_eq!(series.count(Filter::everything()).await?, 2);
    Ok(())
}

#[derive(Document, Clone, Debug)]
#[document(collection = "buckets", create(time_series(Bucketed.at), buckets(Duration::from_secs(3600))))]
struct Bucketed {
    id: i32,
    at: DateTime,
}

// covers: T20
#[odmium::test]
async fn buckets_are_a_matter_of_the_server(db: Database) -> odmium::Result<()> {
    let series = db.collection::<Bucketed>();
    let info = db.run_command(doc! { "buildInfo": 1 }).await?;
    let version: Vec<i32> =
        info.get_array("versionArray").unwrap().iter().filter_map(|it| it.as_i32()).collect();
    match series.sync().await {
        Ok(_) => {
            assert!(version >= vec![6, 3], "{version:?}");
            assert!(series.sync().plan().await?.is_done());
        }
        Err(error) => {
            assert!(version < vec![6, 3] && error.to_string().contains("perhaps older"), "{error}");
            assert!(error.is_command() && error.to_string().contains("bucketRoundingSeconds"), "{error:?}");
        }
    }
    let sent = Bucketed { id: 1, at: DateTime::now() };
    let _ = (sent.id, sent.at);
    Ok(())
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "events", create(clustered))]
struct Event {
    id: Id<Event>,
    text: String,
}

// covers: T20
#[odmium::test]
async fn a_clustered_collection_is_read_by_ranges_of_its_ids(db: Database) -> odmium::Result<()> {
    let events = db.collection::<Event>();
    events.sync().await?;
    let all: Vec<Event> = (0..10).map(|n| Event { id: Id::new(), text: format!("{n}") }).collect();
    events.insert_many(&all).await?;
    let range = Event.id.gte(all[3].id) & Event.id.lt(all[6].id);
    let texts = events.find(range.clone()).sort(Event.id.desc()).select(Event.text).await?;
    assert_eq!(texts, ["5", "4", "3"]);
    let plan = events.find(range.clone()).explain().await?;
    assert!(format!("{plan:?}").contains("CLUSTERED_IXSCAN"), "{plan:?}");
    assert_eq!(events.delete_many(range).await?, 3);
    Ok(())
}

/// What a version of the program declares for one collection.
macro_rules! versions {
    ($($name:ident [$($create:tt)*])*) => {$(
        #[derive(Document, Clone, Debug)]
        #[document(collection = "people", create($($create)*))]
        struct $name {
            id: i32,
            age: i32,
        }
    )*};
}

fn english(strength: CollationStrength) -> Collation {
    Collation::builder().locale("en").strength(strength).build()
}

versions! {
    Strict [validator(Strict.age.gte(0)), pre_and_post_images]
    Moderate [
        validator(Moderate.age.gte(0)), validation_level(ValidationLevel::Moderate), validation_action(ValidationAction::Warn)
    ]
    Off [validator(Off.age.gte(5)), validation_level(ValidationLevel::Off)]
    Secondary [collation(english(CollationStrength::Secondary))]
    Tertiary [collation(english(CollationStrength::Tertiary))]
}

fn validation(options: &Document) -> (&str, &str) {
    (options.get_str("validationLevel").unwrap(), options.get_str("validationAction").unwrap())
}

async fn options(db: &Database) -> odmium::Result<Document> {
    Ok(db.list_collections().filter(doc! { "name": "people" }).await?.remove(0).options)
}

// covers: T20
#[odmium::test]
async fn validation_and_images_follow_the_declaration(db: Database) -> odmium::Result<()> {
    let strict = db.collection::<Strict>();
    strict.sync().await?;
    let plan = strict.sync().plan().await?;
    let text = plan.to_string();
    assert!(text.starts_with(&format!("keep {}.people\n", db.name())), "{text}");
    assert!(strict.sync().await?.to_string().starts_with(&format!("kept {}.people\n", db.name())));
    assert!(strict.insert(&Strict { id: 1, age: -1 }).await.unwrap_err().is_validation());

    let moderate = db.collection::<Moderate>();
    let plan = moderate.sync().plan().await?;
    let CollectionStep::Change { differences } = &plan.collections[0].step else { panic!("{plan}") };
    assert_eq!(differences, &["validationLevel is strict", "validationAction is error"]);
    moderate.sync().await?;
    let found = options(&db).await?;
    assert_eq!(validation(&found), ("moderate", "warn"));
    moderate.insert(&Moderate { id: 1, age: -1 }).await?;
    let images = |options: &Document| {
        let images = options.get_document("changeStreamPreAndPostImages");
        images.is_ok_and(|images| images.get_bool("enabled").unwrap())
    };
    assert!(images(&found), "what is not declared stays");
    // Taken off where that is asked for, and put on again.
    moderate.sync().drop_unknown(true).await?;
    assert!(!images(&options(&db).await?));
    assert!(moderate.sync().drop_unknown(true).plan().await?.is_done());
    strict.sync().await?;
    let found = options(&db).await?;
    assert!(images(&found));
    assert_eq!(validation(&found), ("strict", "error"));

    let off = db.collection::<Off>();
    off.sync().await?;
    off.insert(&Off { id: 2, age: 0 }).await?;
    assert_eq!(options(&db).await?.get_document("validator").unwrap(), &doc! { "age": { "$gte": 5 } });
    Ok(())
}

// covers: T20
#[odmium::test]
async fn a_collation_stays_as_it_was_created(db: Database) -> odmium::Result<()> {
    let (secondary, tertiary): (Collection<Secondary>, Collection<Tertiary>) =
        (db.collection(), db.collection());
    secondary.sync().await?;
    assert!(secondary.sync().plan().await?.is_done());
    let plan = tertiary.sync().plan().await?;
    assert!(plan.to_string().contains("cannot be changed: collation is"), "{plan}");
    let error = tertiary.sync().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`recreate(true)`"), "{error}");
    // None is declared: the one that is there is told, and stays.
    let plan = db.collection::<Strict>().sync().plan().await?;
    assert!(!plan.is_done());
    assert_eq!(options(&db).await?.get_document("collation").unwrap().get_i32("strength").unwrap(), 2);
    tertiary.sync().recreate(true).await?;
    assert!(tertiary.sync().plan().await?.is_done());
    let _ = |one: Secondary, two: Tertiary| (one.id, one.age, two.id, two.age);
    Ok(())
}

#[derive(Document, Clone, Debug)]
#[document(collection = "log", create(capped(1 << 16)))]
struct Line {
    id: i32,
    text: String,
}

#[derive(Database, Clone, Debug)]
struct Logs {
    lines: Collection<Line>,
    events: Collection<Event>,
}

// covers: T20, M41
#[odmium::test]
async fn a_declared_capped_collection_is_tailed_by_its_paths(db: Database) -> odmium::Result<()> {
    let logs = <Logs as odmium::Schema>::in_database(&db)?;
    odmium::Schema::sync(&logs).await?;
    let plan = odmium::Schema::sync(&logs).plan().await?.to_string();
    assert!(plan.contains(&format!("keep {}.log", db.name())) && plan.contains("keep"), "{plan}");
    let line = |id: i32| Line { id, text: format!("{id}") };
    logs.lines.insert_many([line(1), line(2)]).await?;
    let tail = logs.lines.find(Line.id.gt(1)).cursor_type(odmium::options::CursorType::TailableAwait);
    let mut texts = tail.select(Line.text).cursor().await?;
    assert_eq!(futures_util::TryStreamExt::try_next(&mut texts).await?, Some("2".to_owned()));
    let writer = logs.lines.clone();
    let write = tokio::spawn(async move { writer.insert(&line(3)).await });
    assert_eq!(futures_util::TryStreamExt::try_next(&mut texts).await?, Some("3".to_owned()));
    write.await.unwrap()?;
    // A capped collection lets nothing be deleted before server 5.0; documents do not grow.
    logs.lines.update_one(Line.id.eq(3), Line.text.set("x")).await?;
    Ok(())
}
