//! One command for each relation.

use odmium::{
    Database,
    bson::{Bson, RawDocumentBuf, doc},
    prelude::*,
};

use crate::blog::{Blog, Company, Post, Tag, User, names, post, tag};

// covers: T11
#[odmium::test]
async fn a_reference_is_loaded_by_one_command(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let found: Vec<(Post, Option<User>)> =
        blog.posts().find(Filter::everything()).sort(Post.id.asc()).with(Post.author).await?;
    let (ann, bob) = (Some(blog.ann.clone()), Some(blog.bob.clone()));
    let authors = [ann.clone(), bob.clone(), ann.clone(), None];
    assert_eq!(found, blog.posts.iter().cloned().zip(authors).collect::<Vec<_>>());
    let sent = blog.sent.take();
    assert_eq!(names(&sent), ["find posts", "find users"]);
    // Each id once.
    let ids: Vec<Bson> = [blog.ann.id, blog.bob.id, blog.gone].map(|id| id.object_id().into()).into();
    assert_eq!(sent[1].get_document("filter").unwrap(), &doc! { "_id": { "$in": ids } });

    let found = blog
        .posts()
        .find(Post.id.lte(3))
        .sort(Post.id.asc())
        .with(Post.editor)
        .with(Post.tags)
        .with(Post.source.company)
        .await?;
    assert_eq!(blog.commands(), ["find posts", "find users", "find tags", "find companies"]);
    let (a, b, c) = (tag("a", 3), tag("b", 2), tag("c", 1));
    // In the order of the ids, one for each; `x` is not there.
    let rests: Vec<_> = found.into_iter().map(|(_, editor, tags, company)| (editor, tags, company)).collect();
    assert_eq!(
        rests,
        [
            (bob, vec![b, a.clone()], None),
            (None, vec![], Some(Company { id: 2, name: "Other".into() })),
            (None, vec![c.clone(), a, c], None),
        ]
    );
    Ok(())
}

// covers: T11
#[odmium::test]
async fn nothing_is_sent_where_there_is_nothing_to_load(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let found = blog.posts().find(Post.id.eq(2)).with(Post.editor).with(Post.tags).await?;
    assert_eq!((&found[0].1, found[0].2.len()), (&None, 0));
    assert_eq!(blog.commands(), ["find posts"]);
    assert!(blog.posts().find(Post.id.eq(99)).with(Post.author).await?.is_empty());
    assert_eq!(blog.commands(), ["find posts"]);
    Ok(())
}

// covers: T11
#[odmium::test]
async fn targets_are_filtered_sorted_and_viewed(db: Database) -> odmium::Result<()> {
    #[derive(View, Debug, PartialEq)]
    #[view(of = User)]
    struct Name {
        name: String,
    }

    let blog = Blog::fill(&db).await?;
    let posts = blog.posts();
    let found: Vec<(Post, Option<Name>)> =
        posts.find(Post.id.eq(1)).with(Post.author.select_as::<Name>()).await?;
    assert_eq!(found[0].1, Some(Name { name: "Ann".into() }));
    // The keys of the relation travel too, nothing else.
    assert_eq!(blog.sent.take()[1].get_document("projection").unwrap(), &doc! { "name": 1, "_id": 1 });

    let sorted = Post.tags.relation().sort(Tag.rank.asc()).filter(Tag.rank.lt(3));
    let found = posts.find(Post.id.is_in([1, 3])).sort(Post.id.asc()).with(sorted).await?;
    let ids: Vec<Vec<_>> =
        found.into_iter().map(|(_, tags)| tags.into_iter().map(|it| it.id).collect()).collect();
    assert_eq!(ids, [vec!["b"], vec!["c"]]);
    let first = posts.find(Post.id.eq(3)).with(Post.tags.relation().limit(2)).first().await?.unwrap();
    assert_eq!(first.1.iter().map(|tag| &*tag.id).collect::<Vec<_>>(), ["c", "a"]);

    let author = Post.author.relation().filter(User.name.eq("Bob"));
    let found = posts.find(Post.id.lte(2)).sort(Post.id.asc()).with(author).await?;
    assert_eq!(
        found.into_iter().map(|(_, author)| author).collect::<Vec<_>>(),
        [None, Some(blog.bob.clone())]
    );

    // Elements of an array of documents, in their order.
    let found = posts.find(Post.id.eq(2)).with(Post.lines.elements().user).await?;
    assert_eq!(found[0].1, [blog.bob.clone(), blog.ann.clone(), blog.bob.clone()]);
    let at = Post.lines.at(1).then(crate::blog::Line.user);
    let found: Vec<(Post, Option<User>)> = posts.find(Post.id.eq(2)).with(at).await?;
    assert_eq!(found[0].1, Some(blog.ann.clone()));
    Ok(())
}

// covers: T11
#[odmium::test]
async fn many_ids_go_in_several_commands(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    // By their number: 100 000 keys in one command.
    let many: Vec<Ref<Tag>> = (0..100_001).map(|number| Ref::new(format!("{number:06}"))).collect();
    blog.db.collection::<Tag>().insert_many([tag("000000", 1), tag("100000", 2)]).await?;
    blog.posts().insert(&Post { tags: many, ..post(9, blog.ann.id) }).await?;
    drop(blog.sent.take());
    let found = blog.posts().find(Post.id.eq(9)).with(Post.tags).await?;
    assert_eq!(found[0].1, [tag("000000", 1), tag("100000", 2)]);
    assert_eq!(blog.commands(), ["find posts", "find tags", "find tags"]);
    let sorted = Post.tags.relation().sort(Tag.rank.desc());
    let refused = blog.posts().find(Post.id.eq(9)).with(sorted).await.unwrap_err();
    assert!(refused.is_argument() && refused.to_string().contains("drop its sort order"), "{refused}");

    // By their bytes: 8 MiB.
    let large: Vec<String> = (0..20).map(|number| format!("{number}").repeat(1 << 20)).collect();
    for (number, id) in large.iter().enumerate() {
        let tags = vec![Ref::new(id.clone())];
        blog.posts().insert(&Post { tags, ..post(100 + number as i32, blog.ann.id) }).await?;
    }
    drop(blog.sent.take());
    let found = blog.posts().find(Post.id.gte(100)).with(Post.tags).await?;
    assert_eq!(found.len(), 20);
    let sent = blog.sent.take();
    let loads: Vec<usize> = sent
        .iter()
        .filter(|command| command.get_str("find").is_ok_and(|name| name == "tags"))
        .map(|command| RawDocumentBuf::try_from(command).unwrap().as_bytes().len())
        .collect();
    assert!(loads.len() > 2 && loads.iter().all(|len| *len < 12 << 20), "{loads:?}");
    Ok(())
}
