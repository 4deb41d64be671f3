//! Whatever is done through the collection of one model of several is about its own documents.

use odmium::{
    Collection, Database,
    action::Write,
    bson::{self, doc},
    pipeline::{GraphLookup, Pipeline},
    prelude::*,
    transaction,
    update::Update,
};
use odmium_tests::Recorder;

use crate::kinds::{Click, Event, Purchase, click, purchase};

/// Two clicks and two purchases, which have an `url` as well.
async fn filled(db: &Database) -> odmium::Result<(Collection<Event>, Collection<Click>)> {
    let events = db.collection::<Event>();
    events.insert_many([click("/a"), click("/b")].map(Event::Click)).await?;
    events.insert_many([purchase(1, 7), purchase(2, 8)].map(Event::Purchase)).await?;
    let raw = db.collection_named::<bson::Document>("events");
    raw.update_many(Filter::raw(doc! { "kind": "bought" }), Update::raw(doc! { "$set": { "url": "/a" } }))
        .await?;
    Ok((events, db.collection()))
}

/// How many documents of each kind there are.
async fn kinds(db: &Database) -> odmium::Result<(u64, u64)> {
    let raw = db.collection_named::<bson::Document>("events");
    let count = async |kind: &str| raw.count(Filter::raw(doc! { "kind": kind })).await;
    Ok((count("click").await?, count("bought").await?))
}

// covers: T19
#[odmium::test]
async fn reading(db: Database) -> odmium::Result<()> {
    let (_, clicks) = filled(&db).await?;
    let a = || Click.url.eq("/a");
    assert_eq!(clicks.find(Filter::everything()).await?.len(), 2);
    assert_eq!(clicks.find(a()).await?.len(), 1);
    assert_eq!(clicks.find(a() | Click.user_name.eq("bob")).await?.len(), 1);
    assert_eq!(clicks.find(!a()).await?.len(), 1);
    assert_eq!(clicks.find(Filter::raw(doc! { "url": "/a" })).await?.len(), 1);
    assert_eq!(clicks.find(Filter::raw(doc! { "kind": "bought" })).await?.len(), 0);
    assert_eq!(clicks.find(Filter::raw(doc! { "$or": [{ "kind": "bought" }, {}] })).await?.len(), 2);
    assert!(clicks.find(Click.user_name.eq("bob")).first().await?.is_none());
    assert!(clicks.find_one(Click.user_name.eq("bob")).await?.is_none());
    assert_eq!(clicks.count(Filter::everything()).await?, 2);
    assert_eq!(clicks.estimated_count().await?, 2);
    assert_eq!(clicks.distinct(Click.user_name, Filter::everything()).await?, ["ann"]);
    assert_eq!(clicks.find(Filter::everything()).distinct(Click.user_name).await?, ["ann"]);
    assert_eq!(clicks.find(Filter::everything()).select(Click.user_name).await?, ["ann", "ann"]);
    let page = clicks.find(Filter::everything()).page(1).with_total().await?;
    assert_eq!((page.items.len(), page.total), (1, Some(2)));
    let page = clicks.find(Filter::everything()).page(5).after(page.next).await?;
    assert_eq!(page.items.len(), 1);
    let mut cursor = clicks.find(Filter::everything()).batch_size(1).cursor().await?;
    let mut read = 0;
    while cursor.try_next().await?.is_some() {
        read += 1;
    }
    assert_eq!(read, 2);
    assert_eq!(clicks.find(Filter::everything()).where_js("true").await?.len(), 2);
    let bought = db.collection::<Purchase>().find_one(Filter::everything()).await?.unwrap();
    assert!(clicks.get(bought.id).await?.is_none());
    assert!(clicks.track(bought.id).await?.is_none());
    assert_eq!(clicks.find(Filter::everything()).explain().await?.returned(), Some(2));
    Ok(())
}

// covers: T19
#[odmium::test]
async fn pipelines(db: Database) -> odmium::Result<()> {
    let (_, clicks) = filled(&db).await?;
    assert_eq!(clicks.aggregate().await?.len(), 2);
    assert_eq!(clicks.aggregate().filter(Click.url.eq("/a")).await?.len(), 1);
    let counts: Vec<(String, i64)> = clicks.aggregate().group_by(Click.user_name, |g| (g.count(),)).await?;
    assert_eq!(counts, [("ann".to_owned(), 2)]);
    assert_eq!(
        clicks.aggregate().raw_stage::<Click>(doc! { "$sort": { "url": 1 } }).first().await?.unwrap().url,
        "/a"
    );

    // From other collections.
    let pages = db.collection::<Page>();
    pages.insert(&Page { id: "/a".into(), parent: "/b".into() }).await?;
    let joined: Vec<(Page, Vec<Click>)> = pages.aggregate().lookup(Page.id, Click.url).await?;
    assert_eq!(joined[0].1.len(), 1);
    let joined: Vec<(Page, Option<Click>)> = pages.aggregate().lookup_one(Page.id, Click.url).await?;
    assert!(joined[0].1.is_some());
    let joined: Vec<(Page, Vec<Click>)> =
        pages.aggregate().lookup_pipeline(|_| Pipeline::<Click>::new().sort(Click.url.asc())).await?;
    assert_eq!(joined[0].1.len(), 2);
    let joined: Vec<(Page, Vec<Click>)> = pages
        .aggregate()
        .lookup_pipeline_where(Page.id, Click.url, |_| Pipeline::<Click>::new().limit(9))
        .await?;
    assert_eq!(joined[0].1.len(), 1);
    let joined: Vec<(Page, Vec<Click>)> =
        pages.aggregate().graph_lookup(Page.id, GraphLookup::new(Click.user_name, Click.url)).await?;
    assert_eq!(joined[0].1.len(), 1);
    let both = clicks.aggregate().union_with(Pipeline::<Click>::new()).await?;
    assert_eq!(both.len(), 4);
    Ok(())
}

