//! Keyset pages against the full order: each document once, in its place, in both directions.

use odmium::{
    Collection, Database, Record,
    action::Find,
    bson::{Binary, Bson, Decimal128, Document, Timestamp, bson, doc, oid::ObjectId, spec::BinarySubtype},
    codec::DecodeOwned,
    page::Page,
    path::Field,
    prelude::*,
};
use proptest::{
    collection::vec,
    option, sample,
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i32,
    a: Option<i32>,
    b: Option<String>,
    c: Option<bool>,
}

/// All documents, page by page from the first; then all, page by page from the last.
async fn walk<D: Record + DecodeOwned + Send>(
    find: impl Fn() -> Find<'static, D>,
    size: u32,
) -> odmium::Result<(Vec<D>, Vec<D>)> {
    let (mut forward, mut backward) = (Vec::new(), Vec::new());
    let mut page: Page<D> = find().page(size).await?;
    assert_eq!(page.previous, None, "nothing is before the first page");
    loop {
        forward.append(&mut page.items);
        let Some(next) = &page.next else { break };
        page = find().page(size).after(next).await?;
        assert!(page.previous.is_some());
    }
    let mut page = find().page(size).last().await?;
    assert_eq!(page.next, None, "nothing is behind the last page");
    loop {
        page.items.append(&mut backward);
        backward = page.items;
        let Some(previous) = &page.previous else { break };
        page = find().page(size).before(previous).await?;
        assert!(page.next.is_some());
    }
    Ok((forward, backward))
}

// covers: T9
#[odmium::test]
async fn pages_are_the_full_order_cut_into_pieces(db: Database) -> odmium::Result<()> {
    let mut runner = TestRunner::deterministic();
    let row =
        (option::of(0..3), option::of(sample::select(vec!["", "x", "y"])), option::of(proptest::bool::ANY));
    let rows = (vec(row, 0..14), vec(proptest::bool::ANY, 4), 1u32..5);
    for case in 0..60 {
        let (rows, up, size) = rows.new_tree(&mut runner).expect("a case").current();
        let mut rows: Vec<Row> = rows
            .into_iter()
            .zip(1..)
            .map(|((a, b, c), id)| Row { id, a, b: b.map(str::to_owned), c })
            .collect();
        let collection: Collection<Row> = db.collection_named(&format!("rows{case}"));
        if !rows.is_empty() {
            collection.insert_many(&rows).await?;
        }
        let directed = |order: std::cmp::Ordering, up: bool| if up { order } else { order.reverse() };
        rows.sort_by(|one, other| {
            directed(one.a.cmp(&other.a), up[0])
                .then(directed(one.b.cmp(&other.b), up[1]))
                .then(directed(one.c.cmp(&other.c), up[2]))
                .then(directed(one.id.cmp(&other.id), up[3]))
        });
        let key = |up, asc, desc| if up { asc } else { desc };
        let find = || {
            collection.find(Filter::everything()).sort((
                key(up[0], Row.a.asc(), Row.a.desc()),
                key(up[1], Row.b.asc(), Row.b.desc()),
                key(up[2], Row.c.asc(), Row.c.desc()),
                key(up[3], Row.id.asc(), Row.id.desc()),
            ))
        };
        let (forward, backward) = walk(find, size).await?;
        assert_eq!(forward, rows, "{up:?} by {size}");
        assert_eq!(backward, rows, "{up:?} by {size}");
    }
    Ok(())
}

// covers: T9
#[odmium::test]
async fn keys_of_every_type_sort_as_the_server_sorts_them(db: Database) -> odmium::Result<()> {
    let values = vec![
        None,
        Some(Bson::Null),
        Some(Bson::MinKey),
        Some(Bson::MaxKey),
        Some(bson!(f64::NAN)),
        Some(Bson::Decimal128("NaN".parse::<Decimal128>().expect("a number"))),
        Some(bson!(f64::NEG_INFINITY)),
        Some(bson!(f64::INFINITY)),
        Some(bson!(-1)),
        Some(bson!(2_i64)),
        Some(bson!(2.0)),
        Some(bson!("2")),
        Some(bson!("")),
        Some(bson!({})),
        Some(bson!({ "$gt": 1 })),
        Some(bson!({ "a": null })),
        Some(Bson::Binary(Binary { subtype: BinarySubtype::Generic, bytes: vec![1] })),
        Some(bson!(ObjectId::from_bytes([1; 12]))),
        Some(bson!(false)),
        Some(bson!(true)),
        Some(bson!(DateTime::from_millis(-5))),
        Some(Bson::Timestamp(Timestamp { time: 1, increment: 1 })),
    ];
    let mut runner = TestRunner::deterministic();
    let documents = vec((sample::select(values.clone()), sample::select(values)), 44);
    for (case, (up, size)) in [(1, 3), (-1, 4), (1, 1), (-1, 2)].into_iter().enumerate() {
        let documents = documents.new_tree(&mut runner).expect("a case").current();
        let documents = documents.into_iter().zip(1..).map(|((x, y), id)| {
            let mut document = doc! { "_id": id };
            x.map(|x| document.insert("x", doc! { "in": x }));
            y.map(|y| document.insert("y", y));
            document
        });
        let mixed: Collection<Document> = db.collection_named(&format!("mixed{case}"));
        mixed.insert_many(documents.collect::<Vec<_>>()).await?;
        let (x, y) = (Field::<Document, Bson>::raw("x.in"), Field::<Document, Bson>::raw("y"));
        let id = Field::<Document, Bson>::raw("_id");
        let order = move || match up {
            1 => vec![x.clone().asc(), y.clone().desc(), id.clone().desc()],
            _ => vec![x.clone().desc(), y.clone().asc(), id.clone().asc()],
        };
        let ids = |documents: Vec<Document>| -> Vec<i32> {
            documents.iter().map(|document| document.get_i32("_id").expect("an id")).collect()
        };
        let expected = ids(mixed.find(Filter::everything()).sort(order()).await?);
        let (forward, backward) = walk(|| mixed.find(Filter::everything()).sort(order()), size).await?;
        assert_eq!((ids(forward), ids(backward)), (expected.clone(), expected));
    }
    Ok(())
}
