//! Lending a book and taking it back: the book and the loan change together, or not at all.

use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use odmium::{Database, prelude::*, transaction};
use serde::Deserialize;

use crate::{
    failure::Failure,
    form::Mistakes,
    handlers::id,
    model::{Book, Loan},
    pages,
};

#[derive(Debug, Deserialize)]
pub(crate) struct LoanForm {
    #[serde(default)]
    reader: String,
}

pub(crate) async fn lend(
    State(db): State<Database>,
    Path(book): Path<String>,
    Form(form): Form<LoanForm>,
) -> Result<Response, Failure> {
    let book = id::<Book>(&book)?;
    let reader = form.reader.trim().to_owned();
    if reader.is_empty() || reader.chars().count() > 100 {
        let loans = db.collection::<Loan>().find(Loan.book.eq(book)).sort(Loan.since.desc()).await?;
        let book = db.collection::<Book>().get(book).await?.ok_or(Failure::NotFound)?;
        let mistakes = Mistakes::one("reader", "A name of at most 100 characters.");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, pages::show(&book, &loans, &mistakes)).into_response());
    }
    let loan = Loan { id: Id::new(), book, reader, since: DateTime::now() };
    transaction!(db, |tx| -> Result<(), Failure> {
        let on_shelf = Book.id.eq(book) & Book.copies.gt(0);
        // The version goes up too, so that a form that shows the old number is refused.
        let taken = (Book.copies.inc(-1), Book.version.inc(1));
        if tx.collection::<Book>().update_one(on_shelf, taken).await?.matched == 0 {
            return match tx.collection::<Book>().get(book).await? {
                Some(_) => Err(Failure::Refused("All copies are lent.")),
                None => Err(Failure::NotFound),
            };
        }
        tx.collection::<Loan>().insert(&loan).await?;
        Ok(())
    })
    .await?;
    Ok(Redirect::to(&format!("/books/{book}")).into_response())
}

pub(crate) async fn take_back(
    State(db): State<Database>,
    Path(loan): Path<String>,
) -> Result<Redirect, Failure> {
    let loan = id::<Loan>(&loan)?;
    let book = transaction!(db, |tx| -> Result<Id<Book>, Failure> {
        let loan = tx.collection::<Loan>().find_one_and_delete(Loan.id.eq(loan)).await?;
        let book = loan.ok_or(Failure::NotFound)?.book;
        let back = (Book.copies.inc(1), Book.version.inc(1));
        tx.collection::<Book>().update_one(Book.id.eq(book), back).await?;
        Ok(book)
    })
    .await?;
    Ok(Redirect::to(&format!("/books/{book}")))
}
