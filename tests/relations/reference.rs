//! `Ref<T>` as a field: what is stored, compared, joined, put into JSON.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use odmium::{
    Database,
    bson::{Bson, doc, oid::ObjectId},
    codec::{decode_bson, encode_to_bson},
    filter::Value,
    pipeline::Pipeline,
    prelude::*,
};

use crate::blog::{Blog, Company, Post, Tag, User};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "everything", index(owner, -tags), index(by_name))]
struct Everything {
    #[field(id)]
    owner_id: Ref<User>,
    #[field(index(unique))]
    owner: Ref<User>,
    tags: BTreeSet<Ref<Tag>>,
    seen: Option<HashSet<Ref<Company>>>,
    by_name: BTreeMap<String, Ref<User>>,
    by_ref: BTreeMap<Ref<Tag>, i32>,
}

// covers: T11
#[test]
fn a_reference_is_stored_as_the_id() {
    let id = Id::<User>::new();
    let all = Everything {
        owner_id: id.into(),
        owner: id.into(),
        tags: ["a", "b"].map(|tag| Ref::new(tag.to_owned())).into(),
        seen: Some([Ref::new(7)].into()),
        by_name: [("x".to_owned(), id.into())].into(),
        by_ref: [(Ref::new("t".to_owned()), 1)].into(),
    };
    let stored = encode_to_bson(&all).unwrap();
    let oid = id.object_id();
    let expected = doc! {
        "_id": oid, "owner": oid, "tags": ["a", "b"], "seen": [7], "by_name": { "x": oid }, "by_ref": { "t": 1 },
    };
    assert_eq!(stored, Bson::Document(expected));
    assert_eq!(decode_bson::<Everything>(&stored).unwrap(), all);
    let wrong = decode_bson::<Ref<User>>(&Bson::String("x".into())).unwrap_err();
    assert!(wrong.to_string().contains("must be an ObjectId"), "{wrong}");
}

// covers: T11
#[odmium::test]
async fn a_reference_within_a_map_is_loaded_by_its_key(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let (ann, bob) = (Ref::from(&blog.ann), Ref::from(&blog.bob));
    let all = db.collection::<Everything>();
    let by_name = [("x".to_owned(), ann), ("y".to_owned(), bob)].into();
    let by_ref = BTreeMap::new();
    all.insert(&Everything { owner_id: ann, owner: bob, tags: [].into(), seen: None, by_name, by_ref })
        .await?;
    let found = all
        .find(Filter::everything())
        .with(Everything.by_name.key("y"))
        .with(Everything.by_name.key("z"))
        .with(Everything.owner_id)
        .await?;
    assert_eq!(
        (&found[0].1, &found[0].2, &found[0].3),
        (&Some(blog.bob.clone()), &None, &Some(blog.ann.clone()))
    );
    Ok(())
}

// covers: T11
#[test]
fn a_reference_is_a_plain_value() {
    let user = User { id: Id::new(), name: "Ann".into(), company: None, boss: None };
    let reference: Ref<User> = user.id.into();
    let copy = reference;
    assert_eq!((copy, copy.into_id(), *reference.id()), (Ref::from(&user), user.id, user.id));
    assert!(Ref::<Company>::new(1) < Ref::new(2));
    assert_eq!(format!("{reference} {:?}", Ref::<Company>::new(1)), format!("{} Ref(1)", user.id));
    let json = serde_json::to_string(&(reference, Ref::<Company>::new(3))).unwrap();
    assert_eq!(json, format!("[\"{}\",3]", user.id));
    assert_eq!(serde_json::from_str::<(Ref<User>, Ref<Company>)>(&json).unwrap(), (reference, Ref::new(3)));
    fn needs_no_trait_of_the_model<T: Send + Sync + Unpin>(_: T) {}
    needs_no_trait_of_the_model(reference);
}

fn sent<V: Value<Ref<User>>>(value: V) -> Bson {
    value.into_bson().unwrap()
}

// covers: T11
#[test]
fn filters_and_updates_take_ids_references_and_documents() {
    let user = User { id: Id::new(), name: "Ann".into(), company: None, boss: None };
    let (id, reference) = (user.id, Ref::from(&user));
    let oid: Bson = ObjectId::into(id.object_id());
    for value in [sent(id), sent(reference), sent(&user)] {
        assert_eq!(value, oid);
    }
    assert_eq!([sent::<&Id<User>>(&id), sent::<&Ref<User>>(&reference)], [oid.clone(), oid.clone()]);
    let filters = [
        (Post.author.eq(id), doc! { "author": &oid }),
        (Post.author.is_in([reference]), doc! { "author": { "$in": [&oid] } }),
        (Post.author.gt(id), doc! { "author": { "$gt": &oid } }),
        (Post.editor.eq(&user), doc! { "editor": &oid }),
        (Post.editor.eq_or_none(None::<Id<User>>), doc! { "editor": null }),
        (Post.tags.contains("a"), doc! { "tags": "a" }),
        (Post.tags.has_all(["a", "b"]), doc! { "tags": { "$all": ["a", "b"] } }),
        (Post.source.company.eq(2), doc! { "source.company": 2 }),
        (Post.lines.any(crate::blog::Line.user.eq(id)), doc! { "lines": { "$elemMatch": { "user": &oid } } }),
    ];
    for (filter, expected) in filters {
        assert_eq!(filter.to_document().unwrap(), expected);
    }
}

// covers: T11, C8
#[odmium::test]
async fn references_join_with_ids(db: Database) -> odmium::Result<()> {
    let blog = Blog::fill(&db).await?;
    let (posts, ann) = (blog.posts(), &blog.ann);
    posts.update_one(Post.id.eq(4), (Post.author.set(ann), Post.tags.push(Ref::new("b".to_owned())))).await?;
    let joined: Pipeline<Post, (Post, Option<User>)> = Pipeline::new().lookup_one(Post.author, User.id);
    let found = posts.aggregate().filter(Post.id.eq(4)).then(joined).await?;
    assert_eq!(found[0].1.as_ref(), Some(ann));
    let found = posts
        .aggregate()
        .filter(Post.id.eq(1))
        .lookup(Post.tags, Tag.id)
        .with_fields(|rows, (post, _)| rows.lookup(post.editor, User.id))
        .await?;
    assert_eq!((found[0].1.len(), &found[0].2), (2, &vec![blog.bob.clone()]));
    let authors = posts.distinct(Post.author, Post.id.lt(4)).await?;
    assert_eq!(authors.len(), 2);
    let counts = posts.aggregate().group_by(Post.author, |g| (g.count(),)).await?;
    assert_eq!(counts.iter().find(|(author, _)| *author == ann.id.into()).unwrap().1, 3);
    Ok(())
}
