//! Targets that must be there.

use odmium::{
    Database, ErrorKind, Update,
    bson::{Bson, Document as Bag, doc},
    prelude::*,
};

use crate::blog::{Blog, Comment, Post, User};

// covers: T11
#[odmium::test]
async fn a_missing_target_is_an_error_where_it_is_required(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let posts = blog.posts();
    let found: Vec<(Post, User)> = posts.find(Post.id.lt(4)).with_required(Post.author).await?;
    assert_eq!(found.len(), 3);
    let same: Vec<(Post, User)> = posts.find(Post.id.lt(4)).with(Post.author.required()).await?;
    assert_eq!(found, same);
    for by_lookup in [false, true] {
        let find = posts.find(Filter::everything()).with_required(Post.author);
        let error = if by_lookup { find.by_lookup().await } else { find.await }.unwrap_err();
        assert!(error.is_missing_reference() && error.kind() == ErrorKind::MissingReference);
        let details = error.missing_reference_details().unwrap();
        assert_eq!((&*details.collection, &*details.path, &*details.target), ("posts", "author", "users"));
        assert_eq!(details.document, Bson::Int32(4));
        assert_eq!(details.key, Some(blog.gone.object_id().into()));
        assert_eq!(
            error.to_string(),
            format!(
                "`author` of the document of `posts` with _id 4 leads to _id ObjectId(\"{}\") in `users`, where no such \
                 document is found: mend the reference, or drop `required` to get `None`",
                blog.gone
            )
        );
    }
    // An optional reference that is required, an array, the way back, and a relation of a target.
    let error = posts.find(Post.id.eq(2)).with_required(Post.editor).await.unwrap_err();
    assert_eq!(error.missing_reference_details().unwrap().key, None);
    assert!(error.to_string().contains("leads to no document of `users`, as it is empty"), "{error}");
    let error = posts.find(Post.id.eq(3)).with(Post.tags.required()).await.unwrap_err();
    assert_eq!(error.missing_reference_details().unwrap().key, Some("x".into()));
    assert_eq!(posts.find(Post.id.eq(1)).with(Post.tags.required()).await?[0].1.len(), 2);
    let error = posts.find(Post.id.eq(2)).with(Comment.post.reverse().required()).await.unwrap_err();
    assert_eq!(error.missing_reference_details().unwrap().target, "comments");
    let nested = Post.author.with(User.company.required());
    let error = posts.find(Post.id.eq(2)).with(nested).await.unwrap_err();
    assert_eq!(error.missing_reference_details().unwrap().collection, "users");
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_target_that_does_not_fit_names_itself(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let id = blog.ann.id.object_id();
    let raw = blog.db.collection_named::<Bag>("users");
    raw.update_one(Filter::raw(doc! { "_id": id }), Update::raw(doc! { "$set": { "name": 1 } })).await?;
    let error = blog.posts().find(Post.id.eq(1)).with(Post.author).await.unwrap_err();
    let error = error.decode_error().unwrap();
    assert_eq!((error.path(), error.id()), ("name".to_owned(), Some(&Bson::ObjectId(id))));
    Ok(())
}
