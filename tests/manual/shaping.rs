//! `$project`, `$replaceRoot`, `$replaceWith`.

use odmium::{
    Collection, Database,
    bson::{Document, doc},
    expr::{array, literal, remove, root},
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{columns, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "books")]
struct Book {
    id: i32,
    title: String,
    isbn: String,
    author: Author,
    copies: i32,
    #[field(rename = "lastModified")]
    last_modified: Option<String>,
}

#[derive(Embedded, Debug, PartialEq)]
struct Author {
    last: String,
    first: String,
    middle: Option<String>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Book)]
struct Titled {
    id: i32,
    title: String,
    author: Author,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Book)]
struct WithoutId {
    title: String,
    author: Author,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Book)]
struct WithoutDate {
    id: i32,
    title: String,
    isbn: String,
    author: Author,
    copies: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Author)]
struct LastName {
    last: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Book)]
struct WithoutFirstNames {
    id: i32,
    title: String,
    isbn: String,
    author: LastName,
    copies: i32,
}

async fn book(db: &Database) -> Collection<Book> {
    let author = doc! { "last": "zzz", "first": "aaa" };
    let book = doc! {
        "_id": 1, "title": "abc123", "isbn": "0001122223334", "author": author, "copies": 5, "lastModified": "2016-07-28",
    };
    filled(db, [book]).await
}

// covers: T10
#[odmium::test]
async fn include_specific_fields(db: Database) {
    let books = book(&db).await;
    let page = vec![doc! { "$project": { "title": 1, "author": 1 } }];
    let found = same(&books, Pipeline::new().project_as::<Titled>(), page).await;
    let author = Author { last: "zzz".into(), first: "aaa".into(), middle: None };
    assert_eq!(found, [Titled { id: 1, title: "abc123".into(), author }]);
}

// covers: T10
#[odmium::test]
async fn suppress_the_id(db: Database) {
    let books = book(&db).await;
    let page = vec![doc! { "$project": { "_id": 0, "title": 1, "author": 1 } }];
    assert_eq!(same(&books, Pipeline::new().project_as::<WithoutId>(), page).await[0].title, "abc123");
}

// covers: T10
#[odmium::test]
async fn exclude_fields(db: Database) {
    let books = book(&db).await;
    // A field that the type can miss.
    let page = || vec![doc! { "$project": { "lastModified": 0 } }];
    let found = same(&books, Pipeline::new().unset(Book.last_modified), page()).await;
    assert_eq!(found[0].last_modified, None);
    same(&books, Pipeline::new().project_as::<WithoutDate>(), page()).await;
    // Fields that it needs: a view has the others.
    let page = vec![doc! { "$project": { "author.first": 0, "lastModified": 0 } }];
    let found = same(&books, Pipeline::new().project_as::<WithoutFirstNames>(), page).await;
    assert_eq!(found[0].author.last, "zzz");
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Sparse {
    #[field(id)]
    id: i32,
    title: String,
    author: SparseAuthor,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct SparseAuthor {
    first: String,
    last: String,
    middle: Option<String>,
}

// covers: T10
#[odmium::test]
async fn conditionally_exclude_fields(db: Database) {
    let book = |id: i32, middle: Option<&str>| {
        let mut author = doc! { "last": "zzz", "first": "aaa" };
        author.extend(middle.map(|middle| ("middle".to_owned(), middle.into())));
        doc! { "_id": id, "title": "abc123", "isbn": "0001122223334", "author": author, "copies": 5 }
    };
    let books = filled::<Book>(&db, [book(1, None), book(2, Some("")), book(3, Some("mmm"))]).await;
    let middle = Book.author.middle.expr().eq("").cond(remove(), Book.author.middle);
    let typed = Pipeline::new().project(SparseShape {
        id: Book.id.expr(),
        title: Book.title.expr(),
        author: odmium::expr::document(SparseAuthorShape {
            first: Book.author.first.expr(),
            last: Book.author.last.expr(),
            middle,
        }),
    });
    let page = vec![doc! { "$project": {
        "title": 1, "author.first": 1, "author.last": 1,
        "author.middle": { "$cond": {
            "if": { "$eq": ["", "$author.middle"] }, "then": "$$REMOVE", "else": "$author.middle",
        } },
    } }];
    let found = same(&books, typed, page).await;
    let middles: Vec<_> = found.iter().map(|book| book.author.middle.as_deref()).collect();
    assert_eq!(middles, [None, None, Some("mmm")]);
}

#[derive(Document, Debug)]
#[document(collection = "bookmarks")]
struct Bookmark {
    id: i32,
    user: String,
    stop: Option<Stop>,
}

#[derive(Embedded, Debug)]
struct Stop {
    title: Option<String>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Bookmark)]
struct StopTitle {
    id: i32,
    stop: Option<StopView>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Stop)]
