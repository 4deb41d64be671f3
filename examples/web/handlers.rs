//! The pages of books.

use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use odmium::{Database, page::Token, prelude::*, transaction};
use serde::Deserialize;

use crate::{
    failure::Failure,
    form::{BookForm, Mistakes},
    model::{Book, Loan},
    pages,
};

const PER_PAGE: u32 = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Place {
    q: String,
    after: Option<Token>,
    before: Option<Token>,
}

/// The address of a book that no id can be is that of no book.
pub(crate) fn id<D>(text: &str) -> Result<Id<D>, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

pub(crate) async fn list(State(db): State<Database>, Query(place): Query<Place>) -> Result<Markup, Failure> {
    let words = place.q.trim();
    let wanted = match words.is_empty() {
        true => Filter::everything(),
        // What a visitor types is text, never a pattern.
        false => Book.title.contains_ignore_case(words) | Book.author.contains_ignore_case(words),
    };
    let books = db.collection::<Book>().find(wanted).sort(Book.title.asc());
    let page = books.page(PER_PAGE).after(place.after).before(place.before).with_total().await?;
    Ok(pages::list(&page, words))
}

pub(crate) async fn show(State(db): State<Database>, Path(book): Path<String>) -> Result<Markup, Failure> {
    let book = db.collection::<Book>().get(id::<Book>(&book)?).await?.ok_or(Failure::NotFound)?;
    let loans = db.collection::<Loan>().find(Loan.book.eq(book.id)).sort(Loan.since.desc()).await?;
    Ok(pages::show(&book, &loans, &Mistakes::default()))
}

pub(crate) async fn new() -> Markup {
    let form = BookForm { copies: "1".to_owned(), ..BookForm::default() };
    pages::form(None, &form, &Mistakes::default())
}

pub(crate) async fn create(
    State(db): State<Database>,
    Form(form): Form<BookForm>,
) -> Result<Response, Failure> {
    let mistakes = match form.check() {
        Ok(values) => {
            let book = values.into_book(Id::new());
            match db.collection::<Book>().insert(&book).await {
                Ok(id) => return Ok(Redirect::to(&format!("/books/{id}")).into_response()),
                Err(error) => Mistakes::of_error(error)?,
            }
        }
        Err(mistakes) => mistakes,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, pages::form(None, &form, &mistakes)).into_response())
}

pub(crate) async fn edit(State(db): State<Database>, Path(book): Path<String>) -> Result<Markup, Failure> {
    let book = db.collection::<Book>().get(id::<Book>(&book)?).await?.ok_or(Failure::NotFound)?;
    Ok(pages::form(Some(book.id), &BookForm::from(&book), &Mistakes::default()))
}

/// Writes what has changed, unless somebody else was faster.
pub(crate) async fn change(
    State(db): State<Database>,
    Path(book): Path<String>,
    Form(form): Form<BookForm>,
) -> Result<Response, Failure> {
    let id = id::<Book>(&book)?;
    let mut book = db.collection::<Book>().track(id).await?.ok_or(Failure::NotFound)?;
    if book.version != form.version {
        return Err(Failure::Refused("Somebody else changed this book meanwhile: load it again."));
    }
    let mistakes = match form.check() {
        Ok(values) => {
            values.write(&mut book);
            match book.save().await {
                Ok(_) => return Ok(Redirect::to(&format!("/books/{id}")).into_response()),
                Err(error) => Mistakes::of_error(error)?,
            }
        }
        Err(mistakes) => mistakes,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, pages::form(Some(id), &form, &mistakes)).into_response())
}

/// Deletes a book that nobody has at home.
pub(crate) async fn delete(
    State(db): State<Database>,
    Path(book): Path<String>,
) -> Result<Redirect, Failure> {
    let id = id::<Book>(&book)?;
    transaction!(db, |tx| -> Result<(), Failure> {
        if tx.collection::<Loan>().count(Loan.book.eq(id)).await? > 0 {
            return Err(Failure::Refused("A book that is lent cannot be deleted: take it back first."));
        }
        // Counted, so that a loan at the same moment makes one of the two start anew.
        match tx.collection::<Book>().delete_one(Book.id.eq(id)).await? {
            0 => Err(Failure::NotFound),
            _ => Ok(()),
        }
    })
    .await?;
    Ok(Redirect::to("/"))
}
