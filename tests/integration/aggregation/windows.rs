//! Window functions.

use std::fmt::Debug;

use odmium::{
    Database,
    bson::{Document, doc},
    codec::DecodeOwned,
    expr::TimeUnit,
    pipeline::{Acc, Bound, Window},
    prelude::*,
};

use super::{Order, all_orders, check, fill, start};

#[derive(Embedded, Debug, PartialEq)]
#[document(group)]
pub struct Running {
    #[field(flatten)]
    order: Order,
    sum: i64,
    before: Option<i32>,
}

// covers: T10
#[odmium::test]
async fn windows_add_fields_to_a_struct(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let running = start()
        .set_window_fields_by(Order.city, Order.id.asc(), |w| RunningGroup {
            sum: w.documents(Bound::Unbounded, Bound::Current).sum(Order.total),
            before: w.shift(Order.total, -1),
        })
        .filter(Running.sum.gt(10))
        .sort(Running.order.id.asc());
    let expected =
        all_orders().into_iter().zip([(10, None), (30, Some(10)), (30, None), (70, Some(30)), (50, None)]);
    check(
        &all,
        running,
        vec![
            doc! { "$setWindowFields": {
                "partitionBy": "$city",
                "sortBy": { "_id": 1 },
                "output": {
                    "sum": { "$sum": "$total", "window": { "documents": ["unbounded", "current"] } },
                    "before": { "$shift": { "output": "$total", "by": -1 } },
                },
            } },
            doc! { "$match": { "sum": { "$gt": 10_i64 } } },
            doc! { "$sort": { "_id": 1 } },
        ],
        expected.skip(1).map(|(order, (sum, before))| Running { order, sum, before }).collect(),
    )
    .await;
    let ranked = start()
        .set_window_fields(Order.customer.asc(), |w| (w.rank(), w.dense_rank(), w.document_number()))
        .with_fields(|rows, (order, rank, dense, number)| {
            rows.sort(number.asc()).project((order.customer, rank, dense, number))
        });
    let output =
        doc! { "__1": { "$rank": {} }, "__2": { "$denseRank": {} }, "__3": { "$documentNumber": {} } };
    check(
        &all,
        ranked,
        vec![
            doc! { "$setWindowFields": { "sortBy": { "customer": 1 }, "output": output } },
            doc! { "$replaceWith": { "_0": "$$ROOT", "_1": "$__1", "_2": "$__2", "_3": "$__3" } },
            doc! { "$unset": ["_0.__1", "_0.__2", "_0.__3"] },
            doc! { "$sort": { "_3": 1 } },
            doc! { "$project": { "_0": "$_0.customer", "_1": "$_1", "_2": "$_2", "_3": "$_3", "_id": 0 } },
        ],
        vec![(1, 1, 1, 1), (1, 1, 1, 2), (1, 1, 1, 3), (2, 4, 2, 4), (9, 5, 3, 5)],
    )
    .await;
    Ok(())
}

/// The value of each order, in the order of the ids.
async fn each<T>(db: &Database, make: fn(&Window<Order>) -> Acc<Order, T>, raw: Document, expected: [T; 5])
where
    T: DecodeOwned + Debug + PartialEq + Send + 'static,
{
    windowed(db, Order.id.asc(), make, doc! { "_id": 1 }, raw, expected).await;
}

async fn windowed<T>(
    db: &Database,
    order: odmium::sort::SortKey<Order>,
    make: fn(&Window<Order>) -> Acc<Order, T>,
    sort: Document,
    raw: Document,
    expected: [T; 5],
) where
    T: DecodeOwned + Debug + PartialEq + Send + 'static,
{
    let pipeline = start()
        .set_window_fields(order, |w| (make(&w),))
        .with_fields(|rows, (order, value)| rows.sort(order.id.asc()).project((value,)));
    let stages = vec![
        doc! { "$setWindowFields": { "sortBy": sort, "output": { "__1": raw } } },
        doc! { "$replaceWith": { "_0": "$$ROOT", "_1": "$__1" } },
        doc! { "$unset": ["_0.__1"] },
        doc! { "$sort": { "_0._id": 1 } },
        doc! { "$project": { "_0": "$_1", "_id": 0 } },
    ];
    check(&db.collection::<Order>(), pipeline, stages, expected.map(|value| (value,)).into()).await;
}

