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

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Line {
    sku: String,
    qty: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "boards")]
struct Board {
    id: i32,
    scores: Vec<i32>,
    lines: Vec<Line>,
    tags: Option<Vec<String>>,
    n: i32,
    seen: Option<DateTime>,
}

fn line(sku: &str, qty: i32) -> Line {
    Line { sku: sku.into(), qty }
}

// covers: T7
#[odmium::test]
async fn every_operator_does_what_it_says(db: Database) -> odmium::Result<()> {
    let boards = db.collection::<Board>();
    let start = Board {
        id: 1,
        scores: vec![1, 2, 3],
        lines: vec![line("A", 1), line("B", 5)],
        tags: None,
        n: 6,
        seen: None,
    };
    boards.insert(&start).await?;
    let after = async |update: Update<Board>| -> odmium::Result<Board> {
        boards.replace_one(Board.id.eq(1), &start).await?;
        Ok(boards.find_one_and_update(Board.id.eq(1), update).return_new().await?.unwrap())
    };
    let scores = [
        (Update::new().and(Board.scores.push(9)), vec![1, 2, 3, 9]),
        (Update::new().and(Board.scores.push_each([9, 8])), vec![1, 2, 3, 9, 8]),
        (Update::new().and(Board.scores.push_each([9, 8]).at(0)), vec![9, 8, 1, 2, 3]),
        (Update::new().and(Board.scores.push_each([9, 8]).sort_desc().keep_first(2)), vec![9, 8]),
        (Update::new().and(Board.scores.push_each([9]).keep_last(2)), vec![3, 9]),
        (Update::new().and(Board.scores.add_to_set(2)), vec![1, 2, 3]),
        (Update::new().and(Board.scores.add_each_to_set([3, 4])), vec![1, 2, 3, 4]),
        (Update::new().and(Board.scores.pop_first()), vec![2, 3]),
        (Update::new().and(Board.scores.pop_last()), vec![1, 2]),
        (Update::new().and(Board.scores.pull(2)), vec![1, 3]),
        (Update::new().and(Board.scores.pull_all([1, 3])), vec![2]),
    ];
    for (update, expected) in scores {
        assert_eq!(after(update.clone()).await?.scores, expected, "{update:?}");
    }
    let lines = [
        (Update::new().and(Board.lines.pull(line("A", 1))), vec![line("B", 5)]),
        (Update::new().and(Board.lines.pull_where(Line.qty.gte(2) & Line.sku.eq("B"))), vec![line("A", 1)]),
        (
            Update::new().and(Board.lines.push_each([line("C", 3)]).sort(Line.qty.desc()).keep_first(2)),
            vec![line("B", 5), line("C", 3)],
        ),
    ];
    for (update, expected) in lines {
        assert_eq!(after(update.clone()).await?.lines, expected, "{update:?}");
    }
    let numbers = [
        (Update::new().and(Board.n.mul(3)), 18),
        (Update::new().and(Board.n.min(5)), 5),
        (Update::new().and(Board.n.max(5)), 6),
        (Update::new().and(Board.n.bit_and(4)), 4),
        (Update::new().and(Board.n.bit_or(1)), 7),
        (Update::new().and(Board.n.bit_xor(2)), 4),
    ];
    for (update, expected) in numbers {
        assert_eq!(after(update.clone()).await?.n, expected, "{update:?}");
    }
    let board = after(Update::new().and((Board.tags.push("x"), Board.seen.current_date()))).await?;
    assert_eq!(board.tags, Some(vec!["x".to_owned()]));
    assert!(board.seen.unwrap() > DateTime::from_millis(1_700_000_000_000));

    let result = boards
        .update_one(
            Board.id.eq(2),
            (Board.n.set_on_insert(1), Board.scores.set([1]), Board.lines.set(Vec::<Line>::new())),
        )
        .upsert(true)
        .await?;
    assert_eq!(result.upserted_id, Some(2));
    // The server would make up an ObjectId, which no model with another id could read.
    let change = || Board.n.set_on_insert(7);
    let error = boards.update_one(Board.n.gt(99), change()).upsert(true).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`_id`"), "{error}");
    let error = boards.find_one_and_update(Board.n.gt(99), change()).upsert(true).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`_id`"), "{error}");
    assert_eq!(boards.count(Filter::everything()).await?, 2);
    boards.update_one(Board.id.eq(2), Board.n.set_on_insert(7)).upsert(true).await?;
    assert_eq!(boards.get(2).await?.unwrap().n, 1);
    Ok(())
}
