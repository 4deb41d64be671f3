//! Rules for deleting and relations over a struct of collections: no model is forgotten, every name is followed.

use odmium::{Collection, Database, Schema, bson::Document as Bag, prelude::*};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "writers")]
struct Writer {
    id: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "books")]
struct Book {
    id: i32,
    #[field(on_delete = "cascade")]
    writer: Ref<Writer>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "loans")]
struct Loan {
    id: i32,
    #[field(on_delete = "cascade")]
    book: Ref<Book>,
    #[field(on_delete = "unset")]
    reader: Option<Ref<Writer>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "fees")]
struct Fee {
    id: i32,
    #[field(on_delete = "restrict")]
    loan: Ref<Loan>,
}

/// Other names, a collection without a model, and one with two settings.
#[derive(Database, Clone, Debug)]
struct Library {
    #[database(collection = "people")]
    writers: Collection<Writer>,
    #[database(collection = "volumes")]
    books: Collection<Book>,
    #[database(collection = "volumes", timeout = std::time::Duration::from_secs(60))]
    slow_books: Collection<Book>,
    #[database(collection = "given")]
    loans: Collection<Loan>,
    #[database(collection = "notes")]
    notes: Collection<Bag>,
    money: Money,
}

#[derive(Database, Clone, Debug)]
struct Money {
    #[database(collection = "open_fees")]
    fees: Collection<Fee>,
}

async fn fill(library: &Library) -> odmium::Result<()> {
    library.writers.insert_many([Writer { id: 1 }, Writer { id: 2 }]).await?;
    let book = |id, writer| Book { id, writer: Ref::new(writer) };
    library.books.insert_many([book(1, 1), book(2, 1), book(3, 2)]).await?;
    let loan = |id, book, reader| Loan { id, book: Ref::new(book), reader: Some(Ref::new(reader)) };
    library.loans.insert_many([loan(1, 1, 2), loan(2, 3, 1)]).await?;
    Ok(())
}

// covers: T11, T18
#[odmium::test]
async fn a_struct_forgets_no_model_and_follows_its_names(db: Database) -> odmium::Result<()> {
    for place in [db.clone().into(), db.prefixed("t_")] {
        let library = Library::in_database(place)?;
        fill(&library).await?;
        library.money.fees.insert(&Fee { id: 7, loan: Ref::new(1) }).await?;
        let delete = || library.writers.delete_one(Writer.id.eq(1)).with_rules_of(&library);
        let error = delete().await.unwrap_err();
        let details = error.restricted_details().unwrap();
        assert_eq!((details.model, details.document.clone(), details.count), ("Fee", 7.into(), 1));
        assert_eq!(details.collection, library.money.fees.name());
        assert_eq!(library.books.count(Filter::everything()).await?, 3, "{error}");

        library.money.fees.delete_all().await?;
        let done = delete().await?;
        assert_eq!(done.deleted, 1);
        let counts = |counts: &[(&str, u64)]| counts.iter().map(|(it, n)| ((*it).to_owned(), *n)).collect();
        // Two books and the loan of one; the other loan has lost its reader.
        assert_eq!(
            (done.cascaded, done.unset),
            (counts(&[("books", 2), ("loans", 1)]), counts(&[("loans", 1)]))
        );
        assert_eq!(
            library.loans.find(Filter::everything()).await?,
            [Loan { id: 2, book: Ref::new(3), reader: None }]
        );
        // Nothing was looked for under the names that the models declare.
        let names = db.list_collections().names().await?;
        assert!(!names.iter().any(|name| name.ends_with("books") || name.ends_with("loans")), "{names:?}");
    }
    Ok(())
}

// covers: T11, T18
#[odmium::test]
async fn named_models_and_relations_follow_the_names_of_the_struct(db: Database) -> odmium::Result<()> {
    let library = Library::in_database(&db)?;
    fill(&library).await?;
    for by_lookup in [false, true] {
        let find =
            library.loans.find(Loan.id.eq(1)).with_required(Loan.book.with(Book.writer)).with(Loan.reader);
        let find = if by_lookup { find.by_lookup() } else { find };
        let (_, (book, writer), reader) = find.await?.remove(0);
        assert_eq!((book.id, writer, reader), (1, Some(Writer { id: 1 }), Some(Writer { id: 2 })));
    }
    let (_, loans) = library.books.get(3).with_many(Loan.book).await?.unwrap();
    assert_eq!(loans[0].id, 2);
    let done = library.writers.delete_one(Writer.id.eq(2)).with_rules::<(Book, Loan)>().await?;
    assert_eq!((done.cascaded.values().sum::<u64>(), done.unset.values().sum::<u64>()), (2, 1));
    assert_eq!(library.books.count(Filter::everything()).await?, 2);
    Ok(())
}

/// Two shelves of one model beside each other, and two rooms with one each.
#[derive(Database)]
struct Shelves {
    writers: Collection<Writer>,
    #[database(collection = "shelf_1")]
    one: Collection<Book>,
    #[database(collection = "shelf_2")]
    two: Collection<Book>,
    loans: Collection<Loan>,
}

#[derive(Database)]
struct House {
    #[database(prefix = "a_")]
    a: Room,
    #[database(prefix = "b_")]
    b: Room,
}

#[derive(Database)]
struct Room {
    books: Collection<Book>,
    loans: Collection<Loan>,
}

// covers: T11, T18
#[odmium::test]
async fn a_reference_leads_to_the_collection_beside_its_own_and_to_one_only(
    db: Database,
) -> odmium::Result<()> {
    let shelves = Shelves::in_database(&db)?;
    let error = shelves.one.delete_all().with_rules_of(&shelves).await.unwrap_err();
    assert!(error.is_argument(), "{error}");
    for part in ["`book` of `Loan`", ".shelf_1`", ".shelf_2`", "`with_rules`"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    let house = House::in_database(&db)?;
    for room in [&house.a, &house.b] {
        room.books.insert(&Book { id: 1, writer: Ref::new(1) }).await?;
        room.loans.insert(&Loan { id: 1, book: Ref::new(1), reader: None }).await?;
    }
    let done = house.a.books.delete_all().with_rules_of(&house).await?;
    assert_eq!((done.deleted, done.cascaded.get("loans")), (1, Some(&1)));
    assert_eq!(house.a.loans.count(Filter::everything()).await?, 0);
    assert_eq!(house.b.loans.count(Filter::everything()).await?, 1);
    // A collection that the struct does not have.
    let error = db.collection::<Book>().delete_all().with_rules_of(&house).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("House"), "{error}");
    // Where both shelves are written to, with the models named, each is deleted from by its own.
    shelves.two.insert(&Book { id: 5, writer: Ref::new(1) }).await?;
    let done = shelves.two.delete_all().with_rules::<(Loan,)>().await?;
    assert_eq!(done.deleted, 1);
    let _ = (&shelves.writers, &shelves.loans);
    Ok(())
}
