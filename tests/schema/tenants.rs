//! The same struct over many databases: one for each tenant, or one prefix for each.

use odmium::{Client, Database, dev, prelude::*};

use crate::databases::{Shop, User};

// covers: T18
#[tokio::test]
async fn tenants_see_nothing_of_each_other() -> odmium::Result<()> {
    let client = Client::connect(dev::shared().await?.uri()).await?;
    let tenant = |name: &str| Shop::in_database(client.database(&format!("odmium_tenant_{name}")));
    let (one, other) = (tenant("one")?, tenant("other")?);
    for shop in [&one, &other] {
        shop.database().drop().await?;
        shop.sync().await?;
    }
    let ann = User { id: 1, email: "ann@x.org".into() };
    one.users.insert(&ann).await?;
    assert_eq!(other.users.count(Filter::everything()).await?, 0);
    // A unique index is the tenant's own.
    other.users.insert(&ann).await?;
    for shop in [one, other] {
        shop.database().drop().await?;
    }
    Ok(())
}

// covers: T18
#[odmium::test]
async fn prefixes_keep_tenants_apart_in_one_database(db: Database) -> odmium::Result<()> {
    let (one, other) = (Shop::in_database(db.prefixed("t1_"))?, Shop::in_database(db.prefixed("t2_"))?);
    one.sync().await?;
    other.sync().await?;
    let ann = User { id: 1, email: "ann@x.org".into() };
    one.users.insert(&ann).await?;
    other.users.insert(&ann).await?;
    one.users.delete_all().await?;
    assert_eq!(other.users.count(Filter::everything()).await?, 1);
    other.invoices.upload_from("a.txt", &b"a"[..]).await?;
    let mut names = db.list_collections().names().await?;
    names.sort();
    assert!(names.iter().all(|name| name.starts_with("t1_") || name.starts_with("t2_")), "{names:?}");
    assert!(names.contains(&"t2_invoices.files".to_owned()), "{names:?}");
    Ok(())
}

// covers: T18
#[tokio::test]
async fn a_name_that_is_none_is_refused_at_once() -> odmium::Result<()> {
    let client = Client::connect("mongodb://localhost").await?;
    let long = "x".repeat(64);
    for (name, why) in [
        ("ten ant", "leave out spaces"),
        ("", "it is empty"),
        ("a.b", "leave out spaces"),
        (&*long, "longer than 63 bytes"),
    ] {
        let error = Shop::in_database(client.database(name)).unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(why), "{name:?}: {error}");
    }
    for (prefix, why) in
        [("$t_", "it must not have a `$`"), (".t", "a dot stands between"), (&*"x".repeat(240), "255 bytes")]
    {
        let error = Shop::in_database(client.database("tenants").prefixed(prefix)).unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(why), "{prefix:?}: {error}");
    }
    Ok(())
}
