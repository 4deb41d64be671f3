//! Arrays and sets. `Row.list` is [3, 1, 2, 1], `Row.olist` is [1, 9].

use odmium::{
    Database,
    bson::{Bson, doc},
    expr::{Expr, array, literal, range},
};

use super::{Cases, Line, Row, line, texts};

#[odmium::test]
async fn functions_of_arrays(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let (list, olist) = (|| Row.list.expr(), || Row.olist.expr());
    cases.same(list().size(), doc! { "$size": "$list" }, 4).await;
    cases
        .opt(olist().if_null(Vec::<i32>::new()).size(), doc! { "$size": { "$ifNull": ["$olist", []] } }, 2, 0)
        .await;
    cases.same(list().first(), doc! { "$first": "$list" }, Some(3)).await;
    cases.opt(olist().last(), doc! { "$last": "$olist" }, Some(9), None).await;
    cases.same(literal(Vec::<i32>::new()).first(), doc! { "$first": [[]] }, None).await;
    cases.same(list().array_elem_at(-2), doc! { "$arrayElemAt": ["$list", -2] }, Some(2)).await;
    cases.same(list().array_elem_at(9), doc! { "$arrayElemAt": ["$list", 9] }, None).await;
    cases.same(list().slice(2), doc! { "$slice": ["$list", 2] }, vec![3, 1]).await;
    cases.opt(olist().slice(-1), doc! { "$slice": ["$olist", -1] }, Some(vec![9]), None).await;
    cases.same(list().slice_at(1, 2), doc! { "$slice": ["$list", 1, 2] }, vec![1, 2]).await;
    cases.same(list().index_of_array(2), doc! { "$indexOfArray": ["$list", 2] }, 2).await;
    cases
        .opt(olist().index_of_array(Row.n), doc! { "$indexOfArray": ["$olist", "$n"] }, Some(-1), None)
        .await;
    cases.same(list().contains(2), doc! { "$in": [2, "$list"] }, true).await;
    cases.opt(list().contains(Row.on), doc! { "$in": ["$on", "$list"] }, true, false).await;
    cases.same(list().reverse_array(), doc! { "$reverseArray": "$list" }, vec![1, 2, 1, 3]).await;
    cases
        .opt(
            list().concat_arrays(Row.olist),
            doc! { "$concatArrays": ["$list", "$olist"] },
            Some(vec![3, 1, 2, 1, 1, 9]),
            None,
        )
        .await;
    let more = list().concat_arrays(literal(vec![5])).concat_arrays(Row.list).size();
    cases.same(more, doc! { "$size": { "$concatArrays": ["$list", [5], "$list"] } }, 9).await;
    cases.same(range(0, Row.n, 3), doc! { "$range": [0, "$n", 3] }, vec![0, 3, 6]).await;
    let pairs = vec![(3, "b".to_owned()), (1, "a".to_owned())];
    cases.same(list().zip(Row.words), doc! { "$zip": { "inputs": ["$list", "$words"] } }, pairs).await;
    let pairs = Some(vec![("b".to_owned(), 1), ("a".to_owned(), 9)]);
    cases
        .opt(
            Row.words.expr().zip(Row.olist),
            doc! { "$zip": { "inputs": ["$words", "$olist"] } },
            pairs,
            None,
        )
        .await;
    cases.same(list().first_n(2), doc! { "$firstN": { "n": 2, "input": "$list" } }, vec![3, 1]).await;
    cases.same(list().last_n(2), doc! { "$lastN": { "n": 2, "input": "$list" } }, vec![2, 1]).await;
    Ok(())
}

