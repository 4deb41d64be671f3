//! A struct of collections: how it is opened, what it holds, what a sync does.

use std::time::Duration;

use odmium::{
    Client, Collection, Database,
    bson::{self, doc},
    dev,
    gridfs::Bucket,
    index::Step,
    options::{ReadConcern, ReadPreference, WriteConcern},
    prelude::*,
    schema::Kind,
    transaction,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users")]
pub(crate) struct User {
    pub(crate) id: i32,
    #[field(index(unique))]
    pub(crate) email: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "orders", index(user, -total))]
pub(crate) struct Order {
    pub(crate) id: i32,
    pub(crate) user: i32,
    pub(crate) total: i64,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "audit")]
struct Audit {
    id: i32,
    #[field(index)]
    text: String,
}

#[derive(Database, Clone, Debug)]
#[database(name = "shop")]
pub(crate) struct Shop {
    pub(crate) users: Collection<User>,
    pub(crate) orders: Collection<Order>,
    /// With a name and settings of its own.
    #[database(
        collection = "audit_2026",
        read_concern = ReadConcern::majority(),
        write_concern = WriteConcern::majority(),
        selection_criteria = ReadPreference::SecondaryPreferred { options: None },
        timeout = Duration::from_secs(5)
    )]
    audit: Collection<Audit>,
    #[database(bucket = "invoices", write_concern = WriteConcern::majority())]
    pub(crate) invoices: Bucket,
    #[database(collection = "anything")]
    anything: Collection<bson::Document>,
    pub(crate) db: Database,
}

#[derive(Database, Clone, Debug)]
struct Both {
    shop: Shop,
    #[database(database = "archive", prefix = "old_")]
    archive: Archive,
    /// One collection, with another setting.
    users: Collection<User>,
    #[database(read_concern = ReadConcern::majority())]
    settled_users: Collection<User>,
}

#[derive(Database, Clone, Debug)]
struct Archive {
    orders: Collection<Order>,
}

// covers: T18
#[odmium::test]
async fn every_collection_is_where_it_is_declared(db: Database) -> odmium::Result<()> {
    let shop = Shop::in_database(&db)?;
    assert_eq!(shop.users.full_name(), format!("{}.users", db.name()));
    assert_eq!(shop.audit.name(), "audit_2026");
    assert_eq!(shop.invoices.name(), "invoices");
    assert_eq!(shop.anything.name(), "anything");
    assert_eq!(shop.database().name(), db.name());

    assert_eq!(shop.audit.read_concern(), Some(&ReadConcern::majority()));
    assert_eq!(shop.audit.write_concern(), Some(&WriteConcern::majority()));
    assert!(shop.audit.selection_criteria().is_some());
    assert_eq!(shop.audit.timeout(), Some(Duration::from_secs(5)));
    assert_eq!((shop.users.read_concern(), shop.users.timeout()), (None, None));

    let ann = User { id: 1, email: "ann@x.org".into() };
    shop.users.insert(&ann).await?;
    shop.audit.insert(&Audit { id: 1, text: "ann".into() }).await?;
    shop.anything.insert(&doc! { "_id": 1 }).await?;
    shop.invoices.upload_from("a.txt", &b"a"[..]).await?;
    assert_eq!(db.collection::<User>().get(1).await?, Some(ann));
    let mut names = db.list_collections().names().await?;
    names.sort();
    assert_eq!(names, ["anything", "audit_2026", "invoices.chunks", "invoices.files", "users"]);
    Ok(())
}

// covers: T18
#[tokio::test]
async fn a_struct_opens_the_database_that_it_or_the_connection_string_names() -> odmium::Result<()> {
    let client = Client::connect("mongodb://localhost/other").await?;
    assert_eq!(Shop::open(&client)?.users.full_name(), "shop.users");
    assert_eq!(Archive::open(&client)?.orders.full_name(), "other.orders");
    let nameless = Client::connect("mongodb://localhost").await?;
    let error = Archive::open(&nameless).unwrap_err();
    assert!(error.is_argument());
    assert!(error.to_string().contains("no database is named"), "{error}");
    Ok(())
}

// covers: T18
#[tokio::test]
async fn a_nested_struct_has_a_database_and_a_prefix_of_its_own() -> odmium::Result<()> {
    let client = Client::connect("mongodb://localhost").await?;
    let both = Both::in_database(client.database("tenant_7").prefixed("t7_"))?;
    assert_eq!(both.shop.users.full_name(), "tenant_7.t7_users");
    assert_eq!(both.shop.invoices.name(), "t7_invoices");
    assert_eq!(both.archive.orders.full_name(), "archive.t7_old_orders");
    assert_eq!(both.users.full_name(), both.settled_users.full_name());
    assert_eq!(both.settled_users.read_concern(), Some(&ReadConcern::majority()));
    assert_eq!(both.shop.db.name(), "tenant_7");
    Ok(())
}

