//! The page of live changes: what it shows, and that it outlives servers.

use std::{future::Future, pin::Pin, process::Stdio};

use odmium::{
    Client, Collection,
    bson::{Document, doc},
    dev::Server,
    prelude::*,
};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::browser::{Outcome, Page};

type Run = fn() -> Pin<Box<dyn Future<Output = Outcome>>>;

pub(crate) const TRIALS: [(&str, Run); 5] = [
    ("live::changes_are_shown_as_they_happen", || Box::pin(changes_are_shown_as_they_happen())),
    ("live::values_are_text", || Box::pin(values_are_text())),
    ("live::operations_are_hidden_by_the_filter", || Box::pin(operations_are_hidden_by_the_filter())),
    ("live::no_change_is_missed_when_a_server_starts_again", || {
        Box::pin(no_change_is_missed_when_a_server_starts_again())
    }),
    ("live::it_fits_phones_and_desktops", || Box::pin(it_fits_phones_and_desktops())),
];

#[derive(Document, Clone)]
#[document(collection = "notes")]
struct Note {
    id: i32,
    text: String,
    tags: Vec<String>,
    stars: Option<i32>,
}

fn note(id: i32, text: &str) -> Note {
    Note { id, text: text.into(), tags: vec!["a".into()], stars: None }
}

/// A server, the example watching a collection of it, and a page of that.
struct Lab {
    server: Server,
    notes: Collection<Note>,
    app: App,
    page: Page,
}

impl Lab {
    async fn new() -> Outcome<Self> {
        let server = Server::start().await?;
        let db = Client::connect(server.uri()).await?.database("live");
        db.create_collection("notes").pre_and_post_images(true).await?;
        let app = App::start(server.uri(), 0).await?;
        let page = Page::open(&app.address).await?;
        page.until("return document.getElementById('state').textContent", json!("live")).await?;
        Ok(Self { notes: db.collection(), server, app, page })
    }

    async fn end(self) -> Outcome {
        self.page.close().await?;
        Ok(self.server.stop().await?)
    }
}

/// The example as a program of its own, which ends with this.
struct App {
    address: String,
    process: Child,
}

impl App {
    async fn start(uri: &str, port: u16) -> Outcome<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_live"))
            .args(["--uri", uri, "--database", "live", "--collection", "notes", "--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(process.stdout.take().ok_or("no output")?).lines();
        let address = lines.next_line().await?.ok_or("the example ended")?;
        Ok(Self { address, process })
    }

    fn port(&self) -> Outcome<u16> {
        Ok(self.address.trim_end_matches('/').rsplit(':').next().ok_or("no port")?.parse()?)
    }
}

/// Operation and id of each change on the page, the newest first.
const SHOWN: &str = "return [...document.querySelectorAll('#changes > li')].map(li =>
    li.querySelector('.operation').textContent + ' ' + li.querySelector('.id').textContent)";

/// The fields of the newest change: path, before, after.
const NEWEST: &str = "return [...document.querySelectorAll('#changes > li:first-child dt')].map(dt => [
    dt.textContent,
    dt.nextElementSibling.querySelector('del')?.textContent ?? null,
    dt.nextElementSibling.querySelector('ins')?.textContent ?? null])";

// covers: M59
async fn changes_are_shown_as_they_happen() -> Outcome {
    let lab = Lab::new().await?;
    let Lab { notes, page, .. } = &lab;
    notes.insert(&note(1, "one")).await?;
    page.until(SHOWN, json!(["insert 1"])).await?;
    page.until(NEWEST, json!([["text", null, "\"one\""], ["tags", null, "[\"a\"]"]])).await?;

    notes.update_one(Note.id.eq(1), (Note.text.set("two"), Note.stars.set(3), Note.tags.push("b"))).await?;
    page.until(SHOWN, json!(["update 1", "insert 1"])).await?;
    let fields = json!([["text", "\"one\"", "\"two\""], ["stars", null, "3"], ["tags.1", null, "\"b\""]]);
    page.until(NEWEST, fields).await?;

    notes.update_one(Note.id.eq(1), Note.stars.unset()).await?;
    page.until(NEWEST, json!([["stars", "3", null]])).await?;
    notes.replace_one(Note.id.eq(1), &note(1, "three")).await?;
    page.until(NEWEST, json!([["text", "\"two\"", "\"three\""], ["tags", "[\"a\", \"b\"]", "[\"a\"]"]]))
        .await?;
    notes.delete_one(Note.id.eq(1)).await?;
    page.until(SHOWN, json!(["delete 1", "replace 1", "update 1", "update 1", "insert 1"])).await?;
    page.until(NEWEST, json!([["text", "\"three\"", null], ["tags", "[\"a\"]", null]])).await?;
    page.until("return document.querySelector('time').textContent.length > 4", json!(true)).await?;
    page.until("return document.getElementById('name').textContent", json!("live.notes")).await?;
    lab.end().await
}

