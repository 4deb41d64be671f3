//! Batches and lookups give the same, whatever the data.

use odmium::{Collection, Database, prelude::*};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use crate::blog::{Comment, Company, Post, Source, Tag, User};

#[derive(View, Debug, PartialEq)]
#[view(of = Post)]
struct Page {
    id: i32,
    #[field(with = Post.author.relation())]
    author: Option<Writer>,
    #[field(with = Post.tags.relation().filter(Tag.rank.gt(0)))]
    tags: Vec<Tag>,
    #[field(with = Comment.post.reverse().sort((Comment.likes.desc(), Comment.id.asc())).limit(2))]
    comments: Vec<Comment>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Writer {
    name: String,
    #[field(with = User.boss)]
    boss: Option<User>,
}

/// Author, editor, tags and company of a post.
type PostData = (usize, Option<usize>, Vec<usize>, Option<i32>);

#[derive(Clone, Debug)]
struct Data {
    /// The boss and company of each user, some of them not there.
    users: Vec<(Option<usize>, Option<i32>)>,
    ranks: Vec<i32>,
    posts: Vec<PostData>,
    comments: Vec<(i32, i32)>,
}

fn data() -> impl Strategy<Value = Data> {
    let user = (prop::option::of(0..5_usize), prop::option::of(0..4));
    let post = (
        0..5_usize,
        prop::option::of(0..5_usize),
        prop::collection::vec(0..5_usize, 0..5),
        prop::option::of(0..4),
    );
    (
        prop::collection::vec(user, 0..4),
        prop::collection::vec(-1..3, 0..4),
        prop::collection::vec(post, 1..6),
        prop::collection::vec((0..7, 0..3), 0..12),
    )
        .prop_map(|(users, ranks, posts, comments)| Data { users, ranks, posts, comments })
}

async fn fill(db: &Database, data: &Data) -> odmium::Result<Collection<Post>> {
    let ids: Vec<Id<User>> = (0..5).map(|_| Id::new()).collect();
    let (users, tags) = (db.collection::<User>(), db.collection::<Tag>());
    let (posts, comments) = (db.collection::<Post>(), db.collection::<Comment>());
    users.delete_all().await?;
    tags.delete_all().await?;
    posts.delete_all().await?;
    comments.delete_all().await?;
    for (index, (boss, company)) in data.users.iter().enumerate() {
        let (boss, company) = (boss.map(|boss| ids[boss].into()), company.map(Ref::new));
        users.insert(&User { id: ids[index], name: format!("{index}"), company, boss }).await?;
    }
    for (index, rank) in data.ranks.iter().enumerate() {
        tags.insert(&Tag { id: index.to_string(), rank: *rank }).await?;
    }
    for (id, (author, editor, tags, company)) in data.posts.iter().enumerate() {
        let post = Post {
            editor: editor.map(|editor| ids[editor].into()),
            tags: tags.iter().map(|tag| Ref::new(tag.to_string())).collect(),
            source: company.map(|company| Source { company: Ref::new(company) }),
            ..crate::blog::post(id as i32, ids[*author])
        };
        posts.insert(&post).await?;
    }
    for (id, (post, likes)) in data.comments.iter().enumerate() {
        comments.insert(&crate::blog::comment(id as i32, *post, *likes)).await?;
    }
    Ok(posts)
}

async fn agree(db: &Database, data: &Data) -> odmium::Result<()> {
    let posts = fill(db, data).await?;
    let find = || posts.find(Filter::everything()).sort(Post.id.asc());
    let rows = || {
        find()
            .with(Post.author.with(User.company).with(User.boss.with_many(User.boss)))
            .with(Post.editor)
            .with(Post.tags)
            .with(Post.source.company)
            .with(Comment.post.reverse().filter(Comment.likes.gt(0)).sort(Comment.id.desc()))
    };
    let same = rows().await?;
    assert_eq!(same, rows().by_lookup().await?, "{data:?}");
    assert_eq!(same.len(), data.posts.len());
    let tags = || find().with(Post.tags.relation().sort((Tag.rank.asc(), Tag.id.asc())).limit(2));
    assert_eq!(tags().await?, tags().by_lookup().await?, "{data:?}");
    let back = || {
        let posts = Post.tags.reverse().sort(Post.id.desc()).limit(2);
        db.collection::<Tag>().find(Filter::everything()).sort(Tag.id.asc()).with(posts)
    };
    assert_eq!(back().await?, back().by_lookup().await?, "{data:?}");
    assert_eq!(find().load_as::<Page>().await?, find().load_as::<Page>().by_lookup().await?, "{data:?}");
    Ok(())
}

// covers: T11
#[odmium::test]
async fn batches_and_lookups_agree(db: Database) -> odmium::Result<()> {
    let companies = (1..3).map(|id| Company { id, name: id.to_string() });
    db.collection::<Company>().insert_many(companies).await?;
    let mut runner = TestRunner::deterministic();
    for _ in 0..40 {
        let data = data().new_tree(&mut runner).unwrap().current();
        agree(&db, &data).await?;
    }
    Ok(())
}
