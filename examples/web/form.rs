//! The form of a book: what was typed, and what is wrong with it.

use odmium::Error;
use serde::Deserialize;

use crate::model::{Book, BookIndex};

/// As it was typed, so that it can be shown again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BookForm {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) year: String,
    pub(crate) isbn: String,
    pub(crate) copies: String,
    pub(crate) notes: String,
    /// The version that was edited.
    pub(crate) version: i64,
}

/// The values of a form that is right.
#[derive(Debug)]
pub(crate) struct Values {
    title: String,
    author: String,
    year: i32,
    isbn: String,
    copies: i32,
    notes: Option<String>,
}

/// What is wrong, by the name of the field.
#[derive(Debug, Default)]
pub(crate) struct Mistakes(Vec<(&'static str, &'static str)>);

impl Mistakes {
    pub(crate) fn one(field: &'static str, text: &'static str) -> Self {
        Self(vec![(field, text)])
    }

    pub(crate) fn of(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| *text)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a unique index refused is a mistake of the form; every other error is none.
    pub(crate) fn of_error(error: Error) -> Result<Self, Error> {
        match error.duplicate_key::<Book>() {
            Some(BookIndex::Isbn) => Ok(Self::one("isbn", "Another book has this number.")),
            _ => Err(error),
        }
    }
}

impl BookForm {
    pub(crate) fn check(&self) -> Result<Values, Mistakes> {
        let mut mistakes = Mistakes::default();
        let mut check = |field, fits: bool, text| {
            if !fits {
                mistakes.0.push((field, text));
            }
        };
        let text = |value: &str| value.trim().to_owned();
        let (title, author, isbn) =
            (text(&self.title), text(&self.author), text(&self.isbn).replace('-', ""));
        check("title", !title.is_empty(), "A book needs a title.");
        check("title", title.chars().count() <= 200, "At most 200 characters.");
        check("author", !author.is_empty(), "Who wrote it?");
        check("author", author.chars().count() <= 200, "At most 200 characters.");
        let year = text(&self.year).parse().unwrap_or_default();
        check("year", (1..=2100).contains(&year), "A year from 1 to 2100.");
        let copies = text(&self.copies).parse().unwrap_or(-1);
        check("copies", (0..=1000).contains(&copies), "A number from 0 to 1000.");
        check("isbn", is_isbn(&isbn), "13 digits, the last of which checks the others.");
        let notes = text(&self.notes);
        check("notes", notes.chars().count() <= 2000, "At most 2000 characters.");
        match mistakes.is_empty() {
            true => Ok(Values {
                title,
                author,
                year,
                isbn,
                copies,
                notes: Some(notes).filter(|it| !it.is_empty()),
            }),
            false => Err(mistakes),
        }
    }
}

fn is_isbn(isbn: &str) -> bool {
    let digits: Option<Vec<u32>> = isbn.chars().map(|digit| digit.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        let sum: u32 =
            digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
        digits.len() == 13 && sum.is_multiple_of(10)
    })
}

impl Values {
    pub(crate) fn into_book(self, id: odmium::Id<Book>) -> Book {
        let Self { title, author, year, isbn, copies, notes } = self;
        Book { id, title, author, year, isbn, copies, notes, version: 0 }
    }

    pub(crate) fn write(self, book: &mut Book) {
        let Self { title, author, year, isbn, copies, notes } = self;
        (book.title, book.author, book.year, book.isbn) = (title, author, year, isbn);
        (book.copies, book.notes) = (copies, notes);
    }
}

impl From<&Book> for BookForm {
    fn from(book: &Book) -> Self {
        Self {
            title: book.title.clone(),
            author: book.author.clone(),
            year: book.year.to_string(),
            isbn: book.isbn.clone(),
            copies: book.copies.to_string(),
            notes: book.notes.clone().unwrap_or_default(),
            version: book.version,
        }
    }
}
