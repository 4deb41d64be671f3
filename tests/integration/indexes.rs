//! Declared indexes: what the server gets, what sync does, and what it leaves alone.

use odmium::{Database, bson::doc, index::Step, prelude::*};
use odmium_tests::Recorder;

#[derive(Embedded, Clone, Debug)]
struct Point {
    r#type: String,
    coordinates: Vec<f64>,
}

#[derive(Embedded, Clone, Debug)]
struct Item {
    sku: String,
    notes: Vec<String>,
}

#[derive(Document, Clone, Debug)]
#[document(
    collection = "shops",
    rename_all = "camelCase",
    index(items.sku, -opened_at),
    index(unique, name, town, name = "by_name", partial = Shop.open.eq(true)),
    index(text(title), text(items.notes), weights = doc! { "title": 5 }, language = "french"),
    index(sphere(place)),
    ttl(opened_at, after = "30d")
)]
struct Shop {
    id: Id<Shop>,
    name: String,
    town: String,
    title: String,
    open: bool,
    place: Option<Point>,
    items: Vec<Item>,
    opened_at: Option<DateTime>,
    #[field(index(hashed))]
    owner: String,
    #[field(index(desc, sparse, hidden))]
    rank: i32,
    #[field(index(unique, collation = odmium::options::Collation::builder().locale("en").build()))]
    code: String,
}

// covers: T15
#[odmium::test]
async fn every_declared_kind_reaches_the_server(db: Database) -> odmium::Result<()> {
    let shops = db.collection::<Shop>();
    let plan = shops.sync_indexes().await?;
    assert_eq!(plan.steps.len(), 8);
    let text = plan.to_string();
    for told in [
        "by_name over { \"name\": 1, \"town\": 1 }, unique, where { \"open\": true }",
        "rank_-1 over { \"rank\": -1 }, sparse",
        "openedAt_1 over { \"openedAt\": 1 }, documents expire after 2592000s",
        "owner_hashed over { \"owner\": \"hashed\" }\n",
    ] {
        assert!(format!("{text}\n").contains(told), "{told}: {text}");
    }
    let specs: Vec<_> = shops.inner().list_indexes().await?.try_collect().await?;
    let spec = |name: &str| {
        let found =
            specs.iter().find(|spec| spec.options.as_ref().and_then(|it| it.name.as_deref()) == Some(name));
        let found = found.unwrap_or_else(|| panic!("no index {name}: {specs:?}"));
        (found.keys.clone(), found.options.clone().unwrap())
    };
    assert_eq!(spec("items.sku_1_openedAt_-1").0, doc! { "items.sku": 1, "openedAt": -1 });
    let (keys, options) = spec("by_name");
    assert_eq!((keys, options.unique), (doc! { "name": 1, "town": 1 }, Some(true)));
    assert_eq!(options.partial_filter_expression, Some(doc! { "open": true }));
    let (_, options) = spec("title_text_items.notes_text");
    assert_eq!(options.weights, Some(doc! { "items.notes": 1, "title": 5 }));
    assert_eq!(options.default_language.as_deref(), Some("french"));
    assert_eq!(spec("place_2dsphere").0, doc! { "place": "2dsphere" });
    assert_eq!(spec("openedAt_1").1.expire_after.unwrap().as_secs(), 30 * 86_400);
    assert_eq!(spec("owner_hashed").0, doc! { "owner": "hashed" });
    let (keys, options) = spec("rank_-1");
    assert_eq!((keys, options.sparse, options.hidden), (doc! { "rank": -1 }, Some(true), Some(true)));
    assert_eq!(spec("code_1").1.collation.unwrap().locale, "en");

    let names: Vec<_> = ShopIndex::ALL.iter().map(|index| index.name()).collect();
    assert!(names.iter().all(|name| *name == "_id_"
        || specs.iter().any(|spec| spec.options.as_ref().unwrap().name.as_deref() == Some(name))));
    assert_eq!(ShopIndex::NameTown.name(), "by_name");
    assert_eq!(ShopIndex::ItemsSkuOpenedAt.name(), "items.sku_1_openedAt_-1");

    let again = shops.sync_indexes().plan().await?;
    assert!(again.is_done() && again.steps.iter().all(|step| matches!(step, Step::Keep(_))), "{again}");
    Ok(())
}

#[derive(Embedded, Clone, Debug)]
struct Specs {
    color: Option<String>,
    weight: Option<i32>,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "goods", index(flat(at), name = "on_map"), index(wildcard), index(wildcard(specs.color)))]
struct Goods {
    id: i32,
    at: Option<[f64; 2]>,
    #[field(index(wildcard, name = "specs"))]
    specs: Specs,
}

#[derive(Document)]
#[document(collection = "games", index(wildcard))]
struct Game {
    id: i32,
    /// A field of that name is meant itself.
    wildcard: i32,
}

