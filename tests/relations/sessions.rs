//! Sessions, transactions, and what the loading takes over.

use std::time::Duration;

use odmium::{
    Database,
    bson::doc,
    mongodb::options::{ReadPreference, SelectionCriteria},
    prelude::*,
    transaction,
};

use crate::blog::{Blog, Post, User};

// covers: T11
#[odmium::test]
async fn the_loading_runs_in_the_same_session(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let mut session = blog.db.client().start_session().await?;
    let id = session.id().clone();
    drop(blog.sent.take());
    let find = || blog.posts().find(Filter::everything()).with(Post.author);
    find().session(&mut session).await?;
    let mut cursor = find().batch_size(2).session(&mut session).cursor().await?;
    while cursor.try_next().await?.is_some() {}
    drop(cursor);
    let sent = blog.sent.take();
    // One load for all, then two documents, two, and none.
    let names = crate::blog::names(&sent);
    assert_eq!(names.iter().filter(|name| *name == "find users").count(), 1 + 2, "{names:?}");
    assert!(sent.iter().all(|command| command.get_document("lsid").unwrap() == &id), "{sent:?}");
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_transaction_sees_its_own_targets(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let found: Vec<(Post, Option<User>)> = transaction!(blog.db, |tx| {
        tx.collection::<User>().update_one(User.id.eq(blog.ann.id), User.name.set("Eve")).await?;
        tx.collection::<Post>().find(Post.id.eq(1)).with(Post.author).await
    })
    .await?;
    assert_eq!(found[0].1.as_ref().unwrap().name, "Eve");
    let mut tx = blog.db.begin().await?;
    tx.collection::<User>().delete_many(User.name.eq("Eve")).await?;
    let inside = tx.collection::<Post>().get(1).with(Post.author).await?.unwrap();
    let outside = blog.posts().get(1).with(Post.author).await?.unwrap();
    assert_eq!((inside.1.is_none(), outside.1.is_some()), (true, true));
    let by_lookup = tx.collection::<Post>().find_one(Post.id.eq(1)).with(Post.author).by_lookup().await?;
    assert!(by_lookup.unwrap().1.is_none());
    Ok(())
}

// covers: T11
#[odmium::test]
async fn options_are_taken_over(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let nearest = SelectionCriteria::ReadPreference(ReadPreference::Nearest { options: None });
    blog.posts()
        .find(Post.id.eq(1))
        .comment("why")
        .max_time(Duration::from_secs(7))
        .selection_criteria(nearest)
        .with(Post.author)
        .await?;
    let sent = blog.sent.take();
    for command in &sent {
        assert_eq!(command.get_str("comment").unwrap(), "why", "{command}");
        assert_eq!(
            command.get("maxTimeMS").and_then(|it| it.as_i64().or(it.as_i32().map(i64::from))),
            Some(7000)
        );
        assert_eq!(
            command.get_document("$readPreference").unwrap(),
            &doc! { "mode": "nearest" },
            "{command}"
        );
    }
    assert_eq!(sent.len(), 2);

    // The limit is on all of it: the documents come at once, their authors do not.
    let slow = Post.author.relation().filter(Filter::where_js("sleep(3000) || true"));
    let late =
        blog.posts().find(Post.id.eq(1)).with(slow).timeout(Duration::from_millis(400)).await.unwrap_err();
    assert!(late.is_timeout(), "{late}");
    Ok(())
}