#[odmium::test]
async fn order_and_sums(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let (list, olist) = (|| Row.list.expr(), || Row.olist.expr());
    let sort = |input: &str, by: Bson| doc! { "$sortArray": { "input": input, "sortBy": by } };
    cases.same(list().sort(), sort("$list", 1.into()), vec![1, 1, 2, 3]).await;
    cases.opt(olist().sort_desc(), sort("$olist", (-1).into()), Some(vec![9, 1]), None).await;
    let by_qty = Row.lines.expr().sort_by((Line.qty.asc(), Line.sku.desc()));
    let rendered = sort("$lines", doc! { "qty": 1, "sku": -1 }.into());
    cases.same(by_qty, rendered, vec![line("B", 1, 4.0), line("A", 2, 1.5)]).await;
    cases.same(list().min_n(2), doc! { "$minN": { "n": 2, "input": "$list" } }, vec![1, 1]).await;
    cases.same(list().max_n(2), doc! { "$maxN": { "n": 2, "input": "$list" } }, vec![3, 2]).await;
    cases.same(list().min(), doc! { "$min": "$list" }, Some(1)).await;
    cases.opt(olist().max(), doc! { "$max": "$olist" }, Some(9), None).await;
    cases
        .same(
            array([Row.n.expr(), Row.n + 1]).max(),
            doc! { "$max": [["$n", { "$add": ["$n", 1] }]] },
            Some(8),
        )
        .await;
    // One operand that is an array is no list of operands that another one joins.
    let either = array([Row.n.expr(), Row.n + 1]).max().greatest(Row.on).least(100);
    let rendered = doc! { "$max": [{ "$max": [["$n", { "$add": ["$n", 1] }]] }, "$on"] };
    cases.same(either, doc! { "$min": [rendered, 100] }, Some(8)).await;
    let three = Row.n.expr().greatest(8).greatest(9);
    cases.same(three, doc! { "$max": ["$n", 8, 9] }, 9).await;
    cases.same(list().sum(), doc! { "$sum": "$list" }, 7).await;
    cases.opt(olist().sum(), doc! { "$sum": "$olist" }, 10, 0).await;
    cases.same(Row.holes.expr().sum(), doc! { "$sum": "$holes" }, 1).await;
    cases.opt(olist().avg(), doc! { "$avg": "$olist" }, Some(5.0), None).await;
    cases.opt(olist().std_dev_pop(), doc! { "$stdDevPop": "$olist" }, Some(4.0), None).await;
    cases.opt(olist().std_dev_samp(), doc! { "$stdDevSamp": "$olist" }, Some(32_f64.sqrt()), None).await;
    Ok(())
}

#[odmium::test]
async fn each_element(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let sums = Row.lines.expr().map(|item| item.get(Line.qty) * item.get(Line.price));
    let map =
        doc! { "$map": { "input": "$lines", "as": "v0", "in": { "$multiply": ["$$v0.qty", "$$v0.price"] } } };
    cases.same(sums.clone(), map.clone(), vec![3.0, 4.0]).await;
    cases.same(sums.sum(), doc! { "$sum": map }, 7.0).await;
    let cities = Row.lines.expr().map(|item| item.get(Line.maker.city).to_upper());
    let map = doc! { "$map": { "input": "$lines", "as": "v0", "in": { "$toUpper": "$$v0.maker.city" } } };
    cases.same(cities, map, texts(&["ROME", "ROME"])).await;
    let next = Row.olist.expr().map(|n| n + 1);
    let map = doc! { "$map": { "input": "$olist", "as": "v0", "in": { "$add": ["$$v0", 1] } } };
    cases.opt(next, map, Some(vec![2, 10]), None).await;
    let nested = Row.grid.expr().map(|row| row.map(|n| n * Row.n));
    let inner = doc! { "$map": { "input": "$$v0", "as": "v1", "in": { "$multiply": ["$$v1", "$n"] } } };
    let map = doc! { "$map": { "input": "$grid", "as": "v0", "in": inner } };
    cases.same(nested, map, vec![vec![7, 14], vec![21]]).await;
    // The inner operator uses the variable of the outer one.
    let outer = Row.words.expr().map(|word| Row.words.expr().map(|other| word.concat(other)));
    let expected = vec![texts(&["bb", "ba"]), texts(&["ab", "aa"])];
    let inner = doc! { "$map": { "input": "$words", "as": "v1", "in": { "$concat": ["$$v0", "$$v1"] } } };
    cases.same(outer, doc! { "$map": { "input": "$words", "as": "v0", "in": inner } }, expected).await;

    let cond = doc! { "$gt": ["$$v0", 1] };
    let large = Row.list.expr().filter(|n| n.gt(1));
    cases.same(large, doc! { "$filter": { "input": "$list", "as": "v0", "cond": &cond } }, vec![3, 2]).await;
    let large = Row.olist.expr().filter(|n| n.gt(1));
    cases
        .opt(large, doc! { "$filter": { "input": "$olist", "as": "v0", "cond": &cond } }, Some(vec![9]), None)
        .await;
    let first = Row.list.expr().filter_limit(1, |n| n.gt(1));
    cases
        .same(first, doc! { "$filter": { "input": "$list", "as": "v0", "cond": &cond, "limit": 1 } }, vec![3])
        .await;
    let tests = doc! { "$map": { "input": "$list", "as": "v0", "in": &cond } };
    cases.same(Row.list.expr().any(|n| n.gt(1)), doc! { "$anyElementTrue": [&tests] }, true).await;
    cases.same(Row.list.expr().all(|n| n.gt(1)), doc! { "$allElementsTrue": [&tests] }, false).await;
    cases.same(Row.flags.expr().any_element_true(), doc! { "$anyElementTrue": ["$flags"] }, true).await;
    cases.same(Row.flags.expr().all_elements_true(), doc! { "$allElementsTrue": ["$flags"] }, false).await;
    Ok(())
}