// covers: T10
#[odmium::test]
async fn window_functions_have_the_type_of_the_server(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let db = &db;
    let last_two = || doc! { "documents": [-1.0, "current"] };
    let before = || doc! { "documents": [-2.0, -1.0] };
    let with = |mut function: Document, window: Document| {
        function.insert("window", window);
        function
    };
    each(db, |w| w.count(), doc! { "$sum": 1 }, [5; 5]).await;
    each(db, |w| w.avg(Order.total), doc! { "$avg": "$total" }, [Some(30.0); 5]).await;
    each(
        db,
        |w| w.documents(-1, Bound::Current).sum(Order.total),
        with(doc! { "$sum": "$total" }, last_two()),
        [10, 30, 50, 70, 90],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).max(Order.total),
        with(doc! { "$max": "$total" }, before()),
        [None, Some(10), Some(20), Some(30), Some(40)],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).min(Order.total),
        with(doc! { "$min": "$total" }, before()),
        [None, Some(10), Some(10), Some(20), Some(30)],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).first(Order.total),
        with(doc! { "$first": "$total" }, before()),
        [None, Some(10), Some(10), Some(20), Some(30)],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).last(Order.id),
        with(doc! { "$last": "$_id" }, before()),
        [None, Some(1), Some(2), Some(3), Some(4)],
    )
    .await;
    each(
        db,
        |w| w.documents(-1, 0).push(Order.id),
        with(doc! { "$push": "$_id" }, doc! { "documents": [-1.0, 0.0] }),
        [vec![1], vec![1, 2], vec![2, 3], vec![3, 4], vec![4, 5]],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).avg(Order.tip),
        with(doc! { "$avg": "$tip" }, before()),
        [None, Some(5.0), Some(5.0), None, Some(7.0)],
    )
    .await;
    each(
        db,
        |w| w.documents(-1, Bound::Current).std_dev_pop(Order.total),
        with(doc! { "$stdDevPop": "$total" }, last_two()),
        [Some(0.0), Some(5.0), Some(5.0), Some(5.0), Some(5.0)],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).top(Order.total.desc(), Order.id),
        with(doc! { "$top": { "sortBy": { "total": -1 }, "output": "$_id" } }, before()),
        [None, Some(1), Some(2), Some(3), Some(4)],
    )
    .await;
    each(
        db,
        |w| w.documents(-2, -1).max_n(1, Order.id),
        with(doc! { "$maxN": { "n": 1_i64, "input": "$_id" } }, before()),
        [vec![], vec![1], vec![2], vec![3], vec![4]],
    )
    .await;
    each(
        db,
        |w| w.shift(Order.tip, 1),
        doc! { "$shift": { "output": "$tip", "by": 1 } },
        [None, None, Some(Some(7)), None, None],
    )
    .await;
    each(
        db,
        |w| w.shift(Order.tip, 1).flatten(),
        doc! { "$shift": { "output": "$tip", "by": 1 } },
        [None, None, Some(7), None, None],
    )
    .await;
    each(
        db,
        |w| w.shift_or(Order.id, -1, 0),
        doc! { "$shift": { "output": "$_id", "by": -1, "default": { "$literal": 0 } } },
        [0, 1, 2, 3, 4],
    )
    .await;
    each(
        db,
        |w| w.range(-1, 0).sum(Order.total),
        with(doc! { "$sum": "$total" }, doc! { "range": [-1.0, 0.0] }),
        [10, 30, 50, 70, 90],
    )
    .await;
    each(
        db,
        |w| w.documents(-1, Bound::Current).derivative(Order.total),
        with(doc! { "$derivative": { "input": "$total" } }, last_two()),
        [None, Some(10.0), Some(10.0), Some(10.0), Some(10.0)],
    )
    .await;
    each(
        db,
        |w| w.documents(-1, Bound::Current).integral(Order.total),
        with(doc! { "$integral": { "input": "$total" } }, last_two()),
        [Some(0.0), Some(15.0), Some(25.0), Some(35.0), Some(45.0)],
    )
    .await;
    each(
        db,
        |w| w.exp_moving_avg(Order.total, 1),
        doc! { "$expMovingAvg": { "input": "$total", "N": 1_i64 } },
        [10.0, 20.0, 30.0, 40.0, 50.0].map(Some),
    )
    .await;
    each(
        db,
        |w| w.exp_moving_avg_alpha(Order.total, 0.5),
        doc! { "$expMovingAvg": { "input": "$total", "alpha": 0.5 } },
        [10.0, 15.0, 22.5, 31.25, 40.625].map(Some),
    )
    .await;
    each(
        db,
        |w| w.covariance_pop(Order.id, Order.total),
        doc! { "$covariancePop": ["$_id", "$total"] },
        [Some(20.0); 5],
    )
    .await;
    each(
        db,
        |w| w.covariance_samp(Order.id, Order.total),
        doc! { "$covarianceSamp": ["$_id", "$total"] },
        [Some(25.0); 5],
    )
    .await;
    each(
        db,
        |w| w.locf(Order.tip),
        doc! { "$locf": "$tip" },
        [Some(Some(5)), Some(Some(5)), Some(Some(5)), Some(Some(7)), Some(Some(7))],
    )
    .await;
    each(
        db,
        |w| w.linear_fill(Order.tip),
        doc! { "$linearFill": "$tip" },
        [Some(5.0), Some(5.0 + 2.0 / 3.0), Some(5.0 + 4.0 / 3.0), Some(7.0), None],
    )
    .await;
    let hour = || doc! { "range": [-1.0, 0.0], "unit": "hour" };
    windowed(
        db,
        Order.at.asc(),
        |w| w.range_by(TimeUnit::Hour, -1, 0).count(),
        doc! { "at": 1 },
        with(doc! { "$sum": 1 }, hour()),
        [1, 2, 2, 2, 2],
    )
    .await;
    windowed(
        db,
        Order.at.asc(),
        |w| w.documents(-1, Bound::Current).derivative_by(Order.total, TimeUnit::Hour),
        doc! { "at": 1 },
        with(doc! { "$derivative": { "input": "$total", "unit": "hour" } }, last_two()),
        [None, Some(10.0), Some(10.0), Some(10.0), Some(10.0)],
    )
    .await;
    windowed(
        db,
        Order.at.asc(),
        |w| w.integral_by(Order.total, TimeUnit::Hour),
        doc! { "at": 1 },
        doc! { "$integral": { "input": "$total", "unit": "hour" } },
        [Some(120.0); 5],
    )
    .await;
    Ok(())
}
