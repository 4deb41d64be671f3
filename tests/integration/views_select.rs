//! Selections of paths: what they send, and what they read.

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    path::Field,
    prelude::*,
    projection,
};

use crate::views::{Address, Line, Role, User, ann, only_these_travel, sent, user, users};

/// A selection, what it sends, and what it reads of both users.
macro_rules! selections {
    ($db:expr; $($selection:expr => $projection:tt, [$first:expr, $second:expr];)*) => {
        let (users, recorder) = users($db).await?;
        $(
            let read = users.find(Filter::everything()).sort(User.id.asc()).select($selection).await?;
            assert_eq!(sent(&recorder), doc! $projection, stringify!($selection));
            assert_eq!(read, [$first, $second]);
            only_these_travel(users.find(Filter::everything()).select($selection).cursor().await?, doc! $projection).await?;
            let _ = recorder.take();
        )*
    };
}

// covers: T8
#[odmium::test]
async fn a_selection_sends_its_paths_and_gives_their_types(db: Database) -> odmium::Result<()> {
    let text = |text: &str| text.to_owned();
    let line = |index: usize| user(1).lines.swap_remove(index);
    selections! { &db;
        User.id => { "_id": 1 }, [1, 2];
        User.first_name => { "firstName": 1, "_id": 0 }, [text("U1"), text("U2")];
        (User.first_name,) => { "firstName": 1, "_id": 0 }, [(text("U1"),), (text("U2"),)];
        (User.age, User.id) => { "age": 1, "_id": 1 }, [(31, 1), (32, 2)];
        (User.role, User.nick) => { "role": 1, "nick": 1, "_id": 0 },
            [(Role::Admin, Some(text("annie"))), (Role::Admin, None)];
        // Through an optional document: the value may be absent, and so may a value that is optional itself.
        (User.work.city, User.work.zip, User.home.city) => { "work.city": 1, "work.zip": 1, "home.city": 1, "_id": 0 },
            [(Some(text("Rome")), Some(Some(text("00100"))), text("Paris")), (None, None, text("Paris"))];
        User.home.geo.lat => { "home.geo.lat": 1, "_id": 0 }, [Some(48.8), Some(48.8)];
        User.boss.boss.age => { "boss.boss.age": 1, "_id": 0 }, [Some(39), None];
        (User.home, User.home.city) => { "home": 1, "_id": 0 },
            [(user(1).home, text("Paris")), (user(2).home, text("Paris"))];
        (User.home.city, User.home) => { "home": 1, "_id": 0 },
            [(text("Paris"), user(1).home), (text("Paris"), user(2).home)];
        User.work => { "work": 1, "_id": 0 }, [ann().work, None];
        User.points => { "points": 1, "_id": 0 }, [7, 7];
        User.stamp.created_by => { "created_by": 1, "_id": 0 }, [text("root"), text("root")];
        Field::<User, Bson>::raw("home.city") => { "home.city": 1, "_id": 0 }, [Bson::from("Paris"), Bson::from("Paris")];
        (User.age, User.tags.slice(1)) => { "age": 1, "tags": { "$slice": 1 }, "_id": 0 },
            [(31, vec![text("a")]), (32, vec![text("a")])];
        (User.first_name.expr().concat("!"), User.id, User.age + 1) => {
            "__1": { "$concat": ["$firstName", "!"] }, "_id": 1, "__2": { "$add": ["$age", 1] },
        }, [(text("U1!"), 1, 32), (text("U2!"), 2, 33)];
        User.nick.expr() => { "__1": "$nick", "_id": 1 }, [Some(text("annie")), None];
        User.tags.slice(-1) => { "tags": { "$slice": -1 }, "_id": 1 }, [vec![text("c")], vec![text("c")]];
        User.tags.slice_from(1, 1) => { "tags": { "$slice": [1, 1_i64] }, "_id": 1 }, [vec![text("b")], vec![text("b")]];
        User.lines.elem_match(Line.qty.gt(2)) =>
            { "lines": { "$elemMatch": { "qty": { "$gt": 2 } } }, "_id": 1 }, [Some(line(1)), Some(line(1))];
        User.lines.elem_match(Line.qty.gt(99)) =>
            { "lines": { "$elemMatch": { "qty": { "$gt": 99 } } }, "_id": 1 }, [None::<Line>, None];
        (
            User.id, User.age, User.first_name, User.nick, User.home.city, User.work.city, User.tags, User.points,
            User.role, User.answer, User.lines, User.home.zip,
        ) => {
            "_id": 1, "age": 1, "firstName": 1, "nick": 1, "home.city": 1, "work.city": 1, "tags": 1, "points": 1,
            "role": 1, "answer": 1, "lines": 1, "home.zip": 1,
        }, [twelve(&ann()), twelve(&user(2))];
    }
    Ok(())
}

