//! Unwound arrays.

use odmium::{Database, bson::doc};

use super::{Item, Order, check, fill, item, orders, start};

// covers: T10
#[odmium::test]
async fn arrays_are_unwound(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let sorted = || start().sort(Order.id.asc());
    let by_id = doc! { "$sort": { "_id": 1 } };
    let pair = |values: &[&str]| {
        let mut tuple = doc! { "_0": "$$ROOT" };
        tuple.extend(
            values.iter().enumerate().map(|(at, value)| (format!("_{}", at + 1), format!("${value}").into())),
        );
        let moved: Vec<String> = values.iter().map(|value| format!("_0.{value}")).collect();
        [doc! { "$replaceWith": tuple }, doc! { "$unset": moved }]
    };
    let rows = |with: &[(i32, &str, i32)]| -> Vec<(Order, Item)> {
        with.iter().map(|(id, sku, qty)| (orders(&[*id]).remove(0), item(sku, *qty))).collect()
    };
    let [wrap, unset] = pair(&["__1"]);
    let set = doc! { "$set": { "__1": "$items" } };
    check(
        &all,
        sorted()
            .unwind(Order.items)
            .with_fields(|rows, (order, item)| rows.filter(item.qty.gt(1) & order.total.lt(99))),
        vec![
            by_id.clone(),
            set.clone(),
            doc! { "$unwind": { "path": "$__1" } },
            wrap.clone(),
            unset.clone(),
            doc! { "$match": { "_1.qty": { "$gt": 1 }, "_0.total": { "$lt": 99 } } },
        ],
        rows(&[(1, "b", 2), (2, "a", 4)]),
    )
    .await;
    let indexed: Vec<_> = rows(&[(1, "a", 1), (1, "b", 2), (2, "a", 4)]);
    let indexed = indexed.into_iter().zip([0, 1, 0]).map(|((order, item), at)| (order, item, at)).collect();
    let [wrap2, unset2] = pair(&["__1", "__2"]);
    check(
        &all,
        sorted().unwind_with_index(Order.items),
        vec![
            by_id.clone(),
            set.clone(),
            doc! { "$unwind": { "path": "$__1", "includeArrayIndex": "__2" } },
            wrap2,
            unset2,
        ],
        indexed,
    )
    .await;
    let preserved = sorted().filter(Order.id.gte(2)).unwind_or_none(Order.items).limit(2);
    let stages = preserved.to_stages()?;
    assert_eq!(stages[3], doc! { "$unwind": { "path": "$__1", "preserveNullAndEmptyArrays": true } });
    check(
        &all,
        preserved,
        stages,
        vec![(orders(&[2]).remove(0), Some(item("a", 4))), (orders(&[3]).remove(0), None)],
    )
    .await;
    let tags = sorted().filter(Order.id.gte(3)).unwind_or_none_with_index(Order.tags);
    let tags = tags.with_fields(|rows, (order, tag, at)| rows.project((order.id, tag, at)));
    let stages = tags.to_stages()?;
    let expected = vec![
        (3, Some("x".to_owned()), Some(0)),
        (3, Some("y".to_owned()), Some(1)),
        (4, None, None),
        (5, None, None),
    ];
    check(&all, tags, stages, expected).await;
    check(
        &all,
        sorted().unwind_elements(Order.items).filter(Item.sku.eq("a")),
        vec![
            by_id,
            doc! { "$project": { "_id": 0, "_0": "$items" } },
            doc! { "$unwind": "$_0" },
            doc! { "$replaceWith": "$_0" },
            doc! { "$match": { "sku": "a" } },
        ],
        vec![item("a", 1), item("a", 4)],
    )
    .await;
    let sold = start().unwind(Order.items).with_fields(|rows, (_, item)| {
        rows.group_by(item.sku, |g| (g.sum(item.qty),)).with_fields(|rows, (sku, _)| rows.sort(sku.asc()))
    });
    let stages = sold.to_stages()?;
    check(&all, sold, stages, vec![("a".to_owned(), 5), ("b".to_owned(), 2)]).await;
    Ok(())
}
