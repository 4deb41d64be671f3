//! Relations as fields of views.

use odmium::{Database, prelude::*};

use crate::blog::{Blog, Comment, Company, Post, Tag, User};

#[derive(View, Debug, PartialEq)]
#[view(of = Post)]
pub struct Title {
    pub title: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Author {
    name: String,
    #[field(with = User.company)]
    company: Option<Company>,
    #[field(with = User.boss.relation().filter(User.name.eq("Ann")))]
    boss: Option<Name>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Name {
    name: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Comment)]
struct Likes {
    likes: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Post)]
struct PostPage {
    title: String,
    #[field(with = Post.author.required())]
    author: Author,
    #[field(with = Post.editor)]
    editor: Option<Name>,
    #[field(with = Post.tags)]
    tags: Vec<Tag>,
    #[field(with = Comment.post.reverse().sort(Comment.likes.desc()).limit(2))]
    comments: Vec<Likes>,
}

// covers: T11
#[odmium::test]
async fn views_load_their_relations(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let find = || blog.posts().find(Post.id.lte(2)).sort(Post.id.asc()).load_as::<PostPage>();
    let pages = find().await?;
    let name = |name: &str| Some(Name { name: name.into() });
    let author = |name: &str, company, boss| Author { name: name.into(), company, boss };
    let expected = [
        PostPage {
            title: "Post 1".into(),
            author: author("Ann", Some(blog.acme.clone()), None),
            editor: name("Bob"),
            tags: vec![crate::blog::tag("b", 2), crate::blog::tag("a", 3)],
            comments: vec![Likes { likes: 9 }, Likes { likes: 7 }],
        },
        PostPage {
            title: "Post 2".into(),
            author: author("Bob", None, name("Ann")),
            editor: None,
            tags: vec![],
            comments: vec![],
        },
    ];
    assert_eq!(pages, expected);
    let mut sent = blog.commands();
    sent.sort();
    let commands = [
        "aggregate comments",
        "find companies",
        "find posts",
        "find tags",
        "find users",
        "find users",
        "find users",
    ];
    assert_eq!(sent, commands);
    // By one command, the same.
    assert_eq!(find().by_lookup().await?, expected);
    assert_eq!(blog.commands(), ["aggregate posts"]);

    // One document, and further relations beside the view.
    let one: Option<(PostPage, Option<User>)> =
        blog.posts().get(2).load_as::<PostPage>().with(Post.author).await?;
    assert_eq!(one.unwrap().1, Some(blog.bob.clone()));
    let error = blog.posts().find(Filter::everything()).load_as::<PostPage>().await.unwrap_err();
    assert!(error.is_missing_reference(), "{error}");
    // A plain view and the model can be loaded too.
    let plain: Vec<Title> = blog.posts().find(Post.id.eq(1)).load_as().await?;
    assert_eq!(plain[0].title, "Post 1");
    let whole: Vec<Post> = blog.posts().find(Post.id.eq(1)).load_as().await?;
    assert_eq!(whole[0], blog.posts[0]);
    // A view with relations as the target of one.
    let found = blog.posts().find(Post.id.eq(1)).with(Post.author.select_as::<Author>()).await?;
    assert_eq!(found[0].1.as_ref().unwrap().company, Some(blog.acme.clone()));
    Ok(())
}

#[derive(View, Debug)]
#[view(of = Post)]
struct FirstTag {
    #[field(slice = 1)]
    tags: Vec<Ref<Tag>>,
}

// covers: T11
#[odmium::test]
async fn parts_of_arrays_are_for_batches(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let find = || blog.posts().find(Post.id.eq(3)).select_as::<FirstTag>().with(Post.author);
    assert_eq!(find().await?[0].0.tags.len(), 1);
    let error = find().by_lookup().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`tags` is selected in part"), "{error}");
    Ok(())
}

#[derive(View, Debug)]
#[view(of = User)]
struct Endless {
    #[field(with = User.boss.reverse())]
    #[allow(dead_code)]
    team: Vec<Endless>,
}

// covers: T11
#[odmium::test]
async fn a_view_that_loads_itself_is_refused(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let error = users.find(Filter::everything()).load_as::<Endless>().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("loads itself"), "{error}");
    Ok(())
}
