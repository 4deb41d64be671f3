//! Every action that loads relations.

use odmium::{
    Database, Update,
    bson::{Document as Bag, doc},
    page::Page,
    prelude::*,
};

use crate::blog::{Blog, Comment, Post, User, post};

// covers: T11
#[odmium::test]
async fn one_document(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let (posts, ann) = (blog.posts(), Some(blog.ann.clone()));
    let found: Option<(Post, Option<User>)> = posts.get(1).with(Post.author).await?;
    assert_eq!(found.unwrap().1, ann);
    assert_eq!(posts.get(99).with(Post.author).await?, None);
    let found: Option<(Post, User, Vec<Comment>)> =
        posts.find_one(Post.id.eq(3)).with_required(Post.author).with_many(Comment.post).await?;
    assert_eq!(found.unwrap().2.len(), 2);
    let first = posts.find(Filter::everything()).sort(Post.id.desc()).with(Post.author).first().await?;
    assert_eq!(first.unwrap().0.id, 4);
    // What is selected of the document itself stands in front; the key of the relation travels too.
    let row: Option<((i32, String), Option<User>)> =
        posts.find(Post.id.eq(1)).select((Post.id, Post.title)).with(Post.author).first().await?;
    assert_eq!(row, Some(((1, "Post 1".to_owned()), ann.clone())));
    let by_lookup = posts.find_one(Post.id.eq(1)).select(Post.title).with(Post.author).by_lookup().await?;
    assert_eq!(by_lookup, Some(("Post 1".to_owned(), ann)));
    Ok(())
}

// covers: T11
#[odmium::test]
async fn pages(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let find = || blog.posts().find(Filter::everything()).sort(Post.title.desc());
    let page: Page<(Post, Option<User>)> = find().page(3).with_total().with(Post.author).await?;
    assert_eq!(page.items.iter().map(|(post, _)| post.id).collect::<Vec<_>>(), [4, 3, 2]);
    assert_eq!((page.total, &page.items[1].1), (Some(4), &Some(blog.ann.clone())));
    let page = find().select_as::<crate::views::Title>().page(3).after(page.next).with(Post.author).await?;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].1, Some(blog.ann.clone()));
    Ok(())
}

// covers: T11
#[odmium::test]
async fn pipelines(db: Database) -> odmium::Result<()> {
    #[derive(Embedded, Debug)]
    #[document(group)]
    struct ByAuthor {
        #[field(id)]
        author: Ref<User>,
        posts: i64,
    }

    let blog = Blog::fill(&db).await?;
    let found: Vec<(ByAuthor, Option<User>)> = blog
        .posts()
        .aggregate()
        .group_by(Post.author, |g| ByAuthorGroup { posts: g.count() })
        .sort(ByAuthor.posts.desc())
        .limit(1)
        .with(ByAuthor.author)
        .await?;
    assert_eq!((found[0].0.posts, &found[0].1), (2, &Some(blog.ann.clone())));
    assert_eq!(found[0].0.author, blog.ann.id.into());
    assert_eq!(blog.commands(), ["aggregate posts", "find users"]);
    let found =
        blog.posts().aggregate().filter(Post.id.eq(1)).with_many(Comment.post).with(Post.editor).await?;
    assert_eq!((found[0].1.len(), &found[0].2), (3, &Some(blog.bob.clone())));
    Ok(())
}

// covers: T11
#[odmium::test]
async fn cursors_load_batch_by_batch(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    blog.posts().insert_many((10..15).map(|id| post(id, blog.bob.id))).await?;
    drop(blog.sent.take());
    let find = || blog.posts().find(Post.id.gte(10)).sort(Post.id.asc()).with(Post.author).batch_size(2);
    let mut cursor = find().cursor().await?;
    let mut ids = Vec::new();
    while let Some((post, author)) = cursor.try_next().await? {
        assert_eq!(author.as_ref(), Some(&blog.bob));
        ids.push(post.id);
    }
    assert_eq!(ids, [10, 11, 12, 13, 14]);
    let sent = blog.commands();
    let loads = sent.iter().filter(|command| *command == "find users").count();
    assert_eq!(loads, 3, "{sent:?}");
    let all: Vec<(Post, Option<User>)> = find().by_lookup().cursor().await?.try_collect().await?;
    assert_eq!(all.len(), 5);

    // A document that does not fit is an error of its own.
    let raw = blog.db.collection_named::<Bag>("posts");
    let change = Update::raw(doc! { "$set": { "title": 5 } });
    raw.update_one(Filter::raw(doc! { "_id": 11 }), change).await?;
    let mut cursor = find().cursor().await?;
    assert_eq!(cursor.try_next().await?.unwrap().0.id, 10);
    assert!(cursor.try_next().await.unwrap_err().is_decode());
    assert_eq!(cursor.try_next().await?.unwrap().0.id, 12);
    Ok(())
}