type Twelve = (
    i32,
    i32,
    String,
    Option<String>,
    String,
    Option<String>,
    Vec<String>,
    u64,
    Role,
    odmium::codec::Maybe<i32>,
    Vec<Line>,
    Option<String>,
);

fn twelve(user: &User) -> Twelve {
    let User { id, first_name, age, role, nick, answer, home, work, tags, lines, points, .. } = user.clone();
    let work = work.map(|work: Address| work.city);
    (id, age, first_name, nick, home.city, work, tags, points, role, answer, lines, home.zip)
}

#[odmium::test]
async fn forms_of_one_path_that_do_not_go_together_are_refused(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    let find = || users.find(Filter::everything());
    let errors = [
        find().select((User.tags, User.tags.slice(1))).await.unwrap_err(),
        find().select((User.tags.slice(1), User.tags.slice(2))).await.unwrap_err(),
        find().select((User.lines.elem_match(Line.qty.gt(1)), User.lines)).first().await.unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_argument(), "{error}");
        assert!(error.to_string().contains("is selected in two forms"), "{error}");
    }
    assert_eq!(recorder.take(), Vec::<Document>::new());
    Ok(())
}

// covers: T8
#[odmium::test]
async fn what_the_server_knows_of_a_match_can_be_selected(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    db.inner()
        .run_command(doc! {
            "createIndexes": "users", "indexes": [{ "key": { "firstName": "text" }, "name": "words" }],
        })
        .await?;
    let _ = recorder.take();
    let search = Filter::raw(doc! { "$text": { "$search": "U1" } });
    let (id, score) = users.find(search).select((User.id, projection::text_score())).one().await?;
    assert_eq!(sent(&recorder), doc! { "_id": 1, "__textScore": { "$meta": "textScore" } });
    assert_eq!((id, score > 0.5), (1, true));
    let key = users.find(User.id.eq(2)).hint("_id_").select(projection::index_key()).one().await?;
    assert_eq!(key, Some(doc! { "_id": 2 }));
    let record = users.find(User.id.eq(2)).select((projection::record_id(), User.id)).one().await?;
    assert_eq!(record.1, 2);
    // Only Atlas has it.
    let refused = users.find(User.id.eq(2)).select(projection::search_score()).await.unwrap_err();
    assert!(refused.is_decode(), "{refused}");
    Ok(())
}

// covers: T8
#[odmium::test]
async fn a_selection_of_indexed_fields_reads_no_document(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    db.inner()
        .run_command(
            doc! { "createIndexes": "users", "indexes": [{ "key": { "age": 1, "nick": 1 }, "name": "n" }] },
        )
        .await?;
    let _ = recorder.take();
    let rows = users.find(User.age.gt(0)).hint("n").select((User.age, User.nick)).await?;
    assert_eq!(rows, [(31, Some("annie".to_owned())), (32, None)]);
    let mut find = recorder.only();
    find.remove("lsid");
    let plan = db.inner().run_command(doc! { "explain": find, "verbosity": "executionStats" }).await?;
    let stats = plan.get_document("executionStats").unwrap();
    assert_eq!(stats.get_i32("totalDocsExamined").unwrap(), 0, "{plan}");
    Ok(())
}

// covers: T8, M24
#[odmium::test]
async fn a_raw_projection_gives_documents_or_a_type(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    let by_id = || users.find(User.id.eq(1));
    let read: Vec<Document> = by_id().select_raw(doc! { "age": 1, "n": { "$size": "$tags" } }).await?;
    assert_eq!(read, [doc! { "_id": 1, "age": 31, "n": 3 }]);
    assert_eq!(sent(&recorder), doc! { "age": 1, "n": { "$size": "$tags" } });
    let read: Option<Line> = by_id().select_raw(doc! { "sku": "$firstName", "qty": "$age" }).first().await?;
    assert_eq!(read, Some(Line { sku: "U1".into(), qty: 31, note: None }));

    let dynamic = db.collection_named::<Document>("users");
    let read: Vec<Document> =
        dynamic.find(Filter::everything()).select_raw(doc! { "age": 1, "_id": 0 }).await?;
    assert_eq!(read, [doc! { "age": 31 }, doc! { "age": 32 }]);
    let age: Field<Document, i64> = Field::raw("age");
    assert_eq!(dynamic.find(Filter::everything()).select(age).await?, [31, 32]);
    Ok(())
}
