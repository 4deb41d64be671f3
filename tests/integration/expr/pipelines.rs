//! Updates whose values are expressions.

use odmium::{
    Database,
    bson::{Document, doc},
    expr::{object, remove, root},
    path::Field,
    prelude::*,
    update::UpdatePipeline,
};

use super::{Line, Role, Row, line, row};

fn update() -> UpdatePipeline<Row> {
    UpdatePipeline::new()
}

#[test]
fn changes_share_a_stage_where_none_reads_what_another_wrote() {
    let inc = |name: &str| doc! { "$add": [name, 1] };
    let cases = [
        (update().set(Row.n, Row.n + 1).set(Row.on, 5), vec![doc! { "$set": { "n": inc("$n"), "on": 5 } }]),
        (
            update().set(Row.n, Row.n + 1).set(Row.on, Row.n + 1),
            vec![doc! { "$set": { "n": inc("$n") } }, doc! { "$set": { "on": inc("$n") } }],
        ),
        (
            update().set(Row.line, line("X", 1, 1.0)).set(Row.n, Row.line.qty + 1),
            vec![
                doc! { "$set": { "line": { "$literal": {
                    "sku": "X", "qty": 1, "price": 1.0, "maker": { "city": "Rome" },
                } } } },
                doc! { "$set": { "n": inc("$line.qty") } },
            ],
        ),
        (
            update().set(Row.n, 1).set(Row.n, 2),
            vec![doc! { "$set": { "n": 1 } }, doc! { "$set": { "n": 2 } }],
        ),
        (update().unset(Row.on).unset(Row.os), vec![doc! { "$unset": ["on", "os"] }]),
        (
            update().unset(Row.on).set(Row.n, 1).raw_stage(doc! { "$unset": "x" }),
            vec![doc! { "$unset": ["on"] }, doc! { "$set": { "n": 1 } }, doc! { "$unset": "x" }],
        ),
        (
            update().replace_with(root::<Row>().set_field(Row.n, 1)),
            vec![doc! { "$replaceWith": { "$setField": { "field": "n", "input": "$$ROOT", "value": 1 } } }],
        ),
        (
            update().set(Row.n, 1).set(Row.oline, root::<Row>().get(Row.line)),
            vec![doc! { "$set": { "n": 1, "oline": "$line" } }],
        ),
    ];
    for (update, expected) in cases {
        assert_eq!(update.to_stages().unwrap(), expected);
    }
}

#[test]
fn what_cannot_be_sent_is_an_error() {
    let error = update().to_stages().unwrap_err();
    assert!(error.is_argument(), "{error}");
    for path in ["lines.$[].qty", "lines.0"] {
        let error = update().set(Field::<Row, i32>::raw(path), 1).to_stages().unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(path), "{error}");
        let error = update().unset(Field::<Row, Option<i32>>::raw(path)).to_stages().unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(path), "{error}");
    }
    assert!(update().set(Row.counts.key("a.b"), 1).to_stages().is_err());
    assert!(update().set(Row.n, Row.counts.key("a.b")).to_stages().is_err());
}

// covers: T7
#[odmium::test]
async fn pipelines_do_on_the_server_what_they_say(db: Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    let changed = |change: fn(&mut Row)| {
        let mut row = row();
        change(&mut row);
        row
    };
    let lines = Row.lines.expr().map(|item| item.clone().set_field(Line.qty, item.get(Line.qty) * 10));
    let cases = [
        (update().set(Row.n, Row.n + Row.small), changed(|row| row.n = 207)),
        (update().set(Row.on, Row.n + 1), changed(|row| row.on = Some(8))),
        (update().set(Row.on, Row.on + 1), changed(|row| row.on = Some(4))),
        (update().set(Row.big, Row.n.expr().to_long()), changed(|row| row.big = 7)),
        (update().set(Row.s, "$digits"), changed(|row| row.s = "$digits".into())),
        (update().set(Row.s, Row.digits.expr().concat("!")), changed(|row| row.s = "42!".into())),
        (update().set(Row.line.qty, Row.n), changed(|row| row.line.qty = 7)),
        (update().set(Row.line, line("X", 1, 1.0)), changed(|row| row.line = line("X", 1, 1.0))),
        (update().set(Row.role, Role::Guest), changed(|row| row.role = Role::Guest)),
        (update().set(Row.n, 1).set(Row.on, Row.n), changed(|row| (row.n, row.on) = (1, Some(1)))),
        (
            update().unset(Row.on).set(Row.n, Row.on.expr().if_null(9)),
            changed(|row| (row.n, row.on) = (9, None)),
        ),
        (update().set(Row.counts.key("z"), Row.n), changed(|row| row.counts.extend([("z".into(), 7)]))),
        (
            update().set(Row.lines.elements().qty, Row.n),
            changed(|row| row.lines.iter_mut().for_each(|line| line.qty = 7)),
        ),
        (update().set(Row.os, remove()), changed(|row| row.os = None)),
        (update().set(Row.os, None::<String>), changed(|row| row.os = None)),
        (update().set(Row.lines, lines), changed(|row| row.lines.iter_mut().for_each(|line| line.qty *= 10))),
        (
            update().replace_with(root::<Row>().set_field(Row.n, 1).unset_field(Row.os)),
            changed(|row| (row.n, row.os) = (1, None)),
        ),
        // An object takes the place of the one that was there.
        (
            update()
                .set(Field::<Row, Document>::raw("line"), object().field("sku", "Z").build())
                .set(Row.line, Row.line.expr().merge_objects(line("Z", 1, 1.0))),
            changed(|row| row.line = line("Z", 1, 1.0)),
        ),
    ];
    for (update, expected) in cases {
        rows.delete_all().await?;
        rows.insert(&row()).await?;
        rows.update_one(Filter::everything(), update.clone()).await?;
        assert_eq!(rows.find(Filter::everything()).one().await?, expected, "{update:?}");
    }
    Ok(())
}
