//! Documents within documents.

use std::collections::BTreeMap;

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    expr::{KeyValue, array, key_value, literal, root},
    path::Field,
};

use super::{Cases, Line, Row, line};

#[odmium::test]
async fn functions_of_documents(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let text = |text: &str| text.to_owned();
    cases.same(Row.line.expr().get(Line.sku), "$line.sku", text("C")).await;
    cases.opt(Row.oline.expr().get(Line.maker.city), "$oline.maker.city", Some(text("Rome")), None).await;
    cases
        .opt(Row.oline.qty.expr().optional() * 2, doc! { "$multiply": ["$oline.qty", 2] }, Some(8), None)
        .await;
    let first = Row.lines.expr().first().get(Line.maker.city);
    let maker = doc! { "$getField": { "field": "maker", "input": { "$first": "$lines" } } };
    cases.same(first, doc! { "$getField": { "field": "city", "input": maker } }, Some(text("Rome"))).await;
    // A number in a path is a position in an array, or a key of a map.
    let second = doc! { "$cond": [
        { "$isArray": ["$lines"] }, { "$arrayElemAt": ["$lines", 1] }, "$lines.1",
    ] };
    let qty = Row.lines.at(1).then(Line.qty).expr();
    cases.same(qty, doc! { "$getField": { "field": "qty", "input": second } }, 1).await;
    let number = Row.numbers.key(5).expr();
    let rendered = doc! { "$cond": [
        { "$isArray": ["$numbers"] }, { "$arrayElemAt": ["$numbers", 5] }, "$numbers.5",
    ] };
    cases.same(number, rendered, 6).await;
    cases.same(Row.counts.key("k") + 1, doc! { "$add": ["$counts.k", 1] }, 2).await;
    let note = Row.line.expr().get(Line.note);
    cases.same(note, "$line.note", None).await;

    // Below another value as well, and in the documents of a `map`.
    let position = |array: &Bson, n: i32, key: Bson| {
        doc! { "$cond": [{ "$isArray": [array] }, { "$arrayElemAt": [array, n] }, key] }
    };
    let get = |input: &Bson, field: &str| doc! { "$getField": { "field": field, "input": input } }.into();
    let list: Bson = get(&doc! { "$first": [["$$ROOT"]] }.into(), "list");
    let of_first = array([root::<Row>()]).first().get(Row.list.at(1));
    cases.same(of_first, position(&list, 1, get(&list, "1")), Some(1)).await;
    cases.same(root::<Row>().get(Row.list.at(2)), position(&"$list".into(), 2, "$list.2".into()), 2).await;
    let each = array([root::<Row>()]).map(|row| row.get(Row.list.at(0)));
    let rendered = position(&"$$v0.list".into(), 0, "$$v0.list.0".into());
    cases.same(each, doc! { "$map": { "input": ["$$ROOT"], "as": "v0", "in": rendered } }, vec![3]).await;
    let set = root::<Row>().set_field(Row.list.at(0), 1).to_bson().unwrap_err();
    let none: Field<Row, Option<i32>> = Field::raw("list.0");
    let unset = root::<Row>().unset_field(none).to_bson().unwrap_err();
    for error in [set, unset] {
        assert!(error.is_argument(), "{error}");
        assert!(error.to_string().contains("`list.0` is no path of a field to set or unset"), "{error}");
    }

    let changed = Row.line.expr().set_field(Line.qty, Row.n);
    let set = doc! { "$setField": { "field": "qty", "input": "$line", "value": "$n" } };
    cases.same(changed, set, Line { qty: 7, ..line("C", 3, 2.0) }).await;
    let moved = Row.line.expr().set_field(Line.maker.city, "$Oslo");
    let inner =
        doc! { "$setField": { "field": "city", "input": "$line.maker", "value": { "$literal": "$Oslo" } } };
    let mut expected = line("C", 3, 2.0);
    expected.maker.city = text("$Oslo");
    cases
        .same(moved, doc! { "$setField": { "field": "maker", "input": "$line", "value": inner } }, expected)
        .await;
    let noted = Row.line.expr().set_field(Line.note, "n").unset_field(Line.note);
    let inner = doc! { "$setField": { "field": "note", "input": "$line", "value": "n" } };
    let unset = doc! { "$setField": { "field": "note", "input": inner, "value": "$$REMOVE" } };
    cases.same(noted, unset, line("C", 3, 2.0)).await;

    let merged = Row.line.expr().merge_objects(Row.oline);
    let expected = [line("D", 4, 0.5), line("C", 3, 2.0), line("C", 3, 2.0)];
    cases.each(merged, doc! { "$mergeObjects": ["$line", "$oline"] }, expected).await;
    let pairs = vec![KeyValue { k: text("k"), v: 1 }];
    cases.same(Row.counts.expr().object_to_array(), doc! { "$objectToArray": "$counts" }, pairs).await;
    let pairs = vec![doc! { "k": "k", "v": 1 }];
    let document: Document = doc! { "k": 1 };
    cases
        .same(
            literal(pairs).array_to_object(),
            doc! { "$arrayToObject": { "$literal": [{ "k": "k", "v": 1 }] } },
            document,
        )
        .await;
    let entry = array([key_value("k", Row.n), key_value("l", 2)]);
    let first = doc! { "k": "k", "v": { "$ifNull": ["$n", Bson::Null] } };
    let entries = vec![first, doc! { "k": "l", "v": 2 }];
    let rendered = doc! { "$arrayToObject": [entries.clone()] };
    let expected = BTreeMap::from([(text("k"), 7), (text("l"), 2)]);
    cases.same(entry.clone().array_to_object(), rendered, expected).await;
    let first = doc! { "$first": [entries] };
    let part = |key: &str| doc! { "$getField": { "field": key, "input": &first } };
    cases.same(entry.clone().first().key(), part("k"), Some(text("k"))).await;
    cases.same(entry.first().value(), part("v"), Some(7)).await;
    let merged = array([Row.line.expr(), Row.line.expr().set_field(Line.qty, 9)]).merge_all();
    let set = doc! { "$setField": { "field": "qty", "input": "$line", "value": 9 } };
    let expected = Line { qty: 9, ..line("C", 3, 2.0) };
    cases.same(merged, doc! { "$mergeObjects": [["$line", set]] }, expected).await;
    Ok(())
}
