//! HTML. Maud escapes what is put in; nothing here is marked as safe.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};
use odmium::{
    Id,
    page::{Page, Token},
};

use crate::{
    form::{BookForm, Mistakes},
    model::{Book, Loan},
};

fn layout(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Library" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
            }
            body {
                header {
                    a.home href="/" { "Library" }
                    a.button.main href="/books/new" { "Add a book" }
                }
                main { (body) }
                footer { "An example of Odmium." }
            }
        }
    }
}

pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

/// Nothing but this site's own style and forms, in no frame.
pub(crate) async fn with_headers(mut response: Response) -> Response {
    let policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

pub(crate) fn message(status: StatusCode, text: &str) -> Markup {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = html! {
        div.card {
            h1 { (title) }
            p { (text) }
            a.button href="/" { "To the list" }
        }
    };
    layout(title, &body)
}

pub(crate) fn list(page: &Page<Book>, words: &str) -> Markup {
    let total = page.total.unwrap_or_default();
    // A token has no character that an address would need to escape; what was typed may have.
    let link = |way: &str, token: &Token| {
        let words = form_urlencoded(words);
        format!("/?q={words}&{way}={token}")
    };
    let body = html! {
        div.row.spread {
            h1 { "Books" }
            span.soft { (total) @if total == 1 { " book" } @else { " books" } }
        }
        form.search action="/" role="search" {
            input type="search" name="q" value=(words) placeholder="Title or author" aria-label="Title or author";
            button { "Search" }
        }
        @if page.items.is_empty() {
            p.card { "No book here." }
        } @else {
            ul.books {
                @for book in &page.items {
                    li {
                        a href={ "/books/" (book.id) } {
                            span { strong { (book.title) } span.soft { (book.author) ", " (book.year) } }
                            (shelf(book.copies))
                        }
                    }
                }
            }
        }
        nav.pages aria-label="Pages" {
            @if let Some(token) = &page.previous { a.button rel="prev" href=(link("before", token)) { "Previous" } } @else { span {} }
            @if let Some(token) = &page.next { a.button rel="next" href=(link("after", token)) { "Next" } } @else { span {} }
        }
    };
    layout("Books", &body)
}

/// Text in the query of an address.
fn form_urlencoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn shelf(copies: i32) -> Markup {
    match copies {
        0 => html! { span.badge.none { "all lent" } },
        _ => html! { span.badge { (copies) " on the shelf" } },
    }
}

pub(crate) fn show(book: &Book, loans: &[Loan], mistakes: &Mistakes) -> Markup {
    let body = html! {
        article.card {
            h1 { (book.title) }
            div.row.spread { span.soft { (book.author) } (shelf(book.copies)) }
            dl {
                dt { "Year" } dd { (book.year) }
                dt { "ISBN" } dd { (book.isbn) }
                @if let Some(notes) = &book.notes { dt { "Notes" } dd { (notes) } }
            }
            div.row.actions {
                a.button href={ "/books/" (book.id) "/edit" } { "Edit" }
                form method="post" action={ "/books/" (book.id) "/delete" } { button.danger { "Delete" } }
            }
        }
        h2 { "Loans" }
        @if loans.is_empty() { p.soft { "Nobody has it." } } @else {
            ul.books {
                @for loan in loans {
                    li {
                        form.row.spread.loan method="post" action={ "/loans/" (loan.id) "/return" } {
                            span { strong { (loan.reader) } span.soft { "since " (day(loan)) } }
                            button { "Take back" }
                        }
                    }
                }
            }
        }
        @if book.copies > 0 {
            form.row method="post" action={ "/books/" (book.id) "/loans" } {
                (field("reader", "Lend to", "", "text", mistakes))
                button.main { "Lend" }
            }
        }
    };
    layout(&book.title, &body)
}

fn day(loan: &Loan) -> String {
    let text = loan.since.try_to_rfc3339_string().unwrap_or_default();
    text.split('T').next().unwrap_or_default().to_owned()
}

pub(crate) fn form(id: Option<Id<Book>>, form: &BookForm, mistakes: &Mistakes) -> Markup {
    let title = if id.is_some() { "Edit a book" } else { "Add a book" };
    let action = id.map_or_else(|| "/books".to_owned(), |id| format!("/books/{id}"));
    let cancel = id.map_or_else(|| "/".to_owned(), |id| format!("/books/{id}"));
    let body = html! {
        h1 { (title) }
        form.stack.card method="post" action=(action) {
            @if !mistakes.is_empty() { p.wrong role="alert" { "Nothing is saved yet: some fields need another look." } }
            (field("title", "Title", &form.title, "text", mistakes))
            (field("author", "Author", &form.author, "text", mistakes))
            div.pair {
                (field("year", "Year", &form.year, "number", mistakes))
                (field("copies", "Copies on the shelf", &form.copies, "number", mistakes))
            }
            (field("isbn", "ISBN", &form.isbn, "text", mistakes))
            label {
                "Notes"
                textarea name="notes" rows="4" aria-invalid=[mistakes.of("notes").map(|_| "true")] { (form.notes) }
                @if let Some(text) = mistakes.of("notes") { span.wrong { (text) } }
            }
            input type="hidden" name="version" value=(form.version);
            div.row {
                button.main { "Save" }
                a.button href=(cancel) { "Cancel" }
            }
        }
    };
    layout(title, &body)
}

fn field(name: &str, label: &str, value: &str, kind: &str, mistakes: &Mistakes) -> Markup {
    html! {
        label {
            (label)
            input name=(name) type=(kind) value=(value) aria-invalid=[mistakes.of(name).map(|_| "true")];
            @if let Some(text) = mistakes.of(name) { span.wrong { (text) } }
        }
    }
}
