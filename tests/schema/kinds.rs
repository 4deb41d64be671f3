//! Several models in one collection: read as an enum, or as one of them.

use odmium::{
    Collection, Database,
    bson::{self, Bson, doc, oid::ObjectId},
    model::Record,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(
    collection = "events",
    tag = "kind",
    rename_all = "camelCase",
    common(at: DateTime, user_name: String),
    index(at)
)]
pub(crate) enum Event {
    Click(Click),
    #[document(rename = "bought")]
    Purchase(Purchase),
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Event, rename_all = "camelCase", deny_unknown, index(url, -at))]
pub(crate) struct Click {
    pub(crate) id: Id<Event>,
    pub(crate) at: DateTime,
    pub(crate) user_name: String,
    pub(crate) url: String,
    #[field(version)]
    pub(crate) changes: i64,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Event, rename_all = "camelCase")]
pub(crate) struct Purchase {
    pub(crate) id: Id<Event>,
    pub(crate) at: DateTime,
    pub(crate) user_name: String,
    #[field(index(unique))]
    pub(crate) number: i64,
    pub(crate) total: i64,
    /// Whatever else there is, without what tells the model apart.
    #[field(flatten)]
    pub(crate) rest: bson::Document,
}

/// The same collection, with room for kinds that are not known.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "events", tag = "kind")]
enum Any {
    #[document(rename = "click")]
    Click(Note),
    #[document(other)]
    Other(bson::Document),
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Any)]
struct Note {
    id: ObjectId,
    #[field(default)]
    url: String,
}

