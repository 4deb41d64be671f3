//! The documents that refer to a document, and relations by other keys.

use odmium::{Database, prelude::*};

use crate::blog::{Blog, Comment, Post, Tag, User, names};

fn ids(found: &[(Post, Vec<Comment>)]) -> Vec<(i32, Vec<i32>)> {
    found.iter().map(|(post, comments)| (post.id, comments.iter().map(|it| it.id).collect())).collect()
}

// covers: T11
#[odmium::test]
async fn the_documents_that_refer_to_each(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let posts = || blog.posts().find(Filter::everything()).sort(Post.id.asc());
    let mut found: Vec<(Post, Vec<Comment>)> = posts().with_many(Comment.post).await?;
    found.iter_mut().for_each(|(_, comments)| comments.sort_by_key(|comment| comment.id));
    assert_eq!(ids(&found), [(1, vec![1, 2, 4]), (2, vec![]), (3, vec![3, 5]), (4, vec![])]);
    assert_eq!(found[0].1[0], blog.comments[0]);
    assert_eq!(blog.commands(), ["find posts", "find comments"]);

    let popular = Comment.post.reverse().filter(Comment.likes.gt(1)).sort(Comment.likes.desc());
    assert_eq!(
        ids(&posts().with(popular).await?),
        [(1, vec![2, 4, 1]), (2, vec![]), (3, vec![]), (4, vec![])]
    );
    assert_eq!(blog.commands(), ["find posts", "find comments"]);
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_limit_counts_for_each_document(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let posts = || blog.posts().find(Filter::everything()).sort(Post.id.asc());
    let best = || Comment.post.reverse().sort((Comment.likes.desc(), Comment.id.desc())).limit(2);
    let found = posts().with(best()).await?;
    assert_eq!(ids(&found), [(1, vec![2, 4]), (2, vec![]), (3, vec![5, 3]), (4, vec![])]);
    // As they are stored, without the numbers of the window.
    assert_eq!(found[0].1[0], blog.comments[1]);
    assert_eq!(names(&blog.sent.take()), ["find posts", "aggregate comments"]);
    let by_id = posts().with(Comment.post.reverse().limit(1)).await?;
    assert_eq!(ids(&by_id), [(1, vec![1]), (2, vec![]), (3, vec![3]), (4, vec![])]);

    let found: Vec<(Post, Option<Comment>)> = posts().with(best().first()).await?;
    let firsts: Vec<_> = found.into_iter().map(|(_, first)| first.map(|comment| comment.id)).collect();
    assert_eq!(firsts, [Some(2), None, Some(5), None]);

    #[derive(View, Debug, PartialEq)]
    #[view(of = Comment)]
    struct Likes {
        likes: i32,
    }
    let found = posts().with(best().select_as::<Likes>()).await?;
    assert_eq!(found[0].1, [Likes { likes: 9 }, Likes { likes: 7 }]);
    let refused = posts().with(Comment.post.reverse().limit(0)).await.unwrap_err();
    assert!(refused.is_argument(), "{refused}");
    Ok(())
}

// covers: T11
#[odmium::test]
async fn many_to_many_from_the_other_side(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let tags = blog.db.collection::<Tag>();
    let find = || tags.find(Filter::everything()).sort(Tag.id.asc());
    let sorted = || Post.tags.reverse().sort(Post.id.desc());
    let read = |found: Vec<(Tag, Vec<Post>)>| -> Vec<(String, Vec<i32>)> {
        found.into_iter().map(|(tag, posts)| (tag.id, posts.iter().map(|it| it.id).collect())).collect()
    };
    let expect = |a: Vec<i32>, b: Vec<i32>, c: Vec<i32>| [("a".into(), a), ("b".into(), b), ("c".into(), c)];
    assert_eq!(read(find().with(sorted()).await?), expect(vec![3, 1], vec![1], vec![3]));
    // A post with a tag twice is one post.
    assert_eq!(read(find().with(sorted().limit(1)).await?), expect(vec![3], vec![1], vec![3]));
    assert_eq!(read(find().with(sorted().limit(5)).await?), expect(vec![3, 1], vec![1], vec![3]));
    Ok(())
}

// covers: T11
#[odmium::test]
async fn other_keys_and_the_model_itself(db: Database) -> odmium::Result<()> {
    #[derive(Document, Debug)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        sku: Option<String>,
        number: i64,
    }
    #[derive(Document, Debug, PartialEq, Clone)]
    #[document(collection = "products")]
    struct Product {
        id: i32,
        sku: String,
    }

    let blog = Blog::fill(&db).await?;
    let (orders, products) = (blog.db.collection::<Order>(), blog.db.collection::<Product>());
    let order = |id, sku: Option<&str>| Order { id, sku: sku.map(str::to_owned), number: 1 };
    orders.insert_many([order(1, Some("A")), order(2, None), order(3, Some("B"))]).await?;
    let product = |id, sku: &str| Product { id, sku: sku.into() };
    products.insert_many([product(1, "A"), product(2, "C"), product(3, "A")]).await?;
    let relation = || Relation::on(Order.sku, Product.sku).sort(Product.id.asc());
    let find = || orders.find(Filter::everything()).sort(Order.id.asc());
    let found: Vec<(Order, Vec<Product>)> = find().with(relation()).await?;
    let found: Vec<_> = found.into_iter().map(|(_, products)| products).collect();
    assert_eq!(found, [vec![product(1, "A"), product(3, "A")], vec![], vec![]]);
    let found: Vec<(Order, Option<Product>)> = find().with(relation().first()).await?;
    assert_eq!(found[0].1, Some(product(1, "A")));
    // The same again by lookups; none of them takes a missing key for a missing key.
    let found: Vec<(Order, Vec<Product>)> = find().with(relation()).by_lookup().await?;
    assert_eq!(found.iter().map(|(_, products)| products.len()).collect::<Vec<_>>(), [2, 0, 0]);

    // References of a model to itself, both ways.
    let users = blog.db.collection::<User>();
    let found = users.find(User.name.eq("Bob")).with(User.boss).with_many(User.boss).await?;
    assert_eq!((&found[0].1, found[0].2.len()), (&Some(blog.ann.clone()), 0));
    let found = users.find(User.name.eq("Ann")).with_many(User.boss).await?;
    assert_eq!(found[0].1, std::slice::from_ref(&blog.bob));

    // Targets in a collection of another name.
    let archive = blog.db.collection_named::<User>("archive");
    archive.insert(&User { name: "Old".into(), ..blog.ann.clone() }).await?;
    let found = blog.posts().find(Post.id.eq(1)).with(Post.author.relation().collection("archive")).await?;
    assert_eq!(found[0].1.as_ref().unwrap().name, "Old");
    Ok(())
}