#[derive(Document, Clone, Debug)]
#[document(collection = "pages")]
struct Page {
    id: String,
    parent: String,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Point {
    r#type: String,
    coordinates: Vec<f64>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "places", tag = "kind", common(at: Point, name: String), index(sphere(at)), index(text(name)))]
enum Place {
    Shop(Shop),
    Park(Park),
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Place)]
struct Shop {
    id: i32,
    at: Point,
    name: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Place)]
struct Park {
    id: i32,
    at: Point,
    name: String,
}

// covers: T19
#[odmium::test]
async fn stages_that_have_to_be_first(db: Database) -> odmium::Result<()> {
    let places = db.collection::<Place>();
    places.sync_indexes().await?;
    let at = Point { r#type: "Point".into(), coordinates: vec![2.0, 48.0] };
    let name = "green corner".to_owned();
    places.of::<Shop>().insert(&Shop { id: 1, at: at.clone(), name: name.clone() }).await?;
    places.of::<Park>().insert(&Park { id: 2, at, name }).await?;
    let parks = places.of::<Park>();
    let near = doc! { "$geoNear": {
        "near": { "type": "Point", "coordinates": [2.0, 48.0] }, "distanceField": "far", "key": "at",
    } };
    assert_eq!(parks.aggregate().raw_stage::<Park>(near.clone()).await?.len(), 1);
    let mut with_query = near;
    with_query.get_document_mut("$geoNear").unwrap().insert("query", doc! { "name": "nobody" });
    assert_eq!(parks.aggregate().raw_stage::<Park>(with_query).await?.len(), 0);
    let text = doc! { "$match": { "$text": { "$search": "green" } } };
    assert_eq!(parks.aggregate().raw_stage::<Park>(text).await?.len(), 1);
    let stats = parks.aggregate().raw_stage::<bson::Document>(doc! { "$indexStats": {} }).await?;
    assert_eq!(stats.len(), 3);
    let meta = parks.aggregate().raw_stage::<bson::Document>(doc! { "$searchMeta": {} }).await;
    assert!(meta.unwrap_err().is_argument());
    Ok(())
}

// covers: T19
#[odmium::test]
async fn changing(db: Database) -> odmium::Result<()> {
    let (_, clicks) = filled(&db).await?;
    let bob = || Click.user_name.eq("bob");
    assert_eq!(clicks.update_many(Filter::everything(), Click.url.set("/c")).await?.matched, 2);
    assert_eq!(clicks.update_one(bob(), Click.url.set("/c")).await?.matched, 0);
    assert_eq!(clicks.find_one_and_update(bob(), Click.url.set("/c")).await?, None);
    assert_eq!(clicks.find_one_and_replace(bob(), &click("/d")).await?, None);
    assert_eq!(clicks.find_one_and_delete(bob()).await?, None);
    assert_eq!(clicks.replace_one(bob(), &click("/d")).await?.matched, 0);
    assert_eq!(clicks.delete_one(bob()).await?, 0);
    assert_eq!(clicks.delete_many(bob()).await?, 0);
    let purchases = db.collection::<Purchase>();
    let before = purchases.find(Filter::everything()).await?;
    assert!(before.iter().all(|it| it.rest.get_str("url").unwrap() == "/a"));

    // A replacement is a click again.
    let old = clicks.find_one(Filter::everything()).await?.unwrap();
    clicks.replace_one(Click.id.eq(old.id), &Click { url: "/r".into(), ..old.clone() }).await?;
    clicks.find_one_and_replace(Click.id.eq(old.id), &Click { url: "/s".into(), ..old.clone() }).await?;
    assert_eq!(kinds(&db).await?, (2, 2));

    // Upserts insert clicks.
    let at = DateTime::from_millis(1);
    let rest =
        || (Click.at.set_on_insert(at), Click.user_name.set_on_insert("eve"), Click.changes.set_on_insert(0));
    clicks.update_one(Click.url.eq("/u"), rest()).upsert(true).await?;
    clicks.update_many(Click.url.eq("/v"), rest()).upsert(true).await?;
    clicks.find_one_and_update(Click.url.eq("/w"), rest()).upsert(true).await?;
    clicks.replace_one(Click.url.eq("/x"), &click("/x")).upsert(true).await?;
    clicks.find_one_and_replace(Click.url.eq("/y"), &click("/y")).upsert(true).await?;
    assert_eq!(kinds(&db).await?, (7, 2));

    // Pipelines may compute anything, but a click stays one.
    let all = Update::<Click>::raw_pipeline([doc! { "$unset": "kind" }]);
    clicks.update_many(Filter::everything(), all).await?;
    let other = Update::<Click>::raw_pipeline([doc! { "$set": { "kind": "bought" } }]);
    clicks.update_many(Filter::everything(), other).await?;
    assert_eq!(kinds(&db).await?, (7, 2));
    for raw in [
        doc! { "$set": { "kind": "bought" } },
        doc! { "$unset": { "kind": 1 } },
        doc! { "$rename": { "url": "kind" } },
        doc! { "$set": { "kind.x": 1 } },
    ] {
        let error = clicks.update_many(Filter::everything(), Update::raw(raw)).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("`kind`"), "{error}");
    }
    assert_eq!(clicks.delete_all().await?, 7);
    assert_eq!(purchases.find(Filter::everything()).await?, before);
    let error = clicks.drop().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("delete_all"), "{error}");
    assert_eq!(kinds(&db).await?, (0, 2));
    Ok(())
}

