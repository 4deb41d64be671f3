//! `$expr` among other conditions.

use odmium::{
    Database,
    bson::{Document, doc},
    expr::Expr,
    prelude::*,
};

use super::{Row, db_with_rows};

fn test(n: i32) -> Expr<Row, bool> {
    Row.n.expr().gt(n)
}

#[test]
fn a_document_has_one_expr() {
    let gt = |n: i32| doc! { "$gt": ["$n", n] };
    let expr = Filter::expr;
    let cases: Vec<(Filter<Row>, Document)> = vec![
        (expr(test(1)), doc! { "$expr": gt(1) }),
        (test(1).into(), doc! { "$expr": gt(1) }),
        (Row.n.eq(1) & test(1), doc! { "n": 1, "$expr": gt(1) }),
        (test(1) & Row.n.eq(1), doc! { "$expr": gt(1), "n": 1 }),
        (expr(test(1)) & test(2), doc! { "$expr": { "$and": [gt(1), gt(2)] } }),
        (expr(test(1) & test(2)) & test(3), doc! { "$expr": { "$and": [gt(1), gt(2), gt(3)] } }),
        (expr(test(1)) & Row.n.eq(1) & test(2), doc! { "$expr": { "$and": [gt(1), gt(2)] }, "n": 1 }),
        (expr(test(1)) | test(2), doc! { "$or": [{ "$expr": gt(1) }, { "$expr": gt(2) }] }),
        (test(1) | Row.n.eq(1), doc! { "$or": [{ "$expr": gt(1) }, { "n": 1 }] }),
        (!expr(test(1)), doc! { "$expr": { "$not": [gt(1)] } }),
        (!(expr(test(1)) & Row.n.eq(1)), doc! { "$nor": [{ "$expr": gt(1), "n": 1 }] }),
        (
            expr(test(1)) & Filter::raw(doc! { "$expr": true }),
            doc! { "$expr": gt(1), "$and": [{ "$expr": true }] },
        ),
        (Filter::raw(doc! { "$expr": true }) & test(1), doc! { "$expr": { "$and": [true, gt(1)] } }),
    ];
    for (filter, expected) in cases {
        assert_eq!(filter.to_document().unwrap(), expected);
    }
}

// covers: T5
#[odmium::test]
async fn expr_means_on_the_server_what_it_says(db: Database) -> odmium::Result<()> {
    db_with_rows(&db).await?;
    let cases: Vec<(Filter<Row>, &[i32])> = vec![
        (Filter::expr((Row.on + 4).gte(Row.n)), &[1]),
        (Filter::expr((Row.n + Row.small).lt(Row.big)), &[1, 2, 3]),
        (Filter::expr(Row.on.expr().lt(Row.n)), &[1, 2, 3]),
        (Row.id.gt(1) & Row.on.expr().lt(Row.n), &[2, 3]),
        (!Filter::expr(Row.on.expr().eq(3)), &[2, 3]),
        (Filter::expr(Row.on.expr().eq(3)) | Row.id.eq(3), &[1, 3]),
        (Filter::expr(Row.on.expr().is_null()), &[2, 3]),
        (Filter::expr(Row.os.expr().trim().eq("ab")), &[1]),
    ];
    let rows = db.collection::<Row>();
    for (filter, expected) in cases {
        let found = rows.find(filter.clone()).sort(Row.id.asc()).await?;
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{filter:?}");
    }
    Ok(())
}

#[test]
fn a_value_that_cannot_be_written_is_an_error_when_the_filter_is_used() {
    #[derive(Document)]
    #[document(collection = "sizes")]
    struct Size {
        id: i32,
        #[field(as = i64)]
        bytes: u64,
    }

    let _ = Size { id: 1, bytes: 1 };
    let filter = Filter::expr(Size.bytes.expr().eq(u64::MAX));
    let error = filter.to_document().unwrap_err();
    assert!(error.is_encode(), "{error}");
    assert!(Size.bytes.expr().eq(u64::MAX).to_bson().is_err());
}