/// Without an enum.
#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "shapes", discriminator("type" = "circle"))]
struct Circle {
    id: i32,
    radius: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "shapes", discriminator(r#type = "square"))]
struct Square {
    id: i32,
    #[field(index)]
    side: i32,
}

pub(crate) fn click(url: &str) -> Click {
    let at = DateTime::from_millis(1_000);
    Click { id: Id::new(), at, user_name: "ann".into(), url: url.into(), changes: 0 }
}

pub(crate) fn purchase(number: i64, total: i64) -> Purchase {
    let at = DateTime::from_millis(2_000);
    Purchase { id: Id::new(), at, user_name: "bob".into(), number, total, rest: doc! { "gift": true } }
}

// covers: T19
#[odmium::test]
async fn models_of_one_collection_are_read_as_an_enum_and_each_alone(db: Database) -> odmium::Result<()> {
    let events = db.collection::<Event>();
    let (home, book) = (click("/"), purchase(1, 7));
    events.insert(&Event::Click(home.clone())).await?;
    events.of::<Purchase>().insert(&book).await?;

    let stored = db.collection_named::<bson::Document>("events").find(Filter::everything()).await?;
    assert_eq!(stored[0].get_str("kind").unwrap(), "click");
    assert_eq!(stored[1].get_str("kind").unwrap(), "bought");
    assert_eq!(stored[1].keys().filter(|key| *key == "kind").count(), 1);

    let all = events.find(Filter::everything()).sort(Event.at.asc()).await?;
    assert_eq!(all, [Event::Click(home.clone()), Event::Purchase(book.clone())]);
    assert_eq!(events.of::<Click>().find(Filter::everything()).await?, std::slice::from_ref(&home));
    assert_eq!(db.collection::<Purchase>().get(book.id).await?, Some(book.clone()));
    assert_eq!(db.collection::<Purchase>().get(home.id).await?, None);
    assert_eq!(events.get(book.id).await?, Some(Event::Purchase(book)));
    Ok(())
}

// covers: T19
#[odmium::test]
async fn common_fields_the_tag_and_the_fields_of_one_variant_are_queried_on_the_enum(
    db: Database,
) -> odmium::Result<()> {
    let events = db.collection::<Event>();
    let all = [Event::Click(click("/a")), Event::Click(click("/b")), Event::Purchase(purchase(1, 7))];
    events.insert_many(&all).await?;
    assert_eq!(events.count(Event.kind.eq(EventKind::Click)).await?, 2);
    assert_eq!(events.count(Event.kind.is_in([EventKind::Click, EventKind::Purchase])).await?, 3);
    assert_eq!(events.find(Event.user_name.eq("bob")).await?, all[2..]);
    assert_eq!(events.find(Event.click.url.eq("/b")).await?, all[1..2]);
    assert_eq!(events.find(Event.purchase.total.gte(7)).await?, all[2..]);
    let filter = Event.at.gt(DateTime::from_millis(1_500)) & Event.kind.ne(EventKind::Click);
    assert_eq!(
        filter.to_document()?,
        doc! { "at": { "$gt": DateTime::from_millis(1_500) }, "kind": { "$ne": "click" } }
    );
    assert_eq!(events.find(filter).await?, all[2..]);
    assert_eq!(events.distinct(Event.kind, Filter::everything()).await?.len(), 2);
    let names =
        events.find(Filter::everything()).sort(Event.at.desc()).select((Event.user_name, Event.kind)).await?;
    assert_eq!(names[0], ("bob".to_owned(), EventKind::Purchase));
    Ok(())
}

// covers: T19
#[odmium::test]
async fn an_unknown_kind_is_an_error_that_names_the_document(db: Database) -> odmium::Result<()> {
    let raw = db.collection_named::<bson::Document>("events");
    let id = ObjectId::new();
    raw.insert(&doc! { "_id": id, "kind": "scroll", "y": 7 }).await?;
    let error = db.collection::<Event>().find(Filter::everything()).await.unwrap_err();
    assert!(error.is_decode());
    let text = error.to_string();
    for part in [&*id.to_hex(), "kind", "scroll", "click", "bought"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    raw.delete_all().await?;
    raw.insert(&doc! { "_id": id }).await?;
    let error = db.collection::<Event>().find_one(Filter::everything()).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("kind"), "{error}");
    Ok(())
}

// covers: T19
#[odmium::test]
async fn a_variant_may_take_the_other_documents(db: Database) -> odmium::Result<()> {
    let raw = db.collection_named::<bson::Document>("events");
    let (known, foreign) = (ObjectId::new(), doc! { "_id": ObjectId::new(), "kind": "scroll", "y": 7 });
    let plain = doc! { "_id": ObjectId::new(), "x": 1 };
    let number = doc! { "_id": ObjectId::new(), "kind": 5 };
    raw.insert(&doc! { "_id": known, "kind": "click", "url": "/" }).await?;
    raw.insert_many(&[foreign.clone(), plain.clone(), number.clone()]).await?;
    let any = db.collection::<Any>();
    let all = any.find(Filter::everything()).await?;
    assert_eq!(
        all,
        [
            Any::Click(Note { id: known, url: "/".into() }),
            Any::Other(foreign.clone()),
            Any::Other(plain),
            Any::Other(number)
        ]
    );
    // Written back as it was.
    any.replace_one(Any.id.eq(foreign.get_object_id("_id").unwrap()), &all[1]).await?;
    assert_eq!(raw.find(Filter::raw(doc! { "kind": "scroll" })).await?, [foreign]);
    Ok(())
}

// covers: T19
#[odmium::test]
async fn models_share_a_collection_without_an_enum(db: Database) -> odmium::Result<()> {
    let (circles, squares) = (db.collection::<Circle>(), db.collection::<Square>());
    circles.insert(&Circle { id: 1, radius: 2 }).await?;
    squares.insert(&Square { id: 2, side: 3 }).await?;
    assert_eq!(circles.find(Filter::everything()).await?, [Circle { id: 1, radius: 2 }]);
    assert_eq!(squares.find(Filter::everything()).await?, [Square { id: 2, side: 3 }]);
    let own = <Square as Record>::DISCRIMINATOR.unwrap();
    assert_eq!((own.key, own.text), ("type", "square"));
    squares.sync_indexes().await?;
    assert_eq!(squares.list_indexes().names().await?, ["_id_", "side_1_square"]);
    Ok(())
}

#[derive(Database, Clone, Debug)]
struct Log {
    events: Collection<Event>,
    clicks: Collection<Click>,
    purchases: Collection<Purchase>,
}

#[derive(Database, Clone, Debug)]
struct Clicks {
    clicks: Collection<Click>,
}

// covers: T19
#[odmium::test]
async fn indexes_of_a_variant_hold_its_documents_only(db: Database) -> odmium::Result<()> {
    let log = Log::in_database(&db)?;
    log.sync().await?;
    let indexes = log.events.index_information().await?;
    let names: Vec<_> = indexes.keys().map(String::as_str).collect();
    assert_eq!(names, ["_id_", "at_1", "number_1_bought", "url_1_at_-1_click"]);
    let partial = |name: &str| indexes[name].options.get("partialFilterExpression").cloned();
    assert_eq!(partial("at_1"), None);
    assert_eq!(partial("url_1_at_-1_click"), Some(Bson::Document(doc! { "kind": "click" })));
    assert_eq!(partial("number_1_bought"), Some(Bson::Document(doc! { "kind": "bought" })));

    // Unique among purchases; clicks have no number.
    log.events.insert_many([click("/"), click("/")].map(Event::Click)).await?;
    log.purchases.insert(&purchase(1, 7)).await?;
    let error = log.purchases.insert(&purchase(1, 8)).await.unwrap_err();
    assert_eq!(error.duplicate_key::<Purchase>(), Some(PurchaseIndex::Number));
    assert_eq!(log.purchases.get_by(Purchase.number, 1).await?.map(|it| it.total), Some(7));

    // Each sees its own indexes only, the enum all.
    assert!(log.clicks.sync_indexes().drop_unknown(true).plan().await?.is_done());
    assert!(Clicks::in_database(&db)?.sync().drop_unknown(true).await?.is_done());
    assert!(log.events.sync_indexes().drop_unknown(true).plan().await?.is_done());
    assert!(log.sync().drop_unknown(true).plan().await?.is_done());
    assert_eq!(log.events.index_information().await?.len(), 4);
    Ok(())
}