// covers: T15, T16
#[odmium::test]
async fn indexes_on_the_plane_and_over_every_field(db: Database) -> odmium::Result<()> {
    let goods = db.collection::<Goods>();
    let created = goods.sync_indexes().await?;
    let keys: Vec<_> = Goods::indexes().iter().map(|it| it.keys().clone()).collect();
    assert_eq!(
        keys,
        [doc! { "specs.$**": 1 }, doc! { "at": "2d" }, doc! { "$**": 1 }, doc! { "specs.color.$**": 1 }]
    );
    assert_eq!(created.steps.len(), 4);
    let names: Vec<_> = GoodsIndex::ALL.iter().map(|index| index.name()).collect();
    assert_eq!(names, ["_id_", "specs", "on_map", "$**_1", "specs.color.$**_1"]);
    assert_eq!(GoodsIndex::Wildcard.name(), "$**_1");
    let again = goods.sync_indexes().plan().await?;
    assert!(again.is_done() && again.steps.iter().all(|step| matches!(step, Step::Keep(_))), "{again}");
    goods
        .insert(&Goods { id: 1, at: Some([2.0, 3.0]), specs: Specs { color: None, weight: Some(5) } })
        .await?;
    assert_eq!(goods.find(Goods.specs.weight.eq(5)).hint(GoodsIndex::Wildcard).await?.len(), 1);
    assert_eq!(Game::indexes()[0].keys(), &doc! { "wildcard": 1 });
    Ok(())
}

mod before {
    use super::*;

    #[derive(Document)]
    #[document(collection = "docs", index(b, name = "second"))]
    pub(super) struct Doc {
        pub id: i32,
        #[field(index)]
        pub a: i32,
        pub b: i32,
        #[field(index)]
        pub gone: i32,
    }
}

mod after {
    use super::*;

    #[derive(Document)]
    #[document(collection = "docs", index(-b, name = "second"))]
    pub(super) struct Doc {
        pub id: i32,
        #[field(index(unique))]
        pub a: i32,
        pub b: i32,
        #[field(index)]
        pub new: i32,
    }
}

// covers: T16
#[odmium::test]
async fn a_change_is_shown_and_done_only_when_asked(db: Database) -> odmium::Result<()> {
    db.collection::<before::Doc>().sync_indexes().await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let docs = recorded.collection::<after::Doc>();
    let plan = docs.sync_indexes().plan().await?;
    let text = plan.to_string();
    assert!(text.contains("replace  a_1: unique is not set"), "{text}");
    assert!(text.contains("replace  second: keys are"), "{text}");
    assert!(text.contains("create   new_1"), "{text}");
    assert!(text.contains("unknown  gone_1"), "{text}");
    assert!(sent.take().iter().all(|command| command.contains_key("listIndexes")), "a plan changes nothing");

    let error = docs.sync_indexes().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("replace_changed"), "{error}");
    let left = docs.inner().list_index_names().await?;
    assert!(left.contains(&"gone_1".to_owned()) && left.contains(&"a_1".to_owned()));

    docs.sync_indexes().replace_changed(true).await?;
    let left = docs.inner().list_index_names().await?;
    assert_eq!(left.len(), 5, "{left:?}");
    docs.sync_indexes().drop_unknown(true).await?;
    let left = docs.inner().list_index_names().await?;
    assert!(!left.contains(&"gone_1".to_owned()));
    assert!(docs.sync_indexes().plan().await?.is_done());
    Ok(())
}

// covers: T16
#[odmium::test]
async fn several_processes_may_sync_at_once(db: Database) -> odmium::Result<()> {
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let shops = db.collection::<Shop>();
            tokio::spawn(async move { shops.sync_indexes().await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic")?;
    }
    assert_eq!(db.collection::<Shop>().inner().list_index_names().await?.len(), 9);
    Ok(())
}

// covers: T17
#[odmium::test]
async fn a_duplicate_key_names_the_declared_index(db: Database) -> odmium::Result<()> {
    let shops = db.collection::<Shop>();
    shops.sync_indexes().await?;
    let shop = Shop {
        id: Id::new(),
        name: "n".into(),
        town: "t".into(),
        title: "x".into(),
        open: true,
        place: None,
        items: vec![],
        opened_at: None,
        owner: "o".into(),
        rank: 1,
        code: "c".into(),
    };
    shops.insert(&shop).await?;
    let same_code = Shop { id: Id::new(), open: false, ..shop.clone() };
    let error = shops.insert(&same_code).await.unwrap_err();
    assert_eq!(error.duplicate_key::<Shop>(), Some(ShopIndex::Code), "{error}");
    let same_name = Shop { id: Id::new(), code: "d".into(), ..shop.clone() };
    let error = shops.insert(&same_name).await.unwrap_err();
    assert_eq!(error.duplicate_key::<Shop>(), Some(ShopIndex::NameTown));
    let details = error.duplicate_key_details().unwrap();
    assert_eq!((details.index.as_str(), details.key.as_str()), ("by_name", r#"{ name: "n", town: "t" }"#));
    let error = shops.insert(&shop).await.unwrap_err();
    assert_eq!(error.duplicate_key::<Shop>(), Some(ShopIndex::Id));

    let other = Shop { id: Id::new(), name: "o".into(), code: "e".into(), ..shop.clone() };
    shops.insert(&other).await?;
    let error = shops.update_one(Shop.id.eq(other.id), Shop.code.set("c")).await.unwrap_err();
    assert_eq!(error.duplicate_key::<Shop>(), Some(ShopIndex::Code));
    let error = shops.find_one_and_update(Shop.id.eq(other.id), Shop.code.set("c")).await.unwrap_err();
    assert_eq!(error.duplicate_key::<Shop>(), Some(ShopIndex::Code), "{error:?}");
    Ok(())
}
