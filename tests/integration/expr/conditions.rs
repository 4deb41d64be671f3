//! Comparison, logic, conditions, literals and variables.

use odmium::{
    Database,
    bson::{Bson, doc},
    expr::{Expr, array, literal, now, object, remove, root, switch, variable},
    prelude::*,
};

use super::{Cases, Line, Role, Row};

#[odmium::test]
async fn comparison_across_types_and_null(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    cases.same(Row.n.expr().eq(7), doc! { "$eq": ["$n", 7] }, true).await;
    cases.same(Row.n.expr().ne(7), doc! { "$ne": ["$n", 7] }, false).await;
    cases.opt(Row.on.expr().gt(2), doc! { "$gt": ["$on", 2] }, true, false).await;
    cases.opt(Row.on.expr().gte(3), doc! { "$gte": ["$on", 3] }, true, false).await;
    // Null comes before every number.
    cases.opt(Row.on.expr().lt(3), doc! { "$lt": ["$on", 3] }, false, true).await;
    cases.opt(Row.on.expr().lte(2), doc! { "$lte": ["$on", 2] }, false, true).await;
    cases.opt(Row.n.expr().cmp(Row.on), doc! { "$cmp": ["$n", "$on"] }, 1, 1).await;
    cases.opt(Row.on.expr().lt(Row.n), doc! { "$lt": ["$on", "$n"] }, true, true).await;
    cases.same(Row.n.expr().lt(Row.big), doc! { "$lt": ["$n", "$big"] }, true).await;
    cases.same(Row.big.expr().gt(Row.x), doc! { "$gt": ["$big", "$x"] }, true).await;
    cases.same((Row.n * 2).gt(Row.x), doc! { "$gt": [{ "$multiply": ["$n", 2] }, "$x"] }, true).await;
    cases
        .same(
            (Row.big * 2).gt(5_000_000_000),
            doc! { "$gt": [{ "$multiply": ["$big", 2_i64] }, 5_000_000_000_i64] },
            true,
        )
        .await;
    cases.same(Row.dec.expr().lt(Row.n), doc! { "$lt": ["$dec", "$n"] }, true).await;
    cases.same(Row.at.expr().lt(Row.until), doc! { "$lt": ["$at", "$until"] }, true).await;
    cases.same(Row.s.expr().gt("$"), doc! { "$gt": ["$s", { "$literal": "$" }] }, true).await;
    cases.same(Row.role.expr().eq(Role::Admin), doc! { "$eq": ["$role", "Admin"] }, true).await;
    cases.opt(Row.role.expr().ne(Row.orole), doc! { "$ne": ["$role", "$orole"] }, true, true).await;
    cases.opt(Row.on.expr().is_null(), doc! { "$lte": ["$on", null] }, false, true).await;
    cases.same(Row.n.expr().is_in([1, 7]), doc! { "$in": ["$n", [1, 7]] }, true).await;
    cases.same(Row.n.expr().is_in(Row.list), doc! { "$in": ["$n", "$list"] }, false).await;
    cases.opt(Row.on.expr().greatest(5), doc! { "$max": ["$on", 5] }, Some(5), Some(5)).await;
    cases.opt(Row.on.expr().least(5), doc! { "$min": ["$on", 5] }, Some(3), Some(5)).await;
    Ok(())
}

