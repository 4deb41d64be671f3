//! Keyset pages: what is sent, what happens between two pages, and what is refused.

use odmium::{
    Collection, Database,
    bson::{Bson, Document, bson, doc},
    dev,
    options::Collation,
    page::{Page, Token},
    path::Field,
    prelude::*,
    sort,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row {
    id: i32,
    a: Option<i32>,
    b: Option<String>,
    c: Option<bool>,
}

fn row(id: i32, a: Option<i32>) -> Row {
    Row { id, a, b: None, c: None }
}

// covers: T9
#[odmium::test]
async fn the_condition_of_a_page_is_plain(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    rows.insert_many([row(1, Some(1)), row(2, Some(2)), row(3, None)]).await?;
    let find = || rows.find(Row.id.gte(1)).sort(Row.a.desc());
    drop(sent.take());
    let page = find().page(1).await?;
    let command = sent.only();
    assert_eq!(command.get_document("sort").unwrap(), &doc! { "a": -1, "_id": -1 });
    assert_eq!((command.get_i64("limit").unwrap(), page.items[0].id), (2, 2));
    find().page(1).after(page.next).await?;
    assert_eq!(
        // As a text, as NaN is not equal to itself.
        sent.only().get_document("filter").unwrap().to_string(),
        doc! { "_id": { "$gte": 1 }, "$or": [
            { "a": { "$lt": 2 } },
            { "a": { "$in": [f64::NAN, null, []] } },
            { "a": { "$type": ["minKey", "undefined", "null"] } },
            { "a": { "$eq": 2 }, "_id": { "$lt": 2 } },
            { "a": { "$eq": 2 }, "_id": { "$in": [f64::NAN, null, []] } },
            { "a": { "$eq": 2 }, "_id": { "$type": ["minKey", "undefined", "null"] } },
        ] }
        .to_string(),
    );
    Ok(())
}

// covers: T9
#[odmium::test]
async fn pages_survive_inserts_and_deletes(db: Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    rows.insert_many((1..=9).map(|n| row(n * 10, Some(n * 10)))).await?;
    let find = || rows.find(Filter::everything()).sort(Row.a.asc());
    let ids = |page: &Page<Row>| page.items.iter().map(|row| row.id).collect::<Vec<_>>();
    let first = find().page(3).after(None::<Token>).before(None::<&str>).await?;
    assert_eq!(ids(&first), [10, 20, 30], "no token is the first page");
    rows.insert_many([row(5, Some(5)), row(25, Some(25)), row(35, Some(35))]).await?;
    rows.delete_many(Row.id.is_in([20, 30, 40])).await?;
    let second = find().page(3).after(&first.next).await?;
    assert_eq!(ids(&second), [35, 50, 60], "the document of the token is gone, its place is not");
    let back = find().page(3).before(&second.previous).with_total().await?;
    assert_eq!((ids(&back), back.total), (vec![5, 10, 25], Some(9)));
    assert_eq!(back.previous, None);
    rows.delete_many(Row.id.gt(60)).await?;
    let empty = find().page(3).after(&second.next).await?;
    assert_eq!((ids(&empty), &empty.next), (vec![], &None));
    let back = find().page(2).before(&empty.previous).await?;
    assert_eq!(ids(&back), [50, 60], "from an empty page back to the last documents");
    Ok(())
}

// covers: T9
#[odmium::test]
async fn a_token_holds_for_its_collection_order_and_secret(db: Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    rows.insert_many((1..9).map(|n| row(n, Some(n)))).await?;
    let find = || rows.find(Filter::everything()).sort(Row.a.asc());
    let token = find().page(2).await?.next.expect("more");
    let signed = find().page(2).secret("s3cret").await?.next.expect("more");
    for at in 0..token.as_str().len() {
        let (before, rest) = token.as_str().split_at(at);
        let other = if rest.starts_with('x') { 'y' } else { 'x' };
        let error = find().page(2).after(format!("{before}{other}{}", &rest[1..])).await.unwrap_err();
        assert!(error.is_argument(), "{at}: {error}");
    }
    let elsewhere = db.collection_named::<Row>("others");
    let cases = [
        ("cut", find().page(2).after(&token.as_str()[..9])),
        ("empty", find().page(2).after("")),
        ("no base64", find().page(2).after("{\"$gt\":\"\"}")),
        ("another order", rows.find(Filter::everything()).sort(Row.a.desc()).page(2).after(&token)),
        ("another collection", elsewhere.find(Filter::everything()).sort(Row.a.asc()).page(2).after(&token)),
        ("no secret where one is asked for", find().page(2).secret("s3cret").after(&token)),
        (
            "another collation",
            find().collation(Collation::builder().locale("en").build()).page(2).after(&token),
        ),
        ("another secret", find().page(2).secret("other").after(&signed)),
        ("a secret where none is asked for", find().page(2).after(&signed)),
    ];
    for (case, page) in cases {
        let error = page.await.expect_err(case);
        assert!(error.is_argument() && error.to_string().contains("page token"), "{case}: {error}");
    }
    let page = find().page(2).secret("s3cret").after(signed.to_string()).await?;
    assert_eq!(page.items[0].id, 3);
    let json = serde_json::to_string(&token).expect("a text");
    assert_eq!(serde_json::from_str::<Token>(&json).expect("a token"), token);
    assert!(token.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    Ok(())
}

#[odmium::test]
async fn what_cannot_be_paged_is_refused(db: Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    for array in [bson!([]), bson!([3, 1]), bson!(["x", 0]), bson!([null]), bson!([true, f64::NAN])] {
        let mixed: Collection<Document> = db.collection_named("mixed");
        mixed.delete_all().await?;
        let plain = [bson!(null), bson!(f64::NAN), bson!(2), bson!("s"), bson!(false)];
        mixed.insert_many(plain.into_iter().map(|a| doc! { "a": a })).await?;
        mixed.insert(&doc! { "a": array.clone() }).await?;
        let a = || Field::<Document, Bson>::raw("a");
        for order in [a().asc(), a().desc()] {
            let mut page = mixed.find(Filter::everything()).sort(order.clone()).page(1).await;
            while let Ok(Page { next: Some(next), .. }) = &page {
                page = mixed.find(Filter::everything()).sort(order.clone()).page(1).after(next).await;
            }
            let error = page.expect_err("the array is found on the way");
            let text = error.to_string();
            assert!(error.is_argument() && text.contains("`a`") && text.contains("array"), "{array}: {text}");
        }
    }
    let all = || rows.find(Filter::everything());
    let cases = [
        ("size", all().page(0)),
        ("secret", all().page(1).secret("")),
        ("limit", all().limit(5).page(1)),
        ("skip", all().skip(5).page(1)),
        ("natural", all().sort(sort::natural()).page(1)),
        ("text score", all().sort(sort::text_score()).page(1)),
    ];
    for (words, page) in cases {
        let error = page.await.expect_err(words);
        assert!(error.is_argument() && error.to_string().contains(words), "{words}: {error}");
    }
    Ok(())
}

// covers: T9, T8
#[odmium::test]
async fn a_page_of_a_selection_has_what_was_selected(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let rows = db.collection::<Row>();
    rows.insert_many((1..6).map(|n| Row { b: Some(n.to_string()), ..row(n, Some(9 - n)) })).await?;
    drop(sent.take());
    let (mut found, mut token) = (Vec::new(), None);
    loop {
        let page =
            rows.find(Filter::everything()).select(Row.b).sort(Row.a.asc()).page(2).after(token).await?;
        found.extend(page.items);
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(found, ["5", "4", "3", "2", "1"].map(|text| Some(text.to_owned())));
    for command in sent.take() {
        assert_eq!(command.get_document("projection").expect("one"), &doc! { "b": 1, "a": 1 });
    }
    let computed =
        || rows.find(Filter::everything()).select_raw::<Document>(doc! { "a": { "$add": ["$a", 1] } });
    let error = computed().sort(Row.a.asc()).page(2).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("sorted by `a`"), "{error}");
    let page = computed().sort(Row.b.asc()).page(2).await?;
    assert_eq!(page.items[0].get("a"), Some(&Bson::Int32(9)));
    let without = rows.find(Filter::everything()).select_raw::<Document>(doc! { "b": 0 });
    assert_eq!(without.sort(Row.a.asc()).page(1).await?.items, [doc! { "_id": 5, "a": 4 }]);
    Ok(())
}

// covers: T9, M13
#[odmium::test]
async fn a_page_keeps_collation_and_session(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let rows = client.database(db.name()).collection::<Row>();
    let named = |id, b: &str| Row { id, a: None, b: Some(b.into()), c: None };
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let names = [named(1, "a"), named(2, "B"), named(3, "A"), named(4, "c"), named(5, "b")];
    rows.insert_many(&names).session(&mut session).await?;
    let (mut ids, mut token) = (Vec::new(), None);
    loop {
        let collation =
            Collation::builder().locale("en").strength(odmium::options::CollationStrength::Secondary);
        let page = rows
            .find(Filter::everything())
            .sort(Row.b.asc())
            .collation(collation.build())
            .session(&mut session)
            .page(2)
            .after(token)
            .with_total()
            .await?;
        assert_eq!(page.total, Some(5));
        ids.extend(page.items.iter().map(|row| row.id));
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(ids, [1, 3, 2, 5, 4], "a, A, B, b, c");
    session.abort_transaction().await?;
    Ok(())
}
