//! The same struct over many databases: one for each tenant, or one prefix for each.

use odmium::{Client, Collection, Database, dev, prelude::*};

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

#[derive(Document, Clone, Debug)]
#[document(collection = "writers")]
struct Writer {
    id: i32,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "books")]
struct Book {
    id: i32,
    #[field(on_delete = "restrict")]
    writer: Ref<Writer>,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "loans")]
struct Loan {
    id: i32,
    #[field(on_delete = "cascade")]
    book: Ref<Book>,
}

#[derive(Database)]
struct Library {
    writers: Collection<Writer>,
    books: Collection<Book>,
    loans: Collection<Loan>,
}

#[derive(View)]
#[view(of = Book)]
struct BookPage {
    #[field(with = Book.writer)]
    writer: Option<Writer>,
    #[field(with = Loan.book.reverse())]
    loans: Vec<Loan>,
}

// covers: C7
#[odmium::test]
async fn relations_and_rules_of_a_tenant_stay_within_its_prefix(db: Database) -> odmium::Result<()> {
    let (ours, others) = (Library::in_database(db.prefixed("a_"))?, Library::in_database(&db)?);
    for (library, loan) in [(&ours, 10), (&others, 20)] {
        library.writers.insert(&Writer { id: loan + 1 }).await?;
        library.books.insert(&Book { id: 1, writer: Ref::new(loan + 1) }).await?;
        library.loans.insert(&Loan { id: loan, book: Ref::new(1) }).await?;
    }
    let all = || ours.books.find(Filter::everything());
    for by_lookup in [false, true] {
        let find = all().with_required(Book.writer.with_many(Book.writer)).with_many(Loan.book);
        let find = if by_lookup { find.by_lookup() } else { find };
        let (_, (writer, books), loans) = find.await?.remove(0);
        assert_eq!(
            (writer.id, books.len(), loans[0].id, loans.len()),
            (11, 1, 10, 1),
            "by_lookup: {by_lookup}"
        );
        let view = all().load_as::<BookPage>();
        let page = if by_lookup { view.by_lookup() } else { view }.await?.remove(0);
        assert_eq!((page.writer.map(|it| it.id), page.loans[0].id), (Some(11), 10));
    }
    assert_eq!(ours.books.aggregate().with(Book.writer).await?[0].1.as_ref().map(|it| it.id), Some(11));
    let page = all().sort(Book.id.asc()).page(5).with(Book.writer).await?;
    assert_eq!(page.items[0].1.as_ref().map(|it| it.id), Some(11));
    let named = all().with(Book.writer.relation().collection("writers")).await?;
    assert!(named[0].1.is_none(), "a name that is given is taken as it is");

    let error = ours.writers.delete_all().with_rules::<(Book, Loan)>().await.unwrap_err();
    assert!(error.is_restricted() && error.to_string().contains("a_books"), "{error}");
    let done = ours.books.delete_all().with_rules::<(Loan,)>().await?;
    assert_eq!((done.deleted, done.cascaded.get("loans")), (1, Some(&1)));
    assert_eq!(ours.loans.count(Filter::everything()).await?, 0);
    assert_eq!(others.loans.count(Filter::everything()).await?, 1);
    Ok(())
}