// covers: M59
async fn values_are_text() -> Outcome {
    let lab = Lab::new().await?;
    let script = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">";
    lab.notes.insert(&note(1, script)).await?;
    let raw = lab.notes.database().collection_named::<Document>("notes");
    raw.insert(&doc! { "_id": "<b>id</b>", "<i>key</i>": "\u{202e}&amp;" }).await?;
    lab.page.until(SHOWN, json!(["insert \"<b>id</b>\"", "insert 1"])).await?;
    let text = "return document.querySelector('#changes > li:last-child ins').textContent";
    lab.page.until(text, json!(format!("\"{script}\""))).await?;
    lab.page.until("return document.querySelector('#changes dt').textContent", json!("<i>key</i>")).await?;
    lab.page
        .until(
            "return document.querySelectorAll('#changes :is(script, img, b:not(.operation), i)').length",
            json!(0),
        )
        .await?;
    lab.page.until("return document.title", json!("Changes of live.notes")).await?;
    lab.end().await
}

// covers: M59
async fn operations_are_hidden_by_the_filter() -> Outcome {
    let lab = Lab::new().await?;
    let Lab { notes, page, .. } = &lab;
    notes.insert_many(&[note(1, "one"), note(2, "two")]).await?;
    notes.delete_one(Note.id.eq(1)).await?;
    page.until(SHOWN, json!(["delete 1", "insert 2", "insert 1"])).await?;
    page.script("document.querySelector('[data-operation=insert] input').click()").await?;
    let visible =
        "return [...document.querySelectorAll('#changes > li')].filter(li => li.offsetHeight > 0).length";
    page.until(visible, json!(1)).await?;
    notes.insert(&note(3, "three")).await?;
    page.until("return document.querySelector('[data-operation=insert] output').value", json!("3")).await?;
    page.until(visible, json!(1)).await?;
    page.script("document.querySelector('[data-operation=insert] input').click()").await?;
    page.until(visible, json!(4)).await?;
    lab.end().await
}

// covers: M59, M43
async fn no_change_is_missed_when_a_server_starts_again() -> Outcome {
    let mut lab = Lab::new().await?;
    lab.notes.insert(&note(1, "one")).await?;
    lab.page.until(SHOWN, json!(["insert 1"])).await?;

    // The database: its stream opens itself again.
    lab.server.stop_node(0).await?;
    lab.server.restart_node(0).await?;
    lab.server.primary().await?;
    lab.notes.insert(&note(2, "two")).await?;
    lab.page.until(SHOWN, json!(["insert 2", "insert 1"])).await?;

    // The program: the page connects again, and asks for what it has missed.
    let port = lab.app.port()?;
    lab.app.process.kill().await?;
    lab.page.until("return document.getElementById('state').textContent", json!("lost")).await?;
    lab.notes.insert(&note(3, "three")).await?;
    lab.notes.delete_one(Note.id.eq(1)).await?;
    lab.app = App::start(lab.server.uri(), port).await?;
    lab.page.until(SHOWN, json!(["delete 1", "insert 3", "insert 2", "insert 1"])).await?;
    lab.page.until("return document.getElementById('state').textContent", json!("live")).await?;
    lab.end().await
}

// covers: M59
async fn it_fits_phones_and_desktops() -> Outcome {
    let lab = Lab::new().await?;
    lab.notes.insert(&note(1, &"long".repeat(300))).await?;
    lab.notes.insert(&note(2, "two")).await?;
    lab.page.until(SHOWN, json!(["insert 2", "insert 1"])).await?;
    for (width, height) in [(390, 844), (1280, 800)] {
        lab.page.resize(width, height).await?;
        let overflows = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        lab.page.until(overflows, json!(false)).await?;
    }
    lab.end().await
}
