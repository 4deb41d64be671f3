//! What is stored.

use odmium::{Database, Result, prelude::*};

#[derive(Document, Clone, Debug)]
#[document(collection = "books", rename_all = "camelCase", index(title, id))]
pub(crate) struct Book {
    pub(crate) id: Id<Book>,
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) year: i32,
    #[field(index(unique))]
    pub(crate) isbn: String,
    /// How many are on the shelf.
    pub(crate) copies: i32,
    pub(crate) notes: Option<String>,
    /// So that of two people who edit a book at a time, the second one is told.
    #[field(default, version)]
    pub(crate) version: i64,
}

#[derive(Document, Clone, Debug)]
#[document(collection = "loans")]
pub(crate) struct Loan {
    pub(crate) id: Id<Loan>,
    #[field(index)]
    pub(crate) book: Id<Book>,
    pub(crate) reader: String,
    pub(crate) since: DateTime,
}

/// Makes the indexes, and the books of an empty library.
pub(crate) async fn fill(db: &Database) -> Result<()> {
    let books = db.collection::<Book>();
    books.sync_indexes().await?;
    db.collection::<Loan>().sync_indexes().await?;
    if books.find_one(Filter::everything()).await?.is_some() {
        return Ok(());
    }
    let new = BOOKS.iter().zip(1..).map(|(&(title, author, year, copies), number)| Book {
        id: Id::new(),
        title: title.to_owned(),
        author: author.to_owned(),
        year,
        isbn: isbn(number),
        copies,
        notes: None,
        version: 0,
    });
    books.insert_many(new).await.map(drop)
}

/// A number of 13 digits, the last of which checks the others.
fn isbn(number: u64) -> String {
    let digits = format!("9780000{number:05}");
    let sum: u32 = digits
        .chars()
        .zip([1, 3].into_iter().cycle())
        .filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight))
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[rustfmt::skip]
const BOOKS: [(&str, &str, i32, i32); 28] = [
    ("Anna Karenina", "Leo Tolstoy", 1878, 2),
    ("Around the World in Eighty Days", "Jules Verne", 1872, 3),
    ("Crime and Punishment", "Fyodor Dostoevsky", 1866, 2),
    ("Don Quixote", "Miguel de Cervantes", 1605, 1),
    ("Dracula", "Bram Stoker", 1897, 2),
    ("Effi Briest", "Theodor Fontane", 1895, 1),
    ("Emma", "Jane Austen", 1815, 2),
    ("Frankenstein", "Mary Shelley", 1818, 3),
    ("Great Expectations", "Charles Dickens", 1861, 2),
    ("Hedda Gabler", "Henrik Ibsen", 1891, 1),
    ("Jane Eyre", "Charlotte Brontë", 1847, 2),
    ("Lalka", "Bolesław Prus", 1890, 1),
    ("Les Misérables", "Victor Hugo", 1862, 2),
    ("Little Women", "Louisa May Alcott", 1868, 2),
    ("Madame Bovary", "Gustave Flaubert", 1857, 1),
    ("Middlemarch", "George Eliot", 1871, 2),
    ("Moby-Dick", "Herman Melville", 1851, 2),
    ("North and South", "Elizabeth Gaskell", 1855, 1),
    ("Oliver Twist", "Charles Dickens", 1838, 2),
    ("Pride and Prejudice", "Jane Austen", 1813, 4),
    ("The Brothers Karamazov", "Fyodor Dostoevsky", 1880, 1),
    ("The Count of Monte Cristo", "Alexandre Dumas", 1844, 2),
    ("The Picture of Dorian Gray", "Oscar Wilde", 1890, 2),
    ("The Time Machine", "H. G. Wells", 1895, 3),
    ("Treasure Island", "Robert Louis Stevenson", 1883, 2),
    ("Vanity Fair", "William Makepeace Thackeray", 1848, 1),
    ("War and Peace", "Leo Tolstoy", 1869, 1),
    ("Wuthering Heights", "Emily Brontë", 1847, 2),
];
