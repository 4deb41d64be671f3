//! Updates: what they render to, and what they do on the server.

use odmium::{Database, Update, bson::doc, prelude::*};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Stats {
    seen: i64,
    ratio: f64,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "pages")]
struct Page {
    id: i32,
    title: String,
    stats: Stats,
    note: Option<String>,
    parent: Option<Stats>,
    hits: Option<i32>,
}

#[test]
fn changes_are_grouped_by_operator() {
    let update = Update::new().and((
        Page.title.set("t"),
        Page.stats.seen.inc(5_000_000_000),
        Page.note.unset(),
        Page.stats.ratio.inc(0.5),
        Page.hits.set_or_unset(None::<i32>),
        Some(Page.parent.seen.set(1)),
        None::<odmium::update::Change<Page, odmium::path::Dynamic>>,
    ));
    assert_eq!(
        update.to_document().unwrap(),
        doc! {
            "$set": { "title": "t", "parent.seen": 1_i64 },
            "$inc": { "stats.seen": 5_000_000_000_i64, "stats.ratio": 0.5 },
            "$unset": { "note": "", "hits": "" },
        }
    );
}

// covers: T7
#[odmium::test]
async fn changes_do_on_the_server_what_they_say(db: Database) -> odmium::Result<()> {
    let pages = db.collection::<Page>();
    let page = Page {
        id: 1,
        title: "a".into(),
        stats: Stats { seen: 1, ratio: 0.5 },
        note: Some("n".into()),
        parent: None,
        hits: None,
    };
    pages.insert(&page).await?;
    let whole = Stats { seen: 7, ratio: 1.0 };
    let update = (
        Page.title.set(String::from("b")),
        Page.stats.set(&Stats { seen: 2, ratio: 2.0 }),
        Page.note.unset(),
        Page.parent.set_or_unset(Some(whole.clone())),
        Page.hits.inc(3),
    );
    let result = pages.update_one(Page.id.eq(1), update).await?;
    assert_eq!((result.matched, result.modified), (1, 1));
    let expected = Page {
        title: "b".into(),
        stats: Stats { seen: 2, ratio: 2.0 },
        note: None,
        parent: Some(whole),
        hits: Some(3),
        ..page
    };
    assert_eq!(pages.get(1).await?, Some(expected.clone()));
    let result = pages.update_many(Filter::everything(), Page.title.set("b")).await?;
    assert_eq!((result.matched, result.modified), (1, 0));
    Ok(())
}