// covers: T19
#[odmium::test]
async fn bulk_writes_tracking_and_unique_keys(db: Database) -> odmium::Result<()> {
    let (events, clicks) = filled(&db).await?;
    let bob = || Click.user_name.eq("bob");
    let result = clicks
        .bulk_write([
            Write::insert(&click("/n")),
            Write::update_many(bob(), Click.url.set("/z")),
            Write::update_one(Click.url.eq("/m"), Click.changes.set_on_insert(0)).upsert(true),
            Write::replace_one(bob(), &click("/z")),
            Write::delete_many(bob()),
        ])
        .await?;
    assert_eq!((result.inserted, result.matched, result.deleted, result.upserted_ids.len()), (1, 0, 0, 1));
    assert_eq!(kinds(&db).await?, (4, 2));
    let mut tracked = clicks.track(clicks.find_one(Click.url.eq("/n")).await?.unwrap().id).await?.unwrap();
    tracked.url = "/t".into();
    assert_eq!(
        tracked.changes()?,
        Some(doc! { "$set": { "url": "/t" } }),
        "what tells it apart is no change"
    );
    assert!(tracked.save().await?);
    // One that has become another model is gone for this one.
    let raw = db.collection_named::<bson::Document>("events");
    raw.update_one(
        Filter::raw(doc! { "_id": tracked.id.object_id() }),
        Update::raw(doc! { "$set": { "kind": "bought" } }),
    )
    .await?;
    tracked.url = "/g".into();
    assert!(tracked.save().await.unwrap_err().is_gone());

    let purchases = events.of::<Purchase>();
    purchases.delete_many(Purchase.number.gt(1)).await?;
    purchases.sync_indexes().await?;
    let found = purchases.find_or_insert_by(Purchase.number, 9, || purchase(9, 1)).await?;
    assert!(found.inserted && !found.document.rest.contains_key("kind"));
    assert!(!purchases.find_or_insert_by(Purchase.number, 9, || purchase(9, 1)).await?.inserted);
    let rest = (
        Purchase.total.set(5),
        Purchase.user_name.set_on_insert("eve"),
        Purchase.at.set_on_insert(DateTime::now()),
    );
    purchases.upsert_by(Purchase.number, 10, rest).await?;
    assert_eq!(purchases.get_by(Purchase.number, 10).await?.unwrap().total, 5);
    transaction!(db, |tx| {
        tx.collection::<Click>().insert(&click("/tx")).await?;
        tx.collection::<Click>().delete_many(Click.user_name.eq("bob")).await
    })
    .await?;
    assert_eq!(clicks.count(Click.url.eq("/tx")).await?, 1);
    Ok(())
}

// covers: T19
#[odmium::test]
async fn stages_that_write(db: Database) -> odmium::Result<()> {
    let (_, clicks) = filled(&db).await?;
    let renamed =
        clicks.aggregate().raw_stage::<Click>(doc! { "$set": { "kind": "bought", "url": "/merged" } });
    renamed.merge(odmium::pipeline::Merge::new()).await?;
    assert_eq!(kinds(&db).await?, (2, 2));
    assert_eq!(clicks.count(Click.url.eq("/merged")).await?, 2);
    assert!(clicks.aggregate().out().await.unwrap_err().is_argument());
    assert_eq!(kinds(&db).await?, (2, 2));
    Ok(())
}

// covers: T19
#[odmium::test]
async fn a_model_with_a_collection_of_its_own_pays_nothing(db: Database) -> odmium::Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let pages = db.collection::<Page>();
    pages.find(Page.parent.eq("x")).await?;
    assert_eq!(recorder.only().get_document("filter").unwrap(), &doc! { "parent": "x" });
    pages.aggregate().await?;
    assert_eq!(recorder.only().get_array("pipeline").unwrap().len(), 0);
    let clicks = db.collection::<Click>();
    clicks.find(Click.url.eq("x")).await?;
    assert_eq!(recorder.only().get_document("filter").unwrap(), &doc! { "kind": "click", "url": "x" });
    Ok(())
}