struct StopView {
    title: Option<String>,
}

// covers: T10
#[odmium::test]
async fn include_specific_fields_from_embedded_documents(db: Database) {
    let bookmarks = [
        doc! { "_id": 1, "user": "1234", "stop": { "title": "book1", "author": "xyz", "page": 32 } },
        doc! { "_id": 2, "user": "7890", "stop": [{ "title": "book2", "author": "abc", "page": 5 }, { "title": "book3", "author": "ijk", "page": 100 }] },
    ];
    // The page has a list in the place of a document in the second one: that is another model.
    let bookmarks = filled::<Bookmark>(&db, bookmarks).await;
    let page = vec![doc! { "$match": { "_id": 1 } }, doc! { "$project": { "stop.title": 1 } }];
    let typed = Pipeline::new().filter(Bookmark.id.eq(1)).project_as::<StopTitle>();
    let found = same(&bookmarks, typed, page).await;
    assert_eq!(found[0].stop.as_ref().unwrap().title.as_deref(), Some("book1"));
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct Computed {
    #[field(id)]
    id: i32,
    title: String,
    isbn: Isbn,
    last_name: String,
    copies_sold: i32,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Isbn {
    prefix: String,
    group: String,
    publisher: String,
    title: String,
    #[field(rename = "checkDigit")]
    check_digit: String,
}

// covers: T10
#[odmium::test]
async fn include_computed_fields(db: Database) {
    let books = book(&db).await;
    let part = |from: i32, length: i32| Book.isbn.expr().substr_bytes(from, length);
    let typed = Pipeline::new().project(ComputedShape {
        id: Book.id.expr(),
        title: Book.title.expr(),
        isbn: odmium::expr::document(IsbnShape {
            prefix: part(0, 3),
            group: part(3, 2),
            publisher: part(5, 4),
            title: part(9, 3),
            check_digit: part(12, 1),
        }),
        last_name: Book.author.last.expr(),
        copies_sold: Book.copies.expr(),
    });
    let page = vec![doc! { "$project": {
        "title": 1,
        "isbn": {
            "prefix": { "$substr": ["$isbn", 0, 3] }, "group": { "$substr": ["$isbn", 3, 2] },
            "publisher": { "$substr": ["$isbn", 5, 4] }, "title": { "$substr": ["$isbn", 9, 3] },
            "checkDigit": { "$substr": ["$isbn", 12, 1] },
        },
        "lastName": "$author.last",
        "copiesSold": "$copies",
    } }];
    let found = same(&books, typed, page).await;
    assert_eq!((&*found[0].isbn.publisher, &*found[0].isbn.check_digit), ("2222", "4"));
}

#[derive(Document, Debug)]
#[document(collection = "collection")]
struct Coordinates {
    id: i32,
    x: i32,
    y: i32,
    #[field(rename = "someField")]
    some_field: Option<i32>,
}

// covers: T10
#[odmium::test]
async fn project_new_array_fields(db: Database) {
    let all = filled::<Coordinates>(&db, [doc! { "_id": 55, "x": 1, "y": 1 }]).await;
    let typed = Pipeline::new().project((array([Coordinates.x.expr(), Coordinates.y.expr()]),));
    let page = vec![doc! { "$project": { "_id": 0, "myArray": ["$x", "$y"] } }];
    assert_eq!(same_by(&all, typed, page, columns(&["myArray"])).await, [(vec![1, 1],)]);
    // What is missing is null in the array.
    let fields =
        [Coordinates.x.expr().optional(), Coordinates.y.expr().optional(), Coordinates.some_field.expr()];
    let page = vec![doc! { "$project": { "_id": 0, "myArray": ["$x", "$y", "$someField"] } }];
    let found = same_by(&all, Pipeline::new().project((array(fields),)), page, columns(&["myArray"])).await;
    assert_eq!(found, [(vec![Some(1), Some(1), None],)]);
}

#[derive(Document, Debug)]
#[document(collection = "people")]
struct Person {
    id: i32,
    name: String,
    age: i32,
    pets: Option<Pets>,
}

#[derive(Embedded, Debug, Default, PartialEq)]
struct Pets {
    dogs: Option<i32>,
    cats: Option<i32>,
    birds: Option<i32>,
    fish: Option<i32>,
    hamsters: Option<i32>,
}

// covers: T10
#[odmium::test]
async fn replace_root_with_an_embedded_document(db: Database) {
    let people = [
        doc! { "_id": 1, "name": "Arlene", "age": 34, "pets": { "dogs": 2, "cats": 1 } },
        doc! { "_id": 2, "name": "Sam", "age": 41, "pets": { "cats": 1, "hamsters": 3 } },
        doc! { "_id": 3, "name": "Maria", "age": 25 },
    ];
    let people = filled::<Person>(&db, people).await;
    let typed =
        Pipeline::new().filter(Person.pets.is_some()).replace_root(Person.pets.expr().raw_as::<Pets>());
    let page = vec![
        doc! { "$match": { "pets": { "$exists": true } } },
        doc! { "$replaceRoot": { "newRoot": "$pets" } },
    ];
    let found = same(&people, typed, page).await;
    assert_eq!(found[0], Pets { dogs: Some(2), cats: Some(1), ..Pets::default() });

    // `$replaceWith` with defaults: no document is without them.
    let none = Pets { dogs: Some(0), cats: Some(0), birds: Some(0), fish: Some(0), hamsters: None };
    let typed = Pipeline::new().replace_with(literal(none).merge_objects(Person.pets));
    let page = vec![doc! { "$replaceWith": {
        "$mergeObjects": [{ "dogs": 0, "cats": 0, "birds": 0, "fish": 0 }, "$pets"],
    } }];
    let found = same(&people, typed, page).await;
    assert_eq!((found[2].dogs, found[1].cats), (Some(0), Some(1)));
}

#[derive(Document, Debug)]
#[document(collection = "contacts")]
struct Contact {
    id: i32,
    first_name: String,
    last_name: String,
    city: String,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct FullName {
    full_name: String,
}

// covers: T10
#[odmium::test]
async fn replace_root_with_a_newly_created_document(db: Database) {
    let contacts = [
        (1, "Gary", "Sheffield", "New York"),
        (2, "Nancy", "Walker", "Anaheim"),
        (3, "Peter", "Sumner", "Toledo"),
    ];
    let contacts = contacts.map(
        |(id, first, last, city)| doc! { "_id": id, "first_name": first, "last_name": last, "city": city },
    );
    let contacts = filled::<Contact>(&db, contacts).await;
    let name = Contact.first_name.expr().concat(" ").concat(Contact.last_name);
    let typed = Pipeline::new().replace_root(FullNameShape { full_name: name });
    let page = vec![doc! { "$replaceRoot": { "newRoot": {
        "full_name": { "$concat": ["$first_name", " ", "$last_name"] },
    } } }];
    assert_eq!(same(&contacts, typed, page).await[0], FullName { full_name: "Gary Sheffield".into() });
}

#[derive(Document, Debug)]
#[document(collection = "contacts")]
struct Caller {
    id: i32,
    name: String,
    phones: Vec<Phone>,
}

#[derive(Embedded, Debug)]
struct Phone {
    cell: Option<String>,
    home: Option<String>,
}

// covers: T10
#[odmium::test]
async fn replace_root_with_a_document_in_an_array(db: Database) {
    let callers = [
        doc! { "_id": 1, "name": "Susan", "phones": [{ "cell": "555-653-6527" }, { "home": "555-965-2454" }] },
        doc! { "_id": 2, "name": "Mark", "phones": [{ "cell": "555-445-8767" }, { "home": "555-322-2774" }] },
    ];
    let callers = filled::<Caller>(&db, callers).await;
    let typed = Pipeline::new().unwind_elements(Caller.phones).filter(Phone.cell.exists());
    let page = vec![
        doc! { "$unwind": "$phones" },
        doc! { "$match": { "phones.cell": { "$exists": true } } },
        doc! { "$replaceRoot": { "newRoot": "$phones" } },
    ];
    let found = same(&callers, typed, page).await;
    let cells: Vec<_> = found.iter().filter_map(|phone| phone.cell.as_deref()).collect();
    assert_eq!(cells, ["555-653-6527", "555-445-8767"]);
}

#[derive(Document, Clone, Debug)]
#[document(collection = "contacts")]
struct Reachable {
    id: i32,
    name: Option<String>,
    email: Option<String>,
    cell: Option<String>,
    home: Option<String>,
}

// covers: T10
#[odmium::test]
async fn replace_with_a_document_of_the_root_and_defaults(db: Database) {
    let contacts = [
        doc! { "_id": 1, "name": "Fred", "email": "fred@example.net" },
        doc! { "_id": 2, "name": "Frank N. Stine", "cell": "012-345-9999" },
        doc! { "_id": 3, "name": "Gren Dell", "home": "987-654-3210", "email": "beo@example.net" },
    ];
    let contacts: Collection<Reachable> = filled(&db, contacts).await;
    let empty = || Some(String::new());
    let defaults = Reachable { id: 0, name: empty(), email: empty(), cell: empty(), home: empty() };
    let typed = Pipeline::new().replace_with(literal(defaults).merge_objects(root()));
    let page: Vec<Document> = vec![doc! { "$replaceWith": { "$mergeObjects": [
        { "_id": "", "name": "", "email": "", "cell": "", "home": "" }, "$$ROOT",
    ] } }];
    let found = same(&contacts, typed, page).await;
    assert_eq!((found[0].cell.as_deref(), found[1].cell.as_deref()), (Some(""), Some("012-345-9999")));
}

#[derive(Document, Debug)]
#[document(collection = "sales")]
struct Sale {
    id: i32,
    item: String,
    price: f64,
    quantity: i32,
    status: String,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Report {
    #[field(id)]
    id: i32,
    item: String,
    amount: f64,
    status: String,
}

// covers: T10
#[odmium::test]
async fn replace_with_a_new_document_of_root_and_computed(db: Database) {
    let sales = [(1, "butter", 10.0, 5, "C"), (2, "almonds", 12.0, 2, "P"), (3, "bread", 5.5, 3, "C")];
    let sales = sales.map(|(id, item, price, quantity, status)| {
        doc! { "_id": id, "item": item, "price": price, "quantity": quantity, "status": status }
    });
    let sales = filled::<Sale>(&db, sales).await;
    let typed = Pipeline::new().filter(Sale.status.eq("C")).replace_with(ReportShape {
        id: Sale.id.expr(),
        item: Sale.item.expr(),
        amount: Sale.price * Sale.quantity,
        status: literal("Complete".to_owned()),
    });
    let page = vec![
        doc! { "$match": { "status": "C" } },
        doc! { "$replaceWith": {
            "_id": "$_id", "item": "$item", "amount": { "$multiply": ["$price", "$quantity"] }, "status": "Complete",
        } },
    ];
    let found = same(&sales, typed, page).await;
    assert_eq!(found.iter().map(|report| report.amount).collect::<Vec<_>>(), [50.0, 16.5]);
}
