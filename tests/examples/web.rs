//! The web application, visited over HTTP.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::support::printed;

/// The program, ended with the test.
struct Program {
    child: Child,
    output: BufReader<ChildStdout>,
    address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Program {
    fn start(uri: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_web"));
        let mut child =
            command.args(["--port", "0"]).env("MONGODB_URI", uri).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        Self { child, output, address: address.unwrap_or_else(|| panic!("{line}")).to_owned() }
    }

    fn send(&self, method: &str, path: &str, origin: Option<&str>, form: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let origin = origin.map(|origin| format!("Origin: {origin}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{origin}Connection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            self.address,
            form.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, "")
    }

    fn post(&self, path: &str, form: &str) -> Answer {
        self.send("POST", path, Some(&format!("http://{}", self.address)), form)
    }
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split(end).next().unwrap()
}

const BOOK: &str =
    "title=%3Cb%3EBold%3C%2Fb%3E+%26+more&author=Ann&year=1999&isbn=978-3-16-148410-0&copies=1&notes=a%0Ab";

// covers: M60
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_meets_every_page() {
    let uri = odmium::dev::shared().await.unwrap().uri().to_owned();
    let printed = printed(Command::new(env!("CARGO_BIN_EXE_web")).arg("--demo").env("MONGODB_URI", uri));
    let statuses: Vec<_> = printed.lines().skip(1).map(|line| &line[..3]).collect();
    let expected = "200 200 200 422 303 422 200 303 409 409 409 200 303 303 404";
    assert_eq!(statuses.join(" "), expected, "{printed}");
}

// covers: M60
#[tokio::test(flavor = "multi_thread")]
async fn the_pages_answer_as_they_should() {
    let shared = odmium::dev::shared().await.unwrap();
    let name = format!("web_{}", std::process::id());
    let uri = shared.uri().replacen("/?", &format!("/{name}?"), 1);
    assert!(uri.contains(&name), "{uri}");
    let visits = move || {
        let web = Program::start(&uri);
        lists(&web);
        forms(&web);
        loans(&web);
        refusals(&web);
    };
    let result = tokio::task::spawn_blocking(visits).await;
    odmium::dev::client().await.unwrap().database(&name).drop().await.unwrap();
    result.unwrap();
}

/// Every book is on one page, and the way back leads to the same pages.
fn lists(web: &Program) {
    let (mut page, mut titles, mut pages) = (web.get("/"), Vec::new(), Vec::new());
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    assert!(page.body.contains("28 books"), "{}", page.body);
    loop {
        let found =
            page.body.split("<strong>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
        titles.extend(found);
        pages.push(page.body.clone());
        if !page.body.contains("rel=\"next\"") {
            break;
        }
        page = web.get(&between(&page.body, "rel=\"next\" href=\"", "\"").replace("&amp;", "&"));
        assert_eq!(page.status, 200);
    }
    assert_eq!((titles.len(), pages.len()), (28, 4));
    assert!(titles.is_sorted(), "{titles:?}");
    let back = web.get(&between(&page.body, "rel=\"prev\" href=\"", "\"").replace("&amp;", "&"));
    assert_eq!(between(&back.body, "<ul", "</ul>"), between(&pages[2], "<ul", "</ul>"));
    let austen = web.get("/?q=aUSten").body;
    assert!(austen.contains("2 books") && austen.contains("Emma"), "{austen}");
    assert!(web.get("/?q=.*").body.contains("No book here."), "a pattern was run");
    assert!(web.get("/?q=%3Cscript%3E").body.contains("value=\"&lt;script&gt;\""));
    assert_eq!(web.get("/?after=nonsense").status, 400);
    assert_eq!(web.get("/style.css").header("content-type"), Some("text/css; charset=utf-8"));
}

fn forms(web: &Program) {
    assert_eq!(web.get("/books/new").status, 200);
    let wrong = web.post("/books", "title=+&author=A%22B&year=x&isbn=9783161484101&copies=-1");
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.body.matches("aria-invalid=\"true\"").count(), 4, "{}", wrong.body);
    assert!(wrong.body.contains("A book needs a title."));
    // What was typed is there again.
    assert!(wrong.body.contains("value=\"A&quot;B\""), "{}", wrong.body);

    let made = web.post("/books", BOOK);
    let place = made.header("location").unwrap();
    assert_eq!(made.status, 303);
    let page = web.get(place);
    assert!(page.body.contains("<h1>&lt;b&gt;Bold&lt;/b&gt; &amp; more</h1>"), "{}", page.body);
    assert!(page.body.contains("9783161484100"));
    let again = web.post("/books", BOOK);
    assert!(again.status == 422 && again.body.contains("Another book has this number."), "{again:?}");

    let form = web.get(&format!("{place}/edit"));
    assert!(form.body.contains("name=\"version\" value=\"0\""), "{}", form.body);
    let changed = BOOK.replace("1999", "2000");
    assert_eq!(web.post(place, &format!("{changed}&version=0")).status, 303);
    assert!(web.get(place).body.contains("<dd>2000</dd>"));
    let late = web.post(place, &format!("{changed}&version=0"));
    assert!(late.status == 409 && late.body.contains("Somebody else changed"), "{late:?}");
    let taken = changed.replace("978-3-16-148410-0", "9780000000019");
    assert_eq!(web.post(place, &format!("{taken}&version=1")).status, 422);
    assert_eq!(web.post(&format!("{place}/delete"), "").header("location"), Some("/"));
    assert_eq!(web.get(place).status, 404);
}

fn loans(web: &Program) {
    let made = web.post("/books", BOOK);
    let place = made.header("location").unwrap();
    assert_eq!(web.post(&format!("{place}/loans"), "reader=+").status, 422);
    // Two at once want the only copy.
    let lend = |reader: &str| web.post(&format!("{place}/loans"), &format!("reader={reader}")).status;
    let mut statuses = std::thread::scope(|scope| {
        let (one, two) = (scope.spawn(|| lend("Ann")), scope.spawn(|| lend("Bob")));
        [one.join().unwrap(), two.join().unwrap()]
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let page = web.get(place).body;
    assert!(page.contains("all lent") && page.matches("/return").count() == 1, "{page}");
    assert_eq!(web.post(&format!("{place}/delete"), "").status, 409);
    let back = format!("/loans/{}", between(&page, "/loans/", "\""));
    assert_eq!(web.post(&back, "").header("location"), Some(place));
    assert_eq!(web.post(&back, "").status, 404);
    assert!(web.get(place).body.contains("1 on the shelf"));
    assert_eq!(web.post(&format!("{place}/delete"), "").status, 303);
}

fn refusals(web: &Program) {
    assert_eq!(web.get("/books/nonsense").status, 404);
    assert_eq!(web.get("/books/65a1b2c3d4e5f60718293a4b").status, 404);
    assert_eq!(web.get("/nowhere").status, 404);
    assert_eq!(web.send("PUT", "/", Some(&format!("http://{}", web.address)), "").status, 405);
    for origin in [None, Some("http://evil.example"), Some("null")] {
        assert_eq!(web.send("POST", "/books", origin, BOOK).status, 403, "{origin:?}");
    }
    assert!(web.get("/").body.contains("28 books"), "a foreign form was taken");
}

// covers: M60
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn it_stops_in_good_order() {
    let shared = odmium::dev::shared().await.unwrap();
    let name = format!("web_stop_{}", std::process::id());
    let uri = shared.uri().replacen("/?", &format!("/{name}?"), 1);
    let mut web = Program::start(&uri);
    let id = web.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(web.child.wait().unwrap().success());
    let mut rest = String::new();
    web.output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "stopped\n");
    odmium::dev::client().await.unwrap().database(&name).drop().await.unwrap();
}
