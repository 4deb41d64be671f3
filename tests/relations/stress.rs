//! Relations where documents are many, equal, absent or in circles.

use odmium::{
    Database, Update,
    bson::{Bson, Document as Bag, doc},
    prelude::*,
};
use odmium_tests::Recorder;

use crate::blog::names;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "products")]
struct Product {
    id: i32,
    rank: i32,
    order: Option<Ref<Order>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "orders")]
struct Order {
    id: i32,
    main: Option<Ref<Product>>,
    products: Vec<Ref<Product>>,
    groups: Vec<Group>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Group {
    lines: Vec<Line>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Line {
    product: Option<Ref<Product>>,
    parts: Vec<Ref<Product>>,
}

fn refs(ids: &[i32]) -> Vec<Ref<Product>> {
    ids.iter().copied().map(Ref::new).collect()
}

fn line(product: Option<i32>, parts: &[i32]) -> Line {
    Line { product: product.map(Ref::new), parts: refs(parts) }
}

fn order(id: i32, main: Option<i32>, products: &[i32]) -> Order {
    Order { id, main: main.map(Ref::new), products: refs(products), groups: Vec::new() }
}

/// Five products in two ranks, each of one of two orders, which refer back to them.
async fn fill(db: &Database) -> odmium::Result<(Database, Recorder)> {
    let (db, sent) = Recorder::attach(db).await?;
    let products = (1..6).map(|id| Product { id, rank: id % 2, order: Some(Ref::new(id % 2 + 1)) });
    db.collection::<Product>().insert_many(products).await?;
    let groups = vec![
        Group { lines: vec![line(Some(3), &[1, 2]), line(None, &[])] },
        Group { lines: Vec::new() },
        Group { lines: vec![line(Some(3), &[2, 9]), line(Some(1), &[5])] },
    ];
    let orders = [Order { groups, ..order(1, Some(2), &[2, 4, 2, 2]) }, order(2, None, &[])];
    db.collection::<Order>().insert_many(orders).await?;
    drop(sent.take());
    Ok((db, sent))
}

fn ids(products: &[Product]) -> Vec<i32> {
    products.iter().map(|product| product.id).collect()
}

// covers: T11
#[odmium::test]
async fn references_in_arrays_of_arrays_of_documents(db: Database) -> odmium::Result<()> {
    let (db, sent) = fill(&db).await?;
    let lines = || Order.groups.elements().lines.elements();
    for by_lookup in [false, true] {
        let find = db.collection::<Order>().find(Filter::everything()).sort(Order.id.asc());
        let find = find.with(lines().product).with(lines().parts).with(Order.products).with(Order.main);
        let found = if by_lookup { find.by_lookup().await? } else { find.await? };
        let (_, of_lines, parts, products, main) = &found[0];
        assert_eq!((ids(of_lines), ids(parts)), (vec![3, 3, 1], vec![1, 2, 2, 5]), "by_lookup: {by_lookup}");
        // One that is there several times comes several times, and was sent for once.
        assert_eq!((ids(products), main.as_ref().map(|it| it.id)), (vec![2, 4, 2, 2], Some(2)));
        assert!(found[1].1.is_empty() && found[1].2.is_empty() && found[1].4.is_none());
    }
    assert_eq!(names(&sent.take()).len(), 6);
    Ok(())
}

// covers: T11
#[odmium::test]
async fn nulls_and_values_of_other_types_lead_nowhere(db: Database) -> odmium::Result<()> {
    let (db, sent) = fill(&db).await?;
    let raw = db.collection_named::<Bag>("orders");
    let null = Update::raw(doc! { "$set": { "main": null, "groups.0.lines.0.product": null } });
    raw.update_one(Filter::raw(doc! { "_id": 1 }), null).await?;
    // A product whose `_id` is null is nobody's.
    db.collection_named::<Bag>("products").insert(&doc! { "_id": Bson::Null, "rank": 1 }).await?;
    for by_lookup in [false, true] {
        let find = db.collection::<Order>().find(Filter::everything()).sort(Order.id.asc());
        let find = find.with(Order.main).with(Order.groups.elements().lines.elements().product);
        let found = if by_lookup { find.by_lookup().await? } else { find.await? };
        assert!(found.iter().all(|(_, main, _)| main.is_none()), "by_lookup: {by_lookup}");
        assert_eq!(ids(&found[0].2), [3, 1]);
    }
    drop(sent.take());
    Ok(())
}

// covers: T11
#[odmium::test]
async fn circles_are_loaded_as_deep_as_they_are_asked_for(db: Database) -> odmium::Result<()> {
    let (db, sent) = fill(&db).await?;
    for by_lookup in [false, true] {
        let back = Product.order.with(Order.main.with(Product.order.with_many(Product.order)));
        let find = db.collection::<Order>().find(Order.id.eq(1)).with(Order.main.with(back));
        let mut found = if by_lookup { find.by_lookup().await? } else { find.await? };
        let (first, main) = found.remove(0);
        let (product, order) = main.unwrap();
        let (again, main) = order.unwrap();
        let (same, order) = main.unwrap();
        let (third, all) = order.unwrap();
        assert_eq!((first.id, product.id, again.id, same.id, third.id), (1, 2, 1, 2, 1));
        let mut all = ids(&all);
        all.sort_unstable();
        assert_eq!((all, &first, &product), (vec![2, 4], &again, &same));
        assert_eq!(names(&sent.take()).len(), if by_lookup { 1 } else { 6 });
    }
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_limit_among_equal_ones_gives_so_many_and_each_once(db: Database) -> odmium::Result<()> {
    let (db, _) = fill(&db).await?;
    let more = (10..60).map(|id| Product { id, rank: 7, order: Some(Ref::new(1 + id % 2)) });
    db.collection::<Product>().insert_many(more).await?;
    for by_lookup in [false, true] {
        let find = |relation| {
            db.collection::<Order>().find(Filter::everything()).sort(Order.id.asc()).with(relation)
        };
        let run = async |relation| {
            let find = find(relation);
            let found: Vec<(Order, Vec<Product>)> =
                if by_lookup { find.by_lookup().await? } else { find.await? };
            Ok::<_, odmium::Error>(found)
        };
        // All of one rank: which of them come is the server's choice, how many is not.
        for (_, products) in run(Product.order.reverse().sort(Product.rank.desc()).limit(8)).await? {
            let mut found = ids(&products);
            found.sort_unstable();
            found.dedup();
            assert_eq!((found.len(), products.iter().all(|product| product.rank == 7)), (8, true));
        }
        // A second key decides it.
        let decided = Product.order.reverse().sort((Product.rank.desc(), Product.id.desc())).limit(3);
        let found: Vec<_> = run(decided).await?.iter().map(|(_, products)| ids(products)).collect();
        assert_eq!(found, [[58, 56, 54], [59, 57, 55]], "by_lookup: {by_lookup}");
    }
    Ok(())
}

// covers: T11
#[odmium::test]
async fn one_missing_among_more_than_a_command_takes_is_named(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let many = 100_002;
    let products = (0..many).filter(|id| *id != many - 1).map(|id| Product { id, rank: 0, order: None });
    db.collection::<Product>().insert_many(products).await?;
    let all: Vec<i32> = (0..many).collect();
    db.collection::<Order>()
        .insert_many([order(1, None, &all[..many as usize - 1]), order(2, None, &all)])
        .await?;
    drop(sent.take());
    let orders = db.collection::<Order>();
    let find = |id| orders.find(Order.id.eq(id)).with_required(Order.products.select_as::<Rank>());
    assert_eq!(find(1).await?[0].1.len(), 100_001);
    let sent: Vec<_> = names(&sent.take()).into_iter().filter(|name| name.starts_with("find")).collect();
    assert_eq!(sent, ["find orders", "find products", "find products"]);
    let error = find(2).await.unwrap_err();
    assert_eq!(error.missing_reference_details().unwrap().key, Some((many - 1).into()));
    Ok(())
}

#[derive(View, Debug)]
#[view(of = Product)]
struct Rank {
    #[expect(dead_code)]
    rank: i32,
}