#[odmium::test]
async fn logic_and_conditions(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let (small, large) = (|| Row.n.expr().lt(9), || Row.n.expr().gt(90));
    let (lt, gt) = (doc! { "$lt": ["$n", 9] }, doc! { "$gt": ["$n", 90] });
    cases.same(small() & Row.flag.expr() & large(), doc! { "$and": [&lt, "$flag", &gt] }, false).await;
    cases.same(small() | large(), doc! { "$or": [&lt, &gt] }, true).await;
    cases.same(!small(), doc! { "$not": [&lt] }, false).await;
    cases.same(small().cond(Row.n, 0), doc! { "$cond": [&lt, "$n", 0] }, 7).await;
    cases.same(large().cond(Row.n, -1), doc! { "$cond": [&gt, "$n", -1] }, -1).await;
    cases
        .same(small().cond("$n", Row.s), doc! { "$cond": [&lt, { "$literal": "$n" }, "$s"] }, "$n".to_owned())
        .await;
    cases
        .same(
            small().cond(literal(Role::Guest), Row.role),
            doc! { "$cond": [&lt, "Guest", "$role"] },
            Role::Guest,
        )
        .await;
    cases.opt(small().cond(Row.on, 1), doc! { "$cond": [&lt, "$on", 1] }, Some(3), None).await;
    cases.opt(Row.on.expr().if_null(0), doc! { "$ifNull": ["$on", 0] }, 3, 0).await;
    cases.opt(Row.on.expr().or(Row.on).if_null(5), doc! { "$ifNull": ["$on", "$on", 5] }, 3, 5).await;
    cases
        .opt(
            Row.os.expr().if_null("$s"),
            doc! { "$ifNull": ["$os", { "$literal": "$s" }] },
            " ab ".to_owned(),
            "$s".to_owned(),
        )
        .await;
    let named = switch(large(), "large").case(small(), "small").default("none");
    let branches = doc! { "$switch": {
        "branches": [{ "case": &gt, "then": "large" }, { "case": &lt, "then": "small" }], "default": "none",
    } };
    cases.same(named, branches, "small".to_owned()).await;
    let default = switch(large(), Row.n).default(0);
    cases
        .same(default, doc! { "$switch": { "branches": [{ "case": &gt, "then": "$n" }], "default": 0 } }, 0)
        .await;
    Ok(())
}

#[odmium::test]
async fn literals_are_never_taken_for_something_else(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    cases.same(literal(5), 5, 5).await;
    cases.same(literal(true), true, true).await;
    cases.same(literal("$s".to_owned()), doc! { "$literal": "$s" }, "$s".to_owned()).await;
    cases.same(literal("s".to_owned()), "s", "s".to_owned()).await;
    let operator = doc! { "$gt": [1, 2] };
    cases.same(literal(operator.clone()), doc! { "$literal": operator.clone() }, operator).await;
    let list = vec!["$s".to_owned(), "b".to_owned()];
    cases.same(literal(list.clone()), doc! { "$literal": ["$s", "b"] }, list).await;
    cases.same(literal(vec![1, 2]), vec![1, 2], vec![1, 2]).await;
    cases.same(literal(vec![1, 2]).size(), doc! { "$size": [[1, 2]] }, 2).await;
    let line = super::line("$x", 1, 1.0);
    let expr: Expr<Row, Line> = literal(line.clone());
    let written = doc! { "$literal": { "sku": "$x", "qty": 1, "price": 1.0, "maker": { "city": "Rome" } } };
    cases.same(expr, written, line).await;
    cases.same(array([Row.n.expr(), literal(1)]), vec![Bson::from("$n"), Bson::from(1)], vec![7, 1]).await;
    Ok(())
}

#[odmium::test]
async fn variables(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let square = (Row.n + 1).bind(|v| v.clone() * v);
    let vars = doc! { "v0": { "$add": ["$n", 1] } };
    cases.same(square, doc! { "$let": { "vars": vars, "in": { "$multiply": ["$$v0", "$$v0"] } } }, 64).await;
    let nested = Row.n.expr().bind(|a| Row.x.expr().bind(|b| a * b));
    let inner = doc! { "$let": { "vars": { "v1": "$x" }, "in": { "$multiply": ["$$v0", "$$v1"] } } };
    cases.same(nested, doc! { "$let": { "vars": { "v0": "$n" }, "in": inner } }, 17.5).await;
    cases.same(root::<Row>().get(Row.n), "$n", 7).await;
    cases.same(now().gt(Row.at), doc! { "$gt": ["$$NOW", "$at"] }, true).await;
    cases.same(remove::<Row, i32>(), "$$REMOVE", None).await;
    let built = object().field("a", Row.on).field("b", "$x").build();
    let rendered = doc! { "a": "$on", "b": { "$literal": "$x" } };
    let expected = [doc! { "a": 3, "b": "$x" }, doc! { "a": null, "b": "$x" }, doc! { "b": "$x" }];
    cases.each(built, rendered, expected).await;
    cases.same(object().build(), doc! { "$literal": {} }, doc! {}).await;

    let least: Expr<Row, i32> = variable("least");
    let filter = Filter::expr(Row.n.expr().gte(least)).to_document()?;
    let found = db.collection::<Row>().inner().find_one(filter).let_vars(doc! { "least": 7 }).await?;
    assert!(found.is_some());
    let size: Expr<Row, i32> = Expr::raw(doc! { "$bsonSize": "$$ROOT" });
    cases.same(size.gt(100), doc! { "$gt": [{ "$bsonSize": "$$ROOT" }, 100] }, true).await;
    Ok(())
}
