//! Relations of targets.

use odmium::{Database, prelude::*};

use crate::blog::{Blog, Comment, Company, Post, User};

// covers: T11
#[odmium::test]
async fn relations_of_targets_take_one_command_each(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let find = || blog.posts().find(Filter::everything()).sort(Post.id.asc());
    type Author = (User, Option<Company>);
    let found: Vec<(Post, Option<Author>)> = find().with(Post.author.with(User.company)).await?;
    let (ann, bob) = (blog.ann.clone(), blog.bob.clone());
    let authors: Vec<_> = found.into_iter().map(|(_, author)| author).collect();
    let with_company = Some((ann.clone(), Some(blog.acme.clone())));
    assert_eq!(authors, [with_company.clone(), Some((bob.clone(), None)), with_company, None]);
    assert_eq!(blog.commands(), ["find posts", "find users", "find companies"]);

    let companies = blog.db.collection::<Company>();
    let deep = User.company.reverse().with(Post.author.reverse().sort(Post.id.asc()).with_many(Comment.post));
    let found = companies.find(Company.id.eq(1)).with(deep).await?;
    let [(_, users)] = found.as_slice() else { panic!("{found:?}") };
    let [(user, posts)] = users.as_slice() else { panic!("{users:?}") };
    assert_eq!(*user, ann);
    let counts: Vec<_> = posts.iter().map(|(post, comments)| (post.id, comments.len())).collect();
    assert_eq!(counts, [(1, 3), (3, 2)]);
    assert_eq!(blog.commands(), ["find companies", "find users", "find posts", "find comments"]);

    // Several at one place, one of them of the model itself.
    let author = Post.author.with(User.company).with(User.boss.with(User.company)).required();
    type Editor = (User, Option<Company>, Option<Author>);
    let found: Vec<(Post, Editor)> = blog.posts().find(Post.id.eq(2)).with(author).await?;
    assert_eq!(found[0].1, (bob, None, Some((ann, Some(blog.acme.clone())))));
    Ok(())
}