#[odmium::test]
async fn reducing(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let reduce = |input: &str, initial: Bson, body: Bson| {
        doc! { "$reduce": { "input": input, "initialValue": initial, "in": body } }
    };
    let add = doc! { "$add": ["$$value", "$$this"] };
    let sum = |list: Expr<Row, Vec<i32>>| list.reduce(0, |sum, n| sum + n);
    cases.same(sum(Row.list.expr()), reduce("$list", 0.into(), add.clone().into()), 7).await;
    let optional = Row.olist.expr().reduce(0, |sum, n| sum + n);
    cases.opt(optional, reduce("$olist", 0.into(), add.into()), Some(10), None).await;
    let line = Row.words.expr().reduce("$", |line, word| line.concat(word));
    let body = doc! { "$concat": ["$$value", "$$this"] };
    cases.same(line, reduce("$words", doc! { "$literal": "$" }.into(), body.into()), "$ba".to_owned()).await;
    let price = Row.lines.expr().reduce(0.0, |sum, item| sum + item.get(Line.price));
    let body = doc! { "$add": ["$$value", "$$this.price"] };
    cases.same(price, reduce("$lines", 0.0.into(), body.into()), 5.5).await;
    // The inner `$$value` and `$$this` hide the outer ones.
    let nested = Row.grid.expr().reduce(0, |sum, row| row.reduce(0, |inner, n| inner + n) + sum);
    let inner =
        doc! { "$reduce": { "input": "$$v1", "initialValue": 0, "in": { "$add": ["$$value", "$$this"] } } };
    let body = doc! { "$let": {
        "vars": { "v0": "$$value", "v1": "$$this" }, "in": { "$add": [inner, "$$v0"] },
    } };
    cases.same(nested, reduce("$grid", 0.into(), body.into()), 6).await;
    let in_map = Row.grid.expr().map(|row| row.reduce(0, |sum, n| sum + n));
    let body =
        doc! { "$reduce": { "input": "$$v0", "initialValue": 0, "in": { "$add": ["$$value", "$$this"] } } };
    cases.same(in_map, doc! { "$map": { "input": "$grid", "as": "v0", "in": body } }, vec![3, 3]).await;
    Ok(())
}

#[odmium::test]
async fn arrays_as_sets(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let list = || Row.list.expr();
    // The order of a set is the server's own.
    let union = list().set_union(literal(vec![9])).sort();
    let rendered = doc! { "$sortArray": { "input": { "$setUnion": ["$list", [9]] }, "sortBy": 1 } };
    cases.same(union, rendered, vec![1, 2, 3, 9]).await;
    let union = list().set_union(Row.olist).sort();
    let rendered = doc! { "$sortArray": { "input": { "$setUnion": ["$list", "$olist"] }, "sortBy": 1 } };
    cases.opt(union, rendered, Some(vec![1, 2, 3, 9]), None).await;
    cases
        .opt(
            list().set_intersection(Row.olist),
            doc! { "$setIntersection": ["$list", "$olist"] },
            Some(vec![1]),
            None,
        )
        .await;
    cases
        .opt(
            Row.olist.expr().set_difference(Row.list),
            doc! { "$setDifference": ["$olist", "$list"] },
            Some(vec![9]),
            None,
        )
        .await;
    let same = literal(vec![1, 2, 3]);
    cases.same(list().set_equals(same.clone()), doc! { "$setEquals": ["$list", [1, 2, 3]] }, true).await;
    cases.same(list().set_is_subset(same), doc! { "$setIsSubset": ["$list", [1, 2, 3]] }, true).await;
    Ok(())
}