// covers: T18
#[test]
fn the_members_are_data() {
    assert_eq!(Shop::DATABASE, Some("shop"));
    assert_eq!(Both::DATABASE, None);
    let members: Vec<_> = Shop::MEMBERS.iter().map(|it| (it.field, it.ty, it.kind, it.name)).collect();
    assert_eq!(
        members,
        [
            ("users", "Collection<User>", Kind::Collection, Some("users")),
            ("orders", "Collection<Order>", Kind::Collection, Some("orders")),
            ("audit", "Collection<Audit>", Kind::Collection, Some("audit_2026")),
            ("invoices", "Bucket", Kind::Bucket, Some("invoices")),
            ("anything", "Collection<bson::Document>", Kind::Collection, Some("anything")),
            ("db", "Database", Kind::Database, None),
        ]
    );
    let archive = &Both::MEMBERS[1];
    assert_eq!(
        (archive.kind, archive.database, archive.prefix),
        (Kind::Nested, Some("archive"), Some("old_"))
    );
    assert_eq!(archive.members[0].name, Some("orders"));
    assert_eq!(Both::MEMBERS[0].members.len(), Shop::MEMBERS.len());
}

// covers: T18
#[odmium::test]
async fn a_sync_creates_the_indexes_of_all(db: Database) -> odmium::Result<()> {
    let shop = Shop::in_database(&db)?;
    let plan = shop.sync().plan().await?;
    assert!(!plan.is_done());
    let names: Vec<_> = plan.collections.iter().map(|it| it.name.rsplit('.').next().unwrap()).collect();
    assert_eq!(names, ["users", "orders", "audit_2026", "files", "chunks"]);
    let text = plan.to_string();
    assert!(text.contains("create   user_1_total_-1 over"), "{text}");
    assert_eq!(db.list_collections().names().await?.len(), 0, "a plan changes nothing");

    shop.sync().await?;
    assert!(shop.sync().plan().await?.is_done());
    assert_eq!(shop.orders.list_indexes().names().await?, ["_id_", "user_1_total_-1"]);
    let files = db.collection_named::<bson::Document>("invoices.chunks").list_indexes().names().await?;
    assert_eq!(files, ["_id_", "files_id_1_n_1"]);
    // An upload finds the indexes as it needs them.
    shop.invoices.upload_from("a.txt", &b"a"[..]).await?;
    assert!(shop.sync().plan().await?.is_done());
    Ok(())
}

// covers: T18
#[odmium::test]
async fn a_sync_drops_and_replaces_only_when_asked(db: Database) -> odmium::Result<()> {
    let shop = Shop::in_database(&db)?;
    db.run_command(doc! { "createIndexes": "users", "indexes": [
        { "name": "email_1", "key": { "email": 1 } }, { "name": "age_1", "key": { "age": 1 } },
    ] })
    .await?;
    let error = shop.sync().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`email_1`"), "{error}");
    let plan = shop.sync().replace_changed(true).await?;
    assert!(matches!(plan.collections[0].indexes.as_ref().unwrap().steps[0], Step::Replace { .. }), "{plan}");
    assert!(shop.users.list_indexes().names().await?.contains(&"age_1".to_owned()));
    shop.sync().drop_unknown(true).await?;
    assert_eq!(shop.users.list_indexes().names().await?, ["_id_", "email_1"]);
    Ok(())
}

// covers: T18
#[odmium::test]
async fn several_processes_may_sync_at_once(db: Database) -> odmium::Result<()> {
    let shop = Shop::in_database(&db)?;
    let syncs: Vec<_> = (0..8).map(|_| tokio::spawn(shop.sync().into_future())).collect();
    for sync in syncs {
        sync.await.unwrap()?;
    }
    assert!(shop.sync().plan().await?.is_done());
    Ok(())
}

// covers: T18
#[odmium::test]
async fn a_transaction_is_over_the_collections_of_the_struct(db: Database) -> odmium::Result<()> {
    let shop = Shop::in_database(db.prefixed("t7_"))?;
    shop.sync().await?;
    let ann = User { id: 1, email: "ann@x.org".into() };
    let order = Order { id: 1, user: 1, total: 7 };
    let failed = transaction!(shop, |tx| {
        tx.on(&shop.users).insert(&ann).await?;
        tx.on(&shop.orders).insert(&order).await?;
        tx.on(&shop.users).insert(&ann).await?;
        Ok(())
    })
    .await;
    assert!(failed.unwrap_err().is_duplicate_key());
    assert_eq!(shop.users.count(Filter::everything()).await?, 0);
    transaction!(shop, |tx| {
        tx.on(&shop.users).insert(&ann).await?;
        tx.on(&shop.orders).insert(&order).await?;
        Ok(())
    })
    .await?;
    assert_eq!(shop.orders.get(1).await?, Some(order));
    Ok(())
}

// covers: T18
#[tokio::test]
async fn a_sync_keeps_the_limits_of_the_client() -> odmium::Result<()> {
    let server = dev::shared().await?;
    let client = Client::builder().uri(server.uri()).timeout(Duration::from_nanos(1)).connect().await?;
    let shop = Shop::in_database(client.database("odmium_limits"))?;
    assert!(shop.sync().await.unwrap_err().is_timeout());
    assert!(shop.sync().plan().await.unwrap_err().is_timeout());
    Ok(())
}
