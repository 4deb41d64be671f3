//! Visits the pages as a browser would, and prints what it meets.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

pub(crate) async fn visit(address: SocketAddr) -> io::Result<()> {
    let visitor = Visitor { address };
    let list = visitor.step("the list", "GET", "/", "").await?;
    let next = between(&list.body, "rel=\"next\" href=\"", "\"").replace("&amp;", "&");
    visitor.step("the next page", "GET", &next, "").await?;
    visitor.step("a search", "GET", "/?q=aus", "").await?;
    visitor
        .step("a book without a title", "POST", "/books", "title=&author=X&year=1&isbn=1&copies=1")
        .await?;
    let book =
        "title=Emma+%26+%3Cb%3EI%3C%2Fb%3E&author=Jane+Austen&year=1815&isbn=978-3-16-148410-0&copies=1";
    let made = visitor.step("a new book", "POST", "/books", book).await?;
    visitor.step("the same number again", "POST", "/books", book).await?;
    let place = made.location;
    visitor.step("its page", "GET", &place, "").await?;
    visitor.step("lent", "POST", &format!("{place}/loans"), "reader=Ann").await?;
    visitor.step("lent once more", "POST", &format!("{place}/loans"), "reader=Bob").await?;
    visitor.step("deleted while lent", "POST", &format!("{place}/delete"), "").await?;
    visitor.step("an old form", "POST", &place, &format!("{book}&version=0")).await?;
    let page = visitor.step("its page", "GET", &place, "").await?;
    let loan = between(&page.body, "action=\"/loans/", "\"");
    visitor.step("taken back", "POST", &format!("/loans/{loan}"), "").await?;
    visitor.step("deleted", "POST", &format!("{place}/delete"), "").await?;
    visitor.step("its page", "GET", &place, "").await?;
    Ok(())
}

struct Visitor {
    address: SocketAddr,
}

#[derive(Debug)]
struct Answer {
    location: String,
    body: String,
}

impl Visitor {
    async fn step(&self, what: &str, method: &str, path: &str, form: &str) -> io::Result<Answer> {
        let address = self.address;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).unwrap_or_default();
        let header = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        println!(
            "{status}  {what}: {}",
            if body.is_empty() { header } else { between(body, "<title>", "</title>") }
        );
        Ok(Answer { location: header.to_owned(), body: body.to_owned() })
    }
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).map_or("", |(_, rest)| rest);
    rest.split(end).next().unwrap_or_default()
}
